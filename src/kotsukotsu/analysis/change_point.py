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

import numpy as np

from kotsukotsu.analysis.balance_search import lowest
from kotsukotsu.analysis.change_point_errors import errors, solved
from kotsukotsu.analysis.change_point_forms import FORMS, Array, Basis, Form, Points

# A sum of squares below this share of the total is the rounding of an exact fit, in which all forms are equal.
EXACT = 1e-12


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
    base, slopes, residuals = solved(form, data, balances)
    sse = float((data.weights * residuals[0] ** 2).sum())
    if not np.isfinite(sse) or np.isnan(slopes).any():
        return None
    mean = float((data.weights * data.use).mean())
    sst = float((data.weights * (data.use - mean) ** 2).sum()) if np.ptp(data.use) > 0 else 0.0
    numbers = tuple(map(float, slopes[0])), tuple(map(float, balances[0]))
    return Fit(
        form,
        data.basis,
        float(base[0]),
        *numbers,
        len(data.use),
        min(sse, sst),
        sst,
        mean,
        tuple(map(float, residuals[0])),
    )
