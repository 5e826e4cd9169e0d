"""Student's t for whole degrees of freedom, by its finite sums.

Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
"""

from __future__ import annotations

from math import atan, cos, pi, sin, sqrt


def within(t: float, freedom: int) -> float:
    """Probability that a value lies between -t and t. [1]

    >>> round(within(1.0, 1), 6), round(within(2.228, 10), 3)
    (0.5, 0.95)
    """
    angle = atan(t / sqrt(freedom))
    square = cos(angle) ** 2
    if freedom % 2 == 0:
        return sin(angle) * _series(1.0, 2, freedom, square)
    if freedom == 1:
        return 2 * angle / pi
    return 2 / pi * (angle + sin(angle) * _series(cos(angle), 3, freedom, square))


def _series(term: float, first: int, freedom: int, square: float) -> float:
    total = term
    for k in range(first, freedom, 2):
        term *= square * (k - 1) / k
        total += term
    return total


def quantile(confidence: float, freedom: int) -> float:
    """The t that holds a share of the distribution between -t and t. [1]

    Parameters
    ----------
    confidence : float
        Between 0 and 1, for example 0.9.
    freedom : int
        Degrees of freedom, at least 1.

    Raises
    ------
    ValueError
        If one of them is out of its range.

    Examples
    --------
    >>> round(quantile(0.9, 10), 3), round(quantile(0.95, 9), 3)
    (1.812, 2.262)
    """
    if not 0 < confidence < 1 or freedom < 1:
        raise ValueError(confidence, freedom)
    low, high = 0.0, 1.0
    while within(high, freedom) < confidence:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle, freedom) < confidence else (low, middle)
    return high
