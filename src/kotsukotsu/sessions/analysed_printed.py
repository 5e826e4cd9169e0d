"""A city folder of which only printed figures are known for two years, compared as far as they go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kotsukotsu.analysis.printed_years import printed_years
from kotsukotsu.analysis.scope import scope_of
from kotsukotsu.analysis.where import REACH
from kotsukotsu.documents.analysis.printed_view import PrintedView
from kotsukotsu.sessions.analysed import ALL
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session


def has_only_print(session: Session, fy: int, against: int) -> bool:
    """Whether neither year has a row that counts as an emission, and both have printed figures."""
    if not {fy, against} <= {row["fiscal_year"] for row in session.city.printed}:
        return False
    items = session.law.catalogue.items
    return not any(items[group.item].counts == "emission" for year in (fy, against) for group in session.groups(year))


def analysed_print(
    session: Session, fy: int, against: int, made: date, codes: tuple[str, str, str] = ALL, reach: Decimal = REACH
) -> PrintedView | None:
    """The comparison of two printed years; None where the years have rows, or no printed figures.

    Raises
    ------
    ScopeError
        If a code does not exist.
    """
    city, catalogue = session.city, session.law.catalogue
    scope = scope_of(city, catalogue, fy, *codes)
    found = printed_years(city.printed, fy, against, scope, reach) if has_only_print(session, fy, against) else None
    if found is None:
        return None
    head = {"city": {"code": city.code, "name": city.name}, "fiscal_year": fy}
    names, invented = namers(city, catalogue, fy), bool(city.settings["municipality"].get("invented"))
    return PrintedView(found, scope.name, not any(codes), city.base_fy, reach, head, names, made, invented)
