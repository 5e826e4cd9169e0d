"""Where not everything can be served: at which half-hours, how much, and which limits stood in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from kotsukotsu.energy.dispatch.model import Asset, Battery, Choice, Fleet, Hydrogen, Meter, Size, Solar
from kotsukotsu.energy.dispatch.solve import Plan

NEAR = 1e-6
GRID, NO_GRID, SUN, EMPTY, POWER = "grid", "no_grid", "sun", "empty", "power"


@dataclass(frozen=True, slots=True)
class Shortage:
    """A half-hour in which a meter, or cars that leave, lack energy.

    Attributes
    ----------
    kwh : float
        What is lacking.
    limits : tuple of (asset, limit)
        What stood at its limit: `GRID`, `NO_GRID`, `SUN` (all used), `EMPTY` (store), `POWER` (inverter or charger).
    """

    meter: str
    slot: int
    what: str
    kwh: float
    limits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half-hours that follow one another, `[start, stop)`, in which the same lacks.

    Attributes
    ----------
    kwh : float
        What is lacking in all of them.
    limits : tuple of (asset, limit)
        What stood at its limit in any of them.
    """

    meter: str
    what: str
    start: int
    stop: int
    kwh: float
    limits: tuple[tuple[str, str], ...]


def stretches(found: Iterable[Shortage]) -> list[Stretch]:
    """Shortages of half-hours that follow one another together, the largest first.

    Of a half-hour that lacks in several outages the worst counts.
    """
    worst = {(one.meter, one.what, one.slot): one for one in sorted(found, key=lambda one: one.kwh)}
    made: list[Stretch] = []
    for _, one in sorted(worst.items()):
        last = made[-1] if made else None
        if last and (last.meter, last.what, last.stop) == (one.meter, one.what, one.slot):
            limits = tuple(dict.fromkeys((*last.limits, *one.limits)))
            made[-1] = replace(last, stop=one.slot + 1, kwh=last.kwh + one.kwh, limits=limits)
        else:
            made.append(Stretch(one.meter, one.what, one.slot, one.slot + 1, one.kwh, one.limits))
    return sorted(made, key=lambda one: (-one.kwh, one.start))


def shortages(plan: Plan, most: int | None = 10) -> list[Shortage]:
    """The largest shortages first (None: all), each with every limit that was reached in that half-hour."""
    found = [shortage for meter in plan.system.meters for shortage in _of(plan, meter)]
    return sorted(found, key=lambda one: (-one.kwh, one.slot))[:most]


def _of(plan: Plan, meter: Meter) -> list[Shortage]:
    power = plan.flow(f"{meter.name}/unserved") * plan.system.hours
    lacking = [("", power)]
    lacking += [(asset.name, plan.flow(f"{meter.name}/{asset.name}/short"))
                for asset in meter.assets if isinstance(asset, Fleet)]  # fmt: skip
    return [
        Shortage(meter.name, int(slot), what, float(kwh[slot]), tuple(_limits(plan, meter, int(slot))))
        for what, kwh in lacking
        for slot in np.flatnonzero(kwh > NEAR)
    ]


def _limits(plan: Plan, meter: Meter, slot: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if meter.grid is None:
        found.append(("", NO_GRID))
    elif plan.flow(f"{meter.name}/buy")[slot] >= np.broadcast_to(meter.grid.limit, meter.slots)[slot] - NEAR:
        found.append(("", GRID))
    for asset in meter.assets:
        if _is_there(plan, asset, slot):
            found += _limits_of(plan, f"{meter.name}/{asset.name}", asset, slot)
    return found


def _is_there(plan: Plan, asset: Asset, slot: int) -> bool:
    """Whether it has a size; what was not built, or is away, limits nothing."""
    match asset:
        case Solar():
            return _size(plan, asset.kw) > NEAR
        case Battery():
            return _size(plan, asset.kwh) > NEAR
        case Hydrogen():
            return _size(plan, asset.fuel_cell_kw) > NEAR
        case Fleet():
            return bool(asset.discharge_kw * asset.plugged[slot] > NEAR)
        case _:
            return False


def _limits_of(plan: Plan, name: str, asset: Asset, slot: int) -> list[tuple[str, str]]:
    match asset:
        case Solar():
            most = asset.per_kw[slot] * _size(plan, asset.kw)
            return [(asset.name, SUN)] if plan.flow(f"{name}/used")[slot] >= most - NEAR else []
        case Battery():
            least = asset.least * _size(plan, asset.kwh)
            return _store(plan, f"{name}/content", f"{name}/discharge", slot, least, _size(plan, asset.kw))
        case Hydrogen():
            return _store(plan, f"{name}/tank", f"{name}/fuel_cell", slot, 0.0, _size(plan, asset.fuel_cell_kw))
        case Fleet():
            cars = float(asset.plugged[slot])
            least, kw = asset.least * asset.kwh * cars, asset.discharge_kw * cars
            return _store(plan, f"{name}/content", f"{name}/discharge", slot, least, kw)
        case _:
            return []


def _store(plan: Plan, content: str, given: str, slot: int, least: float, kw: float) -> list[tuple[str, str]]:
    name = content.split("/")[1]
    if plan.flow(content)[slot] <= least + NEAR:
        return [(name, EMPTY)]
    return [(name, POWER)] if plan.flow(given)[slot] >= kw - NEAR else []


def _size(plan: Plan, size: Size) -> float:
    return plan.sizes[size.key] if isinstance(size, Choice) else size
