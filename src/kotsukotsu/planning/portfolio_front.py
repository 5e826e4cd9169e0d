"""The most that one purse of a year can buy for each sum.

Starts by which a choice would lose too much beside the relaxation are taken or left; a table holds what can be had from
the others.

Source
------
H. Kellerer, U. Pferschy, D. Pisinger (2004), Knapsack Problems, sections 2.3 and 5.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_purse import Offers, Places, Purse
from kotsukotsu.planning.portfolio_solver import TINY, Floats

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Front:
    """Sums that buy more than any smaller one, what the year pays for them and what they are worth.

    Attributes
    ----------
    sums : array of int
        Spent beyond what is spent in any case, in steps.
    spent, unit : float
        What is spent in any case, and the step. [scaled money]
    most : array
        The most that can be had for each number of steps.
    sure, core : array of int
        Starts that are taken in any case, and those that the table chooses from.
    """

    purse: Purse
    paid: Floats
    worth: Floats
    sums: Places
    spent: float
    unit: float
    most: Floats
    sure: Places
    core: Places
    cells: Places
    taken: Flags

    @classmethod
    def of(cls, offers: Offers, rate: float, allowed: float, unit: float, budget: float) -> Front | None:
        """The front of a purse; None where the year cannot pay what must be taken.

        Parameters
        ----------
        rate : float
            What one unit of the year's money is worth.
        allowed : float
            The most that a choice may lose beside the relaxation.
        unit : float
            The step of the sums, to which prices are rounded down. [scaled money]
        budget : float
            What the year can pay. [scaled money]
        """
        purse, margins = offers.purse, offers.worth - offers.price_at(rate) * offers.costs
        sure = margins > allowed
        core = np.flatnonzero(~sure & (margins >= -allowed))
        # The cheap ones first: as long as little can be spent, the table is short.
        core = core[np.argsort(offers.costs[core], kind="stable")]
        spent = float(offers.costs[sure].sum())
        left = float(purse.limits(np.array([budget]))[0]) - spent
        if left < 0:
            return None
        cells = np.floor(offers.costs[core] / unit * (1 - TINY)).astype(np.int64)
        most, taken = table(cells, offers.worth[core], min(int(left / unit), int(cells.sum())) + 1)
        most += float(offers.worth[sure].sum())
        sums = np.concatenate(([0], np.flatnonzero(np.diff(most) > 0) + 1))
        paid = purse.paid(spent + unit * sums)
        columns = offers.columns
        return cls(purse, paid, most[sums], sums, spent, unit, most, columns[sure], columns[core], cells, taken)

    def affordable(self, money: Floats) -> Places:
        """The steps that the year can pay with so much money; -1 where it cannot even pay what is spent in any case."""
        steps = np.floor((self.purse.limits(money) - self.spent) / self.unit + TINY)
        return np.clip(steps, -1, len(self.most) - 1).astype(np.int64)

    def bought(self, steps: int) -> Places:
        """The starts behind a number of steps."""
        found = np.zeros(len(self.core), dtype=bool)
        for item in range(len(self.core) - 1, -1, -1):
            if self.taken[item, steps]:
                found[item] = True
                steps -= int(self.cells[item])
        return np.concatenate((self.sure, self.core[found]))


def table(cells: Places, worth: Floats, size: int) -> tuple[Floats, Flags]:
    """The most that can be had for each number of cells, and whether each item is in what reaches it."""
    top = 0
    most, taken = np.zeros(size), np.zeros((len(cells), size), dtype=bool)
    for item, (need, gain) in enumerate(zip(cells.tolist(), worth.tolist(), strict=True)):
        if need >= size:
            continue
        top = min(size - 1, top + need)
        with_it = most[: top + 1 - need] + gain
        np.greater(with_it, most[need : top + 1], out=taken[item, need : top + 1])
        np.maximum(with_it, most[need : top + 1], out=most[need : top + 1])
        taken[item, top + 1 :] = taken[item, top]
        most[top + 1 :] = most[top]
    return most, taken
