"""Printed figures as the numbers they may stand for, and arithmetic on them.

A figure printed as 27.3 stands for every number from 27.25 up to, not with, 27.35. The office rounds away from zero,
so a negative figure is the mirror image and 0 stands for what lies strictly between −0.5 and 0.5. Arithmetic keeps
which ends belong to the result; figures are taken as independent, so the result never leaves out a possible number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

HALF = Fraction(1, 2)
Bound = tuple[Fraction, bool]  # a number, and whether it belongs to the interval


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends; each end belongs to it or not."""

    low: Fraction
    high: Fraction
    with_low: bool = True
    with_high: bool = True

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low, self.high + other.high,
            self.with_low and other.with_low, self.with_high and other.with_high,
        )  # fmt: skip

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.with_high, self.with_low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        return _hull(
            (one * two, (a and b) or (not one and a) or (not two and b))
            for one, a in ((self.low, self.with_low), (self.high, self.with_high))
            for two, b in ((other.low, other.with_low), (other.high, other.with_high))
        )

    def inverse(self) -> Interval | None:
        """One over it; None if it holds zero or touches it."""
        if self.low <= 0 <= self.high:
            return None
        return Interval(1 / self.high, 1 / self.low, self.with_high, self.with_low)

    def meets(self, other: Interval) -> bool:
        """Whether one number belongs to both."""
        low = max((self.low, not self.with_low), (other.low, not other.with_low))
        high = min((self.high, self.with_high), (other.high, other.with_high))
        return low[0] < high[0] or (low[0] == high[0] and not low[1] and high[1])


def _hull(bounds: Iterable[Bound]) -> Interval:
    found = list(bounds)
    low, high = min(value for value, _ in found), max(value for value, _ in found)
    return Interval(
        low, high, any(closed for value, closed in found if value == low),
        any(closed for value, closed in found if value == high),
    )  # fmt: skip


def exactly(value: Decimal | Fraction | int) -> Interval:
    """A number that was decided, not rounded."""
    return Interval(Fraction(value), Fraction(value))


def printed_as(value: Decimal) -> Interval:
    """What a printed figure may stand for.

    >>> found = printed_as(Decimal("27.3"))
    >>> float(found.low), float(found.high), found.with_low, found.with_high
    (27.25, 27.35, True, False)
    """
    half, number = _unit(value) * HALF, Fraction(value)
    return Interval(number - half, number + half, value > 0, value < 0)


def rounded_as(value: Fraction, printed: Decimal) -> Decimal:
    """A number at the digits of a printed figure, halves away from zero.

    >>> rounded_as(Fraction(-25, 2), Decimal("-12")), rounded_as(Fraction(1, 3), Decimal("0.33"))
    (Decimal('-13'), Decimal('0.33'))
    """
    units = int(abs(value) / _unit(printed) + HALF)
    return (units if value >= 0 else -units) * Decimal(1).scaleb(int(printed.as_tuple().exponent))


def _unit(value: Decimal) -> Fraction:
    """One of the last printed digit."""
    return Fraction(10) ** int(value.as_tuple().exponent)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum."""
    result = exactly(0)
    for part in parts:
        result += part
    return result
