"""The same small ledger gives the same rows on every engine, and those of a plain loop."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.backends.ledgers import ALWAYS, Ledger, activity, asked, at, in_order, plain_sums, with_decimal_shares

KINDS = [(by_day, by_month) for by_day in (False, True) for by_month in (False, True)]
CHANGE = date(2024, 10, 1)
LEDGER = Ledger(
    activity=[
        activity("plain"),
        activity("plain-2", quantity="0.000001"),
        activity("zero", start=date(2024, 5, 1), end=date(2024, 6, 1), quantity="0"),
        activity("missing", start=date(2024, 6, 1), end=date(2024, 7, 1), quantity=None),
        activity("missing-beside", start=date(2024, 4, 1), end=date(2024, 5, 1), quantity=None),
        activity("other-basis", basis="estimated", quantity="7.5"),
        activity("credit", quantity="-3.25", start=date(2024, 7, 1), end=date(2024, 8, 1)),
        activity("wrong", start=date(2024, 8, 1), end=date(2024, 9, 1), quantity="99999"),
        activity("right", start=date(2024, 8, 1), end=date(2024, 9, 1), quantity="12", replaces="wrong",
                 posted_at=at("2024-09-10T12:00")),
        activity("too-late", start=date(2024, 8, 1), end=date(2024, 9, 1), quantity="13", replaces="right",
                 posted_at=at("2025-06-01")),
        activity("across-years", start=date(2024, 3, 20), end=date(2024, 4, 19), quantity="31"),
        activity("31-march", start=date(2024, 3, 1), end=date(2024, 4, 1), quantity="5"),
        activity("leap-day", start=date(2024, 2, 29), end=date(2024, 3, 1), quantity="4"),
        activity("70-days", item="kerosene", unit="L", start=date(2024, 12, 1), end=date(2025, 2, 9), use="boiler"),
        activity("71-days", item="kerosene", unit="L", start=date(2024, 12, 1), end=date(2025, 2, 10), use="boiler"),
        activity("whole-year", item="lpg", unit="kg", start=date(2024, 4, 1), end=date(2025, 4, 1), quantity="365"),
        activity("two-years", item="lpg", unit="kg", start=date(2024, 1, 1), end=date(2024, 12, 31), quantity="100"),
        activity("before-change", start=date(2024, 9, 1), end=CHANGE, quantity="200"),
        activity("after-change", start=CHANGE, end=date(2024, 11, 1), quantity="300"),
        activity("across-change", start=date(2024, 9, 20), end=date(2024, 10, 20), quantity="600"),
        activity("long-across-change", start=date(2024, 2, 1), end=date(2024, 12, 1), quantity="700"),
        activity("part-supply", facility="f2", meter="m1", quantity="1000"),
        activity("shared-meter", facility="f2", meter="m2", quantity="90.000003"),
        activity("no-meter", facility="f2", quantity="11"),
        activity("no-contract", facility="f9", quantity="8"),
        activity("out-of-scope", start=date(2010, 4, 1), end=date(2010, 5, 1), quantity="77"),
    ],
    supplies=[
        ("f1", "electricity", "", "A0267", "", "1", date(2020, 4, 1), CHANGE),
        ("f1", "electricity", "", "A0268", "メニューA", "1", CHANGE, date(2999, 12, 31)),
        ("f2", "electricity", "m1", "A0267", "", "0.3", *ALWAYS),
        ("f2", "electricity", "m1", "substitute", "", "0.7", *ALWAYS),
        ("f2", "electricity", "m2", "A0269", "", "1", *ALWAYS),
    ],
    apportionments=[
        ("f2", "electricity", "m2", "f2", "0.333333", *ALWAYS),
        ("f2", "electricity", "m2", "f3", "0.666667", *ALWAYS),
    ],
    scope=(2023, 2025, at("2025-05-31")),
)  # fmt: skip


def names(by_day, by_month):
    return f"{'months' if by_month else 'years'}_{'days' if by_day else 'end'}"


@pytest.mark.parametrize(("by_day", "by_month"), KINDS)
def test_sums_equal_the_plain_loop(engine, by_day, by_month):
    LEDGER.put(engine)
    assert with_decimal_shares(asked(engine, names(by_day, by_month))) == plain_sums(LEDGER, by_day, by_month)


@pytest.mark.parametrize("by_day", [False, True])
def test_identified_rows_are_those_that_the_sums_add_up(engine, by_day):
    LEDGER.put(engine)
    policy = "days" if by_day else "end"
    sums = {}
    for row in asked(engine, f"identified_{policy}"):
        quantity, key = row[3], row[7:]
        total, rows, missing = sums.get(key, (None, 0, 0))
        total = total if quantity is None else (total or 0) + quantity
        sums[key] = (total, rows + 1, missing + (quantity is None))
    assert asked(engine, f"months_{policy}") == in_order((*key, *values) for key, values in sums.items())


def test_every_row_of_identified_is_the_same_on_every_engine(engine, duckdb_engine):
    for name in ("identified_end", "identified_days"):
        LEDGER.put(engine)
        LEDGER.put(duckdb_engine)
        assert asked(engine, name) == asked(duckdb_engine, name)


def test_the_moment_decides_which_correction_counts(engine):
    for moment, expected in (
        (at("2024-09-01"), "99999"),
        (at("2024-09-10T12:00"), "12"),
        (at("2026-01-01"), "13"),
    ):
        ledger = Ledger([row for row in LEDGER.activity if row[3] == date(2024, 8, 1)], scope=(2024, 2024, moment))
        ledger.put(engine)
        assert [row[12] for row in asked(engine, "years_end")] == [Decimal(expected)]


def test_a_sum_of_rows_without_a_quantity_is_missing_and_not_zero(engine):
    Ledger([activity("a", quantity=None), activity("b", quantity=None)]).put(engine)
    assert [row[12:] for row in asked(engine, "years_end")] == [(None, 2, 2)]


def test_a_zero_is_zero_and_not_missing(engine):
    Ledger([activity("a", quantity="0")]).put(engine)
    assert [row[12:] for row in asked(engine, "years_end")] == [(Decimal(0), 1, 0)]


def test_eighteen_digits_add_up_to_the_last_one(engine):
    large, small = "999999999999.999999", "0.000001"
    Ledger([activity(f"{n}", quantity=large) for n in range(11)] + [activity("s", quantity=small)]).put(engine)
    assert [row[12] for row in asked(engine, "years_end")] == [11 * Decimal(large) + Decimal(small)]
