"""Change-point regressions of use per day on outdoor temperature, with one to five parameters.

The forms are those of Kissock, Haberl and Claridge (2003), Inverse Modeling Toolkit (ASHRAE RP-1050), and of ASHRAE
Guideline 14: 2P a line; 3PH, 3PC a base load and a slope below or above a balance point; 4P two slopes that meet at
one balance point; 5P a base load between two balance points. 1P, the mean, stands for use that does not depend on
temperature. Coefficients by least squares weighted with the days of a period, balance points by `balance_search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from kotsukotsu.analysis.balance_search import lowest
from kotsukotsu.analysis.weather_limits import limit

Array = npt.NDArray[np.float64]
Basis = Literal["degree_days", "mean"]
# A sum of squares below this share of the total is the rounding of an exact fit, in which all forms are equal.
EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the regression.

    Attributes
    ----------
    terms : tuple of str
        ``linear``, ``heating`` (degrees below a balance point), ``cooling`` (degrees above one).
    balances : int
        Number of balance points.
    signed : bool
        Whether slopes must be positive: use rises as it gets colder or warmer.
    """

    name: str
    terms: tuple[str, ...]
    balances: int
    signed: bool

    @property
    def parameters(self) -> int:
        """Coefficients and balance points."""
        return 1 + len(self.terms) + self.balances


FORMS = (
    Form("1P", (), 0, signed=False),
    Form("2P", ("linear",), 0, signed=False),
    Form("3PH", ("heating",), 1, signed=True),
    Form("3PC", ("cooling",), 1, signed=True),
    Form("4P", ("heating", "cooling"), 1, signed=False),
    Form("5P", ("heating", "cooling"), 2, signed=True),
)


@dataclass(frozen=True)
class Points:
    """Periods as numbers: use per day, the temperatures of each, and its weight.

    Attributes
    ----------
    use : array (periods,)
        Use per day. [unit/d]
    temperatures, shares : array (periods, values)
        Temperatures [°C] and the share of the period that each stands for; shares add up to 1.
    weights : array (periods,)
        Days, scaled to a mean of 1.
    """

    use: Array
    temperatures: Array
    shares: Array
    weights: Array
    basis: Basis

    @property
    def means(self) -> Array:
        """Mean temperature of each period. [°C]"""
        return np.asarray((self.temperatures * self.shares).sum(axis=1))


def points(
    use: Sequence[float], temperatures: Sequence[Sequence[float]], days: Sequence[int], basis: Basis = "degree_days"
) -> Points:
    """Periods as numbers.

    Parameters
    ----------
    use : sequence of float
        Use per day of each period. [unit/d]
    temperatures : sequence of sequences of float
        Daily means within each period. [°C]
    days : sequence of int
        Length of each period. [d]
    basis : str
        ``degree_days``: degrees below or above a balance point are counted day by day (variable-base degree days);
        ``mean``: from the mean temperature of the period.
    """
    found = [[sum(t) / len(t)] for t in temperatures] if basis == "mean" else temperatures
    padded, shares = np.zeros((len(use), max(map(len, found)))), np.zeros((len(use), max(map(len, found))))
    for row, values in enumerate(found):
        padded[row, : len(values)] = values
        shares[row, : len(values)] = 1 / len(values)
    weights = np.asarray(days, dtype=np.float64)
    return Points(np.asarray(use, dtype=np.float64), padded, shares, weights / weights.mean(), basis)


@dataclass(frozen=True, slots=True)
class Fit:
    """One fitted form.

    Attributes
    ----------
    base : float
        Use per day without heating and cooling; of 2P that at 0 °C. [unit/d]
    slopes : tuple of float
        One for each term of the form. [unit/(d K)]
    balances : tuple of float
        Balance points, that of heating first. [°C]
    n : int
        Periods.
    sse, sst : float
        Sums of squares of residuals and about the mean, weighted. [(unit/d)2]
    mean : float
        Mean use per day, weighted. [unit/d]
    residuals : tuple of float
        In the order of the periods. [unit/d]
    """

    form: Form
    basis: Basis
    base: float
    slopes: tuple[float, ...]
    balances: tuple[float, ...]
    n: int
    sse: float
    sst: float
    mean: float
    residuals: tuple[float, ...]

    @property
    def r2(self) -> float | None:
        """Coefficient of determination; None where the use does not vary. [1]"""
        return 1 - self.sse / self.sst if self.sst > 0 else None

    @property
    def cv_rmse(self) -> float | None:
        """Root mean square error with n - parameters degrees of freedom, over the mean; None without use. [1]"""
        return sqrt(self.sse / (self.n - self.form.parameters)) / self.mean if self.mean > 0 else None

    @property
    def bic(self) -> float:
        """Schwarz (1978): n ln(SSE / n) + parameters ln(n), balance points counted as parameters. [1]"""
        error = max(self.sse, EXACT * self.sst)
        return -inf if error <= 0 else self.n * log(error / self.n) + self.form.parameters * log(self.n)

    def per_day(self, temperatures: Sequence[float]) -> float:
        """Expected use per day in a period with these daily means. [unit/d]"""
        values = [sum(temperatures) / len(temperatures)] if self.basis == "mean" else list(temperatures)
        terms = zip(self.slopes, self.form.terms, _points_of(self.form, self.balances), strict=True)
        return self.base + sum(slope * _degrees(term, balance, values) for slope, term, balance in terms)


