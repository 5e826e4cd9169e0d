"""A city's measures as a problem for the optimiser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from kotsukotsu.accounting import exact
from kotsukotsu.findings import Finding
from kotsukotsu.planning.effects import ELECTRICITY, Effect, Site, careful, effects
from kotsukotsu.planning.measures import Planned, refuse
from kotsukotsu.planning.portfolio import PlanningError, Portfolio
from kotsukotsu.planning.portfolio_model import COST, SAVING, ZERO, Option, Problem, Programme

ONE = Decimal(1)


@dataclass(frozen=True)
class Setting:
    """Everything that a choice of a city's measures rests on.

    Attributes
    ----------
    use : mapping
        Facility to item to its yearly quantity, taken to stay as it is. [unit of the item]
    factors : mapping
        Facility to item to what a unit emits in the year that `use` comes from. [t-CO2e/unit]
    heat : mapping
        Item to its heat. [MJ/unit]
    burnt : mapping
        Facility to item and use to what a unit brought in for that use emits; see `effects.Site`. [t-CO2e/unit]
    path, beyond : tuple of Decimal
        Factor of electricity in each year of the plan, and in those after it, as a ratio to the year of `use`; the
        last holds for ever. [1]
    closed : mapping
        Facility to the fiscal year from which it is closed: it emits nothing and its measures fall away.
    target_fy, target : int or None, Decimal or None
        Most that may be emitted in that year. [t-CO2e]
    """

    first_fy: int
    use: Mapping[str, Mapping[str, Decimal]]
    factors: Mapping[str, Mapping[str, Decimal]]
    heat: Mapping[str, Decimal]
    path: tuple[Decimal, ...]
    measures: tuple[Planned, ...]
    budgets: tuple[Decimal, ...]
    programmes: tuple[Programme, ...] = ()
    closed: Mapping[str, int] = field(default_factory=dict)
    burnt: Mapping[str, Mapping[tuple[str, str], Decimal]] = field(default_factory=dict)
    beyond: tuple[Decimal, ...] = ()
    target_fy: int | None = None
    target: Decimal | None = None
    discount_rate: Decimal = ZERO

    def site(self, facility: str, year: int) -> Site:
        """A facility in a year of the plan or after it, before any measure."""
        factors = dict(self.factors.get(facility, {}))
        if ELECTRICITY in factors:
            ratios = (*self.path, *self.beyond)
            factors[ELECTRICITY] = exact.product(factors[ELECTRICITY], ratios[min(year, len(ratios) - 1)])
        gone = self.closed.get(facility)
        use = {} if gone is not None and self.first_fy + year >= gone else self.use.get(facility, {})
        return Site(use, factors, self.heat, {}, self.burnt.get(facility, {}))

    def before(self, year: int) -> Decimal:
        """Emission of a year without any measure: use as it is, with the path of the factor. [t-CO2e]"""
        return exact.total(self.site(facility, year).tonnes for facility in self.use)

    @cached_property
    def needed(self) -> Mapping[int, Decimal]:
        """Year index to what measures have to save. [t-CO2e]"""
        if self.target_fy is None or self.target is None:
            return {}
        year = self.target_fy - self.first_fy
        if year not in range(len(self.path)):
            raise PlanningError("PO-03", year=self.target_fy)
        return {year: max(ZERO, exact.difference(self.before(year), self.target))}


def problem_of(setting: Setting, counted: frozenset[str] | None = None) -> Problem:
    """The choice that a setting leaves.

    Parameters
    ----------
    counted : frozenset of str, optional
        Ids of the measures that are taken as done when another's saving is counted; all if left out.

    Notes
    -----
    Each measure is counted with the least it saves whichever others of its facility are taken (`effects.careful`), so
    a chosen plan never promises more than its effects in order; those of its own exclusive groups are left aside.

    Raises
    ------
    PlanningError
        PO-05 a measure at a facility without any use; ME-00 for several.
    """
    by_facility: dict[str, list[Planned]] = {}
    for measure in setting.measures:
        if counted is None or measure.measure_id in counted:
            by_facility.setdefault(measure.facility_id, []).append(measure)
    kept = _possible(setting)
    refuse([
        Finding("PO-05", data={"measure_id": each.measure_id, "facility_id": each.facility_id})
        for each in kept if each.facility_id not in setting.use
    ])  # fmt: skip
    groups: dict[str, list[str]] = {}
    for each in kept:
        for name in each.groups:
            groups.setdefault(name, []).append(each.measure_id)
    needed = setting.needed
    return Problem(
        options=tuple(_option(setting, each, by_facility.get(each.facility_id, [])) for each in kept),
        first_fy=setting.first_fy,
        budgets=setting.budgets,
        programmes=setting.programmes,
        exclusive=tuple(tuple(group) for group in groups.values() if len(group) > 1),
        requires=tuple((each.measure_id, first) for each in kept for first in each.requires),
        targets=needed,
        discount_rate=setting.discount_rate,
        form=COST if needed else SAVING,
    )


def _possible(setting: Setting) -> list[Planned]:
    """Measures at facilities that are open in the plan, and whose prerequisites are so too."""
    closed = {key for key, fy in setting.closed.items() if fy <= setting.first_fy}
    gone = {each.measure_id for each in setting.measures if each.facility_id in closed}
    return [each for each in setting.measures if each.measure_id not in gone and not gone & set(each.requires)]


def left_out(setting: Setting) -> list[Planned]:
    """Measures that are not possible: their facility, or that of a prerequisite, is closed when the plan begins."""
    possible = {each.measure_id for each in _possible(setting)}
    return [each for each in setting.measures if each.measure_id not in possible]


def idle(setting: Setting) -> Iterator[Planned]:
    """Possible measures whose facility uses nothing of what they work on."""
    for each in _possible(setting):
        if not any(setting.use[each.facility_id].get(item, ZERO) > 0 for item in each.worked.items):
            yield each


def _option(setting: Setting, measure: Planned, neighbours: Sequence[Planned]) -> Option:
    others = [
        other.worked for other in neighbours if other is not measure and not set(other.groups) & set(measure.groups)
    ]
    years = range(len(setting.path))
    saving = tuple(careful(setting.site(measure.facility_id, year), measure.worked, others) for year in years)
    return Option(
        key=measure.measure_id,
        facility=measure.facility_id,
        kind=measure.measure.measure,
        saving=saving,
        capex=measure.cost_yen,
        running=measure.running_yen,
        earliest=max(0, (measure.earliest_fy or setting.first_fy) - setting.first_fy),
        lead=measure.measure.lead_years,
        renewal_year=None if measure.renewal_fy is None else measure.renewal_fy - setting.first_fy,
        renewal_discount=measure.renewal_discount,
        programme=measure.subsidy,
    )


def in_order(setting: Setting, plan: Portfolio, years: int | None = None) -> tuple[Mapping[str, Effect], ...]:
    """What each chosen measure saves in each year, its facility's measures worked in order. [t-CO2e]

    Parameters
    ----------
    years : int, optional
        From the plan's first; those of the plan if left out. After the plan all its measures stay.
    """
    by_facility: dict[str, list[Planned]] = {}
    for measure in setting.measures:
        if measure.measure_id in plan.starts:
            by_facility.setdefault(measure.facility_id, []).append(measure)
    return tuple(
        {
            effect.key: effect
            for facility, chosen in by_facility.items()
            for effect in effects(
                setting.site(facility, year),
                [each.worked for each in chosen if year >= plan.starts[each.measure_id] + each.measure.lead_years],
            )[0]
        }
        for year in range(len(setting.path) if years is None else years)
    )


def path_through(
    now: Decimal, points: Sequence[tuple[int, Decimal]], years: Iterable[int], now_fy: int
) -> tuple[Decimal, ...]:
    """A factor in straight lines from today's through those of future years, then as the last; ratios to today's. [1]

    Parameters
    ----------
    points : sequence of pairs
        Fiscal year and factor. [t-CO2e/unit]

    Examples
    --------
    >>> path_through(Decimal(10), ((2026, Decimal(8)), (2028, Decimal(2))), range(2025, 2030), 2024)
    (Decimal('0.90'), Decimal('0.8'), Decimal('0.50'), Decimal('0.2'), Decimal('0.2'))
    """
    if now <= 0:
        return tuple(ONE for _ in years)
    stops = [(now_fy, ONE)]
    for fy, factor in sorted(points):
        stops.append((fy, exact.quotient(factor, now)))
    return tuple(_between(stops, year) for year in years)


def _between(stops: Sequence[tuple[int, Decimal]], year: int) -> Decimal:
    for (start, before), (stop, after) in pairwise(stops):
        if start <= year <= stop:
            passed = exact.quotient(Decimal(year - start), Decimal(stop - start))
            return exact.difference(before, exact.product(exact.difference(before, after), passed))
    return stops[-1][1]
