"""The path to the milestones, what may still be emitted on it, and when today's trend would be there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.planning.targets import Milestone, PlanError


@dataclass(frozen=True, slots=True)
class Point:
    """An emission of a fiscal year. [t-CO2e]"""

    fiscal_year: int
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from point to point, in order of years."""

    points: tuple[Point, ...]

    def at(self, fy: int) -> Decimal:
        """The path's value in a fiscal year. [t-CO2e]

        Raises
        ------
        PlanError
            TG-20 outside the path's years.

        Examples
        --------
        >>> Path((Point(2013, Decimal(100)), Point(2023, Decimal(50)))).at(2015)
        Decimal('90')
        """
        for before, after in zip(self.points, self.points[1:], strict=False):
            if before.fiscal_year <= fy <= after.fiscal_year:
                return _between(before, after, fy)
        raise PlanError("TG-20", fiscal_year=fy, first=self.first, last=self.last)

    @property
    def first(self) -> int:
        """First fiscal year."""
        return self.points[0].fiscal_year

    @property
    def last(self) -> int:
        """Last fiscal year."""
        return self.points[-1].fiscal_year

    def budget(self, after_fy: int, to_fy: int) -> Decimal:
        """Sum of the path over the fiscal years after one up to and with another. [t-CO2e]

        Budgets of neighbouring spans add up.
        """
        return exact.total(self.at(fy) for fy in range(after_fy + 1, to_fy + 1))


def path_to(start: Point, base: Decimal, milestones: Iterable[Milestone]) -> Path:
    """From a point (the base year, or the latest year) to each later milestone of the base year's emission.

    Raises
    ------
    PlanError
        TG-21 if no milestone lies after the point.
    """
    later = [milestone for milestone in milestones if milestone.fiscal_year > start.fiscal_year]
    if not later:
        raise PlanError("TG-21", fiscal_year=start.fiscal_year)
    goals = (Point(milestone.fiscal_year, milestone.level(base)) for milestone in later)
    return Path((start, *sorted(goals, key=lambda point: point.fiscal_year)))


def year_met(start: Point, slope: Decimal, goal: Decimal) -> int | None:
    """First fiscal year in which a straight trend from a point is at or below a level; None if never.

    Parameters
    ----------
    slope : Decimal
        Change per year. [t-CO2e/FY]

    Examples
    --------
    >>> year_met(Point(2024, Decimal(100)), Decimal(-30), Decimal(50)), year_met(Point(2024, Decimal(9)), Decimal(1),
    ... Decimal(5))
    (2026, None)
    """
    if start.tonnes <= goal:
        return start.fiscal_year
    if slope >= 0:
        return None
    years, rest = divmod(exact.difference(start.tonnes, goal), -slope)
    return start.fiscal_year + int(years) + (1 if rest else 0)


def overspent(actual: Sequence[Point], path: Path) -> Decimal:
    """Sum of what was emitted above the path so far; negative below it. [t-CO2e]"""
    return exact.total(exact.difference(point.tonnes, path.at(point.fiscal_year)) for point in actual)


def _between(before: Point, after: Point, fy: int) -> Decimal:
    years = Decimal(after.fiscal_year - before.fiscal_year)
    step = exact.product(exact.difference(after.tonnes, before.tonnes), Decimal(fy - before.fiscal_year))
    return exact.total((before.tonnes, exact.quotient(step, years)))
