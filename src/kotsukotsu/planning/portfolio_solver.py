"""HiGHS for the programmes of `portfolio_rows`; floats live here and nowhere else."""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.planning.portfolio_model import COST
from kotsukotsu.planning.portfolio_rows import INFINITE, Programming

HALF = 0.5
TINY = 1e-9
# Reduced cost, as a share of the relaxation's value, up to which columns take part in the first search where cost
# is least, and the part of the time it may take.
KERNEL, SHARE = 0.00003, 0.2
# A search stops at this part of the gap asked for, which leaves room for the columns left out.
PART = 0.9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation: its value bounds every plan, its duals say what a limit is worth."""

    feasible: bool
    value: float
    values: Floats
    duals: Floats
    reduced: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver found; `values` is None where it found no plan.

    Attributes
    ----------
    bound : float
        No plan is better than this.
    infeasible : bool
        Proved that no plan keeps the limits.
    """

    values: Floats | None
    value: float
    bound: float
    infeasible: bool

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, as a share of this one's value. [1]"""
        return INFINITE if self.values is None else max(0.0, self.value - self.bound) / max(abs(self.value), TINY)


def relaxed(programme: Programming) -> Relaxed:
    """The linear relaxation; without any column, the plan that does nothing."""
    if not programme.cost:
        nothing_will_do = all(row.lower <= 0 <= row.upper for row in programme.rows)
        return Relaxed(nothing_will_do, 0.0, np.empty(0), np.zeros(len(programme.rows)), np.empty(0))
    solver = model_of(programme, integer=False)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return Relaxed(False, INFINITE, *(np.empty(0) for _ in range(3)))
    solution = solver.getSolution()
    columns = (np.array(column) for column in (solution.col_value, solution.row_dual, solution.col_dual))
    return Relaxed(True, solver.getObjectiveValue(), *columns)


def solved(programme: Programming, relaxation: Relaxed, gap: float, seconds: float) -> Solved:
    """Starts in whole, to a relative gap or until the time is over.

    Notes
    -----
    The search runs over growing sets of columns: first those whose reduced cost in the relaxation is small, then those
    whose reduced cost is below the distance between the plan found and the relaxation: no other start is in a better
    plan. A set is enough as soon as its plan lies within the gap of the relaxation, or of the least of the set's own
    bound and the relaxation's value plus the reduced cost from which columns were left out.
    """
    if not programme.cost:
        return Solved(np.empty(0), 0.0, 0.0, False)
    finish = time.perf_counter() + seconds
    best = Solved(None, INFINITE, relaxation.value, False)
    for within, part in _kernels(programme, relaxation):
        left = min(finish - time.perf_counter(), part * seconds)
        useful = min(within, best.value - relaxation.value + TINY)
        found = _search(programme, relaxation, useful, best, gap, left)
        if found is not None:
            best = found
        if best.infeasible or best.gap <= gap or time.perf_counter() >= finish:
            break
    return best


def _kernels(programme: Programming, relaxation: Relaxed) -> list[tuple[float, float]]:
    """Reduced costs up to which columns take part in each search, and the part of the time it may take."""
    if programme.problem.form != COST:
        return [(INFINITE, 1.0)]
    return [(KERNEL * max(abs(relaxation.value), TINY), SHARE), (INFINITE, 1.0)]


def _search(
    programme: Programming, relaxation: Relaxed, within: float, best: Solved, gap: float, seconds: float
) -> Solved | None:
    """One search over the starts whose reduced cost is at most `within`; what is known after it."""
    count = len(programme.starts)
    left_out = (relaxation.reduced[:count] > within) & (relaxation.values[:count] < TINY)
    solver = model_of(programme, integer=True, left_out=left_out)
    solver.setOptionValue("mip_rel_gap", gap * PART)
    solver.setOptionValue("time_limit", max(seconds, 0.1))
    solver.setOptionValue("objective_target", relaxation.value + gap * PART * abs(relaxation.value))
    if best.values is not None:
        known = highspy.HighsSolution()
        known.col_value = list(best.values)
        solver.setSolution(known)
    solver.run()
    info, status = solver.getInfo(), solver.getModelStatus()
    proved = status == highspy.HighsModelStatus.kInfeasible
    if proved:
        return Solved(best.values, best.value, best.bound, best.values is None and not left_out.any())
    bound = max(best.bound, min(info.mip_dual_bound, relaxation.value + within))
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return Solved(best.values, best.value, bound, False)
    value = solver.getObjectiveValue()
    if value > best.value:
        return Solved(best.values, best.value, bound, False)
    return Solved(np.array(solver.getSolution().col_value), value, bound, False)


def model_of(programme: Programming, *, integer: bool, left_out: NDArray[np.bool_] | None = None) -> highspy.Highs:
    """A silent solver that holds a programme; starts left out are held at nothing."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    model = highspy.HighsLp()
    count = len(programme.cost)
    model.num_col_, model.num_row_ = count, len(programme.rows)
    model.col_cost_ = np.array(programme.cost)
    model.col_lower_ = np.zeros(count)
    upper = np.array(programme.upper)
    if left_out is not None:
        upper[: len(left_out)][left_out] = 0.0
    model.col_upper_ = upper
    model.row_lower_ = np.array([row.lower for row in programme.rows])
    model.row_upper_ = np.array([row.upper for row in programme.rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in programme.rows)], dtype=np.int32)
    model.a_matrix_.index_ = np.array([c for row in programme.rows for c, _ in row.terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([value for row in programme.rows for _, value in row.terms])
    if integer:
        whole = len(programme.starts)
        kinds = [highspy.HighsVarType.kInteger] * whole + [highspy.HighsVarType.kContinuous] * (count - whole)
        model.integrality_ = kinds
    solver.passModel(model)
    return solver
