"""A publication as the source of its yearly report."""

from __future__ import annotations

from kotsukotsu.documents.charts import charts
from kotsukotsu.documents.report.source import Source
from kotsukotsu.documents.yearly import goals
from kotsukotsu.sessions.publication import Publication
from kotsukotsu.sessions.published_site import tables_of


def source_of(whole: Publication) -> Source:
    """The source of the report, in the language spoken now."""
    found, base, last = whole.overview(), whole.since_base(), whole.since_last()
    sheets = whole.sheets(found, base, last)
    return Source(
        found, charts(found), goals.goals(found, whole.results[whole.fy]), sheets, base, last,
        tables_of(whole, found, sheets), whole.made,
    )  # fmt: skip
