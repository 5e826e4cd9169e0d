"""How low the maximum can be held with what is stored, and what must be stored for it, on every way that may come.

A way is what would be bought without the stores. [kW] On each way the stores give what is above a cap and are filled
from what is below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.dispatch.lp import Floats

STEPS = 20  # caps that are tried on each way, closer together the lower they are
CLOSER = 1.5
NEAR = 1e-9


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


def caps(ways: Floats, content: float, floor: float, store: Store) -> Floats:
    """The lowest cap, not below the floor, that the content can hold on each way. [kW]"""
    most = ways.max(axis=1)
    low = np.maximum(floor, (ways - store.give).max(axis=1))
    tried = low[:, np.newaxis] + np.maximum(most - low, 0.0)[:, np.newaxis] * np.linspace(0, 1, STEPS) ** CLOSER
    drawn = store.drawn(ways.T[:, :, np.newaxis] - tried)
    need = np.zeros(tried.shape)
    largest = need
    for step in drawn[::-1]:
        need = np.maximum(0.0, need + step)
        largest = np.maximum(largest, need)
    held = (need <= content + NEAR) & (largest <= store.kwh + NEAR)
    held[:, -1] = True
    made: Floats = tried[np.arange(len(ways)), held.argmax(axis=1)]
    return made
