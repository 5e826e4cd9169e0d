"""Emission per floor area among buildings of one use, and the five-year average of the 原単位."""

from __future__ import annotations

import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.analysis.intensity import five_year_average, per_area, quartiles


def building(key, area, use="小学校"):
    return {
        "facility_id": key, "name": f"{key}校", "use": use,
        "floor_area_m2": None if area is None else Decimal(area),
    }  # fmt: skip


def tonnes(**values):
    return {key: Decimal(value) for key, value in values.items()}


def test_a_school_stands_in_the_quarter_of_its_kind():
    # 10, 20, 30, 40 kg/m2: quartiles 17.5, 25, 32.5.
    rows = [building(key, 1000) for key in "abcd"]
    found, findings = per_area(tonnes(a=10, b=20, c=30, d=40), rows)
    assert [(one.facility, one.value, one.quarter) for one in found] == [
        ("d", 40, 4), ("c", 30, 3), ("b", 20, 2), ("a", 10, 1),
    ]  # fmt: skip
    peers = found[0].peers
    assert (peers.lower, peers.median, peers.upper, peers.count) == (Decimal("17.5"), 25, Decimal("32.5"), 4)
    assert findings == []


def test_three_buildings_have_no_quartiles():
    found, _ = per_area(tonnes(a=1, b=2, c=3), [building(key, 100) for key in "abc"])
    assert [(one.peers, one.quarter) for one in found] == [(None, None)] * 3


def test_buildings_without_a_use_are_compared_with_nobody():
    found, _ = per_area(tonnes(a=1, b=2, c=3, d=4), [building(key, 100, None) for key in "abcd"])
    assert [one.peers for one in found] == [None] * 4


@pytest.mark.parametrize(("area", "code"), [(None, "AN-04"), ("0", "AN-05"), ("-120", "AN-05")])
def test_an_area_that_is_missing_or_not_positive_is_a_finding_and_no_intensity(area, code):
    found, findings = per_area(tonnes(a=1, b=2), [building("a", area), building("b", 100)])
    assert [one.facility for one in found] == ["b"]
    assert [(finding.code, finding.data["name"]) for finding in findings] == [(code, "a校")]
    assert findings[0].message("ja")
    assert findings[0].advice("en")


def test_a_use_that_has_no_areas_at_all_needs_none():
    assert per_area(tonnes(a=1, b=2), [building(key, None, "公園") for key in "ab"]) == ([], [])


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=30))
def test_quartiles_are_those_of_the_standard_library(values):
    found = quartiles([Decimal(value) for value in values])
    expected = statistics.quantiles(values, n=4, method="inclusive")
    assert [float(value) for value in (found.lower, found.median, found.upper)] == pytest.approx(expected)


def test_the_five_year_average_is_the_fourth_root_of_four_ratios():
    # 3.244, 3.247, 2.906, 2.819, 2.796 from the explanation of the form: ratios 100.1, 89.5, 97.0, 99.2;
    # (2.796 / 3.244) ^ (1/4) = 0.96352, printed 96.4 %.
    values = dict(zip(range(2012, 2017), map(Decimal, ("3.244", "3.247", "2.906", "2.819", "2.796")), strict=True))
    found, findings = five_year_average(values, dict.fromkeys(values, Decimal(1)), 2016)
    assert [str(round(ratio, 1)) for ratio in found.ratios.values()] == ["100.1", "89.5", "97.0", "99.2"]
    assert (found.printed, findings) == (Decimal("96.4"), [])


@pytest.mark.parametrize("wrong", [{2022: None}, {2022: Decimal(0)}, {2020: Decimal(-1)}])
def test_a_year_without_a_positive_value_gives_a_finding_and_no_average(wrong):
    energy = {year: Decimal(100) for year in range(2020, 2025)} | wrong
    energy = {year: value for year, value in energy.items() if value is not None}
    found, findings = five_year_average(energy, dict.fromkeys(range(2020, 2025), Decimal(5)), 2024)
    assert found is None
    assert [(finding.code, finding.data["fiscal_year"]) for finding in findings] == [("AN-06", *wrong)]


def test_the_ratio_of_a_year_with_new_rules_takes_both_years_by_the_old_ones():
    """The same use in every year: 100 kL by the old rules, 90 kL by the new ones from 2023."""
    energy = {2020: Decimal(100), 2021: Decimal(100), 2022: Decimal(100), 2023: Decimal(90), 2024: Decimal(90)}
    found, findings = five_year_average(energy, dict.fromkeys(energy, Decimal(1)), 2024, {2023: Decimal(100)})
    assert (found.average, findings) == (100, [])
    assert found.intensities[2023] == 90


def test_without_the_old_rules_there_is_no_average():
    energy = dict.fromkeys(range(2020, 2025), Decimal(100))
    found, findings = five_year_average(energy, dict.fromkeys(energy, Decimal(1)), 2024, {2023: None})
    assert (found, [one.data for one in findings]) == (None, [{"fiscal_year": 2023}])
