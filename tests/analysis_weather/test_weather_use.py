"""The weather in the use of a city: which regressions may speak, the effect, the normal, and savings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.analysis.measured import measured
from kotsukotsu.analysis.stations import Stations
from kotsukotsu.analysis.weather_use import flows, weathered
from tests.analysis_weather.made import MEANS, months_of, steady_years
from tests.base.town import Town
from tests.ledger.conftest import a_row, a_view

PLACE = ("s1", "electricity")
YEARS = range(2021, 2024)


def heating(month, warmer=0.0):
    """10 a day, and 2 for each degree below 15 °C."""
    days = (month.end - month.start).days
    mean = MEANS[(month.month - 4) % 12] + warmer
    return Decimal(str(round(days * (10 + 2 * max(0.0, 15 - mean)), 6)))


def rows(quantity, years=YEARS, facility="s1"):
    return [
        a_row(f"{facility}-{m}", m.start.isoformat(), m.end.isoformat(), str(quantity(m)), facility_id=facility)
        for m in months_of(*years)
    ]


def station(warmer=0.0, normal=()):
    weather = steady_years(2020, *YEARS, warmer=warmer)
    return Stations({weather.station: weather}, weather.station, {}, tuple(normal), ())


def codes(findings):
    return [finding.code for finding in findings]


def found_in(quantity, places=(PLACE,), stations=None, **more):
    return weathered(a_view(rows(quantity), **more), stations or station(), places, 2023, YEARS, years_of_model=3)


def test_use_that_follows_the_cold_has_its_effect_taken_out():
    found = found_in(heating)
    (line,) = found.lines
    assert (line.is_used, line.baseline.fit.form.name, found.model, found.normal) == (
        True, "3PH", (2021, 2023), (2021, 2022, 2023),
    )  # fmt: skip
    assert line.actual == sum(heating(month) for month in months_of(2023))
    # All that differs between the years is the 29th of February.
    normal = sum(heating(month) for month in months_of(*YEARS)) / 3
    assert line.normal.normalised == pytest.approx(normal, rel=Decimal("1E-9"))


def test_a_warmer_year_gives_a_smaller_expected_use_and_so_an_effect():
    # Each year is 1 °C warmer than the one before; months below 15 °C need 2 less a day.
    quantity = {
        m.start: heating(m, warmer=n // 12 + 1.0) for n, m in enumerate(months_of(*YEARS))
    }  # fmt: skip
    found = found_in(lambda month: quantity[month.start], stations=station(warmer=1.0))
    values, findings = found.driver(2022, 2023)
    before, after = values[PLACE]
    assert findings == []
    whole = sum(heating(m, warmer=2.0) for m in months_of(2022)), sum(heating(m, warmer=3.0) for m in months_of(2023))
    assert (float(before), float(after)) == pytest.approx(tuple(map(float, whole)), rel=1e-3)


def test_use_that_does_not_follow_it_has_no_effect_and_no_normal():
    found = found_in(lambda month: Decimal(100 + month.index % 5))
    (line,) = found.lines
    assert (line.is_used, line.normal, found.driver(2021, 2023)) == (False, None, ({}, []))
    assert found.findings[-1].data == {"total": 1, "used": 0, "unfit": 0, "flat": 1}


def test_one_year_of_which_a_month_is_missing_has_no_actual_use_to_set_beside_the_normal():
    found = weathered(
        a_view([row for row in rows(heating) if row["start"] != date(2023, 8, 1)]), station(), [PLACE], 2023, YEARS,
        years_of_model=3,
    )  # fmt: skip
    assert (found.lines[0].actual, found.lines[0].normal) == (None, None)


def test_one_month_of_data_is_too_little_and_said():
    found = weathered(a_view(rows(heating)[-1:]), station(), [PLACE], 2023, YEARS, years_of_model=3)
    assert (found.lines[0].is_used, codes(found.lines[0].baseline.findings)) == (False, ["WE-35"])


def test_a_city_without_weather_says_so():
    found = weathered(a_view(rows(heating)), Stations({}, "", {}, (), ()), [PLACE], 2023, YEARS, years_of_model=3)
    assert (found.lines, codes(found.findings)) == ((), ["WE-19"])


def test_the_order_of_places_does_not_matter():
    view = a_view([*rows(heating), *rows(lambda month: heating(month) * 2, facility="s2")])
    places = [PLACE, ("s2", "electricity")]
    one, other = (
        weathered(view, station(), order, 2023, YEARS, years_of_model=3).driver(2021, 2023)[0]
        for order in (places, places[::-1])
    )
    assert one == other


def test_vehicles_and_what_is_no_energy_are_no_flows(tmp_path):
    town = Town(tmp_path / "town")
    town.facility("f2", "公用車", use="公用車")
    town.own("electricity", "0.5", supplier="青電気", valid_from="2023-04-01", valid_to="2024-04-01")
    town.contract("青電気")
    town.year("electricity", 2023, 100)
    town.year("car_air_conditioner", 2023, 10, unit="台")
    town.year("gasoline", 2023, 10, facility_id="f2")
    town.municipality["base_fy"] = 2023
    lines = town.session().inventory(2023).lines
    assert flows(lines, ["electricity", "gasoline"]) == [("f1", "electricity")]


def saving(after, done=date(2023, 4, 1)):
    view = a_view([*rows(heating, range(2021, 2023)), *rows(after, [2023])])
    return measured(view, station(), PLACE, date(2023, 4, 1), done, date(2024, 4, 1), Decimal("0.9"))


def test_a_tenth_saved_is_found_with_certainty():
    found = saving(lambda month: heating(month) * Decimal("0.9"))
    whole = sum(heating(month) for month in months_of(2023))
    assert found.saving.saving == pytest.approx(whole / 10, rel=Decimal("1E-6"))
    assert found.saving.margin < found.saving.saving
    assert len(found.saving.periods) == 12


def test_bills_of_the_time_of_the_work_are_counted_on_neither_side():
    found = saving(heating, done=date(2023, 7, 1))
    assert len(found.saving.periods) == 9


def test_a_facility_without_a_station_has_no_saving_and_says_why():
    view = a_view(rows(heating))
    found = measured(
        view, Stations({}, "", {}, (), ()), PLACE, date(2023, 4, 1), date(2023, 4, 1), date(2024, 4, 1), Decimal("0.9")
    )
    assert (found.saving, codes(found.findings)) == (None, ["WE-19"])