def _points_of(form: Form, balances: tuple[float, ...]) -> tuple[float, ...]:
    """The balance point of each term."""
    if not balances:
        return (0.0,) * len(form.terms)
    return balances if len(balances) == len(form.terms) else balances * len(form.terms)


def _degrees(term: str, balance: float, values: Sequence[float]) -> float:
    if term == "linear":
        return sum(values) / len(values)
    sign = 1 if term == "heating" else -1
    return sum(max(0.0, sign * (balance - value)) for value in values) / len(values)


def fits(data: Points) -> list[Fit]:
    """Every form that the periods allow; of use that does not vary the mean alone."""
    varies = bool(np.ptp(data.use) > 0)
    found = [_fit(form, data) for form in FORMS if varies or not form.terms]
    return [one for one in found if one is not None]


def chosen(found: Sequence[Fit]) -> Fit:
    """The form with the lowest Bayesian information criterion, of equals the one with fewer parameters."""
    return min(found, key=lambda fit: (fit.bic, fit.form.parameters))


def _fit(form: Form, data: Points) -> Fit | None:
    if len(data.use) <= form.parameters:
        return None
    balances: Array = np.zeros((1, 0))
    if form.balances:
        found = lowest(lambda given: errors(form, data, given), data.means, form.balances)
        if found is None:
            return None
        balances = found[None, :]
    base, slopes, residuals = _solved(form, data, balances)
    sse = float((data.weights * residuals[0] ** 2).sum())
    if not np.isfinite(sse) or np.isnan(slopes).any():
        return None
    mean = float((data.weights * data.use).mean())
    sst = float((data.weights * (data.use - mean) ** 2).sum()) if np.ptp(data.use) > 0 else 0.0
    numbers = tuple(map(float, slopes[0])), tuple(map(float, balances[0]))
    return Fit(form, data.basis, float(base[0]), *numbers, len(data.use), min(sse, sst), sst, mean, tuple(map(float, residuals[0])))


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
    _, slopes, residuals = _solved(form, data, balances)
    valid &= ~np.isnan(slopes).any(axis=1)
    valid &= (slopes > 0).all(axis=1) if form.signed else True
    return np.where(valid, (data.weights * residuals**2).sum(axis=1), inf)


def _columns(form: Form, data: Points, balances: Array) -> list[Array]:
    """Mean degrees of each term, one row for each set of balance points."""
    found: list[Array] = []
    for position, term in enumerate(form.terms):
        if term == "linear":
            found.append(data.means[None, :])
            continue
        # Sets of a grid share most of their balance points.
        own, places = np.unique(balances[:, min(position, form.balances - 1)], return_inverse=True)
        sign = 1.0 if term == "heating" else -1.0
        degrees = np.maximum(sign * (own[:, None, None] - data.temperatures), 0.0)
        found.append((degrees * data.shares).sum(axis=2)[places])
    return found


def _solved(form: Form, data: Points, balances: Array) -> tuple[Array, Array, Array]:
    """Base, slopes and residuals of weighted least squares; slopes are NaN where the terms are not independent."""
    weights = data.weights / data.weights.sum()
    mean = float((weights * data.use).sum())
    columns = _columns(form, data, balances)
    centres = [(weights * column).sum(axis=1) for column in columns]
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
    square = (weights * first**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = np.where(square > 0, (weights * first * use).sum(axis=1) / square, np.nan)
        if len(columns) == 1:
            return [alone]
        shared = (weights * first * columns[1]).sum(axis=1) / square
        own = columns[1] - shared[:, None] * first
        left, whole = (weights * own**2).sum(axis=1), (weights * columns[1] ** 2).sum(axis=1)
        slope = np.where(left > EXACT * whole, (weights * own * use).sum(axis=1) / left, np.nan)
        return [alone - shared * slope, slope]
