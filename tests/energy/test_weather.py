"""The synthetic year: the same each time, with the course of a day and a year, and sums that are met exactly."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from kotsukotsu.energy import exact, pv, wind
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.readings import Flag
from kotsukotsu.energy.slots import PER_DAY, year
from kotsukotsu.energy.weather.year import climates, weather

CAL = year(2024)
PLANT = pv.Plant(Decimal(100), 43.17, 141.3, 30, 180)


@pytest.fixture(scope="module")
def sun():
    return pv.pv("pv", "north", PLANT, CAL)


def test_the_turbine_meets_its_yearly_sum_exactly_at_a_capacity_factor_of_26_5_per_cent():
    """Source: 1,500 kW and 3,480,000 kWh a year."""
    made = wind.wind("w", "north", Decimal(1500), Decimal(3_480_000), CAL)
    assert exact.total(made.kwh) == 3_480_000
    assert made.kwh.max() <= 750.001
    assert set(made.flags) == {Flag.ESTIMATED}
    assert round(wind.capacity_factor(Decimal(3_480_000), Decimal(1500), CAL), 3) == Decimal("0.265")
    again = wind.wind("w", "north", Decimal(1500), Decimal(3_480_000), CAL)
    assert (made.kwh == again.kwh).all()


def test_wind_blows_more_in_winter_in_the_north_and_hangs_together_from_hour_to_hour():
    speeds = weather("north", "w", CAL).wind
    winter, summer = (speeds[np.isin(CAL.month, months)].mean() for months in ((12, 1, 2), (6, 7, 8)))
    assert winter > 1.3 * summer
    assert np.corrcoef(speeds[:-1], speeds[1:])[0, 1] > 0.9


def test_the_sun_gives_nothing_at_night_and_most_about_noon(sun):
    assert sun.kwh[pv.is_night(PLANT, CAL)].max() == 0
    day = sun.kwh.reshape(-1, PER_DAY).mean(axis=0)
    assert 22 <= int(day.argmax()) <= 25
    assert 900 < sun.kwh.sum() / 100 < 1300
    assert sun.kwh.max() * 2 <= 100


def test_a_planned_plant_meets_the_plans_1000_kwh_for_each_kilowatt():
    made = pv.pv("pv", "north", pv.Plant(Decimal("508.8"), 43.17, 141.3, 30, 180), CAL, Decimal(508_800))
    assert exact.total(made.kwh) == 508_800


def test_a_plant_to_the_east_has_its_noon_earlier():
    east, west = (
        pv.generation(pv.Plant(Decimal(1), 35.7, 139.7, 30, azimuth), weather("central", "p", CAL), CAL)
        .reshape(-1, PER_DAY)
        .mean(axis=0)
        for azimuth in (90, 270)
    )
    assert int(east.argmax()) < int(west.argmax())


def test_every_climate_has_twelve_months_and_a_warmer_summer():
    for name in dict.fromkeys(name for name, _ in climates()):
        given = weather(name, "p", CAL)
        july, january = (given.temperature[CAL.month == month].mean() for month in (7, 1))
        assert july > january + 15
        assert np.isfinite(given.clearness).all()
        assert 0 < given.clearness.min() <= given.clearness.max() < 1


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("WY-01", lambda: weather("tropics", "p", CAL)),
        ("WY-02", lambda: wind.wind("w", "north", Decimal(1500), Decimal(34_800_000), CAL)),
        ("WY-02", lambda: wind.wind("w", "north", Decimal(1500), Decimal(0), CAL)),
        ("WY-03", lambda: pv.pv("p", "north", pv.Plant(Decimal(1), 141.3, 43.2, 30, 180), CAL)),
        ("WY-03", lambda: pv.pv("p", "north", pv.Plant(Decimal(1), 43.2, 141.3, 100, 180), CAL)),
    ],
)
def test_what_makes_no_year_is_refused(code, call):
    with pytest.raises(EnergyError, match=code):
        call()
