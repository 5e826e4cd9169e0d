"""Use in normal weather, and the weather between two years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.analysis.baseline import baseline
from kotsukotsu.analysis.weather_normal import expected_use, normal_use, weather_driver
from kotsukotsu.periods import FiscalYear
from tests.analysis_weather.made import MEANS, bills, months_of, steady_years

WEATHER = steady_years(2021, 2022, 2023, warmer=1.0)
Y2021, Y2022, Y2023 = (FiscalYear(n) for n in (2021, 2022, 2023))


def heating(mean):
    return 100 + 5 * max(0.0, 14 - mean)


FIT = baseline(bills(WEATHER, months_of(2021, 2022, 2023), heating), WEATHER).fit


def by_hand(year, warmer):
    days = [(month.end - month.start).days for month in FiscalYear(year).months()]
    return sum(d * heating(mean + warmer) for d, mean in zip(days, MEANS, strict=True))


def test_the_expected_use_of_a_year_is_that_of_its_weather():
    assert float(expected_use(FIT, WEATHER, Y2021)) == pytest.approx(by_hand(2021, 0), abs=1e-4)
    assert float(expected_use(FIT, WEATHER, Y2023)) == pytest.approx(by_hand(2023, 2), abs=1e-4)


def test_a_year_as_billed_becomes_what_it_was_in_normal_weather():
    found, findings = normal_use(Decimal(50000), FIT, WEATHER, Y2023, [Y2021, Y2022])
    normal = (by_hand(2021, 0) + by_hand(2022, 1)) / 2
    assert float(found.normal) == pytest.approx(normal, abs=1e-4)
    assert float(found.normalised) == pytest.approx(50000 + normal - by_hand(2023, 2), abs=1e-3)
    assert (findings, found.fiscal_year) == ([], 2023)


def test_a_year_that_is_itself_normal_stays_as_billed():
    found, _ = normal_use(Decimal(50000), FIT, WEATHER, Y2022, [Y2022])
    assert found.normalised == 50000


def test_without_weather_there_is_no_normal_use_and_the_year_is_named():
    found, findings = normal_use(Decimal(50000), FIT, WEATHER, FiscalYear(2024), [Y2021, FiscalYear(2020)])
    assert found is None
    assert [(f.code, f.data["fiscal_year"]) for f in findings] == [("WE-45", 2020), ("WE-45", 2024)]


def test_no_normal_year_is_chosen_by_itself():
    with pytest.raises(ValueError):
        normal_use(Decimal(50000), FIT, WEATHER, Y2022, [])


def test_the_driver_of_a_warmer_year_is_smaller_and_use_without_weather_has_none():
    flat = baseline(bills(WEATHER, months_of(2021, 2022), lambda mean: 5.0), WEATHER).fit
    found, findings = weather_driver({("f1", "electricity"): FIT, ("f2", "gas"): flat}, WEATHER, Y2021, Y2023)
    assert (list(found), findings) == ([("f1", "electricity")], [])
    before, after = found["f1", "electricity"]
    assert float(after / before) == pytest.approx(by_hand(2023, 2) / by_hand(2021, 0), rel=1e-8)


def test_a_driver_that_is_not_positive_or_has_no_weather_is_a_finding():
    falling = baseline(bills(WEATHER, months_of(2021, 2022), lambda mean: 9 - mean), WEATHER).fit
    assert falling.form.name == "2P"
    low = baseline(bills(WEATHER, months_of(2021, 2022), lambda mean: 1 - mean), WEATHER).fit
    found, findings = weather_driver({("f1", "gas"): low}, WEATHER, Y2021, Y2023)
    assert (found, [f.code for f in findings]) == ({}, ["WE-46"])
    found, findings = weather_driver({("f1", "gas"): FIT, ("f2", "gas"): FIT}, WEATHER, Y2021, FiscalYear(2024))
    assert (found, [(f.code, f.data["fiscal_year"]) for f in findings]) == ({}, [("WE-45", 2024)])
