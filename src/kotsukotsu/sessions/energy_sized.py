"""Options of size for a site, each judged by its whole year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.energy.size_model import CO2, COST, Asked, Chosen, Option, Outcome
from kotsukotsu.energy.dispatch import money
from kotsukotsu.energy.dispatch.change import with_sizes
from kotsukotsu.energy.dispatch.model import Limit
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.finance import Investment, flows, internal_rate, levelised, payback, present_value
from kotsukotsu.energy.outage import outages
from kotsukotsu.energy.sizing import Need, Sized, sized
from kotsukotsu.energy.slots import HOURS
from kotsukotsu.sessions.energy_costs import ALWAYS, CHARGER, COSTS, SUN
from kotsukotsu.sessions.energy_site import shortened
from kotsukotsu.sessions.energy_system import Planned

KG_PER_TONNE = 1000.0
FREE = Asked()
SHARE = 0.9  # of the half-hours from which an outage must be outlived [1]
CARBON_FIRST = 1_000_000.0  # a price at which money only decides between plans of the same CO2 [yen/t]
NEAR, TINY = 1e-3, 1e-9  # [kW, kWh], [1]
RESERVE = 0.5  # of the battery, always kept where hours must be outlived; the study prints it [1]


def chosen(
    site: Planned, asked: Asked = FREE, *, prove: bool = False, carbon: tuple[float, ...] = (0.0, 10_000.0, 50_000.0)
) -> Chosen:
    """Nothing, as planned, and the best; the best for other prices of a tonne. [yen/t]"""
    found = _sized(site, asked, CARBON_FIRST if asked.aim == CO2 else 0.0, prove=prove)
    best = _option(site, texts.label(f"energy.size.best.{asked.aim}"), found.sizes, found.plan)
    outcome = _outcome(site, asked, found, best)
    if outcome.short:
        options, front = [_fixed(site, "nothing", nothing(site)), best], []
    else:
        options = [*(_marked(site, asked, option) for option in _beside(site)), best]
        front = [(price, best if price == 0 and asked.aim == COST else _priced(site, asked, price)) for price in carbon]
    made = _with_money(site, options, best, front, found.days, found.gap)
    return replace(made, asked=asked, outcome=outcome, place=_place(site), meter_id=site.meter_id, given=site.all_given,
                   statuses=site.bill(site.load).statuses)  # fmt: skip


def _beside(site: Planned) -> Iterator[Option]:
    """What the best is compared with: nothing, and where sun is planned, that alone and with its battery."""
    none, kw = nothing(site), site.sizes[SUN]
    yield _fixed(site, "nothing", none)
    if kw:
        yield _fixed(site, "sun", none | {SUN: kw})
        yield _fixed(site, "planned", {key: site.sizes[key] for key in none})


def nothing(site: Planned) -> dict[str, float]:
    """No size of what is open but the chargers, without which no car could leave."""
    return {key: site.sizes[key] if key == CHARGER else 0.0 for key in site.costs.open}


def _marked(site: Planned, asked: Asked, option: Option) -> Option:
    """The option, and by its name whether it is outside of the limits that the best keeps."""
    broken = [option.contract > (asked.power or np.inf) + NEAR, option.outage.p10 < (asked.hours or 0.0)]
    broken += [sum(share * option.sizes[key] for key, share in limit.shares.items()) > limit.most + NEAR
               for limit in _limits(site, asked)]  # fmt: skip
    return replace(option, name=texts.label("energy.size.outside", name=option.name)) if any(broken) else option


def _place(site: Planned) -> str:
    """The buildings behind the meter, where the site has others beside."""
    meters = site.opened.site.meters
    return shortened([row["name"] for row in meters[site.meter_id]]) if len(meters) > 1 else ""


def _sized(site: Planned, asked: Asked, price: float, *, prove: bool = False) -> Sized:
    """Sizes under the limits at a price of CO2. [yen/t]"""
    system = site.system(open_sizes=True, yen_per_kg=price / KG_PER_TONNE, grid_kw=asked.power or np.inf)
    need = None
    if asked.hours:
        need = Need("m", critical_kw(site), asked.hours, SHARE, RESERVE, site.equipment("fuel_kwh"))
    return sized(replace(system, limits=tuple(_limits(site, asked))), need, prove=prove)


def _limits(site: Planned, asked: Asked) -> Iterator[Limit]:
    """Limits over all sizes together: money, subsidy, area."""
    each = {key: site.costs.price(key) for key in site.costs.open}
    if asked.invest:
        yield Limit("invest", each, asked.invest)
    if asked.subsidy:
        share = site.number(COSTS, "subsidy")
        yield Limit("subsidy", {key: yen * share for key, yen in each.items()}, asked.subsidy)
    if asked.area:
        yield Limit("area", {SUN: site.number(COSTS, "sun_m2")}, asked.area)


def _outcome(site: Planned, asked: Asked, found: Sized, best: Option) -> Outcome:
    """What stood in the way, what was not met, and what the last kW costs."""
    bought = found.plan.flow("m/buy")
    highest = [int(slot) for slot in np.flatnonzero(bought >= best.contract - NEAR)]
    price = float(site.contract.prices.sum()) if site.contract and site.contract.agreed is None else None
    limits = {key: site.costs.limits(key) for key in site.costs.open}
    reached = [key for key, (_, most) in limits.items() if best.sizes[key] >= most - NEAR]
    lives = best.outage.share(asked.hours) if asked.hours else None
    met = lives is None or lives >= SHARE - TINY
    short = [one for one in found.short if one.meter == "m" or not met]
    return Outcome(limits, reached, found.gains, highest, price, lives, short)


def _priced(site: Planned, asked: Asked, price: float) -> Option:
    one = _sized(site, asked, price)
    return _option(site, texts.label("energy.size.best.cost"), one.sizes, one.plan)


def _fixed(site: Planned, name: str, sizes: Mapping[str, float]) -> Option:
    plan = optimal(with_sizes(site.system(open_sizes=True), sizes))
    return _option(site, texts.label(f"energy.size.{name}"), sizes, plan)


def critical_kw(site: Planned) -> Values:
    """All critical loads together. [kW]"""
    made: Values = np.sum([load.kw for load in site.critical()], axis=0)
    return made


def _option(site: Planned, name: str, sizes: Mapping[str, float], plan: Plan) -> Option:
    """Money by the bill engine: wear, a weight of CO2 and the price of what is not served are in no figure."""
    sizes = {key: sizes.get(key, 0.0) for key in site.costs.open}
    (meter,) = [one for one in plan.system.meters if one.name == "m"]
    bought = plan.flow("m/buy")
    income = money.sold(plan, meter) + money.work(plan, meter)
    yearly = sum(site.costs.choice(key).yen_per_year * size for key, size in sizes.items())
    outage = outages(plan, meter, critical_kw(site), site.equipment("fuel_kwh"))
    return Option(
        name, sizes, float(site.bill(bought).total) + money.fuel(plan, meter) - income, yearly, float(bought.max()),
        money.emitted(plan, meter) / KG_PER_TONNE, outage, plan.unserved,
    )  # fmt: skip


def _with_money(
    site: Planned, options: list[Option], best: Option, front: list[tuple[float, Option]], days: int, gap: float | None
) -> Chosen:
    new = {key: size - options[0].sizes[key] for key, size in best.sizes.items()}
    asked, rate = _investment(site, new, options[0].running - best.running), site.number(COSTS, "rate")
    cash = flows(asked)
    sun = _investment(site, {key: new[key] for key in ALWAYS}, 0.0)
    return Chosen(
        options, best, cash, present_value(cash, rate), internal_rate(cash), payback(cash),
        levelised(sun, rate) if sun.kwh else None, days, gap, front, asked.capex,
        is_renewed=site.optional(COSTS, "inverter_yen") is not None,
    )  # fmt: skip


def _investment(site: Planned, new: Mapping[str, float], saving: float) -> Investment:
    """New equipment over the life of the sun, and what it saves. [yen/year]"""
    costs, (give, _) = site.costs, site.sun
    capex = sum(costs.price(key) * size for key, size in new.items())
    renewed = tuple((year, yen * size) for key, size in new.items() for year, yen in costs.renewals(key))
    return Investment(
        capex, saving, float(give.sum()) * HOURS * new[SUN], int(site.number(COSTS, f"{SUN}_years")),
        capex * site.number(COSTS, "subsidy"), sum(costs.upkeep(key) * size for key, size in new.items()),
        site.optional(COSTS, "sun_loss") or 0.0, renewed,
    )  # fmt: skip
