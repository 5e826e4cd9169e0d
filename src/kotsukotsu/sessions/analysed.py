"""A city folder, analysed: what ``kotsukotsu analyse`` and the pages of an analysis show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.more import More
from kotsukotsu.analysis.report import DriversOf, Report, report
from kotsukotsu.analysis.scope import Scope, scope_of
from kotsukotsu.analysis.voice import voice_of
from kotsukotsu.analysis.where import REACH
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.findings import Finding
from kotsukotsu.sessions.analysed_more import NOTHING, Search, Step, Wanted, unseen
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session

Lines = Sequence[Line]
ALL = ("", "", "")


def analysed(
    session: Session, fy: int, against: int, made: date, codes: tuple[str, str, str] = ALL, *,
    reach: Decimal = REACH, with_chain: bool = False, wanted: Wanted = NOTHING, step: Step = unseen,
) -> View:  # fmt: skip
    """The analysis of a city folder, ready to be shown.

    Parameters
    ----------
    fy, against : int
        The later and the earlier fiscal year.
    made : date
        Day on which the document is made.
    codes : tuple of str
        A facility, a department and an item; empty for all.
    reach : Decimal
        The main facilities are the fewest that make this share. [%]
    with_chain : bool
        Whether to split the change from year to year too.
    wanted : Wanted
        Parts beside the report: weather, unusual values, proposals, the saving of a measure.
    step : callable
        Called with the name of each part that begins: ``year`` once for every fiscal year, ``weather`` if it is
        wanted, ``parts``.

    Raises
    ------
    FactorError
        If one of the two years cannot be computed; a year between stays open.
    ScopeError
        If a code does not exist.
    """
    scope = scope_of(session.city, session.law.catalogue, (*range(against, fy), fy), *codes)
    step("year")
    latest = session.inventory(fy)
    search = Search(session, scope, fy, against, latest.lines, made, wanted, step)
    lines = _lines(session, latest, against, step)
    found = _report(session, latest, lines, scope, search.drivers, reach=reach, with_chain=with_chain)
    step("parts")
    return _view(session, found, search.more(), completeness(latest), made)


def _report(
    session: Session, latest: Inventory, lines: Mapping[int, Lines | None], scope: Scope, drivers: DriversOf, *,
    reach: Decimal, with_chain: bool,
) -> Report:  # fmt: skip
    city, catalogue, fy, against = session.city, session.law.catalogue, latest.fy, min(lines)
    voice = voice_of(city, catalogue, namers(city, catalogue, fy), latest.policy.rounding, fy, against)
    return report(city, lines, scope, fy, against, voice, reach, with_chain=with_chain, drivers=drivers)


def _lines(session: Session, latest: Inventory, against: int, step: Step) -> dict[int, Lines | None]:
    step("year")
    lines: dict[int, Lines | None] = {against: _first(session, latest, against), latest.fy: latest.lines}
    for year in range(against + 1, latest.fy):
        step("year")
        lines[year] = session.lines(year)
    return lines


def _first(session: Session, latest: Inventory, against: int) -> Lines:
    return latest.base_lines if against == session.city.base_fy else session.inventory(against).lines


def _view(session: Session, found: Report, more: More, notes: Iterable[Finding], made: date) -> View:
    city, catalogue = session.city, session.law.catalogue
    head = {
        "city": {"code": city.code, "name": city.name},
        "fiscal_year": found.fy,
        "policy": policy_at(city.settings, found.fy).as_dict(),
        "catalogue": catalogue.version,
    }
    missing = [finding for year in (found.against, found.fy) for finding in session.doubts(year)]
    doubts = (*notes, *session.contradictions(), *missing, *session.slips((found.against, found.fy)))
    findings = (*found.findings, *more.findings, *filter(found.scope.covers, doubts))
    invented = bool(city.settings["municipality"].get("invented"))
    return View(
        found, more, city.name, invented, head, findings, namers(city, catalogue, found.fy), catalogue.items, made
    )
