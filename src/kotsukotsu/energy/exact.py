"""From half-hours, which are floating numbers, to the decimal of a meter or a bill."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
DIGITS = 6  # of a kWh: meters give three or fewer


def total(values: Values | Iterable[float]) -> Decimal:
    """The sum of half-hours. [kWh]

    `math.fsum` rounds the true sum once, so that a sum of readings with at most six decimals is exact.

    >>> total([0.1] * 10)
    Decimal('1')
    """
    return decimal(math.fsum(values))


def decimal(value: float) -> Decimal:
    """A number to the millionth, without trailing zeros.

    >>> decimal(0.1 + 0.2)
    Decimal('0.3')
    """
    rounded = round(Decimal(value), DIGITS)
    text = format(rounded, "f").rstrip("0").rstrip(".")
    return Decimal("0" if text in ("", "-0") else text)
