"""The synthetic year: clearness of the sky, temperature and wind for every half-hour."""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import PER_DAY, Calendar

CLIMATES = Path(__file__).parent / "climates.csv"
WARMEST = 29  # half-hour of the day's highest temperature: 14:00
MEAN_WIND = 6.0  # before it is fitted to a yearly generation [m/s]
# How far a day hangs together with the day before, and a half-hour with the one before [1].
DAY_MEMORY, SLOT_MEMORY = 0.35, 0.97
CLEARNESS_SPREAD, TEMPERATURE_SPREAD = 0.17, 2.6  # of a day around its month [1], [°C]
FLICKER = 0.10  # of clearness from half-hour to half-hour [1]
LEAST, MOST = 0.05, 0.78  # clearness of the darkest and the clearest sky [1]
SHAPE = 2.0  # of the Weibull distribution of wind speeds [1]


@dataclass(frozen=True, slots=True)
class Weather:
    """A year.

    Attributes
    ----------
    clearness : array of float
        Share of the radiation outside the atmosphere that reaches the ground. [1]
    temperature : array of float
        [°C]
    wind : array of float
        At the height of the hub, before it is fitted. [m/s]
    """

    clearness: Values
    temperature: Values
    wind: Values


def weather(climate: str, place: str, calendar: Calendar) -> Weather:
    """The synthetic year of a climate; the name of the place settles the sequence of chance.

    Raises
    ------
    EnergyError
        WY-01 if there is no such climate.
    """
    months = climates()
    if (climate, 1) not in months:
        raise EnergyError("WY-01", climate=climate, known=texts.listed(dict.fromkeys(name for name, _ in months)))
    seed = zlib.crc32(f"{place} {calendar.start}".encode())
    sun, heat, gusts = (np.random.default_rng([seed, number]) for number in range(3))
    clearness, temperature, spread, wind = (
        np.asarray([months[climate, month][place_] for month in range(1, 13)])[calendar.month - 1]
        for place_ in range(4)
    )
    daily = np.repeat(_chain(sun, len(calendar) // PER_DAY, DAY_MEMORY), PER_DAY)
    flicker = 1 + FLICKER * sun.standard_normal(len(calendar))
    course = np.cos(2 * np.pi * (calendar.koma - WARMEST) / PER_DAY)
    warmth = np.repeat(_chain(heat, len(calendar) // PER_DAY, DAY_MEMORY), PER_DAY)
    return Weather(
        np.clip((clearness + CLEARNESS_SPREAD * daily) * flicker, LEAST, MOST),
        temperature + spread / 2 * course + TEMPERATURE_SPREAD * warmth,
        MEAN_WIND * wind * _weibull(_chain(gusts, len(calendar), SLOT_MEMORY)),
    )


@cache
def climates() -> dict[tuple[str, int], tuple[float, float, float, float]]:
    """Clearness [1], temperature and daily range [°C], wind relative to the year [1], by climate and month."""
    with CLIMATES.open(encoding="utf-8", newline="") as file:
        return {
            (row["climate"], int(row["month"])): (
                float(row["clearness"]),
                float(row["temperature"]),
                float(row["range"]),
                float(row["wind"]),
            )
            for row in csv.DictReader(file)
        }


def _chain(chance: np.random.Generator, count: int, memory: float) -> Values:
    """Normal values, each hanging together with the one before. [1]"""
    fresh = chance.standard_normal(count) * np.sqrt(1 - memory**2)
    made = np.empty(count)
    value = chance.standard_normal()
    for place, step in enumerate(fresh):
        value = memory * value + step
        made[place] = value
    return made


def _weibull(normal: Values) -> Values:
    """Wind speeds of mean about 1 from normal values. [1]

    The normal distribution function is taken by its logistic approximation, which is within 0.01.
    """
    below = 1 / (1 + np.exp(-1.702 * normal))
    made: Values = (-np.log1p(-np.clip(below, 1e-9, 1 - 1e-9))) ** (1 / SHAPE) * 1.128
    return made
