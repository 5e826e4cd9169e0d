"""Level shifts by ranks, worked by hand and on made series."""

from __future__ import annotations

from math import exp, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.analysis.level_shift import deseasoned, shifts

NOISE = (0.01, -0.02, 0.03, -0.01, 0.02, -0.03, 0.00, 0.015, -0.025, 0.005, 0.012, -0.017)


def level(*parts):
    """Parts (level, length) with a little noise, all values different."""
    values = [size for size, length in parts for _ in range(length)]
    return [value * (1 + NOISE[n % 12] + n * 1e-5) for n, value in enumerate(values)]


def test_a_shift_by_hand():
    # All 8 before lie below all 8 after: U = 64, p = 2 exp(-6 x 64^2 / (16^3 + 16^2)).
    values = [10.0, 10.1, 9.9, 10.2, 9.8, 10.3, 9.7, 10.4, 12.0, 12.1, 11.9, 12.2, 11.8, 12.3, 11.7, 12.4]
    (found,) = shifts(values)
    assert (found.at, found.before, found.after) == pytest.approx((8, 10.05, 12.05))
    assert found.probability == pytest.approx(2 * exp(-6 * 64**2 / (16**3 + 16**2)))
    assert found.size == pytest.approx(12.05 / 10.05 - 1)


def test_a_steady_series_has_none():
    assert shifts(level((100, 60))) == []


def test_a_small_or_short_change_is_no_shift():
    assert shifts(level((100, 30), (106, 30))) == []
    assert shifts(level((100, 50), (200, 5))) == []
    assert [one.at for one in shifts(level((100, 30), (115, 30)))] == [30]


def test_outliers_alone_are_no_shift():
    values = level((100, 60))
    for n in (7, 20, 41):
        values[n] = 900
    assert shifts(values) == []


def test_a_slow_trend_is_no_shift():
    assert shifts([100 + 2 * n for n in range(60)]) == []


def test_two_shifts_are_both_found_and_in_order():
    found = shifts(level((100, 24), (150, 24), (80, 24)))
    assert [one.at for one in found] == [24, 48]
    assert [round(one.size, 1) for one in found] == [0.5, -0.5]


def test_use_that_stops_and_begins_again_is_two_shifts():
    found = shifts(level((100, 24), (0, 24), (90, 24)))
    assert [(one.at, one.size) for one in found] == [(24, -1), (48, inf)]


@given(st.integers(12, 40), st.integers(12, 40), st.floats(0.1, 1000))
def test_the_unit_does_not_matter(before, after, scale):
    values = level((100, before), (150, after))
    one, other = shifts(values), shifts([scale * value for value in values])
    assert [(s.at, s.probability) for s in one] == [(s.at, s.probability) for s in other]
    assert [s.size for s in one] == pytest.approx([s.size for s in other])


def test_a_season_is_taken_out_by_the_median_of_each_calendar_month():
    season = [5.0, 1.0, 3.0, 2.0, 9.0, 4.0, 8.0, 7.0, 6.0, 2.5, 1.5, 3.5]
    values = {240 + n: season[n % 12] for n in range(36)}
    assert set(deseasoned(values).values()) == {1.0}
    shifted = {index: value * (2 if index >= 264 else 1) for index, value in values.items()}
    assert [one.at for one in shifts(list(deseasoned(shifted).values()))] == [24]


def test_months_without_use_and_of_one_year_only_are_left_out():
    values = {240 + n: 0.0 if n % 12 < 6 else 5.0 for n in range(25)}
    assert sorted({index % 12 for index in deseasoned(values)}) == [6, 7, 8, 9, 10, 11]
    assert deseasoned({240: 1.0, 241: 2.0}) == {}
    assert list(deseasoned(dict(reversed(values.items())))) == list(deseasoned(values))
