"""Wind: a power curve over the synthetic year's speeds, fitted so that the year's sum is the metered one exactly."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.profiles.fit import exactly
from kotsukotsu.energy.readings import Flag, Readings, readings
from kotsukotsu.energy.slots import HOURS, Calendar
from kotsukotsu.energy.weather.year import weather

CURVE = Path(__file__).parent / "power_curve.csv"
STEPS = 60  # halvings of the search for the strength of the wind
WEAKEST, STRONGEST = 0.05, 4.0
SYNTHETIC = "synthetic wind"


@cache
def curve() -> tuple[Values, Values]:
    """Speeds [m/s] and power relative to the rated one [1]."""
    with CURVE.open(encoding="utf-8", newline="") as file:
        rows = [(float(row["speed"]), float(row["power"])) for row in csv.DictReader(file)]
    return np.asarray([speed for speed, _ in rows]), np.asarray([power for _, power in rows])


def wind(point: str, climate: str, kw: Decimal, yearly_kwh: Decimal, calendar: Calendar) -> Readings:
    """Synthetic generation of a turbine, flagged as estimates. [kWh]

    Raises
    ------
    EnergyError
        WY-01 no such climate, WY-02 a yearly sum that the rated power cannot reach.
    """
    speeds = weather(climate, point, calendar).wind
    full = float(kw) * HOURS
    target = float(yearly_kwh)

    def generated(strength: float) -> Values:
        made: Values = np.interp(speeds * strength, *curve(), right=0.0) * full
        return made

    low, high = WEAKEST, _strongest(speeds, full)
    if not 0 < target <= generated(high).sum():
        raise EnergyError("WY-02", point=point, value=yearly_kwh, high=round(generated(high).sum()))
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if generated(middle).sum() < target else (low, middle)
    made = exactly(generated(high), yearly_kwh)
    flags = np.full(len(calendar), Flag.ESTIMATED, np.uint8)
    return readings(point, calendar.start, made, flags, source=SYNTHETIC)


def _strongest(speeds: Values, full: float) -> float:
    """The strength at which the year's sum is highest: beyond it the turbine stops too often for storms."""
    tried = np.linspace(WEAKEST, STRONGEST, 80)
    sums = [float((np.interp(speeds * strength, *curve(), right=0.0) * full).sum()) for strength in tried]
    return float(tried[int(np.argmax(sums))])


def capacity_factor(yearly_kwh: Decimal, kw: Decimal, calendar: Calendar) -> Decimal:
    """設備利用率: generation over rated power in every hour. [1]

    >>> from kotsukotsu.energy.slots import year
    >>> round(capacity_factor(Decimal(3480000), Decimal(1500), year(2024)), 3)
    Decimal('0.265')
    """
    return yearly_kwh / (kw * len(calendar) / 2)
