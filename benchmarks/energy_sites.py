"""Made-up sites by number: buildings, climate, equipment and cars by chance, loads from bills by the program's forms.

The form of a half-hour and the yields are those of `kotsukotsu.energy.profiles` and `pv`; each month's energy jumps as
bills do, and no weather is told, so that forecasts know only what was measured since the year began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from benchmarks.energy_hall import DEMAND
from kotsukotsu.energy.dispatch.change import some_slots
from kotsukotsu.energy.dispatch.model import Asset, Battery, Contract, Grid, Meter, Processing, Solar, System
from kotsukotsu.energy.ev.bookings import Car, synthetic
from kotsukotsu.energy.ev.fleet import shared, together
from kotsukotsu.energy.forecast import Again, Loads, Suns, loads, suns
from kotsukotsu.energy.profiles.fit import Billed, profile
from kotsukotsu.energy.pv import Plant, pv
from kotsukotsu.energy.slots import KW_PER_KWH, PER_DAY, Calendar, year

FIRST, DAYS = 63, 302  # only forecasts look at the days before the first
USES, CHANCES = ("office", "school", "community", "kitchen", "pool", "waterworks"), (0.35, 0.2, 0.15, 0.1, 0.1, 0.1)
# Energy of each month, April first; judged.
NORTH = (7.6, 7.0, 7.4, 8.8, 9.0, 7.8, 7.2, 8.0, 9.6, 10.4, 9.2, 8.0)
CENTRAL = (7.2, 7.0, 8.2, 10.4, 10.8, 9.2, 7.4, 7.2, 8.4, 8.9, 8.2, 7.0)
SCHOOL = (7.8, 7.6, 7.9, 7.0, 5.2, 7.9, 8.4, 9.4, 9.9, 10.2, 10.0, 8.7)
STEADY = (8.2, 8.3, 8.1, 8.6, 8.7, 8.2, 8.2, 8.1, 8.5, 8.6, 8.0, 8.5)
CAR = Car(40.0, 6.0, 6.0, 0.15)
Made = tuple[System, tuple[Loads, Suns], tuple[Again, Again]]


def made(number: int) -> Made:
    """The site from its 64th day on, and what each way of forecasting is told."""
    chance, calendar = np.random.default_rng(7000 + number), year(2024)
    north = str(chance.choice(["north", "central"])) == "north"
    load, kwh = _buildings(number, calendar, chance, north=north)
    kw = float(chance.uniform(0.15, 0.45)) * kwh / 1000
    place = Plant(Decimal(1), (43.2 if north else 35.5) + float(chance.uniform(-0.4, 0.4)), 139.5, 20, 180)
    given = pv(f"s{number}", "north" if north else "central", place, calendar, Decimal(1000 if north else 1150))
    sun = np.array(given.complete()) * KW_PER_KWH
    assets = _equipment(number, calendar, chance, float(load.max()), Solar("sun", sun, kw))
    return _told(calendar, load, sun * kw, Meter("m", load, _grid(calendar), tuple(assets)))


def _buildings(
    number: int, calendar: Calendar, chance: np.random.Generator, *, north: bool
) -> tuple[np.ndarray, float]:
    """What one to four buildings take [kW], and what they were made of [kWh a year]."""
    load, whole = np.zeros(len(calendar)), 0.0
    for which in range(int(chance.integers(1, 5))):
        use = str(chance.choice(list(USES), p=list(CHANCES)))
        kwh = float(chance.integers(15, 60)) * 1e4
        form = SCHOOL if use == "school" else STEADY if use in ("pool", "waterworks") else NORTH if north else CENTRAL
        months = np.array(form) * np.exp(0.06 * chance.standard_normal(12))
        bills = {month: Billed(Decimal(int(kwh * share)))
                 for month, share in zip(calendar.months, months / months.sum(), strict=True)}  # fmt: skip
        load += np.array(profile(f"s{number}-{which}", use, calendar, bills).complete()) * KW_PER_KWH
        whole += kwh
    return load, whole


def _equipment(
    number: int, calendar: Calendar, chance: np.random.Generator, peak: float, sun: Solar
) -> Sequence[Asset]:
    """Battery, cars and, on some sites, a processing unit."""
    kw = float(chance.uniform(0.15, 0.45)) * peak
    assets: list[Asset] = [sun, Battery("battery", kw * float(chance.uniform(1.5, 3.5)), kw, 0.95)]
    if cars := int(chance.integers(0, 9)):
        trips = synthetic(calendar, cars * 0.9, cars * 0.25, number)
        assets.append(together(shared(trips, cars, CAR), CAR, len(calendar)))
    if chance.random() < 0.5:
        assets.append(Processing("unit", 10.0, 8.0))
    return assets


def _grid(calendar: Calendar) -> Grid:
    hour = (calendar.koma - 0.5) / 2
    day = (hour > 8) & (hour < 22) & ~calendar.holiday
    price = np.where(day, np.where((calendar.month >= 7) & (calendar.month <= 9), 26.0, 24.0), 19.0)
    return Grid(
        price, np.full(len(calendar), 7.0), np.full(len(calendar), 0.45), Contract(DEMAND, calendar.month_index)
    )


def _told(calendar: Calendar, load: np.ndarray, sun: np.ndarray, whole: Meter) -> Made:
    slots = np.arange(FIRST * PER_DAY, (FIRST + DAYS) * PER_DAY)
    meter = some_slots(whole, slots, np.ones(len(slots)))
    contract = Contract(DEMAND * 12 * DAYS / 365, np.zeros(len(slots), np.int64), memory=1)
    meter = replace(meter, grid=replace(meter.grid, contract=contract)) if meter.grid else meter
    free = (calendar.holiday | (calendar.weekday >= 5)).reshape(-1, PER_DAY)[:, 0].astype(np.int64)
    known = loads(load, free, np.zeros(len(free)), FIRST), suns(sun, FIRST)
    before = slice(0, FIRST * PER_DAY)
    return System((meter,)), known, (Again(load[before]), Again(sun[before]))
