"""Good plans quickly, for large choices: ways down the tree or year after year, then parts of the plan anew."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_cuts import Cuts
from kotsukotsu.planning.portfolio_descent import descended
from kotsukotsu.planning.portfolio_rows import Programming
from kotsukotsu.planning.portfolio_shared import Shared
from kotsukotsu.planning.portfolio_solver import TINY, Floats, Relaxed, model_of
from kotsukotsu.planning.portfolio_tree import Held, Node, Relaxations

# Starts take part whose reduced cost is at most this share of a year's mean saving by one start, in making years whole;
# later, of the mean saving by one measure, in the relaxation with cutting planes. [1]
NEAR, KERNEL = 0.05, 0.08
KERNELS = (0.04, 0.08, 0.16)
# The same by yearly choices once these are priced; and how often instead only what they say otherwise than the plan.
PRICED_KERNELS, GUIDED = (0.02, 0.04, 0.08, 0.16), 0.7
# Years made whole at once: with many measures each year has so many that the next need not be looked at with it.
AHEAD, MANY, AHEAD_OF_MANY = 2, 500, 1
# Ways down the tree that are followed to their end, and the part of the time for finding them.
ENDS, DOWN = 1, 0.3
# How far a plan may lie from the relaxation before another is sought year after year. [1]
POOR = 0.01
# Nodes kept of each depth, and branches left where the ways end.
WIDTH, UNDECIDED = 3, 40
# Part of the time for each such step and for each later choice. [1]
STEP, AGAIN = 0.1, 0.012
# How near each of the small searches must come to its own best. [1]
SMALL_GAP = 0.0001
# Starts in the first neighbourhood; it grows where it is searched quickly, and shrinks where it is not.
FREE, GROW, SHRINK, LEAST = 100, 1.2, 0.75, 30
# Years that a neighbourhood has at least, one of these.
YEARS = (2, 3, 4, 6)
SEED = 20260401
# Wait for a plan of the other search. [s]
PAUSE = 0.02
Whole, Part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous


@dataclass(slots=True)
class Finder:
    """Searches parts of a programme, the rest held; each part is a small programme of its own."""

    programme: Programming
    relaxation: Relaxed
    cuts: Cuts
    shared: Shared
    finish: float
    seconds: float
    years: NDArray[np.int64] = field(init=False)
    options: NDArray[np.int64] = field(init=False)
    solver: highspy.Highs = field(init=False)

    def __post_init__(self) -> None:
        """Take the programme to the solver once; later only bounds change."""
        starts = self.programme.starts
        index = {key: i for i, key in enumerate(dict.fromkeys(start.option.key for start in starts))}
        self.years = np.array([start.year for start in starts])
        self.options = np.array([index[start.option.key] for start in starts])
        self.solver = model_of(self.programme, integer=False)
        self.solver.setOptionValue("mip_rel_gap", SMALL_GAP)

    def run(self) -> None:
        """Find a plan, then better the best known until somebody has finished or the time is over.

        Where a year could not be made whole, the plan to better is the other search's.
        """
        relaxations = Relaxations(self.programme, self.cuts)
        root = relaxations.root()
        if root is None:
            return
        distances = relaxations.distances(root)
        if len(self.programme.problem.options) >= MANY or not self._descend(relaxations, root, distances <= KERNEL):
            self._forward()
        while self.shared.values is None and not self._over():
            time.sleep(PAUSE)
        self._improve(distances)

    def _descend(self, relaxations: Relaxations, root: Node, kernel: Held) -> bool:
        """Go down the best few ways and choose what they leave; whether that made a good plan."""
        until = time.perf_counter() + DOWN * self.seconds
        ways = descended(relaxations, root, WIDTH, UNDECIDED, lambda: self._over() or time.perf_counter() >= until)
        for way in ways[:ENDS]:
            node = relaxations.node(way.opened, way.chosen, way.basis, way.value, self.shared.value)
            if node is not None:
                self._end(node.opened & kernel)
        return self.shared.value <= root.value + POOR * abs(root.value)

    def _end(self, opened: Held) -> None:
        every = np.ones(len(self.years), dtype=bool)
        if self._searched(every, np.zeros(len(self.years)), opened.astype(float), STEP):
            self._keep()

    def _keep(self) -> None:
        self.shared.offer(np.array(self.solver.getSolution().col_value), self.solver.getObjectiveValue())

    def _over(self) -> bool:
        return self.shared.finished or time.perf_counter() >= self.finish

    def _near(self) -> Held:
        count = len(self.years)
        mean = abs(self.relaxation.value) * self.programme.problem.years / count
        near: Held = self.relaxation.reduced[:count] <= NEAR * mean
        return near | (self.relaxation.values[:count] > TINY)

    def _forward(self) -> None:
        """Make starts whole from the first year to the last, later ones still in parts ("relax and fix")."""
        count, last = len(self.years), self.programme.problem.years - 1
        lower, upper = np.zeros(count), np.where(self._near(), 1.0, 0.0)
        for year in range(last + 1):
            ahead = self._made_whole(year, lower, upper)
            if not ahead:
                return
            values = np.array(self.solver.getSolution().col_value)
            if year + ahead > last:
                self.shared.offer(values, self.solver.getObjectiveValue())
                return
            held = self.years == year
            lower[held] = upper[held] = np.round(values[:count][held])

    def _made_whole(self, year: int, lower: Floats, upper: Floats) -> int:
        """How many years from this one could be made whole in their time: as many as are looked at, or one, or none."""
        most = AHEAD if len(self.programme.problem.options) < MANY else AHEAD_OF_MANY
        for ahead in dict.fromkeys((most, 1)):
            if self._searched((self.years >= year) & (self.years < year + ahead), lower, upper, STEP):
                return ahead
        return 0

    def _searched(self, whole: NDArray[np.bool_], lower: Floats, upper: Floats, part: float) -> bool:
        left = self.finish - time.perf_counter()
        if self.shared.finished or left <= 0:
            return False
        places = np.arange(len(self.years), dtype=np.int32)
        self.solver.changeColsIntegrality(len(places), places, np.array([Whole if w else Part for w in whole]))
        self.solver.changeColsBounds(len(places), places, lower, upper)
        self.solver.setOptionValue("time_limit", min(left, part * self.seconds))
        self.solver.run()
        known = self.solver.getInfo().primal_solution_status
        return bool(known == int(highspy.SolutionStatus.kSolutionStatusFeasible))

    def _improve(self, distances: Floats) -> None:
        """Choose the starts of some measures in some years anew, the rest of the plan held ("fix and optimise")."""
        drawn = random.Random(SEED)  # noqa: S311 (repeatable on purpose; nothing secret)
        size = float(FREE)
        every = np.ones(len(self.years), dtype=bool)
        while (values := self.shared.values) is not None and not self._over():
            free = self._neighbourhood(drawn, values, self._kernel(drawn, values, distances), size)
            held = np.round(values[: len(self.years)])
            known = highspy.HighsSolution()
            known.col_value = list(values)
            self.solver.setSolution(known)
            began = time.perf_counter()
            if self._searched(every, np.where(free, 0.0, held), np.where(free, 1.0, held), AGAIN):
                self._keep()
            quick = time.perf_counter() - began < AGAIN * self.seconds / 2
            size = min(len(self.years), max(LEAST, size * (GROW if quick else SHRINK)))

    def _kernel(self, drawn: random.Random, values: Floats, distances: Floats) -> Held:
        """The starts that a neighbourhood may choose: those near to the relaxation, or to yearly choices if priced."""
        priced, shares = self.shared.distances, self.shared.shares
        if shares is not None and drawn.random() < GUIDED:
            return np.abs(shares - values[: len(self.years)]) > TINY
        return distances <= drawn.choice(KERNELS) if priced is None else priced <= drawn.choice(PRICED_KERNELS)

    def _neighbourhood(self, drawn: random.Random, values: Floats, kernel: Held, size: float) -> Held:
        """About so many starts of the years drawn, all of measures that start in them or not at all."""
        order = self._order(drawn)
        taken = values[: len(self.years)] > 0.5
        for count in range(min(drawn.choice(YEARS), len(order)), len(order) + 1):
            within = np.isin(self.years, order[:count])
            movable = within & (kernel | taken) & ~np.isin(self.options, self.options[taken & ~within])
            if movable.sum() >= size:
                break
        chosen = np.unique(self.options[movable]).tolist()
        drawn.shuffle(chosen)
        starts = np.cumsum([np.count_nonzero(movable & (self.options == option)) for option in chosen])
        return movable & np.isin(self.options, chosen[: int(np.searchsorted(starts, size)) + 1])

    def _order(self, drawn: random.Random) -> list[int]:
        """The years, those next to one another first or as they are drawn."""
        years = list(range(self.programme.problem.years))
        if drawn.random() < 0.5:
            return drawn.sample(years, len(years))
        middle = drawn.choice(years)
        return sorted(years, key=lambda year: abs(year - middle))
