"""The purses of a year joined under its budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kotsukotsu.planning.portfolio_front import Front
from kotsukotsu.planning.portfolio_purse import Places
from kotsukotsu.planning.portfolio_solver import TINY, Floats

# Points of each front that are tried first, and combinations of points from which on only a bound is given.
FEW, MANY = 30, 2_000_000
# Choices told beside the best: those that come next to it.
NEXT = 2


def joined(fronts: list[Front], rate: float, budget: float, reached: float) -> tuple[float, list[Places]]:
    """The most that all can be worth together, never too little, and the starts of the best choices found.

    Parameters
    ----------
    rate : float
        What one unit of the year's money is worth.
    reached : float
        What a choice known before is worth.
    """
    fronts = sorted(fronts, key=lambda each: len(each.sums))
    losses = [rate * each.paid - each.worth for each in fronts]
    least = [float(loss.min()) for loss in losses]
    most = rate * budget - sum(least)
    found = Combined.of(fronts, [np.argsort(loss)[:FEW] for loss in losses[:-1]], budget)
    gap = most - max(reached, found.best) + TINY * (1 + most)
    near = [np.flatnonzero(loss <= low + gap) for loss, low in zip(losses[:-1], least, strict=False)]
    if np.prod([float(len(each)) for each in near]) > MANY:
        return max(most, reached), found.choices()
    found = Combined.of(fronts, near, budget)
    return max(reached, found.best), found.choices()


@dataclass(frozen=True, slots=True)
class Combined:
    """Points of all fronts but the last in every combination, each with what the last buys for the money left.

    Attributes
    ----------
    points : list of arrays
        Of each of those fronts.
    steps : array
        Of the last front, for each combination.
    worth : array
        Of each combination; minus infinity where it cannot be paid.
    """

    fronts: list[Front]
    points: list[Places]
    steps: Places
    worth: Floats

    @classmethod
    def of(cls, fronts: list[Front], points: list[Places], budget: float) -> Combined:
        """Every combination of these points."""
        money, worth = np.array(budget), np.array(0.0)
        for front, own in zip(fronts, points, strict=False):
            money = money[..., None] - front.paid[own]
            worth = worth[..., None] + front.worth[own]
        steps = fronts[-1].affordable(money)
        paid = (steps >= 0) & (money >= 0)
        return cls(fronts, points, steps, np.where(paid, worth + fronts[-1].most[steps], -np.inf))

    @property
    def best(self) -> float:
        """What the best combination is worth."""
        return float(self.worth.max(initial=-np.inf))

    def choices(self) -> list[Places]:
        """The starts of the best combination and of those that come next to it."""
        worth = self.worth.ravel()
        count = min(NEXT + 1, len(worth))
        places = np.argpartition(-worth, count - 1)[:count] if count else np.empty(0, dtype=np.int64)
        places = places[np.argsort(-worth[places])]
        return [self._starts(place) for place in places.tolist() if worth[place] > -np.inf]

    def _starts(self, place: int) -> Places:
        at = np.unravel_index(place, self.steps.shape)
        sums = [int(front.sums[own[i]]) for front, own, i in zip(self.fronts, self.points, at, strict=False)]
        sums.append(int(self.steps[at]))
        return np.concatenate([front.bought(each) for front, each in zip(self.fronts, sums, strict=True)])
