"""The same system with other sizes, or with only some of its half-hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.dispatch.model import (
    Asset,
    Battery,
    Choice,
    Contract,
    Floats,
    Grid,
    Hydrogen,
    Meter,
    Processing,
    Solar,
    System,
)

Places = NDArray[np.int64]


def with_sizes(system: System, sizes: Mapping[str, float]) -> System:
    """Every choice that is named has this size; its yearly cost is no longer in the programme."""
    meters = tuple(
        replace(meter, assets=tuple(found for asset in meter.assets if _is_built(found := _sized(asset, sizes))))
        for meter in system.meters
    )
    return replace(system, meters=meters)


def _is_built(asset: Asset) -> bool:
    """Whether anything of it stands; what has the size of nothing is not in the programme."""
    match asset:
        case Solar():
            return asset.kw != 0
        case Battery():
            return asset.kwh != 0 and asset.kw != 0
        case Hydrogen():
            return asset.fuel_cell_kw != 0
        case Processing():
            return asset.kw != 0
        case _:
            return True


def yearly(system: System, sizes: Mapping[str, float]) -> float:
    """What the chosen sizes cost in a year. [yen]"""
    return sum(choice.yen_per_year * sizes[key] for key, choice in choices(system).items())


def choices(system: System) -> dict[str, Choice]:
    """Sizes that are open, by key."""
    found: dict[str, Choice] = {}
    for meter in system.meters:
        for asset in meter.assets:
            for one in fields(asset):
                value = getattr(asset, one.name)
                if isinstance(value, Choice):
                    found[value.key] = value
    return found


def _sized(asset: Asset, sizes: Mapping[str, float]) -> Asset:
    found: dict[str, Any] = {}
    for one in fields(asset):
        value = getattr(asset, one.name)
        if isinstance(value, Choice) and value.key in sizes:
            found[one.name] = sizes[value.key]
    return replace(asset, **found)


def some_slots(meter: Meter, slots: Places, weight: Floats) -> Meter:
    """A meter with only these half-hours, each standing for some; stores end every stretch as they began it."""
    starts = np.flatnonzero(np.diff(slots, prepend=slots[0] - 2) != 1)
    assets = tuple(replace(asset, **_cut(asset, meter.slots, slots)) for asset in meter.assets)
    grid = meter.grid
    if grid is not None:
        cut = _cut(grid, meter.slots, slots)
        grid = replace(grid, **cut, contract=_year_of(grid.contract, len(slots)))
    return replace(meter, load=meter.load[slots], grid=grid, assets=assets, weight=weight,
                   stretches=tuple(int(start) for start in starts))  # fmt: skip


def _cut(thing: Asset | Grid, count: int, slots: Places) -> dict[str, Any]:
    values = ((one.name, getattr(thing, one.name)) for one in fields(thing))
    return {name: value[slots] for name, value in values if isinstance(value, np.ndarray) and value.shape == (count,)}


def _year_of(contract: Contract | None, count: int) -> Contract | None:
    """A contract that is paid for the whole year wherever its maximum lies."""
    if contract is None:
        return None
    return replace(contract, yen_per_kw=float(contract.prices.sum()), months=np.zeros(count, np.int64), memory=1)
