"""The cases that a choice of measures is set beside: other factors, other budgets, facilities closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.planning.scenarios import Scenario
from kotsukotsu.planning.setting import Setting

HALF, TWICE, ONE = Decimal("0.5"), Decimal(2), Decimal(1)


def scenarios(setting: Setting, closed: Mapping[str, int], name: Callable[[str], str]) -> list[Scenario]:
    """As planned; the electricity factor as it is today; half and twice the budget; closures, if any are asked for.

    Parameters
    ----------
    closed : mapping
        Facility to the first fiscal year in which it is closed; see `closures`.
    name : callable
        Facility to its name.
    """
    found = [
        Scenario(texts.label("optimise.scenario.planned")),
        Scenario(texts.label("optimise.scenario.factor"), path=tuple(ONE for _ in setting.path)),
        Scenario(texts.label("optimise.scenario.half"), budget_ratio=HALF),
        Scenario(texts.label("optimise.scenario.twice"), budget_ratio=TWICE),
    ]
    return [*found, Scenario(_named(closed, name), closed=closed)] if closed else found


def closures(setting: Setting, asked: Iterable[str]) -> dict[str, int]:
    """Closures written as ``f012=2028``: the facility, and the first fiscal year in which it emits nothing.

    Raises
    ------
    PlanningError
        PO-12 a closure that cannot be read, of a facility without use, outside the plan, or of one facility twice.
    """
    found: dict[str, int] = {}
    last = setting.first_fy + len(setting.path) - 1
    for text in asked:
        facility, _, year = text.partition("=")
        fy = int(year) if year.isdecimal() else None
        if facility not in setting.use or facility in found or fy not in range(setting.first_fy, last + 1):
            raise PlanningError("PO-12", value=text, first=setting.first_fy, last=last)
        found[facility] = int(year)
    return found


def _named(closed: Mapping[str, int], name: Callable[[str], str]) -> str:
    each = [texts.label("optimise.scenario.close", facility=name(key), fy=fy) for key, fy in closed.items()]
    return texts.label("optimise.scenario.closed", facilities=texts.label("optimise.scenario.and").join(each))
