"""Indicators and measures of the whole city at the end of a year, as the yearly report prints them."""

from __future__ import annotations

from kotsukotsu.documents.table import Table
from kotsukotsu.documents.yearly.measures import kinds_table, kpi_table
from kotsukotsu.rounding import Rounding
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.measure_effects import effects_of
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities.figures import kept


def tables_of(fy: int, rounding: Rounding) -> tuple[Table, ...]:
    """Indicators with numerator, denominator, value and aim; measures by kind and state. Empty ones are left out."""

    def made(session: Session) -> tuple[Table, ...]:
        inventory = session.inventory(fy)
        saved = {one.kind: one.tonnes for one in effects_of(session, inventory)}
        kpis = kpi_table(kpis_of(session.city, fy, inventory)[0], fy)
        return tuple(one for one in (kpis, kinds_table(session.city, fy, saved, rounding)) if one.rows)

    found: tuple[Table, ...] = kept("seeing.indicators", made, fy)
    return found
