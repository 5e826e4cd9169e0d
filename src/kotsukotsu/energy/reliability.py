"""Probability that backup generators and a battery carry critical loads, hour by hour; and what an outage costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Generators:
    """Backup generators of one kind.

    Parameters
    ----------
    fails : float
        Probability of failing in an hour, for each that runs. [1]
    ready, starts : float
        Probability of being available, and of starting when asked. [1]
    """

    count: int
    kw: float
    fails: float
    ready: float = 1.0
    starts: float = 1.0


def survival_probability(
    load: Sequence[float], generators: Generators, *, battery_kw: float = 0.0, battery_kwh: float = 0.0,
    content: float = 0.0, levels: int = 101,
) -> float:  # fmt: skip
    """Probability that every hour of an outage is served.

    Parameters
    ----------
    load : sequence of float
        Critical load of each hour. [kW]
    content : float
        In the battery at the start. [kWh]
    levels : int
        Steps into which the battery's content is divided.

    Notes
    -----
    A Markov chain over the number of running generators and the battery's content. In each hour generators first fail,
    then those left and the battery serve, then surplus of the generators charges the battery.
    """
    step = battery_kwh / (levels - 1) if battery_kwh else 1.0
    grid = np.arange(levels if battery_kwh else 1, dtype=np.float64) * step
    state = np.zeros((generators.count + 1, len(grid)))
    state[:, round(content / step) if battery_kwh else 0] = _binomial(
        generators.count, generators.ready * generators.starts
    )
    fails: Floats = np.array([_padded(_binomial(left, 1 - generators.fails), generators.count + 1)
                      for left in range(generators.count + 1)])  # fmt: skip
    for kw in load:
        state = _served(np.asarray(fails.T @ state, np.float64), generators.kw, kw, battery_kw, grid)
    return float(state.sum())


def _served(state: Floats, each: float, load: float, battery_kw: float, grid: Floats) -> Floats:
    """What is left of each state after an hour; states that could not serve are gone."""
    left = np.zeros_like(state)
    highest = grid[-1]
    for running, row in enumerate(state):
        spare = running * each - load
        moved = np.minimum(grid + np.clip(spare, -battery_kw, battery_kw), highest)
        good = (moved >= -NEAR) & (spare >= -battery_kw - NEAR)
        places = np.rint(np.clip(moved, 0, None) / (grid[1] if len(grid) > 1 else 1.0)).astype(np.int64)
        np.add.at(left[running], places[good], row[good])
    return left


def _binomial(count: int, works: float) -> Floats:
    return np.array([comb(count, k) * works**k * (1 - works) ** (count - k) for k in range(count + 1)])


def _padded(values: Floats, length: int) -> Floats:
    return np.pad(values, (0, length - len(values)))


def present_worth(years: int, growth: float, discount: float) -> float:
    """Sum over the years of ((1 + growth) / (1 + discount)) ** year. [1]"""
    ratio = (1 + growth) / (1 + discount)
    return float(sum(ratio**year for year in range(1, years + 1)))


def outage_cost(hours: float, yen_per_hour: float, years: int, growth: float, discount: float) -> float:
    """What outages of so many hours in a year cost over the years, today. [yen]"""
    return hours * yen_per_hour * present_worth(years, growth, discount)
