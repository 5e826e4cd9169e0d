"""Corrections are new rows; the ledger can be asked as it stood."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kotsukotsu.periods import JST

FIRST, SECOND, THIRD = (f"2014-0{month}-01T09:00:00+09:00" for month in (5, 6, 7))


@pytest.fixture
def town(town):
    town.year("gasoline", 2013, 1000, key="A1", posted_at=FIRST)
    town.year("gasoline", 2013, 500, key="A2", posted_at=SECOND, replaces="A1")
    town.year("gasoline", 2013, 700, key="A3", posted_at=THIRD, replaces="A2")
    return town


def litres(town, moment=None):
    return sum(group.quantity for group in town.session(moment).groups(2013))


def test_only_the_last_of_a_chain_counts(town):
    assert litres(town) == 700


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2014, 5, 1, 9, tzinfo=JST), 1000),
        (datetime(2014, 6, 1, 8, 59, 59, tzinfo=JST), 1000),
        (datetime(2014, 6, 1, 9, tzinfo=JST), 500),
        (datetime(2014, 6, 1, 0, tzinfo=UTC), 500),
        (datetime(2014, 5, 31, 23, 59, tzinfo=UTC), 1000),
        (datetime(2014, 7, 1, 9, tzinfo=JST).replace(tzinfo=None), 700),
        (datetime(2014, 5, 1, 8, 59, tzinfo=JST).replace(tzinfo=None), 0),
    ],
)
def test_as_of_gives_the_ledger_as_it_stood_in_japan(town, moment, expected):
    assert litres(town, moment) == expected


def test_a_row_without_a_moment_was_always_there(town):
    town.year("gasoline", 2013, 9, key="A9")
    assert litres(town, datetime(1999, 1, 1, tzinfo=JST)) == 9


def test_a_correction_and_its_reversal_change_nothing(town):
    town.year("gasoline", 2013, 1000, key="A4", replaces="A3")
    assert litres(town) == 1000


def test_a_row_taken_back_is_not_there(town):
    town.year("gasoline", 2013, None, key="A4", replaces="A3", basis="not_occurring")
    town.year("kerosene", 2013, 1000)
    assert town.total(2013) == Decimal("2.49")


def test_a_correction_may_move_a_row_to_another_year(town):
    town.year("gasoline", 2014, 700, key="A4", replaces="A3")
    assert town.problems(2013) == ["A-11"]
    assert town.total(2014) == 700 * Decimal("0.00232")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"key": "A3"}, "LG-14"),
        ({"replaces": "A77"}, "LG-11"),
        ({"replaces": "A1"}, "LG-12"),
        ({"key": "A8", "replaces": "A8"}, "LG-13"),
    ],
    ids=["an id twice", "replaces none", "two replace one", "replaces itself"],
)
def test_a_broken_chain_is_refused_because_nobody_can_say_which_row_counts(town, row, code):
    town.year("gasoline", 2013, 1, **row)
    assert code in town.problems(2013)


def test_a_replaced_row_may_be_wrong(town):
    town.act("gasoline", "2013-05-01", "2013-04-01", 5, key="B1")
    town.act("gasoline", "2013-04-01", "2013-05-01", 5, key="B2", replaces="B1")
    assert litres(town) == 705
    assert town.problems(2013) == []
