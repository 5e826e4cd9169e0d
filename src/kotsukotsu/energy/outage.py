"""What a meter has when the grid fails, told in one way for every study.

An outage begins in every half-hour of the year. In the battery is what the plan of the year has left in it then; sun
and fuel cell go on; shared cars do not count, except in the study of outages itself, which asks for them. Where sizes
must outlive some hours, the part of the battery that the plan always keeps is all that is counted on.
"""

from __future__ import annotations

import numpy as np

from kotsukotsu.energy.dispatch.model import Asset, Battery, Floats, Hydrogen, Meter, Solar, fixed
from kotsukotsu.energy.dispatch.solve import Plan
from kotsukotsu.energy.survival import Supply, Survival, survival


def outages(plan: Plan, meter: Meter, critical: Floats, fuel_kwh: float) -> Survival:
    """Every half-hour of the year as the first without the grid, with what the plan has in its batteries then.

    Parameters
    ----------
    critical : array
        Load that shall live. [kW]
    fuel_kwh : float
        Electricity that the fuel cell's fuel gives in an outage. [kWh]
    """
    content = np.zeros(meter.slots)
    for asset in meter.assets:
        if isinstance(asset, Battery):
            left = np.roll(plan.flow(f"{meter.name}/{asset.name}/content"), 1)
            content += np.clip(left, 0.0, fixed(asset.kwh))
    return survival(critical, supply(meter, content, fuel_kwh))


def kept(meter: Meter, share: float, fuel_kwh: float = 0.0) -> Supply:
    """What a meter has that always keeps a share of its batteries. [1, kWh]"""
    whole = sum(fixed(asset.kwh) for asset in meter.assets if isinstance(asset, Battery))
    return supply(meter, np.full(meter.slots, share * whole), fuel_kwh)


def supply(meter: Meter, content: Floats, fuel_kwh: float) -> Supply:
    """Sun, batteries as one with this in them [kWh], and the fuel cell as long as its fuel lasts."""
    sun = np.zeros(meter.slots)
    for asset in meter.assets:
        if isinstance(asset, Solar):
            sun = sun + asset.per_kw * fixed(asset.kw)
    stores = [asset for asset in meter.assets if isinstance(asset, Battery)]
    return Supply(
        sun, sum(fixed(one.kwh) for one in stores), sum(fixed(one.kw) for one in stores),
        min((one.efficiency for one in stores), default=1.0), content,
        steady_kw=sum(_steady(asset) for asset in meter.assets), fuel_kwh=fuel_kwh,
    )  # fmt: skip


def _steady(asset: Asset) -> float:
    return fixed(asset.fuel_cell_kw) if isinstance(asset, Hydrogen) else 0.0
