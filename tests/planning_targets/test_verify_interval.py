"""What a printed figure stands for, and arithmetic that leaves no possible number out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.planning.verify_interval import Interval, exactly, printed_as, rounded_as

NUMBERS = st.decimals(-1000, 1000, places=4)
PLACES = st.integers(0, 2)


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def holds(interval, value):
    return interval.meets(exactly(value))


def test_a_half_up_belongs_to_the_next_figure():
    assert holds(printed_as(Decimal(27)), Decimal("26.5"))
    assert not holds(printed_as(Decimal(27)), Decimal("27.5"))


def test_a_negative_figure_is_the_mirror_image():
    assert holds(printed_as(Decimal(-27)), Decimal("-26.5"))
    assert not holds(printed_as(Decimal(-27)), Decimal("-27.5"))


def test_zero_stands_for_less_than_half():
    assert holds(printed_as(Decimal(0)), Decimal("-0.4"))
    assert not holds(printed_as(Decimal(0)), Decimal("0.5"))


def test_intervals_that_only_touch_do_not_meet_unless_both_ends_belong():
    left, right = Interval(Fraction(0), Fraction(1)), Interval(Fraction(1), Fraction(2))
    assert left.meets(right)
    assert not Interval(Fraction(0), Fraction(1), with_high=False).meets(right)
    assert right.meets(left)
    assert not right.meets(Interval(Fraction(0), Fraction(1), with_high=False))


def test_nothing_is_divided_by_what_may_be_zero():
    assert printed_as(Decimal(0)).inverse() is None
    assert printed_as(Decimal("0.1")).inverse() is not None


@given(NUMBERS, PLACES)
def test_a_number_belongs_to_its_own_figure_and_rounds_to_it(value, places):
    figure = rounded(value, places)
    assert holds(printed_as(figure), value)
    assert rounded_as(Fraction(value), figure) == figure


@given(NUMBERS, NUMBERS, PLACES, PLACES)
def test_arithmetic_on_figures_holds_the_result_of_the_numbers(one, other, places, more):
    left, right = printed_as(rounded(one, places)), printed_as(rounded(other, more))
    assert holds(left + right, Fraction(one) + Fraction(other))
    assert holds(left - right, Fraction(one) - Fraction(other))
    assert holds(left * right, Fraction(one) * Fraction(other))
    inverse = right.inverse()
    if inverse is not None:
        assert holds(left * inverse, Fraction(one) / Fraction(other))
