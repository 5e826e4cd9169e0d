"""The cap under which the maximum stays lowest with what is stored, and what must be stored, on ways that may come.

A way is what would be bought without the stores. [kW] On each way the stores give what is above a cap and are filled
from what is below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.dispatch.lp import Floats

STEPS = 25  # caps that are tried


@dataclass(frozen=True, slots=True)
class Store:
    """What holds a cap: a battery, with cars that stand there beside it.

    Parameters
    ----------
    kwh : float
        Room above what is always kept. [kWh]
    fill : float
        Power with which it is filled. [kW]
    give : array or float
        Power that it gives in each half-hour. [kW]
    """

    kwh: float
    fill: float
    give: Floats | float
    efficiency: float
    hours: float

    def drawn(self, over: Floats) -> Floats:
        """What the content falls by where so much is above the cap, below it what it can rise by. [kW -> kWh]"""
        filled = self.hours * self.efficiency * np.maximum(over, -self.fill)
        return np.where(over > 0, self.hours / self.efficiency * over, filled)


def needed(ways: Floats, cap: float, store: Store) -> Floats:
    """What must be in the store before each half-hour so that no later one passes the cap, and after the last. [kWh]"""
    drawn = store.drawn(ways - cap)
    made = np.zeros((ways.shape[0], ways.shape[1] + 1))
    for slot in range(ways.shape[1] - 1, -1, -1):
        made[:, slot] = np.maximum(0.0, made[:, slot + 1] + drawn[:, slot])
    return made


def reached(ways: Floats, content: float, tried: Floats, store: Store) -> Floats:
    """The maximum that each way (row) comes to if each cap (column) is held as long as the content lasts. [kW]

    A cap that is too low empties the store before the peak is over, which then is met without it.
    """
    held = np.full((len(ways), len(tried)), content)
    most = np.zeros_like(held)
    give = np.broadcast_to(store.give, ways.shape[1])
    above = np.flatnonzero((ways > tried.min()).any(axis=0))
    for at, way in enumerate(ways.T[: above.max(initial=-1) + 1]):
        over = way[:, np.newaxis] - tried
        given = np.clip(over, 0.0, np.minimum(give[at], held * store.efficiency / store.hours))
        most = np.maximum(most, np.where(over > 0, tried + over - given, 0.0))
        held = held - given * store.hours / store.efficiency
        held = np.minimum(held + np.clip(-over, 0.0, store.fill) * store.hours * store.efficiency, store.kwh)
    return most


def cap(ways: Floats, content: float, floor: float, store: Store, share: float) -> float:
    """The lowest maximum, not below the floor, that any cap comes to on this share of the ways. [kW]

    It is held itself: a lower cap that comes to the same spends the store on half-hours that do not matter.
    """
    tried = floor + max(0.0, float(ways.max()) - floor) * np.linspace(0, 1, STEPS)
    maxima = np.maximum(reached(ways, content, tried, store), tried)
    return float(np.quantile(maxima, share, axis=0).min())
