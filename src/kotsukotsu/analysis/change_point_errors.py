"""Least squares of a form at given balance points, many sets of them and many facilities at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
import numpy.typing as npt

from kotsukotsu.analysis.change_point_design import Design, Places, Uses, Vector
from kotsukotsu.analysis.change_point_forms import Array, Form
from kotsukotsu.analysis.weather_limits import limit

Flags = npt.NDArray[np.bool_]
# What is left of a term below this share is rounding: it is no other term than the first.
DEPENDENT = 1e-12


def errors(form: Form, uses: Uses, balances: Array, owners: Places) -> Array:
    """Sum of squares for each set of balance points; infinite where the form does not hold there.

    Parameters
    ----------
    form : Form
        One with balance points.
    balances : array (sets, balance points)
        The lower one first. [°C]
    owners : array (sets,)
        Whose use each set is for.
    """
    vectors = vectors_of(form, uses.design, balances)
    with np.errstate(divide="ignore", invalid="ignore"):
        left, slopes = _explained(uses, vectors, owners)
    holds = allowed(form, uses.design, balances) & np.isfinite(left)
    for slope in slopes if form.signed else ():
        holds &= slope > 0
    return np.where(holds, uses.squares[owners] - left, inf)


def exact_errors(form: Form, uses: Uses, balances: Array, owners: Places) -> Array:
    """The same from the residuals of every period: without the rounding of the sums, which is one of all squares."""
    _, slopes, residuals = solved(form, uses.design, balances, uses.use[owners])
    holds = allowed(form, uses.design, balances) & ~np.isnan(slopes).any(axis=1)
    holds &= (slopes > 0).all(axis=1) if form.signed else True
    return np.where(holds, residuals**2 @ uses.design.data.weights, inf)


def allowed(form: Form, design: Design, balances: Array) -> Flags:
    """Whether each slope has ``slope_periods`` periods beyond its balance point, and a base load ``flat_periods``."""
    low, high, count = balances[:, 0], balances[:, -1], len(design.ranked)
    below = np.searchsorted(design.ranked, low)
    above = count - np.searchsorted(design.ranked, high, side="right")
    between = count - sum(own for term, own in (("heating", below), ("cooling", above)) if term in form.terms)
    least = int(limit("slope_periods"))
    valid = np.asarray(low <= high)
    valid &= (below >= least) if "heating" in form.terms else True
    valid &= (above >= least) if "cooling" in form.terms else True
    valid &= (between >= int(limit("flat_periods"))) if form.signed else True
    return valid


def vectors_of(form: Form, design: Design, balances: Array) -> list[Vector]:
    """The terms at given balance points, less constants: max(0, T - b) = T - b + max(0, b - T)."""
    found: list[Vector] = []
    for position, term in enumerate(form.terms):
        balance = balances[:, min(position, form.balances - 1)]
        found.append(Vector(design.place(balance), balance, -1.0, 1.0 if term == "cooling" else 0.0))
    return found


def _explained(uses: Uses, vectors: Sequence[Vector], owners: Places) -> tuple[Array, list[Array]]:
    """What one or two terms explain of the sum of squares, and their slopes."""
    design, first = uses.design, vectors[0]
    square, with_use = design.product(first, first), uses.product(first, owners)
    alone = with_use / square
    if len(vectors) == 1:
        return with_use * alone, [alone]
    second = vectors[1]
    own, both = design.product(second, second), design.product(first, second)
    shared = both / square
    left = own - shared * both
    rest = uses.product(second, owners) - shared * with_use
    slope = np.where(left > DEPENDENT * own, rest / left, np.nan)
    return with_use * alone + rest * slope, [alone - shared * slope, slope]


def _columns(form: Form, design: Design, balances: Array) -> list[Array]:
    """Mean degrees of each term, one row for each set of balance points."""
    found: list[Array] = []
    for position, term in enumerate(form.terms):
        if term == "linear":
            found.append(np.broadcast_to(design.data.means, (len(balances), len(design.data.means))))
            continue
        balance = balances[:, min(position, form.balances - 1)]
        below = design.degrees_below(balance)
        # max(0, T - b) = T - b + max(0, b - T)
        found.append(below if term == "heating" else design.data.means - balance[:, None] + below)
    return found


def solved(form: Form, design: Design, balances: Array, use: Array) -> tuple[Array, Array, Array]:
    """Base, slopes and residuals of weighted least squares; slopes are NaN where the terms are not independent.

    Parameters
    ----------
    balances, use : array (sets, balance points), array (sets, periods)
        Balance points [°C] and the use that each set is for [unit/d].
    """
    weights = design.data.weights / design.data.weights.sum()
    mean = use @ weights
    columns = _columns(form, design, balances)
    centres = [column @ weights for column in columns]
    centred = [column - centre[:, None] for column, centre in zip(columns, centres, strict=True)]
    residuals, base = use - mean[:, None], mean
    slopes = _slopes(centred, residuals, weights)
    for slope, column, centre in zip(slopes, centred, centres, strict=True):
        residuals = residuals - slope[:, None] * column
        base = base - slope * centre
    return base, np.array(slopes).reshape(len(slopes), len(balances)).T, residuals


def _slopes(columns: Sequence[Array], use: Array, weights: Array) -> list[Array]:
    """Slopes of one or two centred columns, the second made orthogonal to the first."""
    if not columns:
        return []
    first = columns[0]
    weighted = first * weights
    square = (weighted * first).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = np.where(square > 0, (weighted * use).sum(axis=1) / square, np.nan)
        if len(columns) == 1:
            return [alone]
        shared = (weighted * columns[1]).sum(axis=1) / square
        own = columns[1] - shared[:, None] * first
        left, whole = own**2 @ weights, columns[1] ** 2 @ weights
        slope = np.where(left > DEPENDENT * whole, (own * use) @ weights / left, np.nan)
        return [alone - shared * slope, slope]
