"""A synthetic office with sun and battery, small enough to be written again in PyPSA and in linopy line by line."""

from __future__ import annotations

import numpy as np

from kotsukotsu.energy.dispatch.model import Battery, Choice, Contract, Grid, Meter, Solar, System
from kotsukotsu.energy.slots import PER_DAY, year

FISCAL_YEAR = 2022
DEMAND = 1_700.0  # [yen/kW and month]
SUN, KWH, KW = 300.0, 300.0, 120.0
SUN_YEN, KWH_YEN, KW_YEN = 9_000.0, 6_000.0, 3_000.0  # of a kW or a kWh in a year
SUN_MOST, KWH_MOST, KW_MOST = 600.0, 1_500.0, 500.0


def site(days: int) -> System:
    """The first days of the year with sizes as they are."""
    return _made(days, Solar("sun", _sun(days), SUN), Battery("battery", KWH, KW))


def open_site(days: int) -> System:
    """The same with sizes left to the programme."""
    sizes = (
        Choice("sun", 0.0, SUN_MOST, SUN_YEN), Choice("kwh", 0.0, KWH_MOST, KWH_YEN),
        Choice("kw", 0.0, KW_MOST, KW_YEN),
    )  # fmt: skip
    return _made(days, Solar("sun", _sun(days), sizes[0]), Battery("battery", *sizes[1:]))


def _made(days: int, sun: Solar, battery: Battery) -> System:
    calendar, slots = year(FISCAL_YEAR), slice(0, days * PER_DAY)
    count = days * PER_DAY
    hour = (calendar.koma[slots] - 0.5) / 2
    price = np.where((hour > 8) & (hour < 22) & ~calendar.holiday[slots], 24.0, 19.0)
    contract = Contract(DEMAND * 12 * days / 365, np.zeros(count, np.int64))
    grid = Grid(price, np.full(count, 7.0), np.zeros(count), contract)
    return System((Meter("m", _load(days), grid, (sun, battery)),))


def _season(days: int) -> np.ndarray:
    """1 in the cold, -1 in the heat, by half-hour."""
    return np.repeat(np.cos((np.arange(days) + 61) / 365.25 * 2 * np.pi), PER_DAY)


def _sun(days: int) -> np.ndarray:
    """Yield of a kW. [1]"""
    chance = np.random.default_rng(1)
    clear = np.repeat(np.clip(0.62 + 0.22 * chance.standard_normal(days), 0.08, 1.0), PER_DAY)
    hour = (year(FISCAL_YEAR).koma[: days * PER_DAY] - 0.5) / 2
    return np.clip(np.sin((hour - 6) / 12 * np.pi), 0, 1) ** 1.3 * clear * (0.8 - 0.2 * _season(days))


def _load(days: int) -> np.ndarray:
    """An office: working days, heating and cooling, noise. [kW]"""
    calendar, slots = year(FISCAL_YEAR), slice(0, days * PER_DAY)
    chance = np.random.default_rng(2)
    hour = (calendar.koma[slots] - 0.5) / 2
    works = ~calendar.holiday[slots] & (calendar.weekday[slots] < 5)
    busy = np.where(works, 1.0, 0.25) / (1 + np.exp(-(hour - 8) * 2.5)) / (1 + np.exp((hour - 18) * 1.6))
    day = np.repeat(1 + 0.1 * chance.standard_normal(days), PER_DAY)
    noise = 1 + 0.04 * chance.standard_normal(days * PER_DAY)
    return np.clip((70 + busy * (130 + 70 * np.abs(_season(days)) * day)) * noise, 20, None)
