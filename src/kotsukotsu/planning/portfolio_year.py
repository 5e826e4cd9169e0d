"""The choice within one year, solved by tables over money: what is worth most within its budget and subsidies.

A programme pays a share of what is spent on its measures, up to its limit, so that what the year pays for them grows
with their price, slowly at first. For each way of being paid a table holds the most that can be had for each sum; the
tables are joined under the budget.

Source
------
H. Kellerer, U. Pferschy, D. Pisinger (2004), Knapsack Problems, sections 2.3 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_rows import Programming
from kotsukotsu.planning.portfolio_solver import TINY, Floats

# Parts into which the money of a year is divided; prices are rounded down to them, so that no choice is lost.
CELLS = 30_000
# Points of each table with which the first choice is made, and pairs of points from which on only a bound is given.
FEW, MANY = 30, 4_000_000
# Choices told beside the best: those that come next to it.
NEXT = 2
# Halvings of the interval in which the worth of money lies, and its first width.
HALVINGS, WIDER = 9, 1.5
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The most that a year's starts can be worth [of the worths given], never too little, and starts that reach it.

    Attributes
    ----------
    next : tuple of arrays
        Other starts that are worth nearly as much together.
    """

    worth: float
    columns: Places
    next: tuple[Places, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """Points of a table: for each sum that buys more than any smaller one, what the year pays and what it is worth."""

    sums: Places
    paid: Floats
    worth: Floats
    columns: Places
    cells: Places
    taken: Flags

    def bought(self, point: int) -> list[int]:
        """The starts behind a point."""
        left, found = int(self.sums[point]), []
        for item in range(len(self.columns) - 1, -1, -1):
            if self.taken[item, left]:
                found.append(int(self.columns[item]))
                left -= int(self.cells[item])
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Starts that are paid in the same way; `paid` is what the year pays for each number of cells. [scaled money]"""

    columns: Places
    cells: Places
    paid: Floats

    def front(self, worths: Floats) -> Front:
        """The table for these worths of all columns; starts worth nothing take no part."""
        worth = worths[self.columns]
        part = (worth > TINY) & (self.cells < len(self.paid))
        columns, cells, worth = self.columns[part], self.cells[part], worth[part]
        order = np.argsort(-worth / np.maximum(cells, 1), kind="stable")
        columns, cells, worth = columns[order], cells[order], worth[order]
        most, taken = self._table(cells, worth)
        sums = np.concatenate(([0], np.flatnonzero(np.diff(most) > 0) + 1))
        return Front(sums, self.paid[sums], most[sums], columns, cells, taken)

    def _table(self, cells: Places, worth: Floats) -> tuple[Floats, Flags]:
        size, top = len(self.paid), 0
        most, taken = np.zeros(size), np.zeros((len(cells), size), dtype=bool)
        for item, (need, gain) in enumerate(zip(cells.tolist(), worth.tolist(), strict=True)):
            top = min(size - 1, top + need)
            with_it = most[: top + 1 - need] + gain
            np.greater(with_it, most[need : top + 1], out=taken[item, need : top + 1])
            np.maximum(with_it, most[need : top + 1], out=most[need : top + 1])
            taken[item, top + 1 :] = taken[item, top]
            most[top + 1 :] = most[top]
        return most, taken


class YearlyChoice:
    """The choice of one year of a programme, for worths that change."""

    def __init__(self, programme: Programming, year: int) -> None:
        problem = programme.problem
        self.budget = programme.money(problem.budgets[year]) * (1 + TINY)
        paying = {each.key: each for each in problem.programmes}
        limits = {key: programme.money(each.limits[year]) for key, each in paying.items()}
        unit = max(self.budget + sum(limits.values()), TINY) / CELLS
        grid = np.arange(CELLS + 1) * unit
        members: dict[str | None, list[int]] = {}
        for column, start in enumerate(programme.starts):
            if start.year == year:
                key = start.option.programme
                members.setdefault(key if key in paying else None, []).append(column)
        self.groups = []
        for key, columns in members.items():
            helped = 0.0 if key is None else np.minimum(limits[key], float(paying[key].rate) * grid)
            paid: Floats = grid - helped
            prices = [programme.money(programme.starts[column].option.price(year)) for column in columns]
            cells = np.floor(np.array(prices) / unit * (1 - TINY)).astype(np.int64)
            self.groups.append(Group(np.array(columns), cells, paid[paid <= self.budget]))
        self.rate = 1.0

    def best(self, worths: Floats) -> Chosen:
        """The choice that is worth most.

        Parameters
        ----------
        worths : array
            Of every column of the programme; columns of other years are not looked at.
        """
        fronts = sorted((group.front(worths) for group in self.groups), key=lambda each: len(each.sums))
        if not fronts:
            return Chosen(0.0, np.empty(0, dtype=np.int64))
        self.rate = self._rate(fronts)
        tops = [float(np.max(each.worth - self.rate * each.paid)) for each in fronts]
        losses = [top - (each.worth - self.rate * each.paid) for top, each in zip(tops, fronts, strict=True)]
        most = sum(tops) + self.rate * self.budget
        near = [np.argsort(loss)[:FEW] for loss in losses[:-1]]
        worth, points = self._joined(fronts, losses, near, np.inf)
        gap = most - worth + TINY
        near = [np.flatnonzero(loss <= gap) for loss in losses[:-1]]
        if np.prod([float(len(each)) for each in near]) > MANY:
            return self._chosen(most, fronts, points)
        better = self._joined(fronts, losses, near, gap)
        worth, points = max(better, (worth, points), key=lambda each: each[0])
        return self._chosen(worth, fronts, points)

    def lost(self, worths: Floats) -> tuple[Places, Floats]:
        """The year's starts, and what each lacks to be worth what the year would pay for it beside its best choice."""
        chosen = self.best(worths).columns
        columns, lost = [np.empty(0, dtype=np.int64)], [np.empty(0)]
        for group in self.groups:
            spent = int(group.cells[np.isin(group.columns, chosen)].sum())
            last = len(group.paid) - 1
            more = group.paid[np.minimum(spent + group.cells, last)] - group.paid[min(spent, last)]
            columns.append(group.columns)
            lost.append(np.maximum(0.0, self.rate * more - worths[group.columns]))
        return np.concatenate(columns), np.concatenate(lost)

    def _chosen(self, worth: float, fronts: list[Front], points: list[list[int]]) -> Chosen:
        best, *others = [self._columns(fronts, each) for each in points] or [np.empty(0, dtype=np.int64)]
        return Chosen(worth, best, tuple(others))

    @staticmethod
    def _columns(fronts: list[Front], points: list[int]) -> Places:
        found = [column for front, point in zip(fronts, points, strict=True) for column in front.bought(point)]
        return np.array(found, dtype=np.int64)

    def _rate(self, fronts: list[Front]) -> float:
        """What one unit of money is worth: where the best points together just keep within the budget."""
        low, high = self.rate / WIDER, self.rate * WIDER
        while low > TINY and self._spent(fronts, low) <= self.budget:
            low, high = low / WIDER**4, low
        while self._spent(fronts, high) > self.budget:
            low, high = high, high * WIDER**4
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if self._spent(fronts, middle) > self.budget:
                low = middle
            else:
                high = middle
        return high

    @staticmethod
    def _spent(fronts: list[Front], rate: float) -> float:
        return sum(float(each.paid[np.argmax(each.worth - rate * each.paid)]) for each in fronts)

    def _joined(
        self, fronts: list[Front], losses: list[Floats], near: list[Places], gap: float
    ) -> tuple[float, list[list[int]]]:
        """The best points together and those next to them: all pairs of the smaller tables, the largest looked up."""
        paid, worth, lost = np.zeros(1), np.zeros(1), np.zeros(1)
        picked = np.zeros((1, 0), dtype=np.int64)
        for front, loss, points in zip(fronts[:-1], losses[:-1], near, strict=True):
            together = lost[:, None] + loss[points][None, :]
            spent = paid[:, None] + front.paid[points][None, :]
            before, now = np.nonzero((spent <= self.budget) & (together <= gap))
            paid, lost = spent[before, now], together[before, now]
            worth = worth[before] + front.worth[points[now]]
            picked = np.column_stack((picked[before], points[now]))
        if not len(paid):
            return -np.inf, []
        last = fronts[-1]
        fitting = np.searchsorted(last.paid, self.budget - paid, side="right") - 1
        whole = worth + last.worth[fitting]
        count = min(NEXT + 1, len(whole))
        best = np.argpartition(-whole, count - 1)[:count]
        best = best[np.argsort(-whole[best])]
        return float(whole[best[0]]), [[*picked[each].tolist(), int(fitting[each])] for each in best.tolist()]
