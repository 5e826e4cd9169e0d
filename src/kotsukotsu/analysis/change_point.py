"""Change-point regressions of use per day on outdoor temperature, with one to five parameters.

The forms are those of Kissock, Haberl and Claridge (2003), Inverse Modeling Toolkit (ASHRAE RP-1050), and of ASHRAE
Guideline 14: 2P a line; 3PH, 3PC a base load and a slope below or above a balance point; 4P two slopes that meet at
one balance point; 5P a base load between two balance points. 1P, the mean, stands for use that does not depend on
temperature. Coefficients by least squares weighted with the days of a period, balance points by `balance_search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import inf, log, sqrt

import numpy as np

from kotsukotsu.analysis.balance_search import lowest
from kotsukotsu.analysis.change_point_design import Design, Places, Uses
from kotsukotsu.analysis.change_point_errors import errors, solved
from kotsukotsu.analysis.change_point_exact import settled
from kotsukotsu.analysis.change_point_forms import FORMS, Array, Basis, Form, Points

# A sum of squares below this share of the total is the rounding of an exact fit, in which all forms are equal.
EXACT = 1e-12
Numbers = tuple[float, tuple[float, ...], tuple[float, ...]]  # base, slopes, balance points


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
        return float(self.per_days(np.asarray(temperatures, dtype=np.float64), np.zeros(1, dtype=np.intp))[0])

    def per_days(self, values: Array, starts: Places) -> Array:
        """The same for periods one after the other, whose daily means begin at the starts among all. [unit/d]"""
        counts = np.diff(starts, append=len(values))
        if self.basis == "mean":
            values, starts, counts = np.add.reduceat(values, starts) / counts, np.arange(len(starts)), np.ones(1)
        found = np.full(len(starts), self.base)
        for slope, term, balance in zip(
            self.slopes, self.form.terms, _points_of(self.form, self.balances), strict=True
        ):
            found += slope * np.add.reduceat(_degrees(term, balance, values), starts) / counts
        return found


def _points_of(form: Form, balances: tuple[float, ...]) -> tuple[float, ...]:
    """The balance point of each term."""
    if not balances:
        return (0.0,) * len(form.terms)
    return balances if len(balances) == len(form.terms) else balances * len(form.terms)


def _degrees(term: str, balance: float, values: Array) -> Array:
    if term == "linear":
        return values
    return np.maximum(0.0, balance - values if term == "heating" else values - balance)


def fits(data: Points) -> list[Fit]:
    """Every form that the periods allow; of use that does not vary the mean alone."""
    return fits_together([data])[0]


def fits_together(data: Sequence[Points]) -> list[list[Fit]]:
    """The same for many facilities: what depends on the periods alone is computed once for those that share them."""
    alike: dict[tuple[bytes, ...], list[int]] = {}
    for number, one in enumerate(data):
        alike.setdefault(one.periods, []).append(number)
    found: list[list[Fit]] = [[] for _ in data]
    for numbers in alike.values():
        design = Design(data[numbers[0]])
        for form in FORMS:
            own = [n for n in numbers if len(data[n].use) > form.parameters and (not form.terms or _varies(data[n]))]
            if own:
                fitted = _fitted(form, design, np.array([data[n].use for n in own]))
                for number, fit in zip(own, fitted, strict=True):
                    found[number] += [fit] if fit else []
    return found


def _varies(data: Points) -> bool:
    return bool(np.ptp(data.use) > 0)


def chosen(found: Sequence[Fit]) -> Fit:
    """The form with the lowest Bayesian information criterion, of equals the one with fewer parameters."""
    return min(found, key=lambda fit: (fit.bic, fit.form.parameters))


def _fitted(form: Form, design: Design, use: Array) -> list[Fit | None]:
    """A form fitted to the use of each facility; None where it does not hold."""
    balances, owners = np.zeros((len(use), 0)), np.arange(len(use))
    if form.balances:
        uses = Uses(design, use)
        balances, owners = lowest(partial(errors, form, uses), design.data.means, form.balances, len(use))
        balances = settled(form, uses, balances, owners, float(np.ptp(design.data.means)))
    base, slopes, residuals = solved(form, design, balances, use[owners])
    found: list[Fit | None] = [None] * len(use)
    for row, owner in enumerate(owners):
        numbers = float(base[row]), tuple(map(float, slopes[row])), tuple(map(float, balances[row]))
        found[owner] = _fit(form, design.data, use[owner], numbers, residuals[row])
    return found


def _fit(form: Form, data: Points, use: Array, numbers: Numbers, residuals: Array) -> Fit | None:
    sse = float((data.weights * residuals**2).sum())
    if not np.isfinite(sse) or np.isnan(numbers[1]).any():
        return None
    mean = float((data.weights * use).mean())
    sst = float((data.weights * (use - mean) ** 2).sum()) if np.ptp(use) > 0 else 0.0
    return Fit(form, data.basis, *numbers, len(use), min(sse, sst), sst, mean, tuple(map(float, residuals)))
