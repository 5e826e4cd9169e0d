"""Figures by which a year of a site is known; each is defined here and nowhere else."""

from __future__ import annotations


def self_consumption(potential: float, sold: float, curtailed: float) -> float | None:
    """自家消費率: what is used at the place of all that the sun could give; None without sun. [kWh in, 1 out]

    >>> self_consumption(1000.0, 150.0, 50.0), self_consumption(0.0, 0.0, 0.0)
    (0.8, None)
    """
    return max(0.0, potential - sold - curtailed) / potential if potential > 0 else None


def self_sufficiency(bought: float, used: float) -> float | None:
    """自給率: what comes from no other place of all that buildings, cars and equipment use. [kWh in, 1 out]

    >>> self_sufficiency(700.0, 1000.0), self_sufficiency(1.0, 0.0)
    (0.3, None)
    """
    return max(0.0, (used - bought) / used) if used > 0 else None


def cycles(given: float, kwh: float) -> float | None:
    """How often in the period a battery gave its whole content; None without one. [kWh in]

    >>> cycles(3000.0, 300.0), cycles(0.0, 0.0)
    (10.0, None)
    """
    return given / kwh if kwh > 0 else None
