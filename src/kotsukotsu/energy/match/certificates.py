"""Certificates by the half-hour: issued, lost on the way, allocated, cancelled, left.

For every generator and half-hour: issued = lost + allocated + left, and cancelled is a part of allocated that
tracked certificates of the register stand behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.match.model import PER_KWH, Generation, Matching, kwh
from kotsukotsu.energy.slots import Ints

FIT = "fit"
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the register, as the city holds it.

    Attributes
    ----------
    start, end : date
        The period of generation that it speaks of, `[start, end)`.
    kwh : Decimal
        [kWh]
    kind : str
        ``fit``, ``non_fit``, ``green`` or ``credit``.
    tracked : bool
        Whether it names the generator (トラッキング付).
    state : str
        ``issued``, ``allocated`` or ``cancelled``.
    """

    certificate_id: str
    generator_id: str
    start: date
    end: date
    kwh: Decimal
    kind: str
    tracked: bool
    state: str
    source: str

    def serves(self, generator: Generation) -> bool:
        """Whether it stands behind the generator's power: tracked to it, cancelled, and of the kind of its scheme."""
        fits = (self.kind == FIT) == (generator.scheme == FIT)
        return self.generator_id == generator.generator_id and self.tracked and self.state == CANCELLED and fits


@dataclass(frozen=True, slots=True)
class Account:
    """A generator's year. [kWh]"""

    generator_id: str
    name: str
    issued: Decimal
    lost: Decimal
    allocated: Decimal
    left: Decimal
    cancelled: Decimal


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every half-hour.

    Attributes
    ----------
    cancelled : array of generators x buildings x half-hours
        The part of the allocation that cancelled, tracked certificates stand behind, and all of what a building uses of
        its own generation, unless that is only planned. [Wh]
    """

    matching: Matching
    cancelled: Ints

    def accounts(self) -> tuple[Account, ...]:
        """The year of each generator."""
        found = []
        for number, one in enumerate(self.matching.generators):
            sent, delivered = int(one.sent.sum()), int(one.delivered.sum())
            allocated = int(self.matching.allocated[number].sum())
            found.append(
                Account(one.generator_id, one.name, kwh(sent), kwh(sent - delivered), kwh(allocated),
                        kwh(delivered - allocated), kwh(int(self.cancelled[number].sum())))
            )  # fmt: skip
        return tuple(found)


def ledger(found: Matching, held: Sequence[Certificate]) -> Ledger:
    """The ledger: a certificate stands behind the first half-hours of its period that were allocated.

    It counts once it is tracked, cancelled and of the kind of the generator's scheme; its energy is set off half-hour
    by half-hour and never twice.

    Raises
    ------
    EnergyError
        MT-05 if an allocation gives away more than arrived, MT-07 a certificate of a generator that is not here, MT-08
        one that is used twice, MT-09 more certificates than were generated, MT-11 a period that is not within the
        year, MT-12 one of a generator that is only planned, MT-14 one of no energy.
    """
    check(found)
    _check_held(found, held)
    cancelled = np.zeros_like(found.allocated)
    for number, one in enumerate(found.generators):
        if one.own and not one.is_planned:
            cancelled[number] = found.allocated[number]
        if one.own:
            continue
        for certificate in held:
            if certificate.serves(one):
                _spend(cancelled[number], found.allocated[number], _inside(found, certificate), certificate.kwh)
    return Ledger(found, cancelled)


def check(found: Matching) -> None:
    """Refuse an allocation of which a half-hour gives away more than arrived, or more than a building used."""
    for number, one in enumerate(found.generators):
        wrong = np.flatnonzero(found.allocated[number].sum(axis=0) > one.delivered)
        if len(wrong):
            raise EnergyError("MT-05", generator=one.name, at=_at(found, int(wrong[0])), count=len(wrong))
    wrong = np.flatnonzero((found.matched > found.loads).any(axis=0))
    if len(wrong):
        raise EnergyError("MT-05", generator=texts.none(), at=_at(found, int(wrong[0])), count=len(wrong))


def _check_held(found: Matching, held: Sequence[Certificate]) -> None:
    known = {one.generator_id: one for one in found.generators}
    seen: set[str] = set()
    for certificate in held:
        if certificate.generator_id not in known:
            raise EnergyError("MT-07", certificate=certificate.certificate_id, generator=certificate.generator_id)
        if certificate.certificate_id in seen:
            raise EnergyError("MT-08", certificate=certificate.certificate_id)
        seen.add(certificate.certificate_id)
        _check_one(found, certificate, known[certificate.generator_id])
    for generator, one in known.items():
        total = sum((each.kwh for each in held if each.generator_id == generator), Decimal(0))
        if total > kwh(int(one.sent.sum())):
            raise EnergyError("MT-09", generator=one.name, total=total, issued=kwh(int(one.sent.sum())))


def _check_one(found: Matching, certificate: Certificate, generator: Generation) -> None:
    name = certificate.certificate_id
    if generator.is_planned:
        raise EnergyError("MT-12", certificate=name, generator=generator.name)
    if certificate.kwh <= 0:
        raise EnergyError("MT-14", certificate=name, kwh=certificate.kwh)
    if not found.calendar.start <= certificate.start < certificate.end <= found.calendar.end:
        raise EnergyError("MT-11", certificate=name, start=certificate.start, end=certificate.end)


def _inside(found: Matching, certificate: Certificate) -> Ints:
    """The half-hours of the certificate's period."""
    calendar = found.calendar
    first, stop = ((day - calendar.start).days * 48 for day in (certificate.start, certificate.end))
    return np.arange(max(first, 0), max(min(stop, len(calendar)), 0))


def _spend(cancelled: Ints, allocated: Ints, places: Ints, energy: Decimal) -> None:
    """Set off a certificate's energy against what is not yet set off, half-hour by half-hour. [kWh]"""
    open_ = allocated[:, places] - cancelled[:, places]
    flat = open_.T.reshape(-1)
    before = np.concatenate(([0], np.cumsum(flat)[:-1]))
    part = np.clip(int(energy * PER_KWH) - before, 0, flat)
    cancelled[:, places] += part.reshape(len(places), -1).T


def _at(found: Matching, slot: int) -> str:
    return f"{found.calendar.moment(slot):%Y-%m-%d %H:%M}"
