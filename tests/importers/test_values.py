from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu import texts
from kotsukotsu.importers.model import EMPTY, Cell, Reading
from kotsukotsu.importers.values import figure, reading


def text(value: str) -> Reading:
    return reading(Cell(value, "text"))


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("1234", "1234", ""),
        ("１，２３４．５", "1234.5", ""),
        ("1,234kWh", "1234", "kWh"),
        ("123 ㎥", "123", "m3"),
        ("1.5千kWh", "1.5", "千kWh"),
        ("△12", "-12", ""),
        ("▲ 1,200", "-1200", ""),
        ("−3", "-3", ""),
        ("(12)", "-12", ""),
        ("（１２）", "-12", ""),
        ("△(12)", "-12", ""),
        (" 12 ", "12", ""),
        ("+7", "7", ""),
        ("0", "0", ""),
        ("△0", "0", ""),
        ("12円", "12", "円"),
    ],
)
def test_numbers_are_read_as_an_office_writes_them(written: str, value: str, unit: str) -> None:
    found = text(written)
    assert (found.kind, str(found.value), found.unit) == ("number", value, unit)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("", "blank"),
        ("　", "blank"),
        ("-", "not_occurring"),
        ("－", "not_occurring"),
        ("―", "not_occurring"),
        ("ー", "not_occurring"),
        ("使用なし", "not_occurring"),
        ("…", "missing"),
        ("***", "missing"),
        ("x", "missing"),
        ("不明", "missing"),
        ("〃", "repeat"),
        ("同上", "repeat"),
        ("#REF!", "error"),
        ("去年並み", "text"),
        ("1,23", "text"),
        ("1 234", "text"),
        ("12.3.4", "text"),
        ("12個", "text"),
        ("(12", "text"),
    ],
)
def test_what_is_no_number_is_told_apart(written: str, kind: str) -> None:
    assert text(written).kind == kind


def test_blank_zero_dash_and_dots_are_four_things() -> None:
    assert len({text(sign).kind for sign in ("", "0", "-", "…")}) == 4


def test_an_estimate_is_marked() -> None:
    assert [text(sign).estimated for sign in ("約1,200", "1200（推計）", "1200")] == [True, True, False]


def test_a_date_in_a_cell_of_numbers_is_no_number() -> None:
    assert reading(Cell(date(2024, 1, 2), "date")).code == "IM-36"


def test_a_formula_without_result_is_not_blank() -> None:
    assert reading(Cell(None, "uncomputed")).code == "IM-37"
    assert reading(EMPTY).kind == "blank"


def test_a_customer_number_is_no_quantity() -> None:
    assert text("0312345678901234567890").code == "IM-38"


def test_a_unit_in_the_cell_is_converted_for_sums() -> None:
    assert figure(Cell("1.5千kWh", "text"), "kWh") == 1500


@given(st.text(max_size=30))
def test_no_text_is_too_strange(written: str) -> None:
    found = text(written)
    assert (found.value is not None) == (found.kind == "number")
    assert not found.code or found.code in texts.entries()


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_number_comes_back_from_its_printed_form(value: Decimal) -> None:
    printed = f"{abs(value):,}" if value >= 0 else f"△{abs(value):,}"
    assert text(printed).value == value
