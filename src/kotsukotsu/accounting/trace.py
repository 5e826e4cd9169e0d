"""A total, led back to its bills and articles, and added up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.emissions import Emitter, in_plan
from kotsukotsu.accounting.model import Group, Line
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.model import Factor
from kotsukotsu.errors import FactorError
from kotsukotsu.rounding import plain
from kotsukotsu.schema.city import City


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows of the ledger behind a total, one entry for each row and gas.

    Attributes
    ----------
    lines : tuple of Line
        Each with the ledger's row, its factor and its gas.
    total : Decimal
        Their sum. [t-CO2e]
    """

    fiscal_year: int
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Sum of the rows. [t-CO2e]"""
        return exact.whole(exact.total(line.thirds_co2e for line in self.lines))


def trace(city: City, law: Law, fy: int, rows: Sequence[Group]) -> Trace:
    """The rows behind the total of a fiscal year, or behind a part of it.

    Parameters
    ----------
    rows : sequence of Group
        Groups of a single row each, of the fiscal year, filtered as the total was.

    Raises
    ------
    FactorError
        A-00 if a row has no factor, as for the inventory.
    """
    emissions = Emitter(city, law, fy).emissions(rows)
    if emissions.problems:
        raise FactorError("A-00", emissions.problems, count=len(emissions.problems), fiscal_year=fy)
    return Trace(fy, tuple(sorted(in_plan(emissions.lines), key=_order)))


def _order(line: Line) -> tuple[str, str, date, str, str]:
    """Facility, item, day, row, gas: the same whatever order the engine answers in."""
    row = line.group.row
    return line.group.facility_id, line.item, row["start"], row["activity_id"], line.gas


def entry(line: Line, law: Law, facility_names: dict[str, str]) -> dict[str, Any]:
    """One line of a trace as plain values, numbers in full precision."""
    row, group = line.group.row, line.group
    return {
        "activity_id": row["activity_id"],
        "facility_id": group.facility_id,
        "facility": facility_names.get(group.facility_id, group.facility_id),
        "item": line.item,
        "item_name": law.catalogue.items[line.item].name,
        "start": row["start"].isoformat(),
        "end": row["end"].isoformat(),
        "quantity": plain(group.quantity or Decimal(0)),
        "unit": group.unit,
        "basis": group.basis,
        "share": plain(line.share),
        "amount": plain(line.amount),
        "amount_unit": law.catalogue.items[line.item].unit,
        "supplier": group.supplier,
        "menu": group.menu,
        "gas": line.gas,
        "factor": factor_entry(line.factor, law),
        "gwp": plain(line.gwp),
        "status": line.status,
        "tonnes": plain(exact.whole(line.thirds)),
        "tonnes_co2e": plain(exact.whole(line.thirds_co2e)),
        "source": row["source"] or "",
        "note": row["note"] or "",
    }


def factor_entry(factor: Factor, law: Law) -> dict[str, str]:
    """A factor with its article and its status."""
    source = law.catalogue.sources.get(factor.source)
    return {
        "factor_id": factor.factor_id,
        "value": format(factor.value, "f"),
        "unit": f"{factor.mass}-{factor.gas}/{factor.per}",
        "valid_from": factor.valid_from.isoformat(),
        "valid_to": factor.valid_to.isoformat() if factor.valid_to else "",
        "source": source.title if source else factor.source,
        "locator": factor.locator,
        "status": factor.status,
        "status_name": law.catalogue.statuses[factor.status].name,
    }
