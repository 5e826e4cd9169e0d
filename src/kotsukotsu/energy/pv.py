"""Solar power by pvlib from place, tilt, azimuth and weather; the extra ``energy`` brings pvlib.

Plane-of-array radiation by Erbs and the isotropic sky, cell temperature by Faiman, power by PVWatts.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from pvlib import irradiance, pvsystem, solarposition, temperature

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.profiles.fit import exactly
from kotsukotsu.energy.quality import limits
from kotsukotsu.energy.readings import Flag, Readings, readings
from kotsukotsu.energy.slots import HOURS, MINUTES, Bools, Calendar
from kotsukotsu.energy.weather.year import Weather, weather

SYNTHETIC = "synthetic sun"
ASSUMED = Path(__file__).parent / "pv.csv"
WIND_ON_ROOF = 2.0  # of the weather's wind, which is at the height of a hub; only cools the cells [m/s]


@dataclass(frozen=True, slots=True)
class Plant:
    """Where panels stand and how. [kW, deg]; azimuth from the north, clockwise."""

    kw: Decimal
    latitude: float
    longitude: float
    tilt: float
    azimuth: float


@cache
def assumed() -> dict[str, float]:
    """Losses [%], temperature coefficient [1/K], reflection of the ground [1], with their sources in ``pv.csv``."""
    with ASSUMED.open(encoding="utf-8", newline="") as file:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


def pv(point: str, climate: str, plant: Plant, calendar: Calendar, yearly_kwh: Decimal | None = None) -> Readings:
    """Generation of a plant in the synthetic year, flagged as estimates. [kWh]

    Parameters
    ----------
    yearly_kwh : Decimal, optional
        The sum that the year is scaled to, exactly; as computed where left out.

    Raises
    ------
    EnergyError
        WY-01 no such climate, WY-03 a place, tilt or azimuth outside its range.
    """
    made = generation(plant, weather(climate, f"{plant.latitude:.1f} {plant.longitude:.1f}", calendar), calendar)
    scaled = exactly(made, yearly_kwh if yearly_kwh is not None else Decimal(round(made.sum())))
    flags = np.full(len(calendar), Flag.ESTIMATED, np.uint8)
    return readings(point, calendar.start, scaled, flags, source=SYNTHETIC)


def generation(plant: Plant, given: Weather, calendar: Calendar) -> Values:
    """Energy of every half-hour from the weather. [kWh]"""
    _check(plant)
    sun = position(plant, calendar)
    zenith = sun["apparent_zenith"].to_numpy()
    outside = irradiance.get_extra_radiation(sun.index).to_numpy()
    level = np.clip(outside * np.cos(np.radians(zenith)), 0, None) * given.clearness
    parts = irradiance.erbs(level, zenith, sun.index)
    plane = irradiance.get_total_irradiance(
        plant.tilt, plant.azimuth, zenith, sun["azimuth"].to_numpy(), parts["dni"], level, parts["dhi"],
        albedo=assumed()["albedo"], model="isotropic",
    )["poa_global"]  # fmt: skip
    plane = np.where(zenith < 90, np.nan_to_num(np.asarray(plane)), 0.0)
    cells = temperature.faiman(plane, given.temperature, WIND_ON_ROOF)
    power = pvsystem.pvwatts_dc(plane, cells, float(plant.kw), assumed()["gamma"])
    made: Values = np.clip(power, 0, None) * (1 - assumed()["losses_pct"] / 100) * HOURS
    return made


def is_night(plant: Plant, calendar: Calendar) -> Bools:
    """Whether the sun is well below the horizon in the middle of a half-hour."""
    found: Bools = position(plant, calendar)["elevation"].to_numpy() < float(limits()["night_elevation"])
    return found


def position(plant: Plant, calendar: Calendar) -> pd.DataFrame:
    """Where the sun stands in the middle of every half-hour."""
    first = calendar.moment(0)
    middles = pd.date_range(first, periods=len(calendar), freq=f"{MINUTES}min") + pd.Timedelta(minutes=MINUTES / 2)
    return solarposition.get_solarposition(middles, plant.latitude, plant.longitude)


def _check(plant: Plant) -> None:
    wrong = (
        ("latitude", plant.latitude, 20, 46),
        ("longitude", plant.longitude, 122, 154),
        ("tilt_deg", plant.tilt, 0, 90),
        ("azimuth_deg", plant.azimuth, 0, 360),
    )
    for name, value, low, high in wrong:
        if not low <= value <= high:
            raise EnergyError("WY-03", column=name, value=value, low=low, high=high)
