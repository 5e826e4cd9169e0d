"""The charts of a document: each with a title that says what was found, its measure, a note and its table."""

from __future__ import annotations

from kotsukotsu.documents.charts.changes import changes
from kotsukotsu.documents.charts.facilities import facilities, reach
from kotsukotsu.documents.charts.items import items
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.years import years
from kotsukotsu.documents.model import Overview

__all__ = ["Chart", "charts"]


def charts(found: Overview) -> tuple[Chart, ...]:
    """By year, by item, change since the base year (unless it is the base year), by facility, and their curve."""
    drawn = (years(found), items(found), changes(found), facilities(found), reach(found))
    return tuple(chart for chart in drawn if chart is not None)
