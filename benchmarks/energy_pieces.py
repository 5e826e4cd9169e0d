"""One piece of work on the synthetic site in its own process: seconds, peak memory and cost as a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module

import numpy as np

from benchmarks import energy_made
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.rolling import LENGTH, Ahead, Planner, equipment
from kotsukotsu.energy.sizing import sized
from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.energy.survival import Supply, survival

CRITICAL = 10.0  # [kW]
Measured = dict[str, float]


def main(name: str, days: int) -> None:
    print(json.dumps(PIECES[name](days) | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def _dispatch(days: int) -> Measured:
    system = energy_made.site(days)
    start = time.perf_counter()
    return _done(start, optimal(system).cost)


def _other(module: str) -> Callable[[int], Measured]:
    """Making the model, handing it over and solving it; reading the package is not in the time."""

    def run(days: int) -> Measured:
        work = import_module("benchmarks.energy_others")
        system = energy_made.site(days)
        start = time.perf_counter()
        return _done(start, getattr(work, module)(system))

    return run


def _sized(*, prove: bool) -> Callable[[int], Measured]:
    def run(days: int) -> Measured:
        system = energy_made.open_site(days)
        start = time.perf_counter()
        found = sized(system, prove=prove)
        return _done(start, found.cost) | ({} if found.gap is None else {"gap": found.gap})

    return run


def _rolling(days: int) -> Measured:
    """A plan at each midnight, with the day that comes for a forecast."""
    site = equipment(energy_made.site(days))
    meter, grid, cars = site.meter, site.grid, site.cars
    start = time.perf_counter()
    planner = Planner(site)
    for day in range(days):
        here = np.minimum(day * PER_DAY + np.arange(LENGTH), meter.slots - 1)
        sell = grid.sell[here] if grid.sell is not None else np.zeros(LENGTH)
        ahead = Ahead(meter.load[here], site.sun.per_kw[here] * site.sun_kw, grid.buy[here], sell,
                      cars.plugged[here], cars.leaving[here], cars.returning[here])  # fmt: skip
        planner.plan(ahead, 0.5 * site.battery_kwh, 0.0, 150.0)
    return _done(start, None)


def _survival(days: int) -> Measured:
    site = equipment(energy_made.site(days))
    count = site.meter.slots
    supply = Supply(site.sun.per_kw * site.sun_kw, site.battery_kwh, site.battery_kw, site.battery.efficiency,
                    np.full(count, 0.5 * site.battery_kwh))  # fmt: skip
    start = time.perf_counter()
    survival(np.full(count, CRITICAL), supply)
    return _done(start, None)


def _done(start: float, cost: float | None) -> Measured:
    seconds = round(time.perf_counter() - start, 4)
    return {"seconds": seconds} if cost is None else {"seconds": seconds, "cost": cost}


PIECES: Mapping[str, Callable[[int], Measured]] = {
    "dispatch": _dispatch, "pypsa": _other("pypsa_cost"), "linopy": _other("linopy_cost"),
    "subset": _sized(prove=False), "full": _sized(prove=True), "rolling": _rolling, "survival": _survival,
}  # fmt: skip

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
