"""The forms of the change-point regressions, and billing periods as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Basis = Literal["degree_days", "mean"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the regression.

    Attributes
    ----------
    terms : tuple of str
        ``linear``, ``heating`` (degrees below a balance point), ``cooling`` (degrees above one).
    balances : int
        Number of balance points.
    signed : bool
        Whether slopes must be positive: use rises as it gets colder or warmer.
    """

    name: str
    terms: tuple[str, ...]
    balances: int
    signed: bool

    @property
    def parameters(self) -> int:
        """Coefficients and balance points."""
        return 1 + len(self.terms) + self.balances


FORMS = (
    Form("1P", (), 0, signed=False),
    Form("2P", ("linear",), 0, signed=False),
    Form("3PH", ("heating",), 1, signed=True),
    Form("3PC", ("cooling",), 1, signed=True),
    Form("4P", ("heating", "cooling"), 1, signed=False),
    Form("5P", ("heating", "cooling"), 2, signed=True),
)


@dataclass(frozen=True)
class Points:
    """Periods as numbers: use per day, the temperatures of each, and its weight.

    Attributes
    ----------
    use : array (periods,)
        Use per day. [unit/d]
    temperatures, shares : array (periods, values)
        Temperatures [°C] and the share of the period that each stands for; shares add up to 1.
    weights : array (periods,)
        Days, scaled to a mean of 1.
    """

    use: Array
    temperatures: Array
    shares: Array
    weights: Array
    basis: Basis

    @cached_property
    def means(self) -> Array:
        """Mean temperature of each period. [°C]"""
        return np.asarray((self.temperatures * self.shares).sum(axis=1))

    @cached_property
    def periods(self) -> tuple[bytes, ...]:
        """Equal for the same periods in the same weather, whatever was used in them."""
        return (*(each.tobytes() for each in (self.temperatures, self.shares, self.weights)), self.basis.encode())


def points(
    use: Sequence[float], temperatures: Sequence[Sequence[float]], days: Sequence[int], basis: Basis = "degree_days"
) -> Points:
    """Periods as numbers.

    Parameters
    ----------
    use : sequence of float
        Use per day of each period. [unit/d]
    temperatures : sequence of sequences of float
        Daily means within each period. [°C]
    days : sequence of int
        Length of each period. [d]
    basis : str
        ``degree_days``: degrees below or above a balance point are counted day by day (variable-base degree days);
        ``mean``: from the mean temperature of the period.
    """
    found = [[sum(t) / len(t)] for t in temperatures] if basis == "mean" else temperatures
    padded, shares = np.zeros((len(use), max(map(len, found)))), np.zeros((len(use), max(map(len, found))))
    for row, values in enumerate(found):
        padded[row, : len(values)] = values
        shares[row, : len(values)] = 1 / len(values)
    weights = np.asarray(days, dtype=np.float64)
    return Points(np.asarray(use, dtype=np.float64), padded, shares, weights / weights.mean(), basis)
