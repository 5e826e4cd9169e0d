"""Options of size for a site, each judged by its whole year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.energy.size_model import CO2, COST, Asked, Chosen, Last, Option, Outcome
from kotsukotsu.energy.dispatch import money
from kotsukotsu.energy.dispatch.change import with_sizes
from kotsukotsu.energy.dispatch.explain import NO_GRID
from kotsukotsu.energy.dispatch.model import Limit
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.finance import Investment, flows, internal_rate, levelised, payback, present_value
from kotsukotsu.energy.outage import outages
from kotsukotsu.energy.sizing import Need, Sized, sized
from kotsukotsu.energy.slots import HOURS
from kotsukotsu.energy.survival import Survival
from kotsukotsu.sessions.energy_costs import ALWAYS, CHARGER, COSTS, SUN
from kotsukotsu.sessions.energy_joint import Joint
from kotsukotsu.sessions.energy_system import ALONE, Planned

KG_PER_TONNE = 1000.0
FREE = Asked()
SHARE = 0.9  # of the half-hours from which an outage must be outlived [1]
CARBON_FIRST = 1_000_000.0  # a price at which money only decides between plans of the same CO2 [yen/t]
NEAR, TINY = 1e-3, 1e-9  # [kW, kWh], [1]
RESERVE = 0.5  # of the battery, always kept where hours must be outlived; the study prints it [1]


def chosen(
    site: Joint, asked: Asked = FREE, *, prove: bool = False, carbon: tuple[float, ...] = (0.0, 10_000.0, 50_000.0)
) -> Chosen:
    """Nothing, as planned, and the best; the best for other prices of a tonne. [yen/t]

    Raises
    ------
    StudyError
        ED-… as the calculation.
    """
    found = _sized(site, asked, CARBON_FIRST if asked.aim == CO2 else 0.0, prove=prove)
    best = _option(site, texts.label(f"energy.size.best.{asked.aim}"), found.sizes, found.plan)
    outcome = _outcome(site, asked, found, best)
    if outcome.short:
        options, front = [_fixed(site, "nothing", nothing(site)), best], []
    else:
        options = [*(_marked(site, asked, option) for option in _beside(site)), best]
        front = [(price, best if price == 0 and asked.aim == COST else _priced(site, asked, price)) for price in carbon]
    made = _with_money(site, options, best, front, found.days, found.gap)
    statuses = (one for part in site.parts for one in part.bill(part.load).statuses)
    sent = [(wire.start, wire.end, float(found.plan.flow(f"{wire.name}/sent").sum()) * HOURS) for wire in site.wires]
    return replace(made, asked=asked, outcome=outcome, place=site.place, meter_id=site.name, given=site.given,
                   statuses=tuple(dict.fromkeys(statuses)), sent=sent)  # fmt: skip


def _open(site: Joint) -> dict[str, tuple[Planned, str]]:
    """Open sizes by their names among those of all meters: whose, and which."""
    return {part.key(key): (part, key) for part in site.parts for key in part.costs.open}


def _beside(site: Joint) -> Iterator[Option]:
    """What the best is compared with: nothing, and where sun is planned, that alone and with its battery."""
    none = nothing(site)
    sun = {name: part.sizes[key] for name, (part, key) in _open(site).items() if key == SUN}
    yield _fixed(site, "nothing", none)
    if any(sun.values()):
        yield _fixed(site, "sun", none | sun)
        yield _fixed(site, "planned", {name: part.sizes[key] for name, (part, key) in _open(site).items()})


def nothing(site: Joint) -> dict[str, float]:
    """No size of what is open but the chargers, without which no car could leave."""
    return {name: part.sizes[key] if key == CHARGER else 0.0 for name, (part, key) in _open(site).items()}


def _marked(site: Joint, asked: Asked, option: Option) -> Option:
    """The option, and by its name whether it is outside of the limits that the best keeps."""
    broken = [max(option.contracts) > (asked.power or np.inf) + NEAR, option.outage.p10 < (asked.hours or 0.0)]
    broken += [sum(share * option.sizes[key] for key, share in limit.shares.items()) > limit.most + NEAR
               for limit in _limits(site, asked)]  # fmt: skip
    return replace(option, name=texts.label("energy.size.outside", name=option.name)) if any(broken) else option


def _sized(site: Joint, asked: Asked, price: float, *, prove: bool = False) -> Sized:
    """Sizes under the limits at a price of CO2. [yen/t]"""
    system = site.system(open_sizes=True, yen_per_kg=price / KG_PER_TONNE, grid_kw=asked.power or np.inf)
    needs = [Need(part.name, critical_kw(part), asked.hours, SHARE, RESERVE, part.equipment("fuel_kwh"))
             for part in site.parts if asked.hours]  # fmt: skip
    return sized(replace(system, limits=tuple(_limits(site, asked))), needs, prove=prove)


def _limits(site: Joint, asked: Asked) -> Iterator[Limit]:
    """Limits over all sizes together: money, subsidy, area."""
    each = {name: (part, part.costs.price(key)) for name, (part, key) in _open(site).items()}
    if asked.invest:
        yield Limit("invest", {name: yen for name, (_, yen) in each.items()}, asked.invest)
    if asked.subsidy:
        shares = {name: yen * part.number(COSTS, "subsidy") for name, (part, yen) in each.items()}
        yield Limit("subsidy", shares, asked.subsidy)
    if asked.area:
        area = {part.key(SUN): part.number(COSTS, "sun_m2") for part in site.parts}
        yield Limit("area", area, asked.area)


def _outcome(site: Joint, asked: Asked, found: Sized, best: Option) -> Outcome:
    """What stood in the way, what was not met, and what the last kW costs."""
    limits = {name: part.costs.limits(key) for name, (part, key) in _open(site).items()}
    reached = [key for key, (_, most) in limits.items() if best.sizes[key] >= most - NEAR]
    lives = best.outage.share(asked.hours) if asked.hours else None
    met = lives is None or lives >= SHARE - TINY
    short = [one for one in found.short if ("", NO_GRID) not in one.limits or not met]
    lasts = [_last(part, found.plan) for part in site.parts if part.contract and part.contract.agreed is None]
    return Outcome(limits, reached, found.gains, lasts, lives, short)


def _last(part: Planned, plan: Plan) -> Last:
    """The maximum of a meter, the half-hours that set it, and what a kW of it costs in a year."""
    bought = plan.flow(f"{part.name}/buy")
    highest = [int(slot) for slot in np.flatnonzero(bought >= bought.max() - NEAR)]
    price = float(part.contract.prices.sum()) if part.contract else 0.0
    return Last("" if part.name == ALONE else part.meter_id, float(bought.max()), highest, price)


def _priced(site: Joint, asked: Asked, price: float) -> Option:
    one = _sized(site, asked, price)
    return _option(site, texts.label("energy.size.best.cost"), one.sizes, one.plan)


def _fixed(site: Joint, name: str, sizes: Mapping[str, float]) -> Option:
    plan = optimal(with_sizes(site.system(open_sizes=True), sizes))
    return _option(site, texts.label(f"energy.size.{name}"), sizes, plan)


def critical_kw(site: Planned) -> Values:
    """All critical loads together. [kW]"""
    made: Values = np.sum([load.kw for load in site.critical()], axis=0)
    return made


def _option(site: Joint, name: str, sizes: Mapping[str, float], plan: Plan) -> Option:
    """Money by the bill engine: wear, a weight of CO2 and the price of what is not served are in no figure.

    An outage of several meters is outlived as long as the critical loads of each of them live by themselves.
    """
    by_name = {meter.name: meter for meter in plan.system.meters}
    sizes = {key: sizes.get(key, 0.0) for key in _open(site)}
    running, tonnes, contracts, hours = 0.0, 0.0, [], []
    for part in site.parts:
        meter, bought = by_name[part.name], plan.flow(f"{part.name}/buy")
        income = money.sold(plan, meter) + money.work(plan, meter)
        running += float(part.bill(bought).total) + money.fuel(plan, meter) - income
        tonnes += money.emitted(plan, meter) / KG_PER_TONNE
        contracts.append(float(bought.max()))
        hours.append(outages(plan, meter, critical_kw(part), part.equipment("fuel_kwh")))
    yearly = sum(part.costs.choice(key).yen_per_year * sizes[name] for name, (part, key) in _open(site).items())
    outage = Survival(np.min([one.hours for one in hours], axis=0), hours[0].longest)
    return Option(name, sizes, running, yearly, tuple(contracts), tonnes, outage, plan.unserved)


def _with_money(
    site: Joint, options: list[Option], best: Option, front: list[tuple[float, Option]], days: int, gap: float | None
) -> Chosen:
    new = {key: size - options[0].sizes[key] for key, size in best.sizes.items()}
    first = site.parts[0]
    asked, rate = _investment(site, new, options[0].running - best.running), first.number(COSTS, "rate")
    cash = flows(asked)
    sun = _investment(site, {name: size for name, size in new.items() if _open(site)[name][1] in ALWAYS}, 0.0)
    return Chosen(
        options, best, cash, present_value(cash, rate), internal_rate(cash), payback(cash),
        levelised(sun, rate) if sun.kwh else None, days, gap, front, asked.capex,
        is_renewed=first.optional(COSTS, "inverter_yen") is not None,
    )  # fmt: skip


def _investment(site: Joint, new: Mapping[str, float], saving: float) -> Investment:
    """New equipment over the life of the first meter's sun, and what it saves. [yen/year]"""
    first, each = site.parts[0], [(*_open(site)[name], size) for name, size in new.items()]
    capex = sum(part.costs.price(key) * size for part, key, size in each)
    renewed = tuple((year, yen * size) for part, key, size in each for year, yen in part.costs.renewals(key))
    return Investment(
        capex, saving, sum(float(part.sun[0].sum()) * HOURS * size for part, key, size in each if key == SUN),
        int(first.number(COSTS, f"{SUN}_years")),
        sum(part.costs.price(key) * size * part.number(COSTS, "subsidy") for part, key, size in each),
        sum(part.costs.upkeep(key) * size for part, key, size in each), first.optional(COSTS, "sun_loss") or 0.0,
        renewed,
    )  # fmt: skip
