"""Weeks of a site under control, beside doing nothing, yesterday again, and knowing everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kotsukotsu.documents.energy.backtest_study import Backtested
from kotsukotsu.energy.backtest import (
    CONTROLLER,
    FORESIGHT,
    NOTHING,
    PERSISTENCE,
    Result,
    controlled,
    foresight,
    nothing,
)
from kotsukotsu.energy.control import Rule
from kotsukotsu.energy.dispatch.change import some_slots
from kotsukotsu.energy.dispatch.model import HeatPump, Hydrogen, System
from kotsukotsu.energy.forecast import Again, Outlook, loads, suns
from kotsukotsu.energy.slots import PER_DAY, Calendar
from kotsukotsu.sessions.energy_system import Planned

HISTORY = 63  # days of the year that only forecasts look at, before the first that can be tried
Pair = tuple[Outlook, Outlook]  # of the load and of the sun


def backtested(
    site: Planned, first: int, days: int, target: float = 0.0, each_day: Callable[[], object] | None = None
) -> Backtested:
    """The days from number `first` of the year on, by every controller.

    Parameters
    ----------
    target : float
        Maximum that the controller aims at; 0 for none. [kW]
    each_day : callable, optional
        Called at each day of the two controllers that plan.
    """
    system = part(site, first, days)
    known, again = forecasts(site, first, days)
    results: dict[str, Result] = {
        NOTHING: nothing(system),
        PERSISTENCE: controlled(system, *again, Rule(careful=False), each_day),
        CONTROLLER: controlled(system, *known, Rule(target=target), each_day),
        FORESIGHT: foresight(system)[0],
    }
    give, kw = site.sun
    slots = slice(first * PER_DAY, (first + days) * PER_DAY)
    return Backtested(first, days, results, site.load[slots], give[slots] * kw, target or None)


def part(site: Planned, first: int, days: int) -> System:
    """The meter in these days, without hydrogen; a kW of their maximum costs what it costs in so many days."""
    whole = site.system()
    slots = np.arange(first * PER_DAY, (first + days) * PER_DAY)
    meter = some_slots(whole.meters[0], slots, np.ones(len(slots)))
    assets = tuple(asset for asset in meter.assets if not isinstance(asset, Hydrogen | HeatPump))
    grid = meter.grid
    if grid is not None and grid.contract is not None:
        price = float(grid.contract.prices.sum()) * len(slots) / len(site.load)
        grid = replace(grid, contract=replace(grid.contract, yen_per_kw=price, agreed=None, previous=None))
    return replace(whole, meters=(replace(meter, assets=assets, grid=grid),))


def forecasts(site: Planned, first: int, days: int) -> tuple[Pair, Pair]:
    """From days like it, and the day before again; neither looks at what is not over."""
    until = (first + days) * PER_DAY
    give, kw = site.sun
    load, sun = site.load[:until], give[:until] * kw
    kinds = _kinds(site.opened.site.calendar)[: first + days]
    known = loads(load, kinds, np.zeros(first + days), first), suns(sun, first)
    return known, (Again(load[: first * PER_DAY]), Again(sun[: first * PER_DAY]))


def _kinds(calendar: Calendar) -> np.ndarray:
    """1 for days without work, else 0."""
    free = calendar.holiday | (calendar.weekday >= 5)
    return free.reshape(-1, PER_DAY)[:, 0].astype(np.int64)
