"""What a VTN asks for in the coming half-hours, as prices and limits that a plan keeps to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kotsukotsu.energy.dispatch.lp import Floats

WATTS = 1000.0


class Quantity(StrEnum):
    """What is asked for, by the names that `devices.openadr` gives them."""

    LEVEL = "level"
    LOAD = "load"
    CHANGE = "load_change"
    PRICE = "price"
    MORE = "price_more"
    TIMES = "price_times"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request that we joined asks of a half-hour.

    Parameters
    ----------
    slot : int
        From the first half-hour that is planned.
    value : float
        [level, W, yen/kWh or times, by the quantity]
    """

    event_id: str
    slot: int
    quantity: Quantity
    value: float


@dataclass(frozen=True, slots=True)
class Requests:
    """All wishes, and the most that may be bought at each level by the site's own setting. [kW]"""

    wishes: Sequence[Wish]
    levels: Mapping[int, float]


NOTHING = Requests((), {})


@dataclass(frozen=True, slots=True)
class Asked:
    """What all requests together make of the coming half-hours.

    Attributes
    ----------
    buy : array
        Price of a bought kWh. [yen/kWh]
    least, most : array
        Purchases that are asked for; infinite where nothing is. [kW]
    unknown : tuple of Wish
        Levels of which the site does not say what they mean.
    """

    buy: Floats
    least: Floats
    most: Floats
    unknown: tuple[Wish, ...] = ()


def asked(given: Requests, buy: Floats, standing: Floats) -> Asked:
    """Prices and limits of the coming half-hours.

    Parameters
    ----------
    standing : array
        Purchases that are expected if no store does anything, from which a change is counted. [kW]
    """
    price, least, most = buy.copy(), np.full(len(buy), -np.inf), np.full(len(buy), np.inf)
    for one in given.wishes:
        low, high = _bounds(one, float(standing[one.slot]), given.levels)
        price[one.slot] = _price(one, float(price[one.slot]))
        least[one.slot], most[one.slot] = max(least[one.slot], low), min(most[one.slot], high)
    unknown = (one for one in given.wishes if one.quantity is Quantity.LEVEL and one.value > 0)
    return Asked(
        price, np.minimum(least, most), most, tuple(one for one in unknown if int(one.value) not in given.levels)
    )


def _price(one: Wish, price: float) -> float:
    match one.quantity:
        case Quantity.PRICE:
            return one.value
        case Quantity.MORE:
            return price + one.value
        case Quantity.TIMES:
            return price * one.value
        case _:
            return price


def _bounds(one: Wish, standing: float, levels: Mapping[int, float]) -> tuple[float, float]:
    """Purchases that a wish allows; a change that is asked for upwards is a least, downwards a most. [kW]"""
    changed = max(0.0, standing + one.value / WATTS)
    match one.quantity:
        case Quantity.LOAD:
            return -np.inf, one.value / WATTS
        case Quantity.CHANGE if one.value > 0:
            return changed, np.inf
        case Quantity.CHANGE:
            return -np.inf, changed
        case Quantity.LEVEL:
            return -np.inf, levels.get(int(one.value), np.inf)
        case _:
            return -np.inf, np.inf
