"""The causes of a city's change between two years: the effects of every facility's item, and their sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.decomposition import (
    AMOUNT,
    CLOSED,
    EFFECTS,
    NOTHING,
    OPENED,
    Drivers,
    Effects,
    Use,
    added,
    change,
    decomposed,
)
from kotsukotsu.analysis.events import Event, event_of
from kotsukotsu.analysis.logarithms import CONTEXT, ZERO
from kotsukotsu.analysis.uses import Place, uses_of
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row

WITHOUT_DATE, NEGATIVE, BAD_DRIVER = "AN-01", "AN-02", "AN-03"
DriverValues = Mapping[str, Mapping[Place, tuple[Decimal, Decimal]]]


@dataclass(frozen=True, slots=True)
class Cause:
    """The change of one facility's item and its effects. [t-CO2e]

    Attributes
    ----------
    event : Event or None
        What happened to the facility between the years.
    drivers : mapping
        Values of the drivers that were taken out of the amount.
    """

    facility: str
    item: str
    before: Use
    after: Use
    effects: Effects
    event: Event | None
    drivers: Drivers

    @property
    def change(self) -> Decimal:
        """Change of the emission. [t-CO2e]"""
        return change(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Causes:
    """All causes between two fiscal years.

    Attributes
    ----------
    fy, against : int
        The later and the earlier year (or the other way round).
    findings : tuple of Finding
        AN-01 a facility with rows in one of the years and no date, AN-02 a negative quantity, AN-03 a driver that
        is not positive.
    """

    fy: int
    against: int
    causes: tuple[Cause, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def before(self) -> Decimal:
        """Emission of the earlier year. [t-CO2e]"""
        return added(cause.before.emission for cause in self.causes)

    @property
    def after(self) -> Decimal:
        """Emission of the later year. [t-CO2e]"""
        return added(cause.after.emission for cause in self.causes)

    @property
    def change(self) -> Decimal:
        """The change that the effects add up to. [t-CO2e]"""
        return CONTEXT.subtract(self.after, self.before)

    def effects(self) -> dict[str, Decimal]:
        """Every effect, 0 where it does not apply; they add up to `change`. [t-CO2e]"""
        return summed(cause.effects for cause in self.causes)

    def residual(self) -> Decimal:
        """What the effects leave of the change: rounding of the 50th digit. [t-CO2e]"""
        return CONTEXT.subtract(self.change, added(self.effects().values()))

    def of(self, facilities: Collection[str] | None = None, items: Collection[str] | None = None) -> Causes:
        """The causes of some facilities (a department's, say) and items."""
        kept = tuple(
            cause
            for cause in self.causes
            if (facilities is None or cause.facility in facilities) and (items is None or cause.item in items)
        )
        return Causes(self.fy, self.against, kept, self.findings)

    def by(self, key: Callable[[Cause], str]) -> dict[str, Causes]:
        """The causes by a key such as facility, item or department."""
        found: dict[str, list[Cause]] = {}
        for cause in self.causes:
            found.setdefault(key(cause), []).append(cause)
        return {name: Causes(self.fy, self.against, tuple(causes), self.findings) for name, causes in found.items()}


def summed(effects: Iterable[Effects]) -> dict[str, Decimal]:
    """Sums of every effect. [t-CO2e]"""
    effects = list(effects)
    return {name: added(found[name] for found in effects if name in found) for name in EFFECTS}


def chained(steps: Sequence[Causes]) -> dict[str, Decimal]:
    """Effects over a chain of years, each step from the year before; they add up to the whole change. [t-CO2e]

    Notes
    -----
    A chain and a direct comparison agree in their sums, not in every effect: the chain sees the factors that a
    supply had on its way.
    """
    return summed(step.effects() for step in steps)


def causes(
    before: Sequence[Line], after: Sequence[Line], facilities: Iterable[Row], drivers: DriverValues | None = None, *,
    years: tuple[int, int] | None = None, transferred: Collection[str] = (),
) -> Causes:  # fmt: skip
    """The causes of the change from the lines of one fiscal year to those of another.

    Openings, closures, mergers, moves and transfers are taken out first by the rule of `events`; the rest is decomposed
    for every facility and item, `decomposition.decomposed`.

    Parameters
    ----------
    before, after : sequence of Line
        Of the two years.
    drivers : mapping, optional
        ``base`` (floor area or another intensity base) and ``weather`` (index of expected use): facility and item
        to the values in the two years. A place without a value has no such effect.
    years : pair of int, optional
        The fiscal year of `before` and that of `after`; needed where one of them has no line.
    transferred : collection of str
        Facilities that belong to the department that is looked at in one of the two years only.

    Raises
    ------
    ValueError
        If a year is neither given nor in the lines.
    """
    years = years or (_year(before), _year(after))
    used = uses_of(before), uses_of(after)
    rows = {row["facility_id"]: row for row in facilities}
    events = _events(used, rows, years, transferred)
    found = [
        _cause(place, used[0].get(place, NOTHING), used[1].get(place, NOTHING), events[place[0]], drivers or {})
        for place in sorted({*used[0], *used[1]})
    ]
    names = {facility: str(row["name"]) for facility, row in rows.items()}
    return Causes(years[1], years[0], tuple(found), tuple(_findings(found, drivers or {}, years, names)))


def _year(lines: Sequence[Line]) -> int:
    if not lines:
        raise ValueError("no lines")
    return lines[0].group.fiscal_year


def _events(
    used: tuple[Mapping[Place, Use], Mapping[Place, Use]],
    rows: Mapping[str, Row],
    years: tuple[int, int],
    transferred: Collection[str],
) -> dict[str, Event | None]:
    first, second = ({facility for facility, _ in found} for found in used)
    earlier, later = (first, second) if years[0] <= years[1] else (second, first)
    return {
        facility: event_of(
            rows.get(facility),
            *years,
            has_before=facility in earlier,
            has_after=facility in later,
            is_transferred=facility in transferred,
        )
        for facility in first | second
    }


def _cause(place: Place, before: Use, after: Use, event: Event | None, drivers: DriverValues) -> Cause:
    facility, item = place
    if event and event.is_whole:
        return Cause(facility, item, before, after, {event.effect: change(before, after)}, event, {})
    usable = {name: values[place] for name, values in drivers.items() if place in values and min(values[place]) > 0}
    effects = decomposed(before, after, usable)
    if event:
        effects = {event.effect if name == AMOUNT else name: value for name, value in effects.items()}
    return Cause(facility, item, before, after, effects, event, usable)


def _findings(
    found: Sequence[Cause], drivers: DriverValues, years: tuple[int, int], names: Mapping[str, str]
) -> Iterable[Finding]:
    told = (OPENED, CLOSED)
    undated = {one.facility: one for one in found if one.event and one.event.effect in told and one.event.day is None}
    for facility, cause in undated.items():
        fy = years[0] if cause.before is not NOTHING else years[1]
        yield Finding(WITHOUT_DATE, data={"facility": names.get(facility, facility), "fiscal_year": fy})
    for cause in found:
        if not (cause.before.is_regular and cause.after.is_regular):
            place = names.get(cause.facility, cause.facility)
            yield Finding(NEGATIVE, data={"facility": place, "item": cause.item})
    for name, values in drivers.items():
        for (facility, item), (one, other) in values.items():
            if min(one, other) <= ZERO:
                place = names.get(facility, facility)
                data = {"facility": place, "item": item, "driver": name, "before": one, "after": other}
                yield Finding(BAD_DRIVER, data=data)
