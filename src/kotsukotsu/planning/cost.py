"""What a tonne costs: present cost, abatement cost, the curve and the wedges of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.planning.portfolio import Portfolio

ONE, ZERO = Decimal(1), Decimal(0)


def present_cost(capex: Decimal, running: Decimal, life: int, rate: Decimal, lead: int) -> Decimal:
    """Capex and the running costs of the years of its life, discounted; below zero the measure pays. [yen]

    Both count in the year in which they are paid, as in the present cost of a plan.

    Parameters
    ----------
    capex : Decimal
        Less subsidy, paid in the year of the start. [yen]
    running : Decimal
        Change of the yearly costs, paid in each year of its life. [yen/year]
    rate : Decimal
        Discount rate. [1/year]
    lead : int
        Years from the start until its life begins.

    Notes
    -----
    capex + sum over t = lead … lead + life - 1 of running / (1 + rate)^t.

    >>> present_cost(Decimal(1000), Decimal(-110), 10, Decimal(0), 0)
    Decimal('-100')
    """
    factor = exact.quotient(ONE, ONE + rate)
    return capex + running * sum((factor**year for year in range(lead, lead + life)), ZERO)


def abatement_cost(cost: Decimal, tonnes: Decimal) -> Decimal | None:
    """Present cost by tonne saved over the life, None where nothing is saved. [yen/t-CO2e]

    Notes
    -----
    Tonnes are not discounted: a tonne is a tonne in every year.
    """
    return exact.quotient(cost, tonnes) if tonnes > 0 else None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the abatement curve.

    Attributes
    ----------
    tonnes : Decimal
        Saved in a year. [t-CO2e/year]
    yen_per_tonne : Decimal
        Abatement cost. [yen/t-CO2e]
    reach : Decimal
        Saved by this and all cheaper steps. [t-CO2e/year]
    """

    key: str
    tonnes: Decimal
    yen_per_tonne: Decimal
    reach: Decimal


def curve(measures: Iterable[tuple[str, Decimal, Decimal]]) -> list[Step]:
    """The abatement curve: measures from the cheapest tonne to the dearest.

    Parameters
    ----------
    measures : iterable of (key, tonnes a year, yen per tonne)
        [t-CO2e/year], [yen/t-CO2e]
    """
    reach, steps = ZERO, []
    for key, tonnes, price in sorted(measures, key=lambda each: (each[2], each[0])):
        reach = exact.total((reach, tonnes))
        steps.append(Step(key, tonnes, price, reach))
    return steps


def wedges(plan: Portfolio, kinds: Sequence[str] | None = None) -> Mapping[str, tuple[Decimal, ...]]:
    """Savings of a plan by kind of measure and year; together they are the plan's savings. [t-CO2e]"""
    problem = plan.problem
    found: dict[str, list[Decimal]] = {kind: [ZERO] * problem.years for kind in kinds or ()}
    for key, start in plan.starts.items():
        option = problem.by_key[key]
        yearly = found.setdefault(option.kind, [ZERO] * problem.years)
        for year in range(problem.years):
            yearly[year] = exact.total((yearly[year], option.saved(start, year)))
    return {kind: tuple(yearly) for kind, yearly in found.items()}
