"""The city's own factors, in the same shape as the law's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kotsukotsu.accounting.suppliers import SupplierIds
from kotsukotsu.catalogue.checks import time, values
from kotsukotsu.catalogue.derive import with_thirds
from kotsukotsu.catalogue.model import Catalogue, Factor
from kotsukotsu.errors import CatalogueError
from kotsukotsu.schema.city import City

EDITION = "city"
BEGINNING = date(1900, 1, 1)
UNKNOWN_STATUS = "unconfirmed"
CHECKS = (time.periods, values.negative_factors, values.gases_without_gwp)


def own_factors(city: City, catalogue: Catalogue) -> tuple[Factor, ...]:
    """Rows of ``factors/*.csv`` of the city.

    Raises
    ------
    CatalogueError
        CA-10 unknown item, CA-11 a unit that does not fit the item, CA-15 a row that ends before it begins, CA-17 a
        negative value, CA-25 a gas without warming potential; with file and line.
    """
    ids = SupplierIds(catalogue)
    factors = [_factor(row, line, catalogue, ids) for line, row in enumerate(city.factors, start=2)]
    found = tuple(with_thirds(factors, catalogue.items, catalogue.conversions))
    own = replace(catalogue, factors=found)
    for fault in (fault for check in CHECKS for fault in check(own)):
        raise CatalogueError(fault.code, **fault.data)
    return found


def _factor(row: dict[str, Any], line: int, catalogue: Catalogue, ids: SupplierIds) -> Factor:
    """One factor; a status that the catalogue does not know counts as unconfirmed."""
    return Factor(
        factor_id=row["factor_id"], regime="both", item=row["item"],
        supplier=ids.of(row["item"], row["supplier"] or ""), menu=row["menu"] or "", kind="any",
        family="", gas=row["gas"], value=row["value"], mass=row["mass"], per=row["per"],
        valid_from=row["valid_from"] or BEGINNING, valid_to=row["valid_to"], source_fy=None, edition=EDITION,
        source=row["source"], locator=row["locator"] or "", note="",
        status=row["status"] if row["status"] in catalogue.statuses else UNKNOWN_STATUS,
        file=str(row["file"]), line=line,
    )  # fmt: skip
