"""How long the decomposition of all municipalities takes, on made sums."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from kotsukotsu.analysis.batch import Sums, effects_of

BODIES, YEARS, ITEMS, SUPPLIES, GASES = 1788, 12, 15, 3, 2


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for one run, number of sums, and the largest rest beside a change."""

    seconds: float
    sums: int
    worst_rest: float


def made_sums(bodies: int = BODIES, years: int = YEARS, seed: int = 1) -> Sums:
    """Sums of invented bodies: 15 items, up to 3 supplies, 2 gases; a fifth of the supplies come and go."""
    chance = np.random.default_rng(seed)
    shape = (bodies, ITEMS, SUPPLIES, GASES, years)
    place, item, supply, gas, year = (axis.ravel().astype(np.int64) for axis in np.indices(shape))
    quantity = np.broadcast_to(chance.lognormal(9, 1, (*shape[:3], 1, years)), shape).ravel()
    present = np.broadcast_to(chance.random((*shape[:3], 1, years)) > 1 / 5, shape).ravel()
    tonnes = quantity * chance.lognormal(-8, 0.3, shape).ravel()
    gwp = np.where(gas == 0, 1.0, np.where(year < years // 2, 25.0, 28.0))
    return Sums(
        place[present], item[present], supply[present], gas[present], year[present],
        quantity[present], tonnes[present], gwp[present],
    )  # fmt: skip


def measured(bodies: int = BODIES, years: int = YEARS) -> Measured:
    """One run, after the sums are made."""
    sums = made_sums(bodies, years)
    start = perf_counter()
    found = effects_of(sums)
    return Measured(perf_counter() - start, sums.place.size, found.worst_rest())
