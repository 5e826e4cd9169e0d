"""Outliers and shifts of a city's facilities, explained or not."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.analysis.anomaly import explanation, monthly, unusual
from kotsukotsu.findings import Finding
from kotsukotsu.periods import Month
from tests.ledger.conftest import a_row, a_view, a_year

SEASON = (900, 800, 700, 650, 600, 700, 850, 1000, 1200, 1300, 1250, 1100)
ALL = range(2018, 2025)


def rows(factor=lambda fy, month: 1.0, years=ALL, **more):
    return [
        row
        for fy in years
        for row in a_year(
            fy, [str(round(v * factor(fy, n) * (1 + (fy * 7 + n * 3) % 5 / 100))) for n, v in enumerate(SEASON)], **more
        )
    ]


def said(fy, facility="s1", item="electricity", text="空調を更新した"):
    return {"facility_id": facility, "item": item, "fiscal_year": fy, "text": text}


def lowered(fy, month):
    return 0.7 if fy >= 2022 else 1.0


def test_a_steady_facility_has_nothing_unusual():
    assert unusual(a_view(rows(), fys=ALL)) == ([], [])


def test_a_new_level_is_found_in_its_first_month_and_asks_for_a_reason():
    found, _ = unusual(a_view(rows(lowered), fys=ALL))
    (shift,) = [one for one in found if one.kind == "shift"]
    assert (shift.month, shift.fiscal_year, shift.explanation) == (Month(2022, 4), 2022, None)
    assert (shift.finding.code, shift.finding.severity) == ("WE-60", "warning")
    assert "2022年4月" in shift.finding.message("ja")
    assert shift.value < 0.8 * shift.expected


def test_an_explained_level_is_a_note_with_its_explanation():
    for row in (said(2022), said(2022, facility=None), said(2022, item=None)):
        found, _ = unusual(a_view(rows(lowered), fys=ALL, explanations=[row]))
        (shift,) = [one for one in found if one.kind == "shift"]
        assert (shift.finding.code, shift.explanation) == ("WE-61", "空調を更新した")


def test_an_explanation_of_another_year_facility_or_item_explains_nothing():
    for row in (said(2021), said(2022, facility="s2"), said(2022, item="lpg")):
        found, _ = unusual(a_view(rows(lowered), fys=ALL, explanations=[row]))
        assert [one.finding.code for one in found if one.kind == "shift"] == ["WE-60"]


def test_a_level_of_another_year_than_those_looked_at_is_not_named():
    assert [one for one in unusual(a_view(rows(lowered), fys=[2024]))[0] if one.kind == "shift"] == []


def with_outlier():
    given = rows()
    given[-6]["quantity"] = Decimal(4000)
    return given


def test_an_outlier_is_that_of_the_check_and_is_no_shift():
    (found,), _ = unusual(a_view(with_outlier(), fys=ALL))
    assert (found.kind, found.month, found.value, found.finding.code) == ("outlier", Month(2024, 10), 4000, "C-07")
    assert 800 < found.expected < 900


def test_an_explained_outlier_keeps_its_explanation():
    (found,), _ = unusual(a_view(with_outlier(), fys=ALL, explanations=[said(2024, text="避難所とした")]))
    assert (found.finding.code, found.explanation) == ("C-08", "避難所とした")


def test_facilities_are_looked_at_one_by_one_and_in_order():
    both = [*rows(lowered, facility_id="s2", prefix="B"), *with_outlier()]
    found, _ = unusual(a_view(both, fys=ALL))
    assert [one.bill[0] for one in found if one.kind == "outlier" and one.bill[0] == "s1"] == ["s1"]
    assert [one.bill[0] for one in found if one.kind == "shift"] == ["s2"]
    assert found == unusual(a_view(both[::-1], fys=ALL))[0]


def test_a_short_series_is_not_searched_and_that_is_said():
    found, (finding,) = unusual(a_view(rows(years=[2024])[:11], fys=[2024]))
    assert (found, finding.code, finding.data["count"]) == ([], "WE-62", 1)


def test_without_rows_nothing_was_looked_at():
    found, (finding,) = unusual(a_view([], fys=[2024]))
    assert (found, finding.code) == ([], "C-92")
    assert isinstance(finding, Finding)


def test_only_measured_months_count():
    given = a_year(2024)
    given[0]["quantity"] = None
    given[1]["basis"] = "estimated"
    given[2].update(basis="not_occurring", quantity=None)
    view = a_view([*given, a_row("q", "2025-04-01", "2025-07-01", "300")])
    (entries,) = view.by_bill.values()
    assert [str(Month.at(index)) for index in monthly(entries)] == [f"2024-{n:02d}" for n in range(7, 13)] + [
        "2025-01", "2025-02", "2025-03",
    ]  # fmt: skip
    assert monthly(entries)[Month(2024, 7).index] == 100 / 31


def test_two_explanations_of_a_year_are_both_kept():
    view = a_view(rows(), explanations=[said(2024, text="一つ。"), said(2024, item=None, text="二つ。")])
    assert explanation(view, "s1", "electricity", 2024) == "一つ。 二つ。"
    assert explanation(view, "s1", "electricity", 2023) is None
