"""Carbon by the yearly claim and by the half-hour, side by side, each with the factor it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.energy.match.ladder import Rung


@dataclass(frozen=True, slots=True)
class Factor:
    """What power from the network would have emitted. [t-CO2/kWh]"""

    value: Decimal
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Saved:
    """Tonnes that a comparison by one kind of period says were saved. [t-CO2]"""

    level: str
    kwh: Decimal
    factor: Factor
    tonnes: Decimal


def saved(rungs: tuple[Rung, ...], factor: Factor) -> tuple[Saved, ...]:
    """The covered energy of each rung times the factor."""
    return tuple(Saved(one.level, one.covered, factor, exact.product(one.covered, factor.value)) for one in rungs)
