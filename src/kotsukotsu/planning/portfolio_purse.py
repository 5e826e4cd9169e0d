"""Money of a year that is paid in the same way, and what the relaxation says that it is worth.

A programme pays a share of what is spent on its measures, up to its limit, so that what the year pays for them grows
with their price, slowly at first.

Source
------
H. Kellerer, U. Pferschy, D. Pisinger (2004), Knapsack Problems, sections 2.2 and 3.2.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_solver import TINY, Floats

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Purse:
    """Starts of a year whose money is paid in the same way: by a programme in part up to `kink`, nothing beyond.

    Attributes
    ----------
    columns, costs : array
        The starts, and what each costs. [scaled money]
    share : float
        What the programme pays. [1]
    kink : float
        Spending from which on the programme pays no more. [scaled money]
    """

    columns: Places
    costs: Floats
    share: float
    kink: float

    def paid(self, spent: Floats) -> Floats:
        """What the year itself pays. [scaled money]"""
        own: Floats = spent - self.share * np.minimum(spent, self.kink)
        return own

    def limits(self, money: Floats) -> Floats:
        """The most that can be spent where the year itself pays no more than this. [scaled money]"""
        most: Floats = money + self.share * self.kink
        return most if self.share == 1 else np.minimum(money / (1 - self.share), most)


class Offers:
    """The starts of a purse at one worth of each; those worth nothing take no part.

    Attributes
    ----------
    columns, worth, costs : array
        Of the starts, those worth most for each unit of money first.
    """

    def __init__(self, purse: Purse, worths: Floats) -> None:
        self.purse = purse
        worth = worths[purse.columns]
        part = np.flatnonzero(worth > TINY)
        ranks = -worth[part] / np.maximum(purse.costs[part], TINY)
        order = np.argsort(ranks, kind="stable")
        part = part[order]
        self.columns, self.worth, self.costs = purse.columns[part], worth[part], purse.costs[part]
        self.ranks: list[float] = ranks[order].tolist()
        self.spent: list[float] = [0.0, *np.cumsum(self.costs).tolist()]

    def paid_at(self, rate: float) -> float:
        """What the year pays for all that is worth its money. [scaled money]

        Parameters
        ----------
        rate : float
            What one unit of the year's money is worth.
        """
        purse = self.purse
        spent = min(max(purse.kink, self._up_to(rate)), self._up_to(rate * (1 - purse.share)))
        return spent - purse.share * min(spent, purse.kink)

    def price_at(self, rate: float) -> float:
        """What one unit spent from the purse is worth where one unit of the year's money is worth so much."""
        helped = rate * (1 - self.purse.share)
        if self._up_to(helped) <= self.purse.kink:
            return helped
        if self._up_to(rate) >= self.purse.kink:
            return rate
        last = bisect_left(self.spent, self.purse.kink) - 1
        return min(rate, max(helped, -self.ranks[last]))

    def relaxed(self, rate: float) -> float:
        """The most that can be had beyond what the year pays at this rate, were parts of starts allowed."""
        price = self.price_at(rate)
        beyond = (price - rate * (1 - self.purse.share)) * self.purse.kink
        return float(np.maximum(self.worth - price * self.costs, 0.0).sum()) + beyond

    def _up_to(self, rate: float) -> float:
        """Money for all that is worth more than this for each unit of it."""
        return self.spent[bisect_left(self.ranks, -rate)]
