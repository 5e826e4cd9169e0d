"""The parts of an analysis that are computed only where asked for, from a city folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.energy import energy, heat_value
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis import bases
from kotsukotsu.analysis.anomaly import Unusual, unusual
from kotsukotsu.analysis.baseline import Place
from kotsukotsu.analysis.causes import DriverValues
from kotsukotsu.analysis.decomposition import BASE, WEATHER
from kotsukotsu.analysis.estimate import Method, proposals
from kotsukotsu.analysis.intensity import YEARS
from kotsukotsu.analysis.measured import measured
from kotsukotsu.analysis.more import Measured, More
from kotsukotsu.analysis.scope import Scope
from kotsukotsu.analysis.stations import Stations, stations
from kotsukotsu.analysis.voice import ENERGY
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.analysis.weather_use import Weathered, flows, weathered
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.findings import Finding, has_error
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.sessions.session import Session


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which parts to compute.

    Attributes
    ----------
    base : str
        Name of an intensity base whose effect is taken out of that of the amount; empty for none.
    estimates : str or None
        Method of the proposals for missing months.
    measure : tuple or None
        First day of the work, first day after it, confidence [1]; of the facility and item that the scope names.
    """

    weather: bool = False
    unusual: bool = False
    base: str = ""
    estimates: Method | None = None
    measure: tuple[date, date, Decimal] | None = None


Step = Callable[[str], None]
NOTHING = Wanted()
NO_HEAT_VALUE = "A-14"


def unseen(_name: str) -> None:
    """Say nothing of a part that begins."""


class Search:
    """Looks at a city's rows and weather, each read once and only if needed.

    Parameters
    ----------
    fy, against : int
        The later and the earlier fiscal year.
    lines : iterable of Line
        Of the later year.
    """

    def __init__(
        self, session: Session, scope: Scope, fy: int, against: int, lines: Iterable[Line], today: date, wanted: Wanted,
        step: Step = unseen,
    ) -> None:  # fmt: skip
        self.session, self.scope, self.fy, self.against = session, scope, fy, against
        self.lines, self.today, self.wanted = list(lines), today, wanted
        self.step = step
        self._said: list[Finding] = []

    @cached_property
    def _view(self) -> View:
        years = [FiscalYear(year) for year in range(self.against, self.fy + 1)]
        return self.session.ledger_view(years, min(self.today, years[-1].end))

    @cached_property
    def _stations(self) -> Stations:
        return stations(self.session.city, self.session.weather())

    @cached_property
    def _flows(self) -> list[Place]:
        items = self.session.law.catalogue.items
        energies = [key for key, item in items.items() if item.group in ENERGY]
        return flows(filter(self.scope.keeps, self.lines), energies)

    @cached_property
    def _weathered(self) -> Weathered:
        self.step("weather")
        years = range(self.against, self.fy + 1)
        model = int(limit("model_years"))
        return weathered(self._view, self._stations, self._flows, self.fy, years, years_of_model=model)

    def drivers(self, before: int, after: int) -> DriverValues:
        """The drivers asked for, in two years."""
        found: dict[str, dict[Place, tuple[Decimal, Decimal]]] = {}
        if self.wanted.base:
            rows = self.session.city.table("intensity_bases")
            found[BASE], said = bases.base_driver(rows, self.wanted.base, self._flows, before, after)
            self._said += said
        if self.wanted.weather:
            found[WEATHER], said = self._weathered.driver(before, after)
            self._said += said
        return found

    def more(self) -> More:
        """Everything asked for; call it after `drivers` has been."""
        units, said = self._units()
        weather = self._weathered if self.wanted.weather else None
        proposed, why_not = self._proposals()
        strange, unjudged = self._unusual()
        saving = self._measured()
        findings = [*(weather.findings if weather else ()), *self._said, *said, *why_not, *unjudged]
        findings += saving.findings if saving else ()
        once = {str(finding.as_dict()): finding for finding in findings}
        return More(weather, strange, proposed, saving, units, tuple(once.values()))

    def _units(self) -> tuple[tuple[bases.Unit, ...], list[Finding]]:
        if self.scope.facilities is not None or self.scope.item is not None:
            return (), []
        city, law = self.session.city, self.session.law
        years = range(self.fy - YEARS + 1, self.fy + 1)
        used: dict[int, Decimal] = {}
        causes: list[Finding] = []
        items: dict[str, str] = {}
        for year in years:
            found, said = energy(city, law, year, self.session.groups(year))
            items |= {line.group.item: policy_at(city.settings, year).heat.get(line.group.item, "") for line in found}
            if has_error(said):
                causes += [finding for finding in said if finding.code == NO_HEAT_VALUE]
            else:
                used[year] = exact.total(line.intensity_kl for line in found if line.in_plan)
        linked = {year: self._by_rules_before(year, causes) for year in years[1:] if self._is_break(year, items)}
        made, findings = bases.units(city.table("intensity_bases"), city.table("facilities"), used, self.fy, linked)
        shown = tuple(unit for unit in made if len(unit.energy.keys() & unit.denominator.keys()) > 1)
        told = [finding for finding in findings if finding.code != bases.TOLD_IN_THE_TABLE]
        return shown, [*told, *(causes if shown else ())]

    def _is_break(self, year: int, items: Mapping[str, str]) -> bool:
        """Whether any item of the five years has another heat value than in the year before."""
        law = self.session.law
        return any(_value(law, item, year - 1, kind) != _value(law, item, year, kind) for item, kind in items.items())

    def _by_rules_before(self, year: int, causes: list[Finding]) -> Decimal | None:
        """Energy of a year by the rules of the year before; None, with the causes, if that cannot be computed. [kL]"""
        found, said = energy(self.session.city, self.session.law, year, self.session.groups(year), year - 1)
        if has_error(said):
            causes += [finding for finding in said if finding.code == NO_HEAT_VALUE]
            return None
        return exact.total(line.intensity_kl for line in found if line.in_plan)

    def _proposals(self) -> tuple[tuple[Row, ...] | None, list[Finding]]:
        if self.wanted.estimates is None:
            return None, []
        year = replace(self._view, fiscal_years=(FiscalYear(self.fy),))
        rows, findings = proposals(year, self.wanted.estimates, self._stations.of)
        return tuple(row for row in rows if self._covers(row["facility_id"], row["item"])), findings

    def _unusual(self) -> tuple[tuple[Unusual, ...] | None, list[Finding]]:
        if not self.wanted.unusual:
            return None, []
        found, findings = unusual(self._view)
        return tuple(one for one in found if self._covers(one.bill[0], one.bill[1])), findings

    def _measured(self) -> Measured | None:
        if self.wanted.measure is None or self.scope.facilities is None or self.scope.item is None:
            return None
        began, done, confidence = self.wanted.measure
        place = (next(iter(self.scope.facilities)), self.scope.item)
        return measured(self._view, self._stations, place, began, done, FiscalYear(self.fy).end, confidence)

    def _covers(self, facility: str, item: str) -> bool:
        here = self.scope.facilities is None or facility in self.scope.facilities
        return here and self.scope.item in (None, item)


def _value(law: Law, item: str, fy: int, kind: str) -> Decimal | None:
    """Heat value of an item in a fiscal year, as published."""
    found = heat_value(law, item, fy, kind)
    return None if found is None else found.value
