"""Five states, told apart in a row, in a cell of several rows and over a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.ledger.states import by_month, cells, combined, months_of, state
from kotsukotsu.periods import FiscalYear, Month


@pytest.mark.parametrize(
    ("quantity", "basis", "expected"),
    [
        (None, "measured", "missing"),
        (None, "estimated", "missing"),
        (None, "not_occurring", "not_occurring"),
        (Decimal(0), "measured", "zero"),
        (Decimal("0.000000"), "measured", "zero"),
        (Decimal(0), "estimated", "estimated"),
        (Decimal(5), "estimated", "estimated"),
        (Decimal(5), "measured", "measured"),
        (Decimal(-5), "measured", "measured"),
    ],
)
def test_state_of_a_row(row, quantity, basis, expected):
    assert state({**row("A", "2024-04-01", "2024-05-01"), "quantity": quantity, "basis": basis}) == expected


def test_no_row_is_missing():
    assert (state(None), combined([])) == ("missing", "missing")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["measured", "missing"], "missing"),
        (["measured", "estimated"], "estimated"),
        (["zero", "measured"], "measured"),
        (["not_occurring", "zero"], "zero"),
        (["not_occurring", "not_occurring"], "not_occurring"),
    ],
)
def test_a_value_never_covers_a_doubt(states, expected):
    assert combined(states) == combined(states[::-1]) == expected


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-04-01", "2024-05-01", ["2024-04"]),
        ("2024-03-15", "2024-04-15", ["2024-04"]),
        ("2024-04-10", "2024-06-10", ["2024-05", "2024-06"]),
        ("2024-04-10", "2024-04-20", ["2024-04"]),
        ("2024-04-02", "2024-05-01", ["2024-04"]),
        ("2024-12-31", "2025-01-02", ["2025-01"]),
    ],
)
def test_months_that_a_bill_answers_for(start, end, months):
    found = months_of(date.fromisoformat(start), date.fromisoformat(end))
    assert [str(Month.at(index)) for index in found] == months


def test_the_first_bill_answers_for_the_month_in_which_it_begins():
    pieces = [(date(2024, 4, 5), date(2024, 5, 5), "measured"), (date(2024, 5, 5), date(2024, 6, 5), "zero")]
    expected = {
        Month(2024, 4).index: "measured",
        Month(2024, 5).index: "measured",
        Month(2024, 6).index: "zero",
    }
    assert by_month(pieces) == by_month(pieces[::-1]) == expected


def test_cells_of_a_year(year, row):
    rows = year(2024, ["5", "0", None, "7", "7"])
    rows[3].update(basis="estimated")
    rows[4].update(basis="not_occurring", quantity=None)
    rows += [
        row("B", "2024-09-01", "2025-04-01", facility_id="s2"),
        row("C", "2024-09-01", "2025-04-01", item="lpg"),
    ]
    found = list(cells(rows, "s1", "electricity", FiscalYear(2024)).values())
    assert found == ["measured", "zero", "missing", "estimated", "not_occurring", *["missing"] * 7]


def test_a_yearly_zero_is_zero_in_every_month(row):
    found = cells([row("Y", "2024-04-01", "2025-04-01", "0")], "s1", "electricity", FiscalYear(2024))
    assert set(found.values()) == {"zero"}


def test_a_blank_of_one_meter_is_not_covered_by_another(year):
    rows = [*year(2024, meter_id="m1"), *year(2024, [None], prefix="B", meter_id="m2")]
    found = cells(rows, "s1", "electricity", FiscalYear(2024))
    assert (found[Month(2024, 4)], found[Month(2024, 5)]) == ("missing", "measured")
