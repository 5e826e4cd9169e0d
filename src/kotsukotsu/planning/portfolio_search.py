"""A large choice searched twice at the same time: one search proves how good a plan can be, the other finds one.

HiGHS works outside Python's lock, so that two threads use two cores. The proving search leaves out what cannot be
better than the plan found, by the gap asked for.
"""

from __future__ import annotations

import time
from threading import Thread

from kotsukotsu.planning.portfolio_cuts import Cuts, cuts_of
from kotsukotsu.planning.portfolio_finder import Finder
from kotsukotsu.planning.portfolio_prices import Prices
from kotsukotsu.planning.portfolio_rows import Programming
from kotsukotsu.planning.portfolio_shared import Shared
from kotsukotsu.planning.portfolio_solver import Floats, Relaxed, Solved
from kotsukotsu.planning.portfolio_tree import Tree

# Part of the time for cutting planes; those of a large choice gain little after it. [1]
CUTTING = 0.1
# Starts up to which yearly choices are bounded; of more, each is so small that the relaxation lies near the plans.
MOST = 4000


def searched(programme: Programming, relaxation: Relaxed, gap: float, seconds: float) -> Solved:
    """Starts in whole, to a relative gap or until the time is over; see `portfolio_solver.solved`."""
    finish = time.perf_counter() + seconds
    shared = Shared(relaxation.value, gap)
    cuts = cuts_of(programme, shared, CUTTING * seconds)
    thread = Thread(target=_prove, args=(programme, relaxation, cuts, shared, finish))
    thread.start()
    try:
        Finder(programme, relaxation, cuts, shared, finish, seconds).run()
    except BaseException:
        shared.finished = True
        raise
    finally:
        thread.join()
    return Solved(shared.values, shared.value, shared.bound, shared.infeasible)


def _prove(programme: Programming, relaxation: Relaxed, cuts: Cuts, shared: Shared, finish: float) -> None:
    """Branch and bound, until what is open is no use, the time is over or the solver cannot solve a relaxation."""

    def over() -> bool:
        return shared.finished or time.perf_counter() >= finish

    def told(bound: float, shares: Floats) -> None:
        shared.raise_bound(bound)
        shared.shares = shares

    few = relaxation.feasible and len(programme.starts) <= MOST
    tree = Tree(programme, cuts, Prices(programme, relaxation.duals, over, told) if few else None)
    shared.shares, shared.distances = tree.shares, tree.distances
    while tree.open and not over():
        try:
            plan = tree.step(shared.useful)
        except ArithmeticError:
            return
        if plan is not None and plan.values is not None:
            shared.offer(plan.values, plan.value)
        shared.raise_bound(min(tree.bound, shared.useful))
        shared.shares = tree.shares
    if not tree.open:
        shared.infeasible = shared.values is None
        shared.finished = True
