"""Results of the city's years, of the whole or of a part, kept until the city's data change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kotsukotsu.accounting.completeness import completeness, is_complete
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.membership import facilities_of
from kotsukotsu.analysis.scope import Scope as Covered
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.model import Overview
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.findings import Finding
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.analysed import analysed
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities.figures import kept
from kotsukotsu.web.seeing.scope import DEPARTMENT, Scope


@dataclass(frozen=True, slots=True)
class Result:
    """A fiscal year of the city, or why there is none."""

    inventory: Inventory | None
    findings: tuple[Finding, ...]
    error: KotsukotsuError | None = None


def result(fy: int) -> Result:
    """A fiscal year of the whole city."""
    found: Result = kept("seeing.result", lambda session: _result(session, fy), fy)
    return found


def _result(session: Session, fy: int) -> Result:
    if not session.has_rows(fy):
        return Result(None, ())
    try:
        inventory = session.inventory(fy)
    except KotsukotsuError as error:
        return Result(None, tuple(getattr(error, "findings", ())), error)
    return Result(inventory, (*completeness(inventory), *session.doubts(fy)))


def overview_of(scope: Scope, fy: int) -> Overview | None:
    """What is said of a part in a year and the years before it; None where it has no rows in that year."""
    key = (scope.kind, scope.code, fy)
    found: Overview | None = kept("seeing.overview", lambda session: _overview(session, scope, fy), *key)
    return found


def _overview(session: Session, scope: Scope, fy: int) -> Overview | None:
    results = {year: result(year) for year in fiscal_years() if year <= fy}
    base = places(scope, session.city, session.city.base_fy)
    inventories: dict[int, Inventory] = {}
    findings: dict[int, tuple[Finding, ...]] = {}
    for year, found in results.items():
        own, here = found.inventory, places(scope, session.city, year)
        if own is not None and here is not None:
            own = own.part(here, base)
        if own is not None and own.lines:
            inventories[year] = own
            findings[year] = tuple(filter(Covered(scope.name, here).covers, found.findings))
    if fy not in inventories:
        return None
    names = namers(session.city, session.law.catalogue, fy)
    return overview(inventories, names, findings, timezone.localdate(), fy)


def places(scope: Scope, city: City, fy: int) -> frozenset[str] | None:
    """Facilities of a part in a year: a department has in each year those that it had at its end; None for all."""
    return facilities_of(city, scope.code, fy) if scope.kind == DEPARTMENT else scope.facilities


def analysis_of(scope: Scope, fy: int, base_fy: int) -> View | None:
    """Why a part changed since another year; None where that cannot be told, or where one of them lacks quantities."""
    is_whole = all(_is_whole(scope, year) for year in (fy, base_fy))
    return view_of(scope, fy, base_fy) if is_whole else None


def view_of(scope: Scope, fy: int, base_fy: int) -> View | None:
    """The same of years that may lack quantities: nothing of it may be called a change."""

    def of(session: Session) -> View | None:
        if fy <= base_fy or result(fy).inventory is None or result(base_fy).inventory is None:
            return None
        return analysed(session, fy, base_fy, timezone.localdate(), scope.codes)

    key = (scope.kind, scope.code, fy, base_fy)
    found: View | None = kept("seeing.analysis", of, *key)
    return found


def _is_whole(scope: Scope, fy: int) -> bool:
    found = result(fy)
    if found.inventory is None:
        return False
    covered = Covered(scope.name, places(scope, found.inventory.city, fy))
    return is_complete(list(filter(covered.covers, found.findings)))


def pictures(name: str, scope: Scope, fy: int, draw: Any) -> Any:
    """Charts, drawn once for each state of the city."""
    return kept(f"seeing.pictures.{name}", lambda _: draw(), scope.kind, scope.code, fy)
