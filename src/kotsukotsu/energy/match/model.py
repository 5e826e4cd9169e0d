"""What is matched, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import Calendar, Ints

PER_KWH = 1000  # watt-hours
BILLION = 10**9
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generator.

    Attributes
    ----------
    sent : array of int
        What it sent out in each half-hour. [Wh]
    loss_pct : Decimal
        What the network loses on the way. [%]
    own : bool
        Whether it stands behind the buildings' own meter: what they use of it was never bought, and needs no
        certificate.
    scheme : str
        ``fit``, ``fip`` or ``non_fit``.
    is_planned : bool
        Whether it is not there yet: it is matched as if it were, has no certificates and proves nothing.
    """

    generator_id: str
    name: str
    sent: Ints
    loss_pct: Decimal
    own: bool = False
    scheme: str = "non_fit"
    is_planned: bool = False

    @property
    def delivered(self) -> Ints:
        """What arrives, in whole watt-hours. [Wh]"""
        kept = int((HUNDRED - self.loss_pct) / HUNDRED * BILLION)
        return self.sent * kept // BILLION


@dataclass(frozen=True, slots=True)
class Matching:
    """An allocation.

    Attributes
    ----------
    loads : array of buildings x half-hours
        [Wh]
    allocated : array of generators x buildings x half-hours
        [Wh]
    """

    calendar: Calendar
    generators: tuple[Generation, ...]
    buildings: tuple[str, ...]
    loads: Ints
    allocated: Ints
    rule: str

    @property
    def matched(self) -> Ints:
        """What each building got in each half-hour, from all generators. [Wh]"""
        return _sum(self.allocated, 0)

    @property
    def delivered(self) -> Ints:
        """What arrived in each half-hour, from all generators. [Wh]"""
        return _sum(np.stack([one.delivered for one in self.generators]), 0)

    @property
    def load(self) -> Ints:
        """What all buildings used in each half-hour. [Wh]"""
        return _sum(self.loads, 0)


def watt_hours(kwh: Values, point: str) -> Ints:
    """Half-hours in whole watt-hours. [kWh in, Wh out]

    Raises
    ------
    EnergyError
        MT-01 a value that is no number or negative.
    """
    if not np.isfinite(kwh).all() or (kwh < 0).any():
        raise EnergyError("MT-01", point=point, count=int((~np.isfinite(kwh) | (kwh < 0)).sum()))
    return np.rint(kwh * PER_KWH).astype(np.int64)


def kwh(wh: int | np.integer[np.typing.NBitBase]) -> Decimal:
    """Watt-hours as kilowatt-hours. [Wh in, kWh out]"""
    return Decimal(int(wh)) / PER_KWH


def billionths(shares: Sequence[Decimal], name: str) -> Ints:
    """Shares in whole billionths, which never add up to more than the shares do.

    Raises
    ------
    EnergyError
        MT-02 a share outside 0 to 1, or shares of more than 1 together.
    """
    if any(not 0 <= share <= 1 for share in shares) or sum(shares) > 1:
        raise EnergyError("MT-02", generator=name, total=sum(shares))
    return np.asarray([int(share * BILLION) for share in shares], np.int64)


def _sum(values: Ints, axis: int) -> Ints:
    made: Ints = values.sum(axis=axis)
    return made
