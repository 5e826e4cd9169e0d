"""Figures that a plan prints twice, in its text or its tables and among the printed totals: they must be the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kotsukotsu.planning.verify_claims import Claim, Figure, claim
from kotsukotsu.planning.verify_headline import MAIN
from kotsukotsu.planning.verify_ledger import FILE
from kotsukotsu.planning.verify_lists import NAME
from kotsukotsu.planning.verify_print import SECTORS, Print
from kotsukotsu.schema import Row

PARTS = ("sector", "item", "gas", "facility_id")


def claims_of(print_: Print, printed: Iterable[Row], names: Mapping[str, str]) -> Iterator[Claim]:
    """Each printed total that the plan's text or a table has too.

    Parameters
    ----------
    names : mapping
        Facility to its name.
    """
    for line, row in enumerate(printed, start=2):
        figure = Figure(row["tonnes_co2e"], f"{FILE} {line}行目")
        other = _other(print_, row, names)
        if other and (made := claim("repeated", figure, lambda one: one[0], [other])):
            yield made


def _other(print_: Print, row: Row, names: Mapping[str, str]) -> Figure | None:
    year = f"fy{row['fiscal_year']}"
    if not any(row[part] for part in PARTS):
        return print_.said("total", year)
    if row["facility_id"]:
        return _in_table(print_, MAIN, NAME, names.get(row["facility_id"]), f"{year}_tco2")
    return _in_table(print_, SECTORS, "sector_ja", row["sector"] or row["gas"], f"{year}_tco2")


def _in_table(print_: Print, name: str, key: str, value: str | None, column: str) -> Figure | None:
    """The figure of a row that its key names alone."""
    table = print_.table(name)
    found = [index for index, row in enumerate(table.rows) if value and row.get(key) == value]
    return table.figure(found[0], column) if len(found) == 1 else None
