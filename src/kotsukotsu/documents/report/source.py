"""What a year's report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.facilities.model import Sheets
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.yearly.goals import Goals


@dataclass(frozen=True, slots=True)
class Source:
    """One year of a city.

    Attributes
    ----------
    since_base, since_last : View
        Analysis against the base year and against the year before; the latter None in the first years.
    tables : mapping
        ``kinds``, ``each``, ``kpis``, ``factors``, ``opinions``, ``errata``, ``statements``.
    """

    found: Overview
    drawn: tuple[Chart, ...]
    goals: Goals | None
    sheets: Sheets
    since_base: View
    since_last: View | None
    tables: Mapping[str, Table]
    made: date

    @property
    def fy(self) -> int:
        """The year of the report."""
        return self.found.year.fy
