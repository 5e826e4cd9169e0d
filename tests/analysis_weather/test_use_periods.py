"""Billing periods of a facility's item, all meters together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.analysis.use_periods import Period, one_kind, usable, use_periods
from tests.ledger.conftest import a_row, a_view


def periods(*rows):
    return use_periods(a_view(rows).entries)


APRIL = ("2024-04-01", "2024-05-01")
MAY = ("2024-05-01", "2024-06-01")


def test_two_meters_of_a_month_add_up_exactly_in_the_base_unit():
    rows = [a_row("1", *APRIL, "0.1", meter_id="m1"), a_row("2", *APRIL, "0.0002", meter_id="m2", unit="千kWh")]
    assert periods(*rows) == [Period(date(2024, 4, 1), date(2024, 5, 1), Decimal("0.3"))]


def test_the_order_of_rows_does_not_matter():
    rows = [a_row(str(n), *month, "5", meter_id=meter) for n, (month, meter) in enumerate(
        [(APRIL, "m1"), (MAY, "m1"), (APRIL, "m2"), (MAY, "m2")])]  # fmt: skip
    assert periods(*rows) == periods(*rows[::-1])
    assert [one.quantity for one in periods(*rows)] == [10, 10]


@pytest.mark.parametrize("gap", [None, "no row"])
def test_a_month_in_which_one_meter_is_missing_has_no_quantity(gap):
    june = ("2024-06-01", "2024-07-01")
    rows = [
        a_row(f"{m}{k}", *month, "5", meter_id=m) for m in ("m1", "m2") for k, month in enumerate((APRIL, MAY, june))
    ]
    if gap:
        del rows[4]
    else:
        rows[4]["quantity"] = None
    assert [one.quantity for one in periods(*rows)] == [10, None, 10]


def test_a_meter_that_begins_later_is_not_missing_before():
    rows = [
        a_row("1", *APRIL, "5", meter_id="m1"),
        a_row("2", *MAY, "5", meter_id="m1"),
        a_row("3", *MAY, "7", meter_id="m2"),
    ]
    assert [one.quantity for one in periods(*rows)] == [5, 12]


def test_not_occurring_is_no_use_and_a_withdrawn_row_is_nothing():
    nothing = a_row("2", *MAY, None, basis="not_occurring")
    assert [one.quantity for one in periods(a_row("1", *APRIL, "5"), nothing)] == [5, 0]
    double = a_row("2", *APRIL, "5")
    withdrawn = a_row("3", *APRIL, None, basis="not_occurring", replaces="2")
    assert [one.quantity for one in periods(a_row("1", *APRIL, "5"), double, withdrawn)] == [5]


def test_a_month_of_which_only_a_withdrawn_row_is_left_is_no_period_of_zero_use():
    withdrawn = a_row("3", *MAY, None, basis="not_occurring", replaces="2")
    assert [one.quantity for one in periods(a_row("1", *APRIL, "5"), a_row("2", *MAY, "5"), withdrawn)] == [5]


def test_periods_that_cannot_be_used_are_counted_by_reason():
    rows = [
        Period(date(2024, 4, 1), date(2024, 5, 1), Decimal(1)),
        Period(date(2024, 5, 1), date(2024, 8, 1), Decimal(1)),
        Period(date(2024, 8, 1), date(2024, 9, 1), None),
        Period(date(2024, 9, 1), date(2024, 10, 1), Decimal(1), estimated=True),
    ]
    kept, findings = usable(rows[::-1], "庁舎 電気")
    assert kept == rows[:1]
    assert [(f.code, f.data["count"], f.where) for f in findings] == [
        ("WE-31", 1, "庁舎 電気"), ("WE-32", 1, "庁舎 電気"), ("WE-33", 1, "庁舎 電気"),
    ]  # fmt: skip


def test_an_estimate_marks_its_period():
    (one,) = periods(a_row("1", *APRIL, "5", basis="estimated"))
    assert (one.quantity, one.estimated) == (5, True)


def test_lpg_in_two_kinds_of_unit_does_not_add_up():
    rows = [a_row("1", *APRIL, "5", item="lpg"), a_row("2", *MAY, "5", item="lpg", unit="m3")]
    finding = one_kind(a_view(rows).entries, "庁舎 LPG")
    assert (finding.code, finding.data["units"]) == ("WE-30", "kg・m3")
    assert one_kind(a_view(rows[:1]).entries, "") is None
