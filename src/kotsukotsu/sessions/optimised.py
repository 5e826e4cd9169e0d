"""A choice of a city's measures with its scenarios, for commands and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.findings import Finding
from kotsukotsu.planning.bau import slipped
from kotsukotsu.planning.measures import unheeded
from kotsukotsu.planning.portfolio import GAP, SECONDS
from kotsukotsu.planning.refined import Refined, refined
from kotsukotsu.planning.scenarios import Side, side_by_side
from kotsukotsu.planning.setting import Setting, idle, left_out
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.optimise_result import Answer
from kotsukotsu.sessions.optimise_scenarios import closures, scenarios
from kotsukotsu.sessions.optimise_setting import GRID, KWH_PER_MWH, Asked, Base, setting_of
from kotsukotsu.sessions.plan_data import assumptions_of
from kotsukotsu.sessions.session import Session


def optimised(
    session: Session,
    asked: Asked,
    today: date,
    *,
    compare: bool,
    close: Iterable[str] = (),
    gap: float = GAP,
    seconds: float = SECONDS,
) -> tuple[Answer, list[Side]]:
    """The best plan for what is asked, and the same under other factors, budgets and closures.

    Parameters
    ----------
    compare : bool
        Set other cases beside it; they are where a closure is asked for, too.
    close : iterable of str
        See `optimise_scenarios.closures`.
    gap, seconds : float
        See `planning.portfolio.optimal`. [1], [s]

    Raises
    ------
    PlanningError
        As `setting_of` and `closures`.
    """
    setting, base = setting_of(session, asked, today)
    closed = closures(setting, close)
    found = refined(setting, gap=gap, seconds=seconds)
    answer = _answer(session, setting, base, found)
    cases = scenarios(setting, closed, answer.names["facility"]) if compare or closed else []
    return answer, side_by_side(setting, cases, found, gap=gap, seconds=seconds)


def _answer(session: Session, setting: Setting, base: Base, found: Refined) -> Answer:
    fy = base.inventory.fy
    kpis, findings = kpis_of(session.city, fy, base.inventory)
    names = namers(session.city, session.law.catalogue)
    slips = slipped(exact.product(base.grid_now, KWH_PER_MWH), assumptions_of(session.city)[GRID])
    told = [
        *session.lacking(fy),
        *session.negatives(fy),
        *session.slips({fy, session.city.base_fy}),
        *session.contradictions(),
        *slips,
        *findings,
        *_without_effect(setting, names),
        *unheeded(setting.measures, setting.first_fy + len(setting.path) - 1),
    ]
    return Answer(setting, base, found.outcome, found.unmet, names, kpis, told)


def _without_effect(setting: Setting, names: Mapping[str, Callable[[str], str]]) -> Iterator[Finding]:
    """ME-05 measures that find nothing to work on, ME-06 those whose facility is closed."""
    for code, measures in (("ME-05", idle(setting)), ("ME-06", left_out(setting))):
        for each in measures:
            items = texts.listed(names["item"](item) for item in each.worked.items)
            data = {"measure_id": each.measure_id, "name": each.measure.name, "items": items}
            yield Finding(code, data={**data, "facility": names["facility"](each.facility_id)})
