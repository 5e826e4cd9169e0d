"""A year under control, beside doing nothing and beside knowing everything beforehand; the difference is the regret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.contents import Contents, Tape
from kotsukotsu.energy.control import Controller, Rule, Seen
from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.dispatch.model import System, fixed
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.forecast import Outlook
from kotsukotsu.energy.rolling import Equipment, equipment
from kotsukotsu.energy.slots import PER_DAY

# What a kWh costs that a car must charge elsewhere because it left with too little; an assumption. [yen/kWh]
OUTSIDE = 60.0
NOTHING, PERSISTENCE, CONTROLLER, FORESIGHT = "nothing", "persistence", "controller", "foresight"


@dataclass(frozen=True, slots=True)
class Result:
    """A year as it went.

    Attributes
    ----------
    grid : array
        Bought (+) and sold (-). [kW]
    contract : float
        Largest maximum. [kW]
    parts : mapping
        ``demand``, ``energy``, ``sold``, ``wear``, ``work``, ``short``. [yen]
    short_kwh : float
        Energy that cars lacked at departure.
    """

    grid: Floats
    contract: float
    parts: Mapping[str, float]
    short_kwh: float

    @property
    def cost(self) -> float:
        """All parts. [yen]"""
        return sum(self.parts.values())


def controlled(
    system: System, load: Outlook, sun: Outlook, rule: Rule, each_day: Callable[[], object] | None = None
) -> Result:
    """A year of plans, a new one in every half-hour, and guard; the outlooks are all that plans know of it.

    Parameters
    ----------
    each_day : callable, optional
        Called when a day begins, for a bar that shows how far it is.

    Notes
    -----
    In each half-hour the orders of its plan are adapted to what really comes: what the sun gives beyond the load
    goes into the battery, what is bought beyond the limit is held by the guard.
    """
    site = equipment(system)
    slots, load_kw, sun_kw = site.meter.slots, site.meter.load, site.sun.per_kw * site.sun_kw
    controller, tape, incurred = Controller(site, load, sun, rule), Tape.of(slots), 0.0
    first = 0.7 * site.cars.kwh * float(site.cars.plugged[0])
    contents = Contents(site, 0.5 * site.battery_kwh, first, spared=rule.careful)
    for slot in range(slots):
        if each_day and slot % PER_DAY == 0:
            each_day()
        made = controller.decide(slot, Seen(contents.battery, contents.cars, load_kw, sun_kw, incurred))
        limit = max(made.limit, incurred)
        incurred = max(incurred, contents.step(slot, load_kw[slot] - sun_kw[slot], made.orders, limit, tape))
    return _result(site, tape)


def foresight(system: System) -> tuple[Result, Plan]:
    """The best that could have been done, which no controller reaches."""
    plan = optimal(system)
    site = equipment(system)
    name, flow = site.meter.name, plan.flow
    tape = Tape(
        flow(f"{name}/buy") - flow(f"{name}/sell"), flow(f"{name}/{site.battery.name}/discharge"),
        flow(f"{name}/{site.cars.name}/discharge"), flow(f"{name}/{site.unit.name}/work"),
        flow(f"{name}/{site.cars.name}/short"),
    )  # fmt: skip
    return _result(site, tape), plan


def nothing(system: System) -> Result:
    """Without control: no battery, no unit; cars charge as soon as they are plugged in."""
    site = equipment(system)
    meter, cars, slots = site.meter, site.cars, site.meter.slots
    sun_kw = site.sun.per_kw * site.sun_kw
    content, tape = cars.kwh * float(cars.plugged[0]), Tape.of(slots)
    for slot in range(slots):
        most = cars.plugged[slot] * cars.kwh
        content += cars.returning[slot] - cars.leaving[slot]
        least = cars.least * cars.kwh * cars.plugged[slot]
        tape.short[slot] = max(0.0, least - content) if cars.leaving[slot] else 0.0
        content += tape.short[slot]
        kw = min(cars.plugged[slot] * fixed(cars.charge_kw), max(0.0, most - content) / (cars.efficiency * site.hours))
        content = min(most, content + kw * cars.efficiency * site.hours)
        tape.grid[slot] = meter.load[slot] - sun_kw[slot] + kw
    return _result(site, tape)


def regret(results: Mapping[str, Result]) -> dict[str, float]:
    """How much dearer each is than knowing everything. [yen]"""
    best = results[FORESIGHT].cost
    return {name: result.cost - best for name, result in results.items()}


def gap(results: Mapping[str, Result], name: str) -> dict[str, float]:
    """What the regret of one is made of; the parts add up to it. [yen]

    ``maximum`` is the demand charge, ``energy`` what is bought less what is sold, ``trips`` what cars lacked, ``use``
    the wear of stores less what the unit brought.
    """
    own, best = results[name].parts, results[FORESIGHT].parts
    apart = {part: own[part] - best[part] for part in own}
    return {"maximum": apart["demand"], "energy": apart["energy"] + apart["sold"], "trips": apart["short"],
            "use": apart["wear"] + apart["work"]}  # fmt: skip


def closed(results: Mapping[str, Result]) -> float | None:
    """Share of the gap from yesterday's forecast to knowing everything that the controller closes. [1]

    None if there is no gap.
    """
    gap = regret(results)
    return 1 - gap[CONTROLLER] / gap[PERSISTENCE] if gap[PERSISTENCE] > 0 else None


def _result(site: Equipment, tape: Tape) -> Result:
    grid, hours = site.grid, site.hours
    bought, sold = np.maximum(tape.grid, 0.0), np.maximum(-tape.grid, 0.0)
    price = float(grid.contract.prices.sum()) if grid.contract else 0.0
    parts = {
        "demand": price * float(bought.max()),
        "energy": float((bought * grid.buy).sum()) * hours,
        "sold": -float((sold * grid.sell).sum()) * hours if grid.sell is not None else 0.0,
        "wear": hours * float(site.battery.wear * tape.discharge.sum() + site.cars.wear * tape.cars_discharge.sum()),
        "work": -hours * site.unit.yen_per_kwh * float(tape.work.sum()),
        "short": OUTSIDE * float(tape.short.sum()),
    }
    return Result(tape.grid, float(bought.max()), parts, float(tape.short.sum()))
