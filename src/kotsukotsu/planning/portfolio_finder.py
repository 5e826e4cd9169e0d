"""Good plans quickly, for large choices: year after year made whole, then parts of the plan chosen anew."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from threading import Lock

import highspy
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_rows import INFINITE, Programming
from kotsukotsu.planning.portfolio_solver import TINY, Floats, Relaxed, model_of

# Starts take part whose reduced cost is at most this share of a year's mean saving by one start.
NEAR, NEARER = 0.1, 0.05
# Years made whole at once: with many measures each year has so many that the next need not be looked at with it.
AHEAD, MANY, AHEAD_OF_MANY = 2, 500, 1
# Part of the time for each such step and for each later choice. [1]
STEP, AGAIN = 0.08, 0.06
# How near each of the small searches must come to its own best. [1]
SMALL_GAP = 0.0001
# Measures and years in the first neighbourhood; it grows where it is searched quickly, and shrinks where it is not.
MEASURES, YEARS, GROW, SHRINK, LEAST = 100, 3, 1.2, 0.75, 30
SEED = 20260401
# Wait for a plan of the other search. [s]
PAUSE = 0.02
Whole, Part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous


@dataclass(slots=True)
class Shared:
    """What both searches know: the best plan and the bound that no plan passes.

    Attributes
    ----------
    value, bound : float
        Of the programme, which is minimised.
    finished : bool
        Nobody needs to search on.
    """

    bound: float
    gap: float
    values: Floats | None = None
    value: float = INFINITE
    finished: bool = False
    _lock: Lock = field(default_factory=Lock)

    def offer(self, values: Floats, value: float) -> None:
        """Keep a plan if it is better than the best known."""
        with self._lock:
            if value < self.value - TINY:
                self.values, self.value = values, value
            self._judge()

    def raise_bound(self, bound: float) -> None:
        """No plan is better than this, somebody has proved."""
        with self._lock:
            self.bound = max(self.bound, bound)
            self._judge()

    def _judge(self) -> None:
        near = self.values is not None and self.value - self.bound <= self.gap * abs(self.value)
        self.finished = self.finished or near


@dataclass(slots=True)
class Finder:
    """Searches parts of a programme, the rest held; each part is a small programme of its own."""

    programme: Programming
    relaxation: Relaxed
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
        self.solver.cbMipInterrupt.subscribe(self._ask)

    def _ask(self, event: highspy.HighsCallbackEvent) -> None:
        if self.shared.finished:
            event.interrupt()

    def run(self) -> None:
        """Find a plan, then better the best known until somebody has finished or the time is over.

        Where a year could not be made whole, the plan to better is the other search's.
        """
        self._forward()
        while self.shared.values is None and not self._over():
            time.sleep(PAUSE)
        self._improve()

    def _over(self) -> bool:
        return self.shared.finished or time.perf_counter() >= self.finish

    def _near(self, share: float) -> NDArray[np.bool_]:
        count = len(self.years)
        mean = abs(self.relaxation.value) * self.programme.problem.years / count
        near: NDArray[np.bool_] = self.relaxation.reduced[:count] <= share * mean
        return near | (self.relaxation.values[:count] > TINY)

    def _forward(self) -> None:
        """Make starts whole from the first year to the last, later ones still in parts ("relax and fix")."""
        count, last = len(self.years), self.programme.problem.years - 1
        lower, upper = np.zeros(count), np.where(self._near(NEARER), 1.0, 0.0)
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

    def _improve(self) -> None:
        """Choose the starts of some measures in some years anew, the rest of the plan held ("fix and optimise")."""
        drawn = random.Random(SEED)  # noqa: S311 (repeatable on purpose; nothing secret)
        near, measures = self._near(NEAR), float(MEASURES)
        every = np.ones(len(self.years), dtype=bool)
        while (values := self.shared.values) is not None and not self._over():
            free = self._neighbourhood(drawn, values, int(measures)) & near
            held = np.round(values[: len(self.years)])
            known = highspy.HighsSolution()
            known.col_value = list(values)
            self.solver.setSolution(known)
            began = time.perf_counter()
            if self._searched(every, np.where(free, 0.0, held), np.where(free, 1.0, held), AGAIN):
                self.shared.offer(np.array(self.solver.getSolution().col_value), self.solver.getObjectiveValue())
            quick = time.perf_counter() - began < AGAIN * self.seconds / 2
            measures = min(len(self.programme.problem.options), max(LEAST, measures * (GROW if quick else SHRINK)))

    def _neighbourhood(self, drawn: random.Random, values: Floats, measures: int) -> NDArray[np.bool_]:
        count = self.programme.problem.years
        first = drawn.randrange(max(1, count - YEARS + 1))
        block = range(first, min(count, first + YEARS))
        years = block if drawn.random() < 0.5 else drawn.sample(range(count), min(YEARS, count))
        within = np.isin(self.years, list(years))
        taken = values[: len(self.years)] > 0.5
        elsewhere = set(self.options[taken & ~within].tolist())
        movable = sorted(set(self.options[within].tolist()) - elsewhere)
        chosen = drawn.sample(movable, min(measures, len(movable)))
        return within & np.isin(self.options, chosen)
