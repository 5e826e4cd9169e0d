"""Missing, zero, not occurring and estimated are four different things."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.accounting.completeness import completeness


def codes(result):
    return sorted(finding.code for finding in completeness(result))


def with_row(town, quantity, **more):
    town.year("kerosene", 2013, 1000, use="boiler")
    town.month("gasoline", "2013-04", quantity, **more)
    return town.inventory(2013)


def gasoline(result):
    return [(row.quantity, row.tonnes_co2e) for row in result.rows(("item",)) if row.keys["item"] == "gasoline"]


def test_a_missing_quantity_is_no_line_and_is_said(town):
    result = with_row(town, None)
    assert (gasoline(result), codes(result)) == ([], ["A-15"])


def test_zero_is_a_line_of_zero(town):
    result = with_row(town, 0)
    assert (gasoline(result), codes(result)) == ([(0, 0)], [])


def test_not_occurring_is_no_line_and_complete(town):
    result = with_row(town, None, basis="not_occurring")
    assert (gasoline(result), codes(result)) == ([], [])


def test_an_estimate_counts_and_is_said(town):
    result = with_row(town, 100, basis="estimated")
    assert (gasoline(result), codes(result)) == ([(100, Decimal("0.232"))], ["A-16"])
    assert [row.has_estimates for row in result.rows(("item",))] == [True, False]


def test_a_missing_estimate_is_missing(town):
    assert "A-15" in codes(with_row(town, None, basis="estimated"))


def test_a_missing_row_beside_others_is_counted_out_of_them(town):
    town.month("gasoline", "2013-05", 100)
    result = with_row(town, None)
    assert gasoline(result) == [(100, Decimal("0.232"))]
    finding = next(finding for finding in completeness(result) if finding.code == "A-15")
    assert finding.data["rows"] == 1


def test_a_row_that_says_no_use_and_gives_a_quantity_is_refused(town):
    town.year("kerosene", 2013, 1000)
    town.month("gasoline", "2013-04", 5, basis="not_occurring")
    assert town.problems(2013) == ["C-31"]


def test_a_year_of_missing_rows_only_has_no_total(town):
    town.year("gasoline", 2013, None)
    assert town.problems(2013) == ["A-20"]


def test_a_fuel_without_a_use_is_co2_only_and_said(town):
    town.year("lpg", 2013, 1000)
    result = town.inventory(2013)
    assert [row.gas for row in result.rows(("gas",))] == ["CO2"]
    assert codes(result) == ["A-17"]


def test_rows_of_an_unknown_facility_are_in_the_total_and_said(town):
    result = with_row(town, 100, facility_id="f99")
    assert (codes(result), result.total) == (["A-23"], Decimal("2.722"))
