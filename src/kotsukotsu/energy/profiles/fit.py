"""A form fitted to monthly bills: the half-hours of each month add up to its bill exactly."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.profiles.shapes import shape
from kotsukotsu.energy.readings import Flag, Readings, readings
from kotsukotsu.energy.slots import KW_PER_KWH, Calendar
from kotsukotsu.periods import Month

WATT_HOURS = 1000  # per kWh: the smallest step that meters record
SPREAD = 0.08  # of the judged form, from half-hour to half-hour [1]
STEPS = 60  # halvings of the search for the sharpness of a month
SHARPEST = 6.0
SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Billed:
    """A month of a bill: energy [kWh] and, where the bill says it, the maximum [kW]."""

    kwh: Decimal
    max_kw: Decimal | None = None


def profile(point: str, use: str, calendar: Calendar, bills: Mapping[Month, Billed]) -> Readings:
    """Synthetic half-hours of a building, flagged as estimates whose source is `SYNTHETIC`.

    The form of the use is varied from half-hour to half-hour by a fixed sequence that depends on the point's name, so
    that a year looks like one and comes out the same each time.

    Parameters
    ----------
    bills : mapping
        Every month of the calendar.

    Raises
    ------
    EnergyError
        PF-01 no form for the use, PF-02 a month without a bill, PF-03 a maximum below the month's mean or above what
        the form can reach, PF-04 a negative bill or one of finer steps than a watt-hour.
    """
    form = shape(use, calendar) * varied(point, len(calendar), SPREAD)
    made = np.zeros(len(calendar))
    for number, month in enumerate(calendar.months):
        here = calendar.month_index == number
        if month not in bills:
            raise EnergyError("PF-02", point=point, month=month)
        made[here] = _month(form[here], bills[month], point, month)
    flags = np.full(len(calendar), Flag.ESTIMATED, np.uint8)
    return readings(point, calendar.start, made, flags, source=SYNTHETIC)


def varied(name: str, count: int, spread: float) -> Values:
    """Factors around 1 that hang together over some hours and are the same for the same name. [1]"""
    chance = np.random.default_rng(zlib.crc32(name.encode()))
    noise = np.convolve(chance.standard_normal(count + 6), np.ones(7) / np.sqrt(7), "valid")
    made: Values = np.clip(1 + spread * noise, 0.2, None)
    return made


def exactly(form: Values, kwh: Decimal) -> Values:
    """Energy shared out by a form in whole watt-hours that add up exactly. [kWh]

    >>> exactly(np.array([1.0, 1.0, 1.0]), Decimal("1")).tolist()
    [0.334, 0.333, 0.333]
    """
    whole = int(kwh * WATT_HOURS)
    ideal = form / form.sum() * whole if form.sum() else np.full(len(form), whole / len(form))
    steps = np.floor(ideal).astype(np.int64)
    left = whole - int(steps.sum())
    steps[np.argsort(-(ideal - steps), kind="stable")[:left]] += 1
    made: Values = steps / WATT_HOURS
    return made


def _month(form: Values, billed: Billed, point: str, month: Month) -> Values:
    if billed.kwh < 0 or billed.kwh * WATT_HOURS % 1:
        raise EnergyError("PF-04", point=point, month=month, value=billed.kwh)
    if billed.max_kw is None or not billed.kwh:
        return exactly(form, billed.kwh)
    return exactly(_sharpened(form, billed, point, month), billed.kwh)


def _sharpened(form: Values, billed: Billed, point: str, month: Month) -> Values:
    """The form to the power at which its highest half-hour is the bill's maximum."""
    target = float(billed.max_kw or 0) / KW_PER_KWH / float(billed.kwh)  # share of the month in its highest half-hour
    relative = form / form.max()

    def highest(power: float) -> float:
        return float(1 / (relative**power).sum())

    if not highest(0) <= target <= highest(SHARPEST):
        data = {"low": round(highest(0) * float(billed.kwh) * KW_PER_KWH, 1),
                "high": round(highest(SHARPEST) * float(billed.kwh) * KW_PER_KWH, 1)}  # fmt: skip
        raise EnergyError("PF-03", point=point, month=month, value=billed.max_kw, **data)
    low, high = 0.0, SHARPEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if highest(middle) < target else (low, middle)
    made: Values = relative**high
    return made
