"""Indicators and measures of the whole city at the end of a year, as the yearly report prints them."""

from __future__ import annotations

from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe

from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.html import figure, table
from kotsukotsu.documents.planning.charts import shares
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.yearly.measures import kinds_table, kpi_table
from kotsukotsu.rounding import Rounding
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.measure_effects import effects_of
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities.figures import kept


def shown_of(fy: int, rounding: Rounding) -> tuple[Chart | None, Table | None]:
    """Indicators as bars with their aims, and their table; measures by kind and state. None where there is none."""

    def made(session: Session) -> tuple[Chart | None, Table | None]:
        inventory = session.inventory(fy)
        saved = {one.kind: one.tonnes for one in effects_of(session, inventory)}
        kpis = kpis_of(session.city, fy, inventory)[0]
        chart, kinds = shares.kpis(kpis), kinds_table(session.city, fy, saved, rounding)
        return chart and replace(chart, table=kpi_table(kpis, fy)), kinds if kinds.rows else None

    found: tuple[Chart | None, Table | None] = kept("seeing.indicators", made, fy)
    return found


def written_of(fy: int, rounding: Rounding) -> dict[str, SafeString]:
    """The same as the parts of a page."""
    chart, kinds = shown_of(fy, rounding)
    made = {"indicators": figure(chart) if chart else "", "kinds": table(kinds) if kinds else ""}
    return {name: mark_safe(html) for name, html in made.items()}  # noqa: S308  # texts are escaped in it
