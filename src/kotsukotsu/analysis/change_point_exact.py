"""The last digits of balance points: where the sum of squares is smooth, its lowest point is a linear problem.

Between two neighbouring temperatures the degrees below a balance point b + d are those below b and d times the share
S of colder days. Least squares with both as terms of their own gives slope and slope * d, and so d.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from kotsukotsu.analysis.balance_search import FINEST, refined
from kotsukotsu.analysis.change_point_design import Places, Uses, Vector
from kotsukotsu.analysis.change_point_errors import errors, exact_errors, vectors_of
from kotsukotsu.analysis.change_point_forms import Array, Form

# Share of the whole sum of squares by which two equal errors may differ through rounding.
ROUNDING = 1e-12
NEAR = 1e-6  # share of the range of temperatures within which an edge is looked for


def settled(form: Form, uses: Uses, balances: Array, owners: Places, span: float) -> Array:
    """Balance points moved to the lowest error between their neighbouring temperatures, if that lies there.

    One that lies on a temperature, where the error has an edge, is found by steps over the errors without rounding.
    """
    moved = balances + _shift(form, uses, balances, owners)
    smooth = np.isfinite(moved).all(axis=1)
    smooth &= (uses.design.place(moved) == uses.design.place(balances)).all(axis=1)
    here, there = (errors(form, uses, given, owners) for given in (balances, moved))
    smooth &= there <= here + ROUNDING * uses.squares[owners]
    found, edges = np.where(smooth[:, None], moved, balances), np.flatnonzero(~smooth)
    exact = partial(exact_errors, form, uses)
    found[edges] = refined(exact, balances[edges], owners[edges], NEAR * span, FINEST * span)[0]
    return found


def _shift(form: Form, uses: Uses, balances: Array, owners: Places) -> Array:
    """How far the balance points are from the lowest error, as if no temperature lay between. [K]"""
    terms = vectors_of(form, uses.design, balances)
    if form.balances < len(terms):  # both terms have one balance point: their difference is the temperature
        terms = [terms[0], Vector(terms[0].place, 0.0, 0.0, 1.0)]
    vectors = [*terms, *(Vector(one.place, 1.0, 0.0, 0.0) for one in terms[: form.balances])]
    matrix = np.array([[uses.design.product(one, other) for other in vectors] for one in vectors])
    right = np.array([uses.product(one, owners) for one in vectors])
    size = np.sqrt(np.maximum(np.einsum("iij->ij", matrix), np.finfo(float).tiny))
    scaled = np.moveaxis(matrix / size[:, None] / size[None, :], -1, 0)
    numbers = np.linalg.pinv(scaled, hermitian=True) @ (right / size).T[:, :, None]
    numbers = numbers[:, :, 0] / size.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(numbers[:, len(terms) :] / numbers[:, : form.balances])
