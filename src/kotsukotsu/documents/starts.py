"""When a measure starts, as every document says it."""

from __future__ import annotations

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row


def start(row: Row) -> str:
    """The year that the city has decided on; else the first in which the measure could start; else nothing."""
    if row["start_fy"]:
        return FiscalYear(row["start_fy"]).short_name
    return texts.label("measure.from", year=FiscalYear(row["earliest_fy"]).short_name) if row["earliest_fy"] else ""
