"""The choice within one year: what is worth most within its budget and subsidies.

The relaxation says what the year's money is worth. By that and by the best of the choices known before, most starts are
taken or left for certain; tables of the others, one for each way of being paid, are joined under the budget.

Source
------
H. Kellerer, U. Pferschy, D. Pisinger (2004), Knapsack Problems, sections 3.2 and 5.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kotsukotsu.planning.portfolio_front import Front
from kotsukotsu.planning.portfolio_join import joined
from kotsukotsu.planning.portfolio_purse import Offers, Places, Purse
from kotsukotsu.planning.portfolio_rows import Programming
from kotsukotsu.planning.portfolio_solver import TINY, Floats

# Parts into which the money of a year is divided; prices are rounded down to them, so that no choice is lost.
CELLS = 30_000
# Choices remembered, the best of which says what others must be worth.
KNOWN = 24
# Halvings of the interval in which the worth of money lies, and its first width.
HALVINGS, WIDER = 12, 1.3
NOTHING: Places = np.empty(0, dtype=np.int64)


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


class YearlyChoice:
    """The choice of one year of a programme, for worths that change."""

    def __init__(self, programme: Programming, year: int) -> None:
        problem = programme.problem
        self.budget = programme.money(problem.budgets[year]) * (1 + TINY)
        paying = {each.key: each for each in problem.programmes if each.rate > 0}
        members: dict[str | None, list[int]] = {}
        for column, start in enumerate(programme.starts):
            if start.year == year:
                key = start.option.programme
                members.setdefault(key if key in paying else None, []).append(column)
        self.purses = []
        for key, columns in members.items():
            costs = [programme.money(programme.starts[column].option.price(year)) for column in columns]
            share = 0.0 if key is None else float(paying[key].rate)
            kink = 0.0 if key is None else programme.money(paying[key].limits[year] / paying[key].rate)
            self.purses.append(Purse(np.array(columns), np.array(costs), share, kink))
        helped = sum(purse.share * purse.kink for purse in self.purses)
        self.unit = max(self.budget + helped, TINY) / CELLS
        self.known: list[Places] = []
        self.rate = 1.0

    def best(self, worths: Floats) -> Chosen:
        """The choice that is worth most.

        Parameters
        ----------
        worths : array
            Of every column of the programme; columns of other years are not looked at.
        """
        offers = [Offers(purse, worths) for purse in self.purses]
        self.rate = self._rate(offers)
        most = self.rate * self.budget + sum(each.relaxed(self.rate) for each in offers)
        known = self._known(worths)
        allowed = most - known.worth + TINY * (1 + most)
        fronts = [Front.of(each, self.rate, allowed, self.unit, self.budget) for each in offers]
        if not fronts or any(front is None for front in fronts):
            return known
        worth, sets = joined([front for front in fronts if front], self.rate, self.budget, known.worth)
        self.known = [*sets, *self.known][:KNOWN]
        return Chosen(worth, sets[0], tuple(sets[1:])) if sets else Chosen(worth, known.columns)

    def _known(self, worths: Floats) -> Chosen:
        """The best of the choices remembered, less what is worth nothing now."""
        kept = [columns[worths[columns] > 0] for columns in self.known]
        best = max(kept, key=lambda columns: float(worths[columns].sum()), default=NOTHING)
        return Chosen(float(worths[best].sum()), best)

    def lost(self, worths: Floats) -> tuple[Places, Floats]:
        """The year's starts, and what each lacks to be worth what the year would pay for it beside its best choice."""
        chosen = self.best(worths).columns
        columns, lost = [NOTHING], [np.empty(0)]
        for purse in self.purses:
            spent = purse.costs[np.isin(purse.columns, chosen)].sum()
            more = purse.paid(spent + purse.costs) - purse.paid(spent)
            columns.append(purse.columns)
            lost.append(np.maximum(0.0, self.rate * more - worths[purse.columns]))
        return np.concatenate(columns), np.concatenate(lost)

    def _rate(self, offers: list[Offers]) -> float:
        """What one unit of money is worth: where what is worth more just keeps within the budget."""

        def spent(rate: float) -> float:
            return sum(each.paid_at(rate) for each in offers)

        if spent(0.0) <= self.budget:
            return 0.0
        low, high = (self.rate or 1.0) / WIDER, (self.rate or 1.0) * WIDER
        while spent(low) <= self.budget:
            low, high = low / WIDER**4, low
        while spent(high) > self.budget:
            low, high = high, high * WIDER**4
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if spent(middle) > self.budget:
                low = middle
            else:
                high = middle
        return high
