"""A large choice searched twice at the same time: one search proves how good a plan can be, the other finds one.

HiGHS works outside Python's lock, so that two threads use two cores. The plan found is handed to the proving search,
which can then leave out what cannot be better.
"""

from __future__ import annotations

import time
from threading import Thread

import highspy
import numpy as np

from kotsukotsu.planning.portfolio_finder import Finder, Shared
from kotsukotsu.planning.portfolio_rows import INFINITE, Programming
from kotsukotsu.planning.portfolio_solver import PART, TINY, Relaxed, Solved, model_of

RELIABLE = 2
# Searches inside the search, for plans; they took half of the time in which it can prove.
PLANS = ("rins", "rens", "root_reduced_cost")


def searched(programme: Programming, relaxation: Relaxed, gap: float, seconds: float) -> Solved:
    """Starts in whole, to a relative gap or until the time is over; see `portfolio_solver.solved`."""
    finish = time.perf_counter() + seconds
    shared = Shared(relaxation.value, gap)
    prover = _Prover(programme, shared, seconds)
    thread = Thread(target=prover.run)
    thread.start()
    try:
        Finder(programme, relaxation, shared, finish, seconds).run()
    except BaseException:
        shared.finished = True
        raise
    finally:
        thread.join()
    return Solved(shared.values, shared.value, shared.bound, prover.infeasible)


class _Prover:
    """The whole programme by branch and cut."""

    def __init__(self, programme: Programming, shared: Shared, seconds: float) -> None:
        self.shared = shared
        self.infeasible = False
        self.given = INFINITE
        self.solver = model_of(programme, integer=True)
        self.solver.setOptionValue("time_limit", seconds)
        self.solver.setOptionValue("mip_rel_gap", shared.gap * PART)
        # The other search finds plans; this one looks less long for plans and for the best place to branch.
        self.solver.setOptionValue("mip_heuristic_effort", 0.0)
        self.solver.setOptionValue("mip_pscost_minreliable", RELIABLE)
        for each in PLANS:
            self.solver.setOptionValue(f"mip_heuristic_run_{each}", False)
        self.solver.cbMipInterrupt.subscribe(self._ask)
        self.solver.cbMipImprovingSolution.subscribe(self._found)
        self.solver.cbMipUserSolution.subscribe(self._give)

    def run(self) -> None:
        """Search to the end; what is known stands in `shared`."""
        self.solver.run()
        self.infeasible = self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        if not self.infeasible:
            self.shared.raise_bound(self.solver.getInfo().mip_dual_bound)
        self.shared.finished = True

    def _ask(self, event: highspy.HighsCallbackEvent) -> None:
        self.shared.raise_bound(event.data_out.mip_dual_bound)
        if self.shared.finished:
            event.interrupt()

    def _found(self, event: highspy.HighsCallbackEvent) -> None:
        self.shared.offer(np.array(event.data_out.mip_solution), event.data_out.objective_function_value)

    def _give(self, event: highspy.HighsCallbackEvent) -> None:
        values, value = self.shared.values, self.shared.value
        if values is None or event.data_in is None:
            return
        if value < min(self.given, event.data_out.mip_primal_bound) - TINY:
            self.given = value
            event.data_in.setSolution(values)
