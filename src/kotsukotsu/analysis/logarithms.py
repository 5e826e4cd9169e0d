"""The logarithmic mean with its limits, to 50 significant digits."""

from __future__ import annotations

from decimal import Context, Decimal

CONTEXT = Context(prec=50)
ZERO, TWO = Decimal(0), Decimal(2)
NEAR = Decimal("1E-20")  # below this relative difference the arithmetic mean is the logarithmic one to 40 digits


def log_ratio(after: Decimal, before: Decimal) -> Decimal:
    """ln(after / before) of two positive numbers. [1]

    >>> log_ratio(Decimal(5), Decimal(5))
    Decimal('0')
    """
    return ZERO if after == before else CONTEXT.ln(CONTEXT.divide(after, before))


def log_mean(one: Decimal, other: Decimal) -> Decimal:
    """The logarithmic mean (a - b) / ln(a / b) of two numbers that are not negative. [unit of both]

    Its limits: L(a, a) = a and L(a, 0) = 0.

    References
    ----------
    Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33, 867-871.

    Examples
    --------
    >>> log_mean(Decimal(8), Decimal(8)), log_mean(Decimal(8), Decimal(0))
    (Decimal('8'), Decimal('0'))
    >>> round(log_mean(Decimal(2), Decimal(1)), 6)
    Decimal('1.442695')
    """
    if not one or not other:
        return ZERO
    difference = CONTEXT.subtract(one, other)
    if abs(difference) <= CONTEXT.multiply(NEAR, other):
        return CONTEXT.divide(CONTEXT.add(one, other), TWO)
    return CONTEXT.divide(difference, log_ratio(one, other))
