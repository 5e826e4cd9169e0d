"""What a study of outages is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kotsukotsu.documents.energy.given import Given
from kotsukotsu.energy.survival import Critical, Survival


@dataclass(frozen=True, slots=True)
class Loss:
    """What outages cost over the years, today.

    Attributes
    ----------
    length, per_year : float
        How long an outage is, and how many there are. [h, 1/year]
    lost : float
        Hours of it in which critical loads do not live, as a mean over all starts. [h]
    before, after : float
        With nothing, and with what stands there. [yen]
    """

    length: float
    per_year: float
    years: int
    lost: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Backup:
    """How sure backup generators are.

    Attributes
    ----------
    kw : float
        Of one.
    sure, alone : float
        Probability that they serve every hour, with the battery and without. [1]
    """

    count: int
    kw: float
    hours: float
    sure: float
    alone: float


@dataclass(frozen=True)
class Survived:
    """Survival with all critical loads, without and with the cars, and the loads that 72 hours allow.

    Attributes
    ----------
    reserve : float
        Share of the battery that is in it when the grid fails. [1]
    given : sequence of Given
        Numbers of ``site.toml`` that it rests on.
    chosen : sequence of str
        Where the sizes come from, if not from ``site.toml``.
    """

    loads: Sequence[Critical]
    without_cars: Survival
    with_cars: Survival
    kept: Sequence[Critical]
    hours: float
    reserve: float
    given: Sequence[Given] = ()
    chosen: Sequence[str] = ()
    loss: Loss | None = None
    backup: Backup | None = None
