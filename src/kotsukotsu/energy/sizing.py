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
    """How long the critical loads of a meter must live by themselves, from which share of the year's half-hours.

    Of several needs each half-hour of the share meets all.

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


Start = tuple[int, int]  # which of the needs, and the half-hour of the year in which the grid fails


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
        Share of the half-hours from which all needs are met. [1]
    short : sequence of Shortage
        Where what is needed cannot be served; of an outage by the half-hour of the year.
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


def sized(system: System, needs: Sequence[Need] = (), *, prove: bool = False) -> Sized:
    """Sizes of least yearly cost.

    Parameters
    ----------
    needs : sequence of Need
        What must live in an outage, for each meter by itself; checked from every half-hour of the year.
    prove : bool
        Whether the programme of the whole year is solved as well, which takes ten times as long; it also is where some
        half-hours cannot be served with the sizes that were found without it.
    """
    starts: list[Start] = []
    days = typical_days(system)
    chosen = _chosen(system, days, needs, starts)
    plan = None
    for _ in range(ROUNDS * max(1, len(needs))):
        failed = _failed(system, chosen.sizes, needs)
        if failed is not None and failed not in starts:
            starts.append(failed)
        else:
            plan = _whole(system, chosen.sizes, needs)
            more = _days_to_add(system, plan, days)
            if not len(more) or (plan.unserved and chosen.unserved):
                break
            days = np.union1d(days, more)
        chosen, plan = _chosen(system, days, needs, starts), None
    plan = plan or _whole(system, chosen.sizes, needs)
    found = _judged(system, chosen, plan, needs, len(days))
    if not prove and not plan.unserved:
        return found
    exact = optimal(_islands(_reserved(system, needs), needs, starts))
    if plan.unserved:  # a day by itself cannot draw on the day before: only all half-hours tell that no size serves it
        found = _judged(system, exact, _whole(system, exact.sizes, needs), needs, system.meters[0].slots // DAY)
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


def _chosen(system: System, days: NDArray[np.int64], needs: Sequence[Need], starts: list[Start]) -> Plan:
    """The plan of some days that chooses the sizes."""
    return optimal(_islands(subset(_reserved(system, needs), days), needs, starts, whole=system))


def _whole(system: System, sizes: Mapping[str, float], needs: Sequence[Need]) -> Plan:
    """The plan of the whole year with these sizes."""
    return optimal(with_sizes(_reserved(system, needs), sizes))


def _judged(system: System, chosen: Plan, plan: Plan, needs: Sequence[Need], days: int) -> Sized:
    alone = (_in_year(one, system) for one in shortages(chosen, None) if one.meter.startswith(ISLAND))
    short = [*alone, *shortages(plan, None)]
    return Sized(
        chosen.sizes, plan, plan.cost + yearly(system, chosen.sizes), days, gains=_gains(system, chosen),
        lives=_lives(system, chosen.sizes, needs), short=short,
    )  # fmt: skip


def _gains(system: System, chosen: Plan) -> dict[str, float]:
    """What a unit more of each limit that was reached would save. [yen]"""
    worth = {name.split("/", 1)[1]: -float(values[0]) for name, values in chosen.worth.items()
             if name.startswith(("size/", "limit/"))}  # fmt: skip
    open_ = choices(system)
    reached = {key for key, one in open_.items() if chosen.sizes[key] >= one.most - REACHED}
    return {name: yen for name, yen in worth.items() if yen > REACHED and (name not in open_ or name in reached)}


def _in_year(short: Shortage, system: System) -> Shortage:
    """A shortage of an outage, by its meter and the half-hour of the year in which it is."""
    start, meter = short.meter.removeprefix(ISLAND).split("-", 1)
    return replace(short, meter=meter, slot=(int(start) + short.slot) % system.meters[0].slots)


def _days_to_add(system: System, plan: Plan, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days whose half-hours set the year's maximum although the sizes were chosen without them; of a few that lack."""
    more = {short.slot // DAY for short in shortages(plan)}
    for meter in system.meters:
        bought = plan.flow(f"{meter.name}/buy").reshape(-1, DAY).max(axis=1)
        inside = bought[days].max()
        if meter.grid is not None and meter.grid.contract is not None and bought.max() > inside * NEAR:
            more |= {int(day) for day in np.flatnonzero(bought > inside * NEAR)}
    return np.array(sorted(more - set(days.tolist())), np.int64)


def _reserved(system: System, needs: Sequence[Need]) -> System:
    """Batteries of the needy meters keep their reserve."""
    reserves = {need.meter: need.reserve for need in needs}
    meters = tuple(
        replace(meter, assets=tuple(
            replace(asset, least=max(asset.least, reserves[meter.name])) if isinstance(asset, Battery) else asset
            for asset in meter.assets
        )) if meter.name in reserves else meter
        for meter in system.meters
    )  # fmt: skip
    return replace(system, meters=meters)


def _islands(system: System, needs: Sequence[Need], starts: list[Start], whole: System | None = None) -> System:
    """The system, and for each start an island of the same sun, battery and fuel cell, without grid and for nothing."""
    origins = {meter.name: meter for meter in (whole or system).meters}
    islands = [_island(origins[needs[which].meter], needs[which], slot) for which, slot in starts]
    return replace(system, meters=(*system.meters, *islands))


def _island(origin: Meter, need: Need, start: int) -> Meter:
    slots = (start + np.arange(int(need.hours * 2))) % origin.slots
    assets = tuple(_alone(asset, slots, need) for asset in origin.assets
                   if isinstance(asset, Battery | Solar | Hydrogen))  # fmt: skip
    return Meter(f"{ISLAND}{start}-{origin.name}", need.critical[slots], None, assets)


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


def _failed(system: System, sizes: Mapping[str, float], needs: Sequence[Need]) -> Start | None:
    """The start to which the needed share of the year reaches, and the need that lives least of its hours there."""
    if not needs:
        return None
    lived = _lived(system, sizes, needs)
    least, share = lived.min(axis=0), max(need.share for need in needs)
    if share_alive(least, 1.0) >= share - 1e-9:
        return None
    slot = int(np.argsort(least, kind="stable")[int((1 - share) * len(least))])
    return int(lived[:, slot].argmin()), slot


def _lives(system: System, sizes: Mapping[str, float], needs: Sequence[Need]) -> float | None:
    """Share of the half-hours from which all needs are met. [1]"""
    return share_alive(_lived(system, sizes, needs).min(axis=0), 1.0) if needs else None


def _lived(system: System, sizes: Mapping[str, float], needs: Sequence[Need]) -> Floats:
    """How much of its hours each need lives from each start. [1]"""
    meters = {meter.name: meter for meter in with_sizes(system, sizes).meters}
    return np.array([
        hours_alive(need.critical, kept(meters[need.meter], need.reserve, need.fuel_kwh), hours=need.hours) / need.hours
        for need in needs
    ])  # fmt: skip
