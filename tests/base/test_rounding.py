from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu import texts
from kotsukotsu.rounding import Rounding, plain, printed, signed, unsigned

NUMBERS = st.decimals(-(10**15), 10**15, places=12)


@pytest.mark.parametrize(
    ("digits", "method", "value", "expected"),
    [
        (0, "half-up", "0.5", "1"),
        (0, "half-up", "-0.5", "-1"),
        (0, "half-up", "2.5", "3"),
        (0, "half-up", "0.49999", "0"),
        (1, "half-up", "3959.9571", "3960.0"),
        (1, "truncate", "3959.9571", "3959.9"),
        (0, "truncate", "-1.9", "-1"),
        (2, "half-up", "1787729.042", "1787729.04"),
        (-1, "half-up", "125", "130"),
        (0, "truncate", "0.999999999", "0"),
    ],
)
def test_a_figure_is_rounded_by_its_rule(digits, method, value, expected):
    assert Rounding(digits=digits, method=method).figure(Decimal(value)) == Decimal(expected)


def test_a_sum_of_rounded_parts_is_not_the_rounded_sum():
    parts = [Decimal("0.4")] * 3
    assert Rounding().total(parts) == 1
    assert Rounding(sum="rounded").total(parts) == 0


@given(st.lists(NUMBERS, max_size=20))
def test_a_total_of_rounded_parts_adds_up_as_it_is_printed(parts):
    rule = Rounding(digits=1, sum="rounded")
    assert rule.total(parts) == sum(rule.figure(part) for part in parts)


@given(NUMBERS)
def test_plain_notation_loses_nothing_and_has_no_exponent(value):
    assert Decimal(plain(value)) == value
    assert "E" not in plain(value).upper()


@pytest.mark.parametrize(("value", "text"), [("1E+3", "1000"), ("1E-9", "0.000000001"), ("-0.0", "0"), ("0E-11", "0")])
def test_plain_notation(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"), [("-1234.5", 0, "△1,235"), ("-0.4", 0, "0"), ("1234567", 1, "1,234,567.0")]
)
def test_printed_as_an_office_prints(value, digits, text):
    assert printed(Decimal(value), digits) == text


@pytest.mark.parametrize(("language", "less"), [("ja", "△1,235"), ("en", "−1,235")])
def test_a_minus_is_that_of_the_language_and_can_be_left_out_or_said_of_more(language, less):
    with texts.speaking(language):
        assert printed(Decimal("-1234.5")) == less
        assert unsigned(less) == "1,235"
        assert (signed(less), signed("3")) == (less, "+3")
