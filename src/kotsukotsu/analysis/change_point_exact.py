"""The last digits of balance points: where the sum of squares is smooth, its lowest point is a linear problem.

Between two neighbouring temperatures the degrees below a balance point b + d are those below b and d times the share
S of colder days. Least squares with both as terms of their own gives slope and slope * d, and so d.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import product
from math import inf

import numpy as np

from kotsukotsu.analysis.balance_search import refined
from kotsukotsu.analysis.change_point_design import Places, Uses, Vector
from kotsukotsu.analysis.change_point_errors import Flags, errors, exact_errors, vectors_of
from kotsukotsu.analysis.change_point_forms import Array, Form

# Share of the whole sum of squares by which two equal errors may differ through rounding.
ROUNDING = 1e-12
# Shares of the range of temperatures within which an edge is looked for, and at which steps end.
NEAR, FINEST = 1e-6, 1e-10


def settled(form: Form, uses: Uses, balances: Array, owners: Places, span: float) -> Array:
    """Balance points moved to the lowest error between their neighbouring temperatures, if that lies there.

    One that is held by an edge of the error is put there, and the other moved alone; what is held by neither (a slope
    of nothing) is found by steps over the errors without rounding.
    """
    moved = balances + _shift(form, uses, balances, owners, tuple(range(form.balances)))
    smooth = _is_near(uses, balances, moved)
    here, there = (errors(form, uses, given, owners) for given in (balances, moved))
    smooth &= there <= here + ROUNDING * uses.squares[owners]
    found = np.where(smooth[:, None], moved, balances)
    held = np.flatnonzero(~smooth & _on_edge(uses, balances, span).any(axis=1))
    found[held], sure = _at_edges(form, uses, balances[held], owners[held], span)
    open_ = ~smooth
    open_[held[sure]] = False
    rest = np.flatnonzero(open_)
    exact = partial(exact_errors, form, uses)
    found[rest] = refined(exact, found[rest], owners[rest], NEAR * span, FINEST * span)[0]
    return found


def _is_near(uses: Uses, balances: Array, moved: Array) -> Flags:
    """Whether no temperature lies between two sets of balance points."""
    same = np.isfinite(moved).all(axis=1)
    return np.asarray(same & (uses.design.place(moved) == uses.design.place(balances)).all(axis=1))


def _edge(uses: Uses, balances: Array) -> Array:
    """The edge of the error nearest to each balance point. [°C]"""
    edges = uses.design.edges
    after = np.clip(np.searchsorted(edges, balances), 1, len(edges) - 1)
    return np.where(balances - edges[after - 1] < edges[after] - balances, edges[after - 1], edges[after])


def _on_edge(uses: Uses, balances: Array, span: float) -> Flags:
    return np.asarray(np.abs(balances - _edge(uses, balances)) <= NEAR * span)


def _at_edges(form: Form, uses: Uses, balances: Array, owners: Places, span: float) -> tuple[Array, Flags]:
    """The best of: each balance point as it is, on its nearest edge and beside it, with the other moved to suit.

    It is sure to be the lowest nearby if every balance point was put on an edge or moved.
    """
    on_edge = _on_edge(uses, balances, span)
    edge = np.where(on_edge, _edge(uses, balances), balances)
    beside = (balances, edge, np.nextafter(edge, -inf), np.nextafter(edge, inf))
    tried = _sets(beside, form.balances)
    sure = [on_edge.all(axis=1)] * len(tried)
    for free in range(form.balances if form.balances > 1 else 0):
        for given in beside[1:]:
            fixed = np.where(np.arange(form.balances) == free, balances, given)
            moved = fixed + _shift(form, uses, fixed, owners, (free,))
            near = _is_near(uses, fixed, moved)
            tried.append(np.where(near[:, None], moved, fixed))
            sure.append(near & on_edge[:, 1 - free])
    found = np.array([exact_errors(form, uses, given, owners) for given in tried])
    best, rows = np.where(sure, found * (1 - ROUNDING), found).argmin(axis=0), np.arange(len(balances))
    return np.array(tried)[best, rows], np.array(sure)[best, rows]


def _sets(beside: Sequence[Array], count: int) -> list[Array]:
    """Every choice of one of some values for each balance point."""
    return [
        np.stack([beside[which][:, one] for one, which in enumerate(chosen)], axis=1)
        for chosen in product(range(len(beside)), repeat=count)
    ]


def _shift(form: Form, uses: Uses, balances: Array, owners: Places, free: tuple[int, ...]) -> Array:
    """How far the free balance points are from the lowest error, as if no temperature lay between. [K]"""
    terms = vectors_of(form, uses.design, balances)
    if form.balances < len(terms):  # both terms have one balance point: their difference is the temperature
        terms = [terms[0], Vector(terms[0].place, 0.0, 0.0, 1.0)]
    vectors = [*terms, *(Vector(terms[one].place, 1.0, 0.0, 0.0) for one in free)]
    matrix = np.array([[uses.design.product(one, other) for other in vectors] for one in vectors])
    right = np.array([uses.product(one, owners) for one in vectors])
    size = np.sqrt(np.maximum(np.einsum("iij->ij", matrix), np.finfo(float).tiny))
    scaled = np.moveaxis(matrix / size[:, None] / size[None, :], -1, 0)
    numbers = np.linalg.pinv(scaled, hermitian=True) @ (right / size).T[:, :, None]
    numbers = numbers[:, :, 0] / size.T
    shift = np.zeros_like(balances)
    with np.errstate(divide="ignore", invalid="ignore"):
        for position, one in enumerate(free, start=len(terms)):
            shift[:, one] = numbers[:, position] / numbers[:, one]
    return shift
