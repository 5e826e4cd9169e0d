"""How likely a plan meets its target when its assumptions are uncertain: Monte Carlo with a fixed seed.

Drawn numbers are floats: they are a picture of what is not known, never a published quantity.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kotsukotsu import texts
from kotsukotsu.accounting import exact

DATA = Path(__file__).parent / "data"
FACTOR, USE = "factor", "use"
DRAWS = 10_000
QUANTILES = (0.05, 0.5, 0.95)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A triangular distribution of the ratio to what is expected. [1]"""

    assumption: str
    name_ja: str
    name_en: str
    low: Decimal
    mode: Decimal
    high: Decimal
    applies_to: str
    source: str
    status: str

    @property
    def name(self) -> str:
        """Name in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.name_en


@cache
def assumptions() -> tuple[Assumption, ...]:
    """The shipped assumptions; all are unconfirmed and meant to be replaced by the city's own."""
    with (DATA / "chances.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Assumption(
                low=Decimal(row["low"]), mode=Decimal(row["mode"]), high=Decimal(row["high"]),
                **{name: row[name] for name in TEXTS},
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


TEXTS = ("assumption", "name_ja", "name_en", "applies_to", "source", "status")


@dataclass(frozen=True, slots=True)
class Split:
    """Tonnes of bought electricity, which move with its factor, and of everything else. [t-CO2e]"""

    electric: Decimal
    other: Decimal

    @classmethod
    def of(cls, tonnes: Decimal, electric: Decimal) -> Split:
        """A total and what of it is electricity."""
        return cls(electric, exact.difference(tonnes, electric))

    def plus(self, more: Split) -> Split:
        """Both together."""
        return Split(exact.total((self.electric, more.electric)), exact.total((self.other, more.other)))


NOTHING = Split(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a plan expects of its target year.

    Attributes
    ----------
    before : Split
        Emission without measures. [t-CO2e]
    saved : mapping
        Step (``use``, ``fuel``, ``supply``) to what its measures save, worked in order. [t-CO2e]
    target : Decimal
        Most that may be emitted. [t-CO2e]
    """

    before: Split
    saved: Mapping[str, Split]
    target: Decimal


@dataclass(frozen=True, slots=True)
class Chance:
    """Probability of meeting the target.

    Attributes
    ----------
    probability, standard_error : float
        Share of the draws that meet it, and sqrt(p (1 - p) / n). [1]
    quantiles : mapping
        Emission that 5, 50 and 95 % of the draws stay under. [t-CO2e]
    """

    probability: float
    standard_error: float
    quantiles: Mapping[float, float]
    draws: int
    seed: int


def chance(expected: Expected, *, seed: int, draws: int = DRAWS, taken: tuple[Assumption, ...] | None = None) -> Chance:
    """Probability that the emission of the target year is at most the target.

    Parameters
    ----------
    seed : int
        Of the generator; the same seed gives the same answer.
    taken : tuple of Assumption, optional
        The shipped ones if left out.

    Raises
    ------
    ValueError
        An assumption whose numbers are not in order.

    Notes
    -----
    E = use x (factor x electricity left + other left), each left of what is emitted without measures when every step
    has saved its ratio x what was expected of it. Ratios are triangular and independent of each other.
    """
    ratios = _drawn(assumptions() if taken is None else taken, draws, np.random.default_rng(seed))
    one = np.ones(draws)
    use, factor = ratios.get(USE, one), ratios.get(FACTOR, one)
    electric, other = one * float(expected.before.electric), one * float(expected.before.other)
    for step, saved in expected.saved.items():
        ratio = ratios.get(f"{step}_step", one)
        electric, other = electric - ratio * float(saved.electric), other - ratio * float(saved.other)
    emitted = use * (factor * electric + other)
    share = float(np.mean(emitted <= float(expected.target)))
    found = np.quantile(emitted, QUANTILES)
    quantiles = {quantile: float(value) for quantile, value in zip(QUANTILES, found, strict=True)}
    return Chance(share, sqrt(share * (1 - share) / draws), quantiles, draws, seed)


def _drawn(taken: tuple[Assumption, ...], draws: int, rng: np.random.Generator) -> dict[str, Floats]:
    return {each.applies_to: _triangular(each, draws, rng) for each in taken}


def _triangular(each: Assumption, draws: int, rng: np.random.Generator) -> Floats:
    if each.low == each.high:
        return np.full(draws, float(each.mode))
    return rng.triangular(float(each.low), float(each.mode), float(each.high), draws)
