"""A city folder of which printed figures alone are known for one year or two, compared as far as they go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu.analysis.printed_years import computed_rows, printed_years
from kotsukotsu.analysis.scope import scope_of
from kotsukotsu.analysis.where import REACH
from kotsukotsu.documents.analysis.printed_view import PrintedView
from kotsukotsu.sessions.analysed import ALL
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session


def _is_computed(session: Session, fy: int) -> bool:
    """Whether a year has a row that counts as an emission."""
    items = session.law.catalogue.items
    return any(items[group.item].counts == "emission" for group in session.groups(fy))


def _figures(session: Session, fy: int, against: int) -> tuple[list[dict[str, Any]], int | None]:
    """The printed figures of the years without rows and those of a year with rows, which is named; none if both have.

    Raises
    ------
    FactorError
        If the year with rows cannot be computed.
    """
    with_rows = [year for year in (fy, against) if _is_computed(session, year)]
    rows = [dict(row) for row in session.city.printed if row["fiscal_year"] not in with_rows]
    if len(with_rows) == 2 or not any(row["fiscal_year"] in (fy, against) for row in rows):
        return [], None
    for year in with_rows:
        lines = session.lines(year)
        rows += computed_rows(session.inventory(year).lines if lines is None else lines, year)
    return rows, with_rows[0] if with_rows else None


def analysed_print(
    session: Session, fy: int, against: int, made: date, codes: tuple[str, str, str] = ALL, reach: Decimal = REACH
) -> PrintedView | None:
    """The comparison where a year is printed only; None where both have rows, or the later one nothing at all.

    Raises
    ------
    FactorError
        If the year with rows cannot be computed.
    ScopeError
        If a code does not exist.
    """
    city, catalogue = session.city, session.law.catalogue
    scope = scope_of(city, catalogue, (against, fy), *codes)
    rows, computed = _figures(session, fy, against)
    found = printed_years(rows, fy, against, scope, reach, computed)
    if found is None:
        return None
    head = {"city": {"code": city.code, "name": city.name}, "fiscal_year": fy}
    names, invented = namers(city, catalogue, fy), bool(city.settings["municipality"].get("invented"))
    return PrintedView(found, scope.name, not any(codes), city.base_fy, reach, head, names, made, invented)
