"""Missing, zero, estimated and not occurring are different; a month is missing until a row answers for it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from kotsukotsu.ledger import checks
from kotsukotsu.ledger.states import cells
from kotsukotsu.periods import FiscalYear, Month


def found(view):
    return checks.run(view, ["missing_months"])[0].findings


def without(rows, *numbers):
    return [row for row in rows if int(row["activity_id"][-2:]) not in numbers]


def test_a_month_without_a_row_is_missing_and_named(view, year):
    (finding,) = found(view(without(year(2024), 4)))
    assert (finding.code, finding.severity, finding.data["month"]) == ("C-01", "warning", "2024-07")
    assert finding.where == "中央小学校 電気 2024年7月"


def test_months_in_a_row_are_one_finding(view, year):
    (finding,) = found(view(without(year(2024), 4, 5, 6)))
    assert (finding.data["month"], finding.data["until"], finding.data["count"]) == ("2024-07", "2024-09", 3)


def test_an_empty_quantity_is_missing_and_its_row_is_named(view, year):
    (finding,) = found(view(year(2024, ["100"] * 3 + [None] + ["100"] * 8)))
    assert (finding.code, finding.data["activity_id"]) == ("C-01", "A2024-04")


@pytest.mark.parametrize(
    "change",
    [{"quantity": 0}, {"basis": "estimated"}, {"basis": "not_occurring", "quantity": None}],
    ids=["zero", "estimated", "not_occurring"],
)
def test_zero_estimated_and_not_occurring_are_not_missing(view, year, change):
    rows = year(2024)
    rows[3].update(change)
    assert found(view(rows)) == ()


def test_months_that_are_not_over_are_not_owed(view, year):
    rows = year(2024)[:6]
    assert found(view(rows, today=date(2024, 10, 31))) == ()
    (finding,) = found(view(rows, today=date(2024, 11, 1)))
    assert finding.data["month"] == "2024-10"


def test_a_year_that_was_not_entered_at_all_is_missing_because_the_year_before_was(view, year):
    (finding,) = found(view(year(2023)))
    assert finding.data["count"] == 12
    assert found(view(year(2022))) == ()


def test_months_outside_opening_and_closing_are_not_owed(view, year):
    school = {"facility_id": "s1", "name": "中央小学校", "opened_on": "2024-06-10", "closed_on": "2024-12-20"}
    rows = without(year(2024), 1, 2, 3, 9, 10, 11, 12)
    assert found(view(rows, facilities=[school])) == ()
    (finding,) = found(view(without(rows, 8), facilities=[school]))
    assert finding.data["month"] == "2024-11"


def test_a_yearly_row_covers_all_months(view, row):
    assert found(view([row("Y", "2024-04-01", "2025-04-01")])) == ()


def test_a_series_given_as_whole_years_is_owed_when_the_year_is_over(view, row):
    rows = [row("Y", "2023-04-01", "2024-04-01")]
    assert found(view(rows, today=date(2025, 3, 31))) == ()
    assert [finding.data["count"] for finding in found(view(rows, today=date(2025, 4, 1)))] == [12]


def test_bills_by_reading_day_leave_no_month_and_a_lost_one_is_found(view, row):
    months = [Month.at(2024 * 12 + 2 + index) for index in range(13)]
    days = [f"{month}-15" for month in months]
    rows = [row(f"B{n:02d}", start, end) for n, (start, end) in enumerate(pairwise(days))]
    assert found(view(rows)) == ()
    (finding,) = found(view([*rows[:5], *rows[6:]]))
    assert finding.data["month"] == "2024-09"


def test_bills_of_two_months_leave_no_month(view, row):
    days = ["2024-02-10", "2024-04-10", "2024-06-10", "2024-08-10", "2024-10-10", "2024-12-10", "2025-02-10"]
    rows = [row(f"B{n}", start, end) for n, (start, end) in enumerate(pairwise(days))]
    assert found(view(rows, today=date(2025, 2, 20))) == ()


def test_one_meter_of_two_that_is_missing_is_found(view, year):
    rows = [*year(2024, meter_id="m1"), *without(year(2024, prefix="B", meter_id="m2"), 4)]
    (finding,) = found(view(rows))
    assert (finding.data["meter_id"], finding.data["month"]) == ("m2", "2024-07")
    assert " m2 " in finding.where


WINTER = ["300", None, None, None, None, None, None, "200", "400", "500", "500", "400"]


def heating(year, fy, gone=(), off=None):
    rows = year(fy, WINTER, prefix="K", item="kerosene")
    if off == "none":
        return [row for row in rows if row["quantity"] is not None]
    for row in rows:
        if row["quantity"] is None:
            row.update({"quantity": 0} if off == "zero" else {"basis": "not_occurring"})
    return [row for row in rows if int(row["activity_id"][-2:]) not in gone]


@pytest.mark.parametrize("off", ["none", "zero", "not_occurring"])
def test_summer_without_heating_oil_is_only_a_note(view, year, off):
    past = [*heating(year, 2022, off=off), *heating(year, 2023, off=off)]
    (finding,) = found(view([*past, *heating(year, 2024, off="none")]))
    assert (finding.code, finding.severity, finding.data["month"]) == ("C-02", "info", "2024-05")


def test_a_winter_month_without_heating_oil_is_missing(view, year):
    past = [*heating(year, 2022, off="none"), *heating(year, 2023, off="none")]
    findings = found(view([*past, *heating(year, 2024, gone=(10,), off="zero")]))
    assert [(finding.code, finding.data["month"]) for finding in findings] == [("C-01", "2025-01")]


def test_a_blank_in_summer_is_missing_because_somebody_meant_to_fill_it(view, year):
    past = [*heating(year, 2022, off="none"), *heating(year, 2023, off="none")]
    rows = heating(year, 2024, off="not_occurring")
    rows[3].update(basis="measured")
    assert [(one.code, one.data["activity_id"]) for one in found(view([*past, *rows]))] == [("C-01", "K2024-04")]


def test_a_summer_month_used_two_years_ago_is_no_season(view, year):
    past = [*heating(year, 2022, off="zero"), *heating(year, 2023, off="zero")]
    past[3]["quantity"] = 30
    findings = found(view([*past, *heating(year, 2024, off="zero", gone=(4,))]))
    assert [finding.code for finding in findings] == ["C-01"]


def test_a_month_that_was_missing_in_the_past_is_no_season(view, year):
    past = year(2023, ["100"] * 3 + [None] + ["100"] * 8)
    findings = found(view([*past, *without(year(2024), 4)]))
    assert [finding.code for finding in findings] == ["C-01"]


def test_an_item_that_ended_with_no_use_is_not_owed_the_year_after(view, row, year):
    ended = row("E", "2023-04-01", "2024-04-01", None, basis="not_occurring")
    assert found(view([*year(2022), ended])) == ()


def test_a_correction_to_empty_makes_the_month_missing(view, year):
    rows = year(2024)
    rows.append({**rows[3], "activity_id": "C1", "replaces": "A2024-04", "quantity": None})
    (finding,) = found(view(rows))
    assert finding.data["activity_id"] == "C1"


@pytest.mark.parametrize("state", ["missing", "zero", "estimated", "not_occurring", "measured"])
def test_the_check_and_the_cells_say_the_same(view, year, state):
    rows = year(2024)
    rows[3].update(
        {
            "missing": {"quantity": None},
            "zero": {"quantity": 0},
            "estimated": {"basis": "estimated"},
            "not_occurring": {"quantity": None, "basis": "not_occurring"},
            "measured": {},
        }[state]
    )
    assert cells(rows, "s1", "electricity", FiscalYear(2024))[Month(2024, 7)] == state
    assert bool(found(view(rows))) == (state == "missing")
