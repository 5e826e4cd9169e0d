"""A bound by yearly choices: rows that couple the years get prices, and each year chooses for itself.

What the years lose together by the best prices is what a programme over whole yearly choices would say; it lies nearer
to the plans than the relaxation, which fills each budget with a part of a measure.

Source
------
M. Held, R. M. Karp (1970), prices for the coupling; P. C. Gilmore, R. E. Gomory (1961), choices made as needed;
R. E. Marsten, W. W. Hogan, J. W. Blankenship (1975), prices held in a box round the best known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_front import Flags
from kotsukotsu.planning.portfolio_rows import INFINITE, Programming
from kotsukotsu.planning.portfolio_solver import TINY, Floats
from kotsukotsu.planning.portfolio_year import YearlyChoice

COUPLING = ("choice", "requires", "target")
# First width of the box, as a share of the dearest price; how it grows and shrinks.
BOX, GROW, SHRINK = 0.002, 1.3, 0.75
# Part of the promised gain from which on prices are kept; the search ends where less than this share is promised.
KEPT, NEAR = 0.01, 0.000005
# Prices tried, at the root and below it.
TRIES, TRIES_BELOW = 80, 20
# How much less than a node lacks the promise may be for the search to end: it cannot be closed.
HOPELESS = 9.0
# Choices that the prices are sought with; beyond twice as many those unused for longest are given up.
CHOICES = 400


@dataclass(frozen=True, slots=True)
class Priced:
    """What is known of a part of the plans from yearly choices.

    Attributes
    ----------
    bound : float
        No plan is better. [of the programme, which is minimised]
    prices : array
        Those that give the bound, per coupling row.
    shares : array
        How far each start is in the yearly choices that agree best. [1]
    """

    bound: float
    prices: Floats
    shares: Floats


class Coupling:
    """The rows that couple the years, each as "at most", by their non-zero terms."""

    def __init__(self, programme: Programming) -> None:
        self.count = len(programme.starts)
        rows = [(number, row) for number, row in enumerate(programme.rows) if row.name[0] in COUPLING]
        self.numbers = [number for number, _ in rows]
        self.sign = np.array([1.0 if row.upper < INFINITE else -1.0 for _, row in rows])
        self.upper = np.array([row.upper if row.upper < INFINITE else -row.lower for _, row in rows])
        terms = [(place, *term) for place, (_, row) in enumerate(rows) for term in row.terms]
        self.rows = np.array([row for row, _, _ in terms], dtype=np.int64)
        self.columns = np.array([column for _, column, _ in terms], dtype=np.int64)
        self.terms = np.array([term for _, _, term in terms], dtype=float) * self.sign[self.rows]

    def charged(self, prices: Floats) -> Floats:
        """What each start is charged at these prices."""
        return np.bincount(self.columns, prices[self.rows] * self.terms, self.count).astype(float)

    def total(self, member: Flags) -> Floats:
        """What these starts take of each row."""
        taken = member[self.columns]
        return np.bincount(self.rows[taken], self.terms[taken], len(self.upper)).astype(float)


class Prices:
    """Seeks the prices; choices found once are used again.

    Parameters
    ----------
    over : function
        Whether the search shall end.
    told : function, optional
        Called with the bound and the shares, as they become known, while all plans are bounded.
    """

    def __init__(
        self,
        programme: Programming,
        duals: Floats,
        over: Callable[[], bool],
        told: Callable[[float, Floats], None] | None = None,
    ) -> None:
        self.over, self.told = over, told
        self.coupling = Coupling(programme)
        self.cost = np.array(programme.cost[: self.coupling.count])
        self.years = [YearlyChoice(programme, year) for year in range(programme.problem.years)]
        self.first = self._of(duals)
        self.shares = np.zeros(self.coupling.count)
        self.dearest = max(float(self.first.max(initial=0.0)), 1.0)
        self.choices: dict[tuple[int, bytes], int] = {}
        self._start()

    def _start(self) -> None:
        rows, years = len(self.coupling.upper), len(self.years)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 0, rows + years
        model.row_lower_ = np.concatenate((np.full(rows, -INFINITE), np.ones(years)))
        model.row_upper_ = np.concatenate((self.coupling.upper, np.ones(years)))
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.passModel(model)
        places = np.arange(rows, dtype=np.int32)
        for sign in (1.0, -1.0):
            self.solver.addCols(
                rows, np.zeros(rows), np.zeros(rows), np.full(rows, INFINITE), rows, places, places, np.full(rows, sign)
            )
        self.chosen = np.zeros(rows, dtype=bool)
        self.used = np.zeros(0, dtype=np.int64)
        self.members = np.zeros((0, self.coupling.count), dtype=bool)
        self.clock = 0
        for year in range(years):
            self._keep(year, np.empty(0, dtype=np.int64))

    def _keep(self, year: int, columns: NDArray[np.int64]) -> None:
        """Let a year's choice take part."""
        member = np.zeros(self.coupling.count, dtype=bool)
        member[columns] = True
        key = (year, np.packbits(member).tobytes())
        if key in self.choices:
            return
        self.choices[key] = len(self.used)
        terms = self.coupling.total(member)
        places = np.flatnonzero(terms)
        row = len(terms) + year
        self.solver.addCol(
            float(self.cost[columns].sum()),
            0.0,
            INFINITE,
            len(places) + 1,
            np.append(places, row).astype(np.int32),
            np.append(terms[places], 1.0),
        )
        self.members = np.vstack((self.members, member[None]))
        self.used = np.append(self.used, self.clock)

    def begin(self, duals: Floats) -> None:
        """Begin with these duals of the programme's rows where they bound the plans nearer than those known."""
        others = self._of(duals)
        every = np.ones(self.coupling.count, dtype=bool)
        self.first = max(self.first, others, key=lambda prices: self._bound(prices, every))

    def _of(self, duals: Floats) -> Floats:
        first: Floats = np.maximum(0.0, -duals[self.coupling.numbers] * self.coupling.sign)
        return first

    def distances(self, prices: Floats) -> Floats:
        """What a plan would lose by each start, about; nothing by those in the choices that agree best."""
        worths, lost = self._worths(prices), np.zeros(self.coupling.count)
        for year in self.years:
            columns, lacking = year.lost(worths)
            lost[columns] = lacking
        return np.where(self.shares > 0, 0.0, lost)

    def estimated(self, opened: Flags, chosen: frozenset[int], prices: Floats) -> float:
        """What the choices known promise for a part of the plans; no bound, as others may be found."""
        self._part(opened, chosen)
        return self._promised(prices, BOX * self.dearest)[0]

    def sought(self, opened: Flags, chosen: frozenset[int], prices: Floats | None, useful: float) -> Priced:
        """The best prices found for a part of the plans.

        Parameters
        ----------
        opened : array of bool
            Starts that are open.
        chosen : set of int
            Numbers of the choice rows of which one start is taken.
        prices : array, optional
            Where to begin: those of the part it was parted from; none at the root.
        useful : float
            The search ends as soon as no plan is better than this.
        """
        self._part(opened, chosen)
        self.shares = np.zeros(self.coupling.count)
        root = prices is None
        width, tries = BOX * self.dearest, TRIES if root else TRIES_BELOW
        prices = self.first if prices is None else prices
        best = self._bound(prices, opened)
        for _ in range(tries):
            if best >= useful or self.over():
                break
            promised, tried, inside = self._promised(prices, width)
            bound = self._bound(tried, opened)
            if bound > best + KEPT * (promised - best):
                prices, width = tried, width * GROW
            else:
                width *= SHRINK
            best = max(best, bound)
            if root and self.told is not None:
                self.told(best, self.shares)
            left = promised - best
            if inside and (left < NEAR * abs(best) or left < HOPELESS * (useful - promised)):
                break
        return Priced(best, prices, self.shares)

    def _part(self, opened: Flags, chosen: frozenset[int]) -> None:
        self._forget()
        closed: Flags = np.any(self.members & ~opened, axis=1)
        first, count = 2 * len(self.coupling.upper), len(self.used)
        places = np.arange(first, first + count, dtype=np.int32)
        self.solver.changeColsBounds(count, places, np.zeros(count), np.where(closed, 0.0, INFINITE))
        taken = np.isin(self.coupling.numbers, list(chosen))
        for row in np.flatnonzero(taken != self.chosen).tolist():
            self.solver.changeRowBounds(row, 1.0 if taken[row] else -INFINITE, self.coupling.upper[row])
        self.chosen = taken

    def _forget(self) -> None:
        if len(self.used) <= 2 * CHOICES:
            return
        kept = np.sort(np.argsort(-self.used, kind="stable")[:CHOICES])
        gone = np.ones(len(self.used), dtype=bool)
        gone[kept] = False
        places = 2 * len(self.coupling.upper) + np.flatnonzero(gone)
        self.solver.deleteCols(len(places), places.astype(np.int32))
        new = {old: place for place, old in enumerate(kept.tolist())}
        self.choices = {key: new[place] for key, place in self.choices.items() if place in new}
        self.members, self.used = self.members[kept], self.used[kept]

    def _promised(self, prices: Floats, width: float) -> tuple[float, Floats, bool]:
        """What the choices known promise within the box, the prices for it, and whether no edge of the box binds."""
        low = np.where(self.chosen, prices - width, np.maximum(0.0, prices - width))
        high = prices + width
        rows = len(prices)
        self.solver.changeColsCost(2 * rows, np.arange(2 * rows, dtype=np.int32), np.concatenate((-low, high)))
        self.solver.run()
        self.clock += 1
        solution = self.solver.getSolution()
        edges, parts = np.split(np.array(solution.col_value), [2 * rows])
        taken = np.flatnonzero(parts > 0)
        self.used[taken] = self.clock
        self.shares = np.einsum("i,ij->j", parts[taken], self.members[taken])
        tried = np.clip(-np.array(solution.row_dual)[:rows], low, high)
        inside = bool((edges * np.concatenate((low, high)) < TINY).all())
        return self.solver.getObjectiveValue(), tried, inside

    def _worths(self, prices: Floats) -> Floats:
        return -self.cost - self.coupling.charged(prices)

    def _bound(self, prices: Floats, opened: Flags) -> float:
        """What each year chooses for itself at these prices; no plan is better than all of it together."""
        worths = np.where(opened, self._worths(prices), 0.0)
        bound = -float(prices @ self.coupling.upper)
        for year, choice in enumerate(self.years):
            best = choice.best(worths)
            bound -= best.worth
            for columns in (best.columns, *best.next):
                self._keep(year, columns)
        return bound
