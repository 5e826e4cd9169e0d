"""What an analysis says only where it is asked for: weather, unusual values, proposals, savings, 原単位."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kotsukotsu.analysis.anomaly import Unusual
from kotsukotsu.analysis.baseline import Baseline
from kotsukotsu.analysis.bases import Unit
from kotsukotsu.analysis.savings import Saving
from kotsukotsu.analysis.weather_use import Weathered
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row


@dataclass(frozen=True, slots=True)
class Measured:
    """The saving of a measure at a facility, for one item.

    Attributes
    ----------
    began, done : date
        First day of the work, first day after it.
    unit : str
        Of the quantities; `ratio` is what one of it is in the unit that the saving was computed in.
    """

    facility: str
    item: str
    began: date
    done: date
    unit: str
    ratio: Decimal
    baseline: Baseline
    saving: Saving | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class More:
    """The parts beside the report; None where not asked for.

    Attributes
    ----------
    proposals : tuple of row
        Rows of ``activities`` with basis ``estimated``, not entered.
    units : tuple of Unit
        原単位 of the five years; none for a part of a city.
    """

    weather: Weathered | None = None
    unusual: tuple[Unusual, ...] | None = None
    proposals: tuple[Row, ...] | None = None
    measured: Measured | None = None
    units: tuple[Unit, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
