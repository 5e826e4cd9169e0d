"""Cutting planes: rows that every plan keeps and the linear relaxation does not, found once at the root by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_rows import Programming
from kotsukotsu.planning.portfolio_shared import Shared
from kotsukotsu.planning.portfolio_solver import PART, Floats, model_of

# Searches inside the search, for plans; another search looks for those.
PLANS = ("rins", "rens", "root_reduced_cost")
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Rows by their non-zero terms: row r has those from `starts[r]` to the next row's start."""

    lower: Floats
    upper: Floats
    starts: Places
    columns: Places
    terms: Floats


NONE = Cuts(np.empty(0), np.empty(0), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))


def cuts_of(programme: Programming, shared: Shared, seconds: float) -> Cuts:
    """Cutting planes of a programme, none where the time is over before; the bound and a plan found go to `shared`.

    Notes
    -----
    They hold for every plan better than the best one known, so that what is proved with them is a bound beside that
    plan's value. Presolve stays off: its columns would be others.
    """
    solver = model_of(programme, integer=True)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", shared.gap * PART)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("mip_allow_restart", False)
    solver.setOptionValue("mip_max_nodes", 1)
    solver.setOptionValue("mip_heuristic_effort", 0.0)
    for each in PLANS:
        solver.setOptionValue(f"mip_heuristic_run_{each}", False)
    pool: list[Cuts] = []
    solver.cbMipGetCutPool.subscribe(lambda event: pool.append(_pool(event)))
    solver.run()
    _told(solver, shared)
    return pool[-1] if pool else NONE


def _pool(event: highspy.HighsCallbackEvent) -> Cuts:
    found = event.data_out
    lower, upper, terms = (np.array(x) for x in (found.cutpool_lower, found.cutpool_upper, found.cutpool_value))
    starts, columns = (np.array(x, dtype=np.int32) for x in (found.cutpool_start, found.cutpool_index))
    return Cuts(lower, upper, starts[: found.cutpool_num_cut], columns, terms)


def _told(solver: highspy.Highs, shared: Shared) -> None:
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        shared.infeasible = shared.finished = True
        return
    info = solver.getInfo()
    if info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible):
        shared.offer(np.array(solver.getSolution().col_value), info.objective_function_value)
    shared.raise_bound(info.mip_dual_bound)


def tightened(programme: Programming, cuts: Cuts) -> highspy.Highs:
    """The linear relaxation with the cutting planes as further rows."""
    solver = model_of(programme, integer=False)
    solver.addRows(len(cuts.lower), cuts.lower, cuts.upper, len(cuts.terms), cuts.starts, cuts.columns, cuts.terms)
    return solver
