"""Where the city is: against the straight path, against the planned effects, and how much of it factors explain.

Between the base year and the year looked at, the emission changes by the use of energy and by factors. 比較排出量, the
year's quantities with the base year's factors, parts the two: emission minus 比較排出量 is the effect of factors, the
rest that of use. Factors change because suppliers become cleaner, which the city does not control, and because it
buys elsewhere, which it does; the decomposition of `analysis` separates these two, the two series alone do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.planning.pathways import Path, Point


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
    planned_effect: Decimal | None = None
    bau: Decimal | None = None

    @property
    def gap(self) -> Decimal:
        """Above the path; negative below it. [t-CO2e]"""
        return exact.difference(self.actual, self.on_path)

    @property
    def gap_of_factors(self) -> Decimal | None:
        """The part of the gap that factors made, against the base year's; None if it cannot be told. [t-CO2e]"""
        return None if self.comparable is None else exact.difference(self.actual, self.comparable)

    @property
    def gap_of_use(self) -> Decimal | None:
        """The gap that would stand with the base year's factors; with `gap_of_factors` it makes the gap. [t-CO2e]"""
        return None if self.comparable is None else exact.difference(self.comparable, self.on_path)

    @property
    def behind_plan(self) -> Decimal | None:
        """Above what the plan's measures were to leave; None without a plan or a projection. [t-CO2e]"""
        if self.planned_effect is None or self.bau is None:
            return None
        return exact.difference(self.actual, exact.difference(self.bau, self.planned_effect))


def progress(
    path: Path, base: Decimal, actual: Point, comparable: Decimal | None,
    planned_effect: Decimal | None = None, bau: Decimal | None = None,
) -> Progress:  # fmt: skip
    """A fiscal year against its straight path and against the planned effects. [t-CO2e]

    Raises
    ------
    PlanError
        TG-20 if the year lies outside the path.
    """
    on_path = path.at(actual.fiscal_year)
    return Progress(actual.fiscal_year, base, actual.tonnes, comparable, on_path, planned_effect, bau)
