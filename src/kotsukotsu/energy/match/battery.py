"""What a battery between the generators and the buildings would lift the coverage to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kotsukotsu.energy.match.ladder import HALF_HOUR, Rung
from kotsukotsu.energy.match.model import PER_KWH, Matching, kwh
from kotsukotsu.energy.slots import HOURS

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Battery:
    """A size.

    Attributes
    ----------
    mwh : Decimal
        What it holds. [MWh]
    hours : Decimal
        How long it gives its full power. [h]
    efficiency : Decimal
        Of a round trip; half of the loss on the way in, half on the way out. [1]
    """

    mwh: Decimal
    hours: Decimal
    efficiency: Decimal


def lifted(found: Matching, sizes: Sequence[Battery]) -> tuple[tuple[Battery, Rung], ...]:
    """The half-hourly coverage with each battery: it takes what is over and gives where some is wanting.

    It starts empty, foresees nothing, and serves the buildings together.
    """
    over = np.maximum(found.delivered - found.load, 0).tolist()
    short = np.maximum(found.load - found.delivered, 0).tolist()
    direct = int(np.minimum(found.delivered, found.load).sum())
    load = kwh(int(found.load.sum()))
    return tuple((one, Rung(HALF_HOUR, kwh(direct + _given(one, over, short)), load)) for one in sizes)


def _given(battery: Battery, over: Sequence[int], short: Sequence[int]) -> int:
    """What it gives in the year. [Wh]"""
    room = float(battery.mwh) * THOUSAND * PER_KWH
    most = room / float(battery.hours) * HOURS
    way = float(battery.efficiency) ** 0.5
    held = given = 0.0
    for surplus, want in zip(over, short, strict=True):
        if surplus:
            held += min(surplus, most, (room - held) / way) * way
        elif want:
            out = min(want, most, held * way)
            held -= out / way
            given += out
    return int(given)
