"""Outliers and slips of unit against the facility's own history."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.ledger import checks


def one(view, name):
    return checks.run(view, [name])[0]


def codes(view, name):
    return [finding.code for finding in one(view, name).findings]


def past(year, years=range(2019, 2024), **more):
    """A facility that varies by a few percent from year to year."""
    values = [Decimal(1000 + 40 * month) for month in range(12)]
    return [
        row
        for n, fy in enumerate(years)
        for row in year(fy, [value * (100 + (n * 3) % 7) / 100 for value in values], **more)
    ]


def with_july(year, value, **more):
    values = [str(1000 + 40 * month) for month in range(12)]
    values[3] = value
    return year(2024, values, **more)


def test_a_value_far_from_other_years_is_an_outlier_and_says_how_far(view, year):
    (finding,) = one(view([*past(year), *with_july(year, "2200")]), "outliers").findings
    assert (finding.code, finding.data["month"], finding.data["years"]) == ("C-07", "2024-07", 5)
    # The median of 1120 x (1.00, 1.03, 1.06, 1.02, 1.05) is 1153.6; a tenth of it is the least deviation.
    assert (finding.data["expected"], finding.data["deviations"]) == ("1,153.6", "+9.1")


@pytest.mark.parametrize("value", ["1700", "700", "1153.6"])
def test_what_the_facility_may_vary_by_is_no_outlier(view, year, value):
    assert codes(view([*past(year), *with_july(year, value)]), "outliers") == []


def test_a_low_value_is_an_outlier_too_and_zero_where_there_always_was_use(view, year):
    (low,) = one(view([*past(year), *with_july(year, "300")]), "outliers").findings
    assert low.data["deviations"].startswith("-")
    assert codes(view([*past(year), *with_july(year, "0")]), "outliers") == ["C-07"]


def test_a_facility_that_varies_a_lot_is_measured_by_its_own_spread(view, year):
    values = {2019: "500", 2020: "2000", 2021: "900", 2022: "1500", 2023: "300"}
    rows = [row for fy, july in values.items() for row in year(fy, ["1000"] * 3 + [july] + ["1000"] * 8)]
    assert codes(view([*rows, *with_july(year, "2500")]), "outliers") == []


@pytest.mark.parametrize(
    ("facility", "item", "expected"),
    [("s1", "electricity", "C-08"), (None, None, "C-08"), ("s1", "lpg", "C-07"), ("s2", None, "C-07")],
)
def test_an_explained_outlier_is_a_note(view, year, facility, item, expected):
    said = {"facility_id": facility, "item": item, "fiscal_year": 2024, "text": "避難所として使った"}
    assert codes(view([*past(year), *with_july(year, "2200")], explanations=[said]), "outliers") == [expected]


def test_an_explanation_of_another_year_explains_nothing(view, year):
    said = {"facility_id": "s1", "item": None, "fiscal_year": 2023, "text": "改修"}
    assert codes(view([*past(year), *with_july(year, "2200")], explanations=[said]), "outliers") == ["C-07"]


def test_with_two_other_years_nothing_is_judged_and_nothing_is_clear(view, year):
    outcome = one(view([*past(year, range(2022, 2024)), *with_july(year, "2200")]), "outliers")
    assert (outcome.status, outcome.reason.code, outcome.reason.data["count"]) == ("not_run", "C-93", 12)


def test_what_could_not_be_judged_is_said_beside_what_was_found(view, year):
    young = year(2024, prefix="B", facility_id="s2")
    outcome = one(view([*past(year), *with_july(year, "2200"), *young]), "outliers")
    assert (outcome.status, outcome.reason.data["count"], outcome.reason.data["total"]) == ("found", 12, 24)


def test_missing_and_not_occurring_months_are_no_history(view, year):
    rows = past(year, range(2021, 2024))
    rows[3].update(quantity=None)
    assert one(view([*rows, *with_july(year, "2200")]), "outliers").reason.data["count"] == 1
    rows[3].update(basis="not_occurring")
    assert one(view([*rows, *with_july(year, "2200")]), "outliers").reason.data["count"] == 1


def test_oil_in_a_month_that_never_had_any_is_an_outlier(view, year):
    rows = [row for fy in range(2020, 2024) for row in year(fy, ["0"] * 6 + ["500"] * 6)]
    assert codes(view([*rows, *year(2024, ["0"] * 3 + ["400"] + ["0"] * 2 + ["500"] * 6)]), "outliers") == ["C-07"]
    assert codes(view([*rows, *year(2024, ["0"] * 6 + ["500"] * 6)]), "outliers") == []


def test_two_bills_of_a_month_are_judged_together(view, year):
    july = with_july(year, "1150")
    half = {**july[3], "end": july[3]["end"].replace(month=7, day=16), "quantity": Decimal(550)}
    rest = {**july[3], "activity_id": "X", "start": half["end"], "quantity": Decimal(600)}
    assert codes(view([*past(year), *july[:3], half, rest, *july[4:]]), "outliers") == []


def test_a_month_of_which_a_part_is_missing_has_no_value(view, year):
    july = with_july(year, "300")
    july[3]["end"] = july[3]["end"].replace(month=7, day=6)
    rest = {**july[3], "activity_id": "X", "start": july[3]["end"], "end": july[4]["start"], "quantity": None}
    assert codes(view([*past(year), *july, rest]), "outliers") == []
    assert codes(view([*past(year), *july]), "outliers") == ["C-07"]


def test_a_withdrawn_double_leaves_the_month_to_be_judged(view, year):
    july = with_july(year, "2200")
    double = {**july[3], "activity_id": "X"}
    withdrawn = {**double, "activity_id": "Y", "replaces": "X", "basis": "not_occurring", "quantity": None}
    assert codes(view([*past(year), *july, double, withdrawn]), "outliers") == ["C-07"]


@pytest.mark.parametrize(
    ("value", "times"),
    [("1150000", "1,000"), ("1.150", "1/1,000"), ("11500", "10"), ("2900000", "1,000")],
)
def test_a_slip_of_unit_is_named_and_is_not_an_outlier_besides(view, year, value, times):
    slipped = view([*past(year), *with_july(year, value)])
    (finding,) = one(slipped, "unit_slips").findings
    assert (finding.code, finding.severity, finding.data["times"]) == ("C-09", "warning", times)
    assert codes(slipped, "outliers") == []


@pytest.mark.parametrize("value", ["2200", "5000", "30000", "300000", "0"])
def test_a_value_that_no_unit_explains_is_no_slip(view, year, value):
    assert codes(view([*past(year), *with_july(year, value)]), "unit_slips") == []


def test_the_right_number_in_another_unit_is_no_slip_and_the_wrong_unit_is(view, year):
    july = with_july(year, "1.150")
    july[3]["unit"] = "千kWh"
    assert codes(view([*past(year), *july]), "unit_slips") == []
    july[3]["quantity"] = Decimal(1150)
    assert codes(view([*past(year), *july]), "unit_slips") == ["C-09"]


def test_a_slip_in_the_first_year_is_seen_against_the_other_months(view, year):
    slipped = view(with_july(year, "1120000"))
    (finding,) = one(slipped, "unit_slips").findings
    assert (finding.data["month"], finding.data["times"]) == ("2024-07", "1,000")
    assert codes(view(with_july(year, "11200")), "unit_slips") == []
    assert one(view(year(2024)), "unit_slips").status == "not_run"


def test_an_explained_slip_is_a_note_among_the_outliers(view, year):
    said = {"facility_id": "s1", "item": "electricity", "fiscal_year": 2024, "text": "電気炉を試験した"}
    slipped = view([*past(year), *with_july(year, "1150000")], explanations=[said])
    assert (codes(slipped, "unit_slips"), codes(slipped, "outliers")) == ([], ["C-08"])


def test_yearly_rows_are_compared_with_yearly_rows(view, row):
    rows = [row(f"Y{fy}", f"{fy}-04-01", f"{fy + 1}-04-01", "12000") for fy in range(2019, 2024)]
    assert codes(view([*rows, row("Y", "2024-04-01", "2025-04-01", "30000")]), "outliers") == ["C-07"]
    assert codes(view([*rows, row("Y", "2024-04-01", "2025-04-01", "13000")]), "outliers") == []
    assert one(view([*rows, row("M", "2024-04-01", "2024-05-01", "1000")]), "outliers").status == "not_run"
