"""Missing months estimated by stated methods; nothing is entered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from kotsukotsu.analysis.estimate import proposals
from kotsukotsu.analysis.estimate_gaps import gaps
from kotsukotsu.ledger import checks, post
from tests.analysis_weather.made import bills, months_of, steady_years
from tests.ledger.conftest import a_row, a_view, a_year

SEASON = [str(v) for v in (900, 800, 700, 650, 600, 700, 850, 1000, 1200, 1300, 1250, 1100)]
NOW = datetime(2025, 6, 1, tzinfo=UTC)


def times(factor, values=SEASON):
    return [str(Decimal(value) * factor) for value in values]


def history():
    return [*a_year(2022, SEASON), *a_year(2023, times(2))]


def holed(values=SEASON, month=3, **more):
    """FY2024 with a month that is not on file."""
    return [row for n, row in enumerate(a_year(2024, values, **more)) if n != month]


def estimate(rows, method="other_years", weather=None, **more):
    return proposals(a_view(rows, **more), method, lambda _: weather)


def codes(findings):
    return [finding.code for finding in findings]


def test_a_month_is_that_of_other_years_scaled_by_the_other_months():
    # This year is 1.5 times FY2022 and 0.75 times FY2023 in every other month: July is 975 by both.
    (row,), findings = estimate([*history(), *holed(times(Decimal("1.5")))])
    assert (row["start"], row["end"], row["quantity"], row["unit"]) == (
        date(2024, 7, 1), date(2024, 8, 1), Decimal("975.0"), "kWh",
    )  # fmt: skip
    assert (row["basis"], row["facility_id"], row["item"], row["replaces"]) == ("estimated", "s1", "electricity", None)
    assert "2022年度・2023年度" in row["note"]
    assert findings == []


def test_the_median_of_the_years_by_hand():
    # July 650, 1300 / 2 and 700 after scaling: the median is 650.
    odd = a_year(2021, [*SEASON[:3], "700", *SEASON[4:]])
    (row,), _ = estimate([*odd, *history(), *holed()])
    assert row["quantity"] == 650


def test_the_five_nearest_years_are_used_and_no_older_ones():
    old = [row for fy in range(2016, 2019) for row in a_year(fy, [*SEASON[:3], "9999", *SEASON[4:]])]
    near = [row for fy in range(2019, 2024) for row in a_year(fy, SEASON)]
    (row,), _ = estimate([*old, *near, *holed()])
    assert row["quantity"] == 650
    assert row["note"].count("年度・") == 4
    assert "2018" not in row["note"]


def test_a_february_of_a_leap_year_counts_by_the_day():
    rows = [*a_year(2022, ["280"] * 12), *a_year(2023, ["280"] * 12)]
    rows = [row for row in rows if row["start"] != date(2024, 2, 1)]
    (row,), _ = estimate(rows, fys=[2023])
    assert row["quantity"] == 290


def test_the_estimate_has_the_digits_and_the_unit_that_the_item_usually_has():
    years = [a_year(fy, [f"{Decimal(v) / 1000:.3f}" for v in SEASON], unit="千kWh") for fy in (2022, 2023)]
    (row,), _ = estimate([*years[0], *years[1], *holed([f"{Decimal(v) / 1700:.3f}" for v in SEASON], unit="千kWh")])
    assert (row["unit"], row["quantity"].as_tuple().exponent) == ("千kWh", -3)
    assert row["quantity"] == Decimal("0.382")


def test_a_row_without_a_quantity_is_the_one_that_is_replaced():
    year = a_year(2024, SEASON)
    year[3]["quantity"] = None
    (row,), _ = estimate([*history(), *year])
    assert (row["replaces"], row["start"], row["quantity"]) == ("A2024-04", date(2024, 7, 1), 650)


def test_an_estimate_can_be_entered_and_settles_the_checks():
    year = a_year(2024, SEASON)
    year[3]["quantity"] = None
    rows = [*history(), *year]
    before = [dict(row) for row in rows]
    found, _ = estimate(rows)
    assert rows == before
    entered = [*rows, *post.post(rows, found, actor="環境課", now=NOW)]
    view = a_view(entered)
    assert codes(checks.run(view, ["missing_months"])[0].findings) == []
    assert codes(checks.run(view, ["estimates"])[0].findings) == []
    assert estimate(entered) == ([], [])


def test_estimates_do_not_rest_on_estimates():
    rows = [*history(), *holed()]
    for row in rows[:12]:
        row["basis"] = "estimated"
    (row,), _ = estimate(rows)
    assert "2022年度" not in row["note"]
    for row in rows[:24]:
        row["basis"] = "estimated"
    assert codes(estimate(rows)[1]) == ["WE-72"]


def test_without_another_year_or_enough_months_nothing_is_estimated():
    assert [codes(x) if n else x for n, x in enumerate(estimate(holed()))] == [[], ["WE-72"]]
    few = [
        row
        for row in [*history(), *holed()]
        if row["start"] < date(2024, 4, 1) or row["start"].month in (4, 5, 6, 8, 9)
    ]
    rows, findings = estimate(few, today=date(2024, 10, 1))
    assert (rows, codes(findings)) == ([], ["WE-72"])


def test_only_missing_rows_leave_nothing_to_go_by():
    rows = a_year(2024, [None] * 12)
    assert set(codes(estimate(rows)[1])) == {"WE-76"}


def test_bills_by_reading_day_are_estimated_between_the_readings():
    def bill(n, start, end, quantity="310"):
        return a_row(f"R{n}", start, end, quantity)

    days = [date(2022 + n // 12, n % 12 + 1, 15 + n % 3) for n in range(3, 40)]
    rows = [bill(n, str(a), str(b)) for n, (a, b) in enumerate(pairwise(days))]
    gone = next(n for n, row in enumerate(rows) if row["end"].year == 2024 and row["end"].month == 8)
    hole = rows.pop(gone)
    (row,), _ = estimate(rows, today=date(2025, 4, 1))
    assert (row["start"], row["end"]) == (hole["start"], hole["end"])


def test_two_missing_months_in_a_row_are_two_rows():
    rows = [row for row in holed() if row["start"] != date(2024, 8, 1)]
    found, _ = estimate([*history(), *rows])
    assert [(row["start"].month, row["quantity"]) for row in found] == [(7, 650), (8, 600)]


def test_a_meter_and_its_use_are_kept_and_several_uses_are_not_guessed():
    rows = [*history(), *holed()]
    for row in rows:
        row.update(meter_id="m1", item="kerosene", unit="L", use="boiler")
    (row,), _ = estimate(rows)
    assert (row["meter_id"], row["use"], row["unit"]) == ("m1", "boiler", "L")
    rows[0]["use"] = "household"
    assert [codes(x) if n else x for n, x in enumerate(estimate(rows))] == [[], ["WE-71"]]


def test_a_seasonal_month_without_use_is_left_alone():
    oil = ["500"] * 3 + ["0"] * 6 + ["500"] * 3
    rows = [*a_year(2022, oil), *a_year(2023, oil), *holed(oil, month=4)]
    assert gaps(a_view(rows)) == ([], [])


WEATHER = steady_years(2022, 2023, 2024, warmer=0.7)


def heated():
    months = months_of(2022, 2023, 2024)
    values = [one.quantity for one in bills(WEATHER, months, lambda mean: 100 + 5 * max(0.0, 14.3 - mean))]
    rows = [row for fy in (2022, 2023, 2024) for row in a_year(fy)]
    return [{**row, "quantity": value.quantize(Decimal("0.1"))} for row, value in zip(rows, values, strict=True)]


def test_a_month_by_degree_days_is_that_of_its_temperature():
    rows = heated()
    january = rows.pop(-3)
    assert january["start"] == date(2025, 1, 1)
    (row,), findings = estimate(rows, "degree_days", WEATHER)
    assert float(row["quantity"]) == pytest.approx(float(january["quantity"]), abs=0.11)
    assert row["quantity"].as_tuple().exponent == -1
    assert "石狩" in row["note"]
    assert "3PH" in row["note"]
    assert findings == []


def test_use_that_the_temperature_does_not_explain_is_not_estimated_by_it():
    rows = [{**row, "quantity": Decimal(100 + 900 * (n * 7 % 3))} for n, row in enumerate(heated())]
    rows.pop(-3)
    assert [codes(x) if n else x for n, x in enumerate(estimate(rows, "degree_days", WEATHER))] == [[], ["WE-73"]]


def test_a_month_without_temperature_is_not_estimated_by_it():
    rows = heated()
    rows.pop(-3)
    short = type(WEATHER)("石狩", {d: t for d, t in WEATHER.by_day.items() if d < date(2025, 1, 1)})
    assert codes(estimate(rows, "degree_days", short)[1]) == ["WE-74"]


def test_a_negative_result_is_no_estimate():
    months = months_of(2022, 2023, 2024)
    values = [one.quantity for one in bills(WEATHER, months, lambda mean: 60 - 2 * mean)]
    rows = [row for fy in (2022, 2023, 2024) for row in a_year(fy)]
    rows = [{**row, "quantity": value} for row, value in zip(rows, values, strict=True)]
    rows.pop(-3)
    hot = type(WEATHER)(
        "石狩", {d: Decimal(40) if (d.year, d.month) == (2025, 1) else t for d, t in WEATHER.by_day.items()}
    )
    assert [codes(x) if n else x for n, x in enumerate(estimate(rows, "degree_days", hot))] == [[], ["WE-75"]]


def test_degree_days_without_weather_estimate_nothing_and_say_so():
    rows, findings = estimate([*history(), *holed()], "degree_days")
    assert (rows, {finding.code for finding in findings}) == ([], {"WE-77"})
