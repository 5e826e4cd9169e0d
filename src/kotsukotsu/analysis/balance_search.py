"""The balance points with the least error: a grid over all of them, then refinement from the best of it.

The error has several valleys where periods are few, so the grid must come first, and more than one of its points is
refined: of a window of points around it the best becomes the next centre, and the window closes in on two of its
steps unless the best lay at its edge.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Error = Callable[[Array], Array]
STEPS = 40  # of the grid, over the range of temperatures
STARTS = 4  # points of the grid that are refined
APART = 2  # steps between them
REACH = {1: 16, 2: 5}  # steps from the centre of a window to its edge, by the number of balance points
FINEST = 1e-9  # share of the range at which refinement ends


def lowest(error: Error, temperatures: Array, balances: int) -> Array | None:
    """The balance points with the least error; None where no point of the grid is allowed.

    Parameters
    ----------
    error : callable
        From sets of balance points, array (sets, balances), to their errors; infinite where not allowed.
    temperatures : array
        Mean temperatures of the periods. [°C]
    balances : int
        1 or 2; two are given the lower one first.
    """
    low, span = float(temperatures.min()), float(np.ptp(temperatures))
    if span <= 0:
        return None
    steps = np.array([given for given in product(range(STEPS + 1), repeat=balances) if list(given) == sorted(given)])
    grid = low + steps * (span / STEPS)
    errors = error(grid)
    starts = _starts(steps, errors)
    if not starts:
        return None
    return _refined(error, grid[starts], span)


def _starts(steps: npt.NDArray[np.int_], errors: Array) -> list[int]:
    """The best points of the grid, at least `APART` steps from each other."""
    found: list[int] = []
    for index in np.argsort(errors, kind="stable"):
        if len(found) == STARTS or not np.isfinite(errors[index]):
            break
        if all(np.abs(steps[index] - steps[other]).max() >= APART for other in found):
            found.append(int(index))
    return found


def _refined(error: Error, starts: Array, span: float) -> Array:
    """The best end of a descent from every start, all of them at once."""
    count, balances = starts.shape
    reach = REACH[balances]
    window = np.array(list(product(range(-reach, reach + 1), repeat=balances)), dtype=np.float64)
    here, step, rows = starts.copy(), np.full(count, span / STEPS / reach), np.arange(count)
    best = error(here)
    while step.max() > FINEST * span:
        near = here[:, None, :] + window[None, :, :] * step[:, None, None]
        found = error(near.reshape(-1, balances)).reshape(count, -1)
        choice = found.argmin(axis=1)
        better = found[rows, choice] < best
        here = np.where(better[:, None], near[rows, choice], here)
        best = np.where(better, found[rows, choice], best)
        at_edge = better & (np.abs(window[choice]).max(axis=1) == reach)
        step = np.where(at_edge, step, step * 2 / reach)
    return np.asarray(here[best.argmin()])
