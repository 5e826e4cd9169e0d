"""Whole columns: exact, and no two rows mistaken for one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from kotsukotsu.accounting.columns import QUANTITY, Coded, products, totals


def quantities(*values):
    return pa.chunked_array([pa.array([Decimal(value) for value in values], QUANTITY)])


def test_rows_share_a_number_where_all_columns_are_the_same():
    table = pa.table({"a": ["x", "x", "y", None, ""], "b": [1, 2, 1, 1, 1]})
    numbers = Coded(table, ("a", "b")).together(("a", "b")).tolist()
    assert len(set(numbers[:4])) == 4
    assert numbers[3] == numbers[4]


def test_more_combinations_than_there_are_numbers_stop():
    table = pa.table({name: list(range(70_000)) for name in "abcd"})
    with pytest.raises(OverflowError):
        Coded(table, tuple("abcd")).together(tuple("abcd"))


def test_a_product_keeps_every_digit():
    factor = Decimal("0.1234567890123456789012345678901234567")
    found = products(quantities("99999999999999999999999999999999.999999"), [factor], np.array([0]))
    expected = int("99999999999999999999999999999999999999") * int("1234567890123456789012345678901234567")
    assert found.to_pylist()[0].as_tuple().digits == Decimal(expected).as_tuple().digits


def test_a_factor_with_more_digits_is_an_error_and_not_rounded():
    with pytest.raises(pa.ArrowInvalid):
        products(quantities("1"), [Decimal("1." + "1" * 37)], np.array([0]))


def test_totals_name_one_row_of_each_group():
    rows, sums = totals(quantities("1", "2", "-0.000001"), np.array([7, 3, 7]), np.array([10, 11, 12]))
    assert dict(zip(rows.to_pylist(), sums.to_pylist(), strict=True)) == {10: Decimal("0.999999"), 11: Decimal(2)}


def test_totals_of_groups_of_one_are_their_values():
    rows, sums = totals(quantities("1", "2"), np.array([7, 3]), np.array([10, 11]))
    assert dict(zip(rows.to_pylist(), sums.to_pylist(), strict=True)) == {10: Decimal(1), 11: Decimal(2)}
