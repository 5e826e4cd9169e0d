"""A synthetic city hall with sun, battery, cars and a processing unit in as many years as are asked for."""

from __future__ import annotations

import numpy as np

from kotsukotsu.energy.dispatch.model import Battery, Contract, Fleet, Grid, Meter, Processing, Solar, System
from kotsukotsu.energy.slots import Calendar, year

DEMAND = 1_700.0  # yen per kW and month, after the power factor


def weather(calendar: Calendar, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Outdoor temperature and yield of a kW of sun: seasons, days that hang together, clouds."""
    chance = np.random.default_rng(seed)
    days = int(calendar.day[-1]) + 1
    season = np.cos((np.arange(days) + 91 - 30) / 365.25 * 2 * np.pi)  # coldest at the end of January
    run = np.convolve(chance.standard_normal(days + 4), np.ones(5) / np.sqrt(5), "valid")
    clear = np.clip(0.62 + 0.22 * chance.standard_normal(days), 0.08, 1.0)
    hour = (calendar.koma - 0.5) / 2
    mean = (12.0 - 12.5 * season + 2.5 * run)[calendar.day]
    temperature = mean + 4 * np.sin((hour - 9) / 24 * 2 * np.pi)
    length = (12 - 2.6 * season)[calendar.day]
    sun = np.sin(np.clip((hour - 12 + length / 2) / length, 0, 1) * np.pi) ** 1.3
    cloud = np.clip(1 + 0.15 * chance.standard_normal(len(calendar)), 0.2, 1.2)
    return temperature, np.clip(sun * (0.8 - 0.2 * season)[calendar.day] * clear[calendar.day] * cloud, 0, 1)


def load(calendar: Calendar, temperature: np.ndarray, seed: int) -> np.ndarray:
    """An office's load: working days, heating and cooling, noise. [kW]"""
    chance = np.random.default_rng(seed + 1)
    hour = (calendar.koma - 0.5) / 2
    works = ~calendar.holiday & (calendar.weekday < 5)
    busy = np.where(works, 1.0, 0.25) / (1 + np.exp(-(hour - 8) * 2.5)) / (1 + np.exp((hour - 18) * 1.6))
    climate = np.clip(temperature - 24, 0, None) * 14 + np.clip(12 - temperature, 0, None) * 6
    noise = np.convolve(chance.standard_normal(len(calendar) + 3), np.ones(4) / 2, "valid")
    return np.clip((70 + busy * (130 + climate)) * (1 + 0.04 * noise), 20, None)


def cars(calendar: Calendar, seed: int, count: int = 10) -> Fleet:
    """Cars out on working days from nine to five, each with its own need."""
    chance = np.random.default_rng(seed + 2)
    plugged, leaving, returning = (np.zeros(len(calendar)) for _ in range(3))
    works = ~calendar.holiday & (calendar.weekday < 5)
    plugged += count
    for first in np.flatnonzero((calendar.koma == 19) & works):
        out = int(chance.integers(count // 2, count - 1))
        plugged[first : first + 16] -= out
        leaving[first] += out * 30.0
        returning[first + 16] += out * 30.0 - out * float(chance.uniform(8, 14))
    return Fleet("cars", plugged, leaving, returning, 40.0, 6.0, 6.0)


def contract(calendar: Calendar) -> Contract:
    return Contract(DEMAND, calendar.month_index)


def grid(calendar: Calendar) -> Grid:
    """Time-of-use prices with levy, seven yen for what flows back."""
    hour = (calendar.koma - 0.5) / 2
    day = (hour > 8) & (hour < 22) & ~calendar.holiday
    price = np.where(day, np.where((calendar.month >= 7) & (calendar.month <= 9), 26.0, 24.0), 19.0)
    return Grid(price, np.full(len(calendar), 7.0), np.full(len(calendar), 0.45), contract(calendar))


def site(fy: int = 2022, seed: int = 1, **sizes: object) -> System:
    """A year of the site; sizes of sun [kW] and battery [kWh, kW] may be numbers or choices."""
    calendar = year(fy)
    temperature, sun = weather(calendar, seed)
    kwh, kw = sizes.get("kwh", 300.0), sizes.get("kw", 120.0)
    assets = (
        Solar("sun", sun, sizes.get("sun", 300.0)), Battery("battery", kwh, kw), cars(calendar, seed),
        Processing("unit", 20.0, 8.0),
    )  # fmt: skip
    return System((Meter("hall", load(calendar, temperature, seed), grid(calendar), assets),))
