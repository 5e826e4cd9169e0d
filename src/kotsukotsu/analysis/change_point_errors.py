"""Weighted least squares of a form at given balance points, many sets of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np

from kotsukotsu.analysis.change_point_forms import Array, Form, Points
from kotsukotsu.analysis.weather_limits import limit

# What is left of a term below this share is rounding: it is no other term than the first.
DEPENDENT = 1e-12


def errors(form: Form, data: Points, balances: Array) -> Array:
    """Sum of squares for each set of balance points; infinite where the form does not hold there.

    A form holds where each slope has at least ``slope_periods`` periods beyond its balance point, a base load at
    least ``flat_periods``, and the signs are right.

    Parameters
    ----------
    balances : array (sets, balance points)
        The lower one first. [°C]
    """
    low, high = balances[:, :1], balances[:, -1:]
    below, above = (data.means < low).sum(axis=1), (data.means > high).sum(axis=1)
    between = len(data.use) - sum(
        count for term, count in (("heating", below), ("cooling", above)) if term in form.terms
    )
    least = int(limit("slope_periods"))
    valid = np.asarray(low[:, 0] <= high[:, 0])
    valid &= (below >= least) if "heating" in form.terms else True
    valid &= (above >= least) if "cooling" in form.terms else True
    valid &= (between >= int(limit("flat_periods"))) if form.signed else True
    _, slopes, residuals = solved(form, data, balances)
    valid &= ~np.isnan(slopes).any(axis=1)
    valid &= (slopes > 0).all(axis=1) if form.signed else True
    return np.where(valid, residuals**2 @ data.weights, inf)


def _columns(form: Form, data: Points, balances: Array) -> list[Array]:
    """Mean degrees of each term, one row for each set of balance points."""
    found: list[Array] = []
    for position, term in enumerate(form.terms):
        if term == "linear":
            found.append(data.means[None, :])
            continue
        balance = balances[:, min(position, form.balances - 1)]
        below = data.degrees_below(balance)
        # max(0, T - b) = T - b + max(0, b - T)
        found.append(below if term == "heating" else data.means - balance[:, None] + below)
    return found


def solved(form: Form, data: Points, balances: Array) -> tuple[Array, Array, Array]:
    """Base, slopes and residuals of weighted least squares; slopes are NaN where the terms are not independent."""
    weights = data.weights / data.weights.sum()
    mean = float((weights * data.use).sum())
    columns = _columns(form, data, balances)
    centres = [column @ weights for column in columns]
    centred = [column - centre[:, None] for column, centre in zip(columns, centres, strict=True)]
    slopes = _slopes(centred, data.use - mean, weights)
    residuals = np.broadcast_to(data.use - mean, (len(balances), len(data.use)))
    base = np.full(len(balances), mean)
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
        alone = np.where(square > 0, weighted @ use / square, np.nan)
        if len(columns) == 1:
            return [alone]
        shared = (weighted * columns[1]).sum(axis=1) / square
        own = columns[1] - shared[:, None] * first
        left, whole = own**2 @ weights, columns[1] ** 2 @ weights
        slope = np.where(left > DEPENDENT * whole, own @ (weights * use) / left, np.nan)
        return [alone - shared * slope, slope]
