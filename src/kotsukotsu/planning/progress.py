"""Where the city is: against the straight path, against the planned effects, and what it cannot control.

Two readings of what factors did to the gap stand side by side. The two published series: emission minus 比較排出量,
the year's quantities with the base year's factors, is all that factors did. The chained decomposition parts this
further: suppliers' factors and warming potentials, which the city does not control, and its own choice of suppliers
and menus, which it does. What remains of the gap is use, and openings and closures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.analysis.decomposition import FACTOR, GWP, MIX, WEATHER, added
from kotsukotsu.analysis.logarithms import CONTEXT
from kotsukotsu.planning.pathways import Path, Point

OUTSIDE = (FACTOR, GWP, WEATHER)


@dataclass(frozen=True, slots=True)
class Progress:
    """A fiscal year against its path. [t-CO2e]

    Attributes
    ----------
    base, actual : Decimal
        Emission of the base year and of the year.
    comparable : Decimal or None
        The year's quantities with the base year's factors; None if a row has no factor of the base year.
    on_path : Decimal
        The straight path's value for the year.
    effects : mapping or None
        Effects from the base year to the year, which add up to actual minus base (`analysis.causes.chained`); None
        if a year between cannot be computed.
    planned_effect : Decimal or None
        Sum of the planned effects of measures up to the year; None if no plan was given.
    bau : Decimal or None
        Emission without measures, against which planned effects count.
    """

    fiscal_year: int
    base: Decimal
    actual: Decimal
    comparable: Decimal | None
    on_path: Decimal
    effects: Mapping[str, Decimal] | None = None
    planned_effect: Decimal | None = None
    bau: Decimal | None = None

    @property
    def gap(self) -> Decimal:
        """Above the path; negative below it. [t-CO2e]"""
        return exact.difference(self.actual, self.on_path)

    @property
    def gap_of_factors(self) -> Decimal | None:
        """The part of the gap that factors made, by the two series; None if it cannot be told. [t-CO2e]"""
        return None if self.comparable is None else exact.difference(self.actual, self.comparable)

    @property
    def gap_of_use(self) -> Decimal | None:
        """The gap that would stand with the base year's factors; with `gap_of_factors` it makes the gap. [t-CO2e]"""
        return None if self.comparable is None else exact.difference(self.comparable, self.on_path)

    @property
    def gap_outside(self) -> Decimal | None:
        """The part that the city does not control: suppliers' factors, warming potentials, weather. [t-CO2e]"""
        return None if self.effects is None else added(self.effects.get(name, Decimal(0)) for name in OUTSIDE)

    @property
    def gap_of_contracts(self) -> Decimal | None:
        """The part that the city's choice of suppliers and menus made. [t-CO2e]"""
        return None if self.effects is None else self.effects.get(MIX, Decimal(0))

    @property
    def gap_own(self) -> Decimal | None:
        """The gap without what the city does not control; with `gap_outside` it makes the gap. [t-CO2e]"""
        return None if self.gap_outside is None else CONTEXT.subtract(self.gap, self.gap_outside)

    @property
    def behind_plan(self) -> Decimal | None:
        """Above what the plan's measures were to leave; None without a plan or a projection. [t-CO2e]"""
        if self.planned_effect is None or self.bau is None:
            return None
        return exact.difference(self.actual, exact.difference(self.bau, self.planned_effect))


def progress(
    path: Path, base: Decimal, actual: Point, comparable: Decimal | None,
    effects: Mapping[str, Decimal] | None = None, planned_effect: Decimal | None = None, bau: Decimal | None = None,
) -> Progress:  # fmt: skip
    """A fiscal year against its straight path and against the planned effects. [t-CO2e]

    Raises
    ------
    PlanError
        TG-20 if the year lies outside the path.
    """
    on_path = path.at(actual.fiscal_year)
    return Progress(actual.fiscal_year, base, actual.tonnes, comparable, on_path, effects, planned_effect, bau)
