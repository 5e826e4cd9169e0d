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
class Expected:
    """What a plan expects of its target year.

    Attributes
    ----------
    electricity, other : Decimal
        Emission without measures. [t-CO2e]
    saved : mapping
        Step (``use``, ``fuel``, ``supply``) to what its measures save, worked in order. [t-CO2e]
    target : Decimal
        Most that may be emitted. [t-CO2e]
    """

    electricity: Decimal
    other: Decimal
    saved: Mapping[str, Decimal]
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
    E = use x (factor x electricity + other) - sum over steps of ratio x saved; savings are scaled by the use too, and
    those of supply by the factor as well. Ratios are triangular and independent of each other.
    """
    ratios = _drawn(assumptions() if taken is None else taken, draws, np.random.default_rng(seed))
    one = np.ones(draws)
    use, factor = ratios.get(USE, one), ratios.get(FACTOR, one)
    emitted = use * (factor * float(expected.electricity) + float(expected.other))
    for step, tonnes in expected.saved.items():
        scaled = use * ratios.get(f"{step}_step", one) * float(tonnes)
        emitted = emitted - scaled * (factor if step == "supply" else one)
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
