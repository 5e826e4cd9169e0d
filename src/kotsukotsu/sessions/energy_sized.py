"""Options of size for a site, each judged by its whole year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.energy.size_study import Chosen, Option
from kotsukotsu.energy.dispatch.change import with_sizes
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.finance import Investment, flows, internal_rate, levelised, payback, present_value
from kotsukotsu.energy.sizing import sized, supply_of
from kotsukotsu.energy.survival import survival
from kotsukotsu.sessions.energy_system import BATTERY, BATTERY_KW, SUN, Planned

KEYS = (SUN, BATTERY, BATTERY_KW)
KG_PER_TONNE = 1000.0
RESERVE = 0.5  # of the battery, in it when the grid fails; an assumption that the study prints [1]


def chosen(site: Planned, *, prove: bool = False, carbon: tuple[float, ...] = (0.0, 10_000.0, 50_000.0)) -> Chosen:
    """Nothing, as planned, and the best; the best for other prices of a tonne. [yen/t]"""
    _, planned_kw = site.sun
    battery, power = (site.number("equipment", key) for key in (BATTERY, BATTERY_KW))
    front, found = [], None
    for price in carbon:
        one = sized(site.system(open_sizes=True, yen_per_kg=price / KG_PER_TONNE), prove=prove and price == 0)
        found = found or one
        front.append((price, _option(site, texts.label("energy.size.best"), one.sizes, one.plan)))
    assert found is not None
    best = front[0][1]
    options = [
        _fixed(site, "nothing", (0.0, 0.0, 0.0)), _fixed(site, "sun", (planned_kw, 0.0, 0.0)),
        _fixed(site, "planned", (planned_kw, battery, power)), best,
    ]  # fmt: skip
    return _with_money(site, options, best, front, found.days, found.gap)


def _fixed(site: Planned, name: str, sizes: tuple[float, float, float]) -> Option:
    named = dict(zip(KEYS, sizes, strict=True))
    plan = optimal(with_sizes(site.system(open_sizes=True), named))
    return _option(site, texts.label(f"energy.size.{name}"), named, plan)


def _option(site: Planned, name: str, sizes: Mapping[str, float], plan: Plan) -> Option:
    meter = plan.system.meters[0]
    grid = meter.grid
    bought = plan.flow("m/buy")
    kg = float((bought * (grid.kg if grid else 0.0)).sum()) * plan.system.hours
    yearly = sum(site.choice(key).yen_per_year * sizes[key] for key in KEYS)
    critical = np.sum([load.kw for load in site.critical()], axis=0)
    lives = survival(critical, supply_of(meter, RESERVE)).p10
    return Option(
        name, sizes, plan.cost - plan.system.yen_per_kg * kg, yearly, float(bought.max()), kg / KG_PER_TONNE, lives
    )


def _with_money(
    site: Planned, options: list[Option], best: Option, front: list[tuple[float, Option]], days: int, gap: float | None
) -> Chosen:
    need = site.number
    years = int(need("costs", f"{SUN}_years"))
    capex = sum(need("costs", f"{key}_yen") * best.sizes[key] for key in KEYS)
    upkeep = sum(need("costs", f"{key}_upkeep_yen") * best.sizes[key] for key in KEYS)
    renewed = [(int(need("costs", f"{key}_years")), need("costs", f"{key}_yen") * best.sizes[key]) for key in KEYS]
    give, _ = site.sun
    asked = Investment(
        capex, options[0].running - best.running, float(give.sum()) / 2 * best.sizes[SUN], years,
        capex * need("costs", "subsidy"), upkeep, replacements=tuple(pair for pair in renewed if pair[0] < years),
    )  # fmt: skip
    cash, rate = flows(asked), need("costs", "rate")
    lcoe = levelised(asked, rate) if asked.kwh else None
    return Chosen(
        options, best, cash, present_value(cash, rate), internal_rate(cash), payback(cash), lcoe, days, gap, front
    )
