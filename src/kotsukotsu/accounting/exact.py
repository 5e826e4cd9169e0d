"""Exact arithmetic: every product and sum keeps all its digits, or stops."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import reduce

_EXACT = Context(prec=240, traps=[Inexact, InvalidOperation])
_QUOTIENT = Context(prec=50)
_OUTPUT = Context(prec=34)
_ZERO, _ONE = Decimal(0), Decimal(1)


def product(*values: Decimal) -> Decimal:
    """The product, with every digit."""
    return reduce(_EXACT.multiply, values, _ONE)


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum, with every digit; the order does not matter."""
    return reduce(_EXACT.add, values, _ZERO)


def difference(one: Decimal, other: Decimal) -> Decimal:
    """The difference, with every digit."""
    return _EXACT.subtract(one, other)


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The quotient to 50 significant digits, for ratios that no finite decimal can hold."""
    return _QUOTIENT.divide(dividend, divisor)


def exact_quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The quotient, with every digit.

    Raises
    ------
    decimal.Inexact
        If it is no finite decimal.
    """
    return _EXACT.divide(dividend, divisor)


def whole(thirds: Decimal) -> Decimal:
    """A third of `thirds`: exact where it is a finite decimal, else to 34 significant digits.

    Heat value x carbon x 44/12 is no finite decimal, so sums are kept as three times the tonnes and divided once,
    here.

    >>> whole(Decimal("6.96")), whole(Decimal("10"))
    (Decimal('2.32'), Decimal('3.333333333333333333333333333333333'))
    """
    return _OUTPUT.divide(thirds, Decimal(3))
