"""Sizes from some weeks and the extreme days, judged by the whole year.

Never from hourly means: their maxima are too low and so are the batteries made for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.dispatch.change import choices, some_slots, with_sizes, yearly
from kotsukotsu.energy.dispatch.explain import Shortage, shortages
from kotsukotsu.energy.dispatch.model import Asset, Battery, Floats, Hydrogen, Meter, Solar, System
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.outage import kept
from kotsukotsu.energy.survival import hours_alive, share_alive

DAY, WEEK = 48, 336
EVERY, EXTREME = 3, 4
ROUNDS = 8
ISLAND = "island-"
REACHED = 1e-6  # of a limit, and of what a unit of it saves
NEAR = 1.0005  # the whole year's maximum above that of the chosen days, from which days are added


@dataclass(frozen=True, slots=True)
class Need:
    """How long critical loads must live, from which share of all half-hours of the year.

    Parameters
    ----------
    critical : array
        Load that must be served. [kW]
    hours : float
        From the start of the outage. [h]
    share : float
        Of all half-hours at which it may begin. [1]
    reserve : float
        Share of the battery that is always kept for it. [1]
    fuel_kwh : float
        Electricity that the fuel cell's fuel gives in it. [kWh]
    """

    meter: str
    critical: Floats
    hours: float
    share: float = 0.9
    reserve: float = 0.5
    fuel_kwh: float = 0.0


@dataclass(frozen=True, slots=True)
class Sized:
    """Sizes and what they cost in the whole year.

    Attributes
    ----------
    cost : float
        Yearly cost of the sizes and of the whole year's plan. [yen]
    days : int
        Days that the sizes were chosen from.
    bound : float, optional
        Cost of the true optimum over all half-hours, where it was computed. [yen]
    gains : mapping
        What a unit more of a limit that stands in the way would save in a year: of a size's upper limit by its key, of
        another limit by its name; of the exact optimum where it was computed. [yen]
    lives : float, optional
        Share of the half-hours from which the need is met. [1]
    short : sequence of Shortage
        Where what is needed cannot be served, largest first; of an outage by the half-hour of the year.
    """

    sizes: dict[str, float]
    plan: Plan
    cost: float
    days: int
    bound: float | None = None
    gains: Mapping[str, float] = field(default_factory=dict)
    lives: float | None = None
    short: Sequence[Shortage] = ()

    @property
    def gap(self) -> float | None:
        """How much dearer than the true optimum. [1]"""
        return None if self.bound is None else self.cost / self.bound - 1


def sized(system: System, need: Need | None = None, *, prove: bool = False) -> Sized:
    """Sizes of least yearly cost.

    Parameters
    ----------
    need : Need, optional
        An outage that must be survived; checked from every half-hour of the year.
    prove : bool
        Whether the programme of the whole year is solved as well, which takes ten times as long; it also is where some
        half-hours cannot be served with the sizes that were found without it.
    """
    starts: list[int] = []
    days = typical_days(system)
    chosen = _chosen(system, days, need, starts)
    plan = None
    for _ in range(ROUNDS):
        failed = _failed(system, chosen.sizes, need)
        if failed is not None and failed not in starts:
            starts.append(failed)
        else:
            plan = _whole(system, chosen.sizes, need)
            more = _days_to_add(system, plan, days)
            if not len(more) or (plan.unserved and chosen.unserved):
                break
            days = np.union1d(days, more)
        chosen, plan = _chosen(system, days, need, starts), None
    plan = plan or _whole(system, chosen.sizes, need)
    found = _judged(system, chosen, plan, need, len(days))
    if not prove and not plan.unserved:
        return found
    exact = optimal(_islands(_reserved(system, need), need, starts))
    if plan.unserved:  # a day by itself cannot draw on the day before: only all half-hours tell that no size serves it
        found = _judged(system, exact, _whole(system, exact.sizes, need), need, system.meters[0].slots // DAY)
    return replace(found, bound=exact.cost, gains=_gains(system, exact))


def typical_days(system: System) -> NDArray[np.int64]:
    """Every third week, and the days of highest load and highest load less sun of each meter, with the day before."""
    count = system.meters[0].slots // DAY
    weeks = [day for day in range(count) if (day // 7) % EVERY == 0]
    extreme = [day for meter in system.meters for values in _series(meter) for day in _highest(values, EXTREME)]
    before = [max(0, day - 1) for day in extreme]  # on which stores are filled
    return np.unique(np.array(weeks + extreme + before, np.int64))


def _series(meter: Meter) -> tuple[Floats, Floats]:
    """The load, and the load less as much sun as could be built at most."""
    sun = np.zeros(meter.slots)
    for asset in meter.assets:
        if isinstance(asset, Solar):
            size = asset.kw if isinstance(asset.kw, float | int) else asset.kw.most / 2
            sun = sun + asset.per_kw * size
    return meter.load, meter.load - sun


def _highest(values: Floats, count: int) -> list[int]:
    tops = values.reshape(-1, DAY).max(axis=1)
    return [int(day) for day in np.argsort(-tops, kind="stable")[:count]]


def subset(system: System, days: NDArray[np.int64]) -> System:
    """The system on some days: whole third weeks stand for the rest of the year, the others for themselves."""
    count = system.meters[0].slots // DAY
    regular = (days // 7) % EVERY == 0
    weights = np.where(regular, (count - (~regular).sum()) / max(1, regular.sum()), 1.0)
    slots = (days[:, None] * DAY + np.arange(DAY)).ravel()
    meters = tuple(some_slots(meter, slots, np.repeat(weights, DAY)) for meter in system.meters)
    return replace(system, meters=meters)


def _chosen(system: System, days: NDArray[np.int64], need: Need | None, starts: list[int]) -> Plan:
    """The plan of some days that chooses the sizes."""
    return optimal(_islands(subset(_reserved(system, need), days), need, starts, whole=system))


def _whole(system: System, sizes: Mapping[str, float], need: Need | None) -> Plan:
    """The plan of the whole year with these sizes."""
    return optimal(with_sizes(_reserved(system, need), sizes))


def _judged(system: System, chosen: Plan, plan: Plan, need: Need | None, days: int) -> Sized:
    short = [*(_in_year(one, system) for one in shortages(chosen) if one.meter.startswith(ISLAND)), *shortages(plan)]
    return Sized(
        chosen.sizes, plan, plan.cost + yearly(system, chosen.sizes), days, gains=_gains(system, chosen),
        lives=_lives(system, chosen.sizes, need), short=short,
    )  # fmt: skip


def _gains(system: System, chosen: Plan) -> dict[str, float]:
    """What a unit more of each limit that was reached would save. [yen]"""
    worth = {name.split("/", 1)[1]: -float(values[0]) for name, values in chosen.worth.items()
             if name.startswith(("size/", "limit/"))}  # fmt: skip
    open_ = choices(system)
    reached = {key for key, one in open_.items() if chosen.sizes[key] >= one.most - REACHED}
    return {name: yen for name, yen in worth.items() if yen > REACHED and (name not in open_ or name in reached)}


def _in_year(short: Shortage, system: System) -> Shortage:
    """A shortage of an outage, by the half-hour of the year in which it is."""
    start = int(short.meter.removeprefix(ISLAND))
    return replace(short, slot=(start + short.slot) % system.meters[0].slots)


def _days_to_add(system: System, plan: Plan, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days whose half-hours set the year's maximum although the sizes were chosen without them; of a few that lack."""
    more = {short.slot // DAY for short in shortages(plan)}
    for meter in system.meters:
        bought = plan.flow(f"{meter.name}/buy").reshape(-1, DAY).max(axis=1)
        inside = bought[days].max()
        if meter.grid is not None and meter.grid.contract is not None and bought.max() > inside * NEAR:
            more |= {int(day) for day in np.flatnonzero(bought > inside * NEAR)}
    return np.array(sorted(more - set(days.tolist())), np.int64)


def _reserved(system: System, need: Need | None) -> System:
    """Batteries of the needy meter keep their reserve."""
    if need is None:
        return system
    meters = tuple(
        replace(meter, assets=tuple(
            replace(asset, least=max(asset.least, need.reserve)) if isinstance(asset, Battery) else asset
            for asset in meter.assets
        )) if meter.name == need.meter else meter
        for meter in system.meters
    )  # fmt: skip
    return replace(system, meters=meters)


def _islands(system: System, need: Need | None, starts: list[int], whole: System | None = None) -> System:
    """The system, and for each start an island of the same sun, battery and fuel cell, without grid and for nothing."""
    if need is None:
        return system
    origin = next(meter for meter in (whole or system).meters if meter.name == need.meter)
    length = int(need.hours * 2)
    islands = []
    for start in starts:
        slots = (start + np.arange(length)) % origin.slots
        assets = tuple(_alone(asset, slots, need) for asset in origin.assets
                       if isinstance(asset, Battery | Solar | Hydrogen))  # fmt: skip
        islands.append(Meter(f"{ISLAND}{start}", need.critical[slots], None, assets))
    return replace(system, meters=(*system.meters, *islands))


def _alone(asset: Battery | Solar | Hydrogen, slots: NDArray[np.int64], need: Need) -> Asset:
    """The same in an outage: the battery with its reserve in it, the fuel cell with its fuel and no new hydrogen."""
    match asset:
        case Battery():
            return replace(asset, least=0.0, wear=0.0, start=0.0, start_share=need.reserve)
        case Solar():
            return replace(asset, per_kw=asset.per_kw[slots])
        case Hydrogen():
            fuel = need.fuel_kwh / asset.fuel_cell_efficiency
            return replace(asset, electrolyser_kw=0.0, tank_kwh=fuel, wear=0.0, start=fuel)


def _failed(system: System, sizes: Mapping[str, float], need: Need | None) -> int | None:
    """The start to which the needed share of the year reaches, if it does not live as long as needed."""
    if need is None:
        return None
    alive = _alive(system, sizes, need)
    if share_alive(alive, need.hours) >= need.share - 1e-9:
        return None
    order = np.argsort(alive, kind="stable")
    return int(order[int((1 - need.share) * len(alive))])


def _lives(system: System, sizes: Mapping[str, float], need: Need | None) -> float | None:
    """Share of the half-hours from which the need is met. [1]"""
    return None if need is None else share_alive(_alive(system, sizes, need), need.hours)


def _alive(system: System, sizes: Mapping[str, float], need: Need) -> Floats:
    meter = next(meter for meter in with_sizes(system, sizes).meters if meter.name == need.meter)
    return hours_alive(need.critical, kept(meter, need.reserve, need.fuel_kwh), hours=need.hours)
