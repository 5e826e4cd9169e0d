"""The balance points with the least error: a grid over all of them, then refinement from the best of it.

The error has several valleys where periods are few, so the grid must come first, and more than one of its points is
refined: of a window of points around it the best becomes the next centre, and the window closes in on two of its
steps unless the best lay at its edge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Error = Callable[[Array, Places], Array]
STEPS = 40  # of the grid, over the range of temperatures
STARTS = 4  # points of the grid that are refined
APART = 2  # steps between them
REACH = {1: 16, 2: 5}  # steps from the centre of a window to its edge, by the number of balance points
TOGETHER = 32  # descents whose numbers the processor keeps at hand
# Share of the range at which the search ends, by the number of balance points; the rest is `change_point_exact`.
CLOSE = {1: 1e-9, 2: 1e-7}


def lowest(error: Error, temperatures: Array, balances: int, count: int) -> tuple[Array, Places]:
    """The balance points with the least error, for each of many facilities.

    Parameters
    ----------
    error : callable
        From sets of balance points, array (sets, balances), and whose they are, to their errors; infinite where not
        allowed. Where the second is of another shape, (facilities, 1), every set is tried for each of them.
    temperatures : array
        Mean temperatures of the periods. [°C]
    balances : int
        1 or 2; two are given the lower one first.
    count : int
        Facilities.

    Returns
    -------
    array (found, balances), array (found,)
        Balance points [°C], and whose they are; nothing for a facility for which no point of the grid is allowed.
    """
    low, span = float(temperatures.min()), float(np.ptp(temperatures))
    steps = _steps(balances)
    grid: Array = low + np.asarray(steps, dtype=np.float64) * (span / STEPS)
    if span <= 0:
        return grid[:0], np.zeros(0, dtype=np.intp)
    errors = error(grid, np.arange(count)[:, None])
    starts = [_starts(steps, own) for own in errors]
    owners: Places = np.repeat(np.arange(count), [len(own) for own in starts])
    ends, best = refined(
        error, grid[[one for own in starts for one in own]], owners, span / STEPS, CLOSE[balances] * span
    )
    order = np.lexsort((best, owners))
    found = order[np.unique(owners[order], return_index=True)[1]]
    return ends[found], owners[found]


@cache
def _steps(balances: int) -> npt.NDArray[np.int_]:
    """The points of the grid, in steps."""
    return np.array([given for given in product(range(STEPS + 1), repeat=balances) if list(given) == sorted(given)])


def _starts(steps: npt.NDArray[np.int_], errors: Array) -> list[int]:
    """The best points of the grid, at least `APART` steps from each other."""
    found: list[int] = []
    for index in np.argsort(errors, kind="stable"):
        if len(found) == STARTS or not np.isfinite(errors[index]):
            break
        if all(np.abs(steps[index] - steps[other]).max() >= APART for other in found):
            found.append(int(index))
    return found


def refined(error: Error, starts: Array, owners: Places, width: float, finest: float) -> tuple[Array, Array]:
    """Descents from every start, `TOGETHER` of them at once: their ends and errors there.

    Parameters
    ----------
    width, finest : float
        From the first centre to the edge of its window, and the step at which a descent ends. [K]
    """
    parts = [slice(first, first + TOGETHER) for first in range(0, len(starts), TOGETHER)]
    ends = [_descents(error, starts[part], owners[part], width, finest) for part in parts]
    return np.concatenate([starts[:0], *(here for here, _ in ends)]), np.concatenate([[], *(best for _, best in ends)])


def _descents(error: Error, starts: Array, owners: Places, width: float, finest: float) -> tuple[Array, Array]:
    balances = starts.shape[1]
    reach = REACH[balances]
    window = np.array(list(product(range(-reach, reach + 1), repeat=balances)), dtype=np.float64)
    here, step = starts.copy(), np.full(len(starts), width / reach)
    best = error(here, owners)
    while len(open_ := np.flatnonzero(step > finest)):
        near = here[open_, None, :] + window[None, :, :] * step[open_, None, None]
        found = error(near.reshape(-1, balances), np.repeat(owners[open_], len(window))).reshape(len(open_), -1)
        choice = found.argmin(axis=1)
        least = found[np.arange(len(open_)), choice]
        better = least < best[open_]
        here[open_[better]] = near[better, choice[better]]
        best[open_[better]] = least[better]
        inside = ~better | (np.abs(window[choice]).max(axis=1) < reach)
        step[open_[inside]] *= 2 / reach
    return here, best
