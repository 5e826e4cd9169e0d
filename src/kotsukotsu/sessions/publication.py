"""A city and a year, gathered once for everything that is published of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.trace import Trace, trace
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.facilities.make import sheets
from kotsukotsu.documents.facilities.model import Cost, Sheets
from kotsukotsu.documents.facilities.sources import Costs, Sources, months_shown
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.errors import FactorError, PublicationError
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.current import as_of
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.sessions.analysed import analysed
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.measure_effects import effects_of
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session

Step = Callable[[int], None]  # told of each fiscal year that is done


@dataclass(frozen=True)
class Publication:
    """Everything computed, in no language yet.

    Attributes
    ----------
    fy : int
        The year that is published.
    made : date
        Day on which the documents are made.
    results, findings : mapping
        By fiscal year, from the base year to `fy`; a year without rows is left out.
    """

    session: Session
    fy: int
    made: date
    results: Mapping[int, Inventory]
    findings: Mapping[int, tuple[Finding, ...]]

    @property
    def names(self) -> Names:
        """Names in the language spoken now."""
        return namers(self.session.city, self.session.law.catalogue, self.fy)

    def overview(self) -> Overview:
        """What documents say of the years, in the language spoken now."""
        return overview(self.results, self.names, self.findings, self.made)

    @cached_property
    def traces(self) -> Mapping[int, Trace]:
        """The rows behind the total of every year."""
        session = self.session
        return {fy: trace(session.city, session.law, fy, session.single_rows(fy)) for fy in self.results}

    @cached_property
    def monthly(self) -> Mapping[int, Inventory]:
        """The year and the two before, months apart."""
        return {fy: self.session.inventory(fy, by_month=True) for fy in months_shown(self.fy, self.results)}

    @cached_property
    def costs(self) -> Costs:
        """What was paid, by fiscal year of the last day, facility and item."""
        found: dict[tuple[int, str, str], list[Decimal | None]] = {}
        for row in as_of(self.session.activities(), self.session.moment):
            fy = FiscalYear.of(last_day(row["end"])).number
            if fy == self.fy:
                found.setdefault((fy, row["facility_id"], row["item"]), []).append(row["cost_yen"])
        return {key: _cost(values) for key, values in found.items() if any(value is not None for value in values)}

    @cached_property
    def saved(self) -> Mapping[str, Decimal]:
        """Kind of measure to what the city's measures of that kind would save. [t-CO2e/year]"""
        return {one.kind: one.tonnes for one in effects_of(self.session, self.results[self.fy])}

    @property
    def last(self) -> int | None:
        """The year before, if it is computed and is not before the base year."""
        return self.fy - 1 if self.fy - 1 in self.results else None

    @property
    def kpis(self) -> list[Kpi]:
        """Every indicator with its value at the end of the year, where the registers tell one."""
        return kpis_of(self.session.city, self.fy, self.results[self.fy])[0]

    def since_base(self) -> View:
        """The analysis of the year against the base year, in the language spoken now."""
        return self._since(self.session.city.base_fy)

    def since_last(self) -> View | None:
        """The same against the year before; none where that is the base year or is not computed."""
        return self._since(self.last) if self.last and self.last != self.session.city.base_fy else None

    def _since(self, against: int) -> View:
        return analysed(self.session, self.fy, against, self.made)

    def sheets(self, found: Overview, since_base: View, since_last: View | None) -> Sheets:
        """One sheet for each facility, in the language spoken now."""
        last = since_last.report if since_last else None
        sources = Sources(found, self.results, self.monthly, since_base.report, last, self.costs, self.names)
        return sheets(sources)


def _cost(values: list[Decimal | None]) -> Cost:
    known = [value for value in values if value is not None]
    return Cost(exact.total(known), len(values) - len(known))


def publication(
    session: Session, fy: int, made: date, step: Step = lambda _: None, only: Collection[int] | None = None
) -> Publication:
    """A city's years up to the one that is published.

    Parameters
    ----------
    only : collection of int, optional
        Leave out all years but these.

    Raises
    ------
    FactorError
        If the year or the base year cannot be computed.
    PublicationError
        PB-02 if the year lies before the base year.
    """
    base = session.city.base_fy
    if fy < base:
        raise PublicationError("PB-02", fiscal_year=fy, base_fy=base)
    results: dict[int, Inventory] = {}
    findings: dict[int, tuple[Finding, ...]] = {}
    for year in range(base, fy + 1):
        if only is not None and year not in only:
            continue
        found = _computed(session, year, needed=year in (base, fy))
        if found:
            results[year] = found
            findings[year] = (*completeness(found), *session.doubts(year))
        step(year)
    return Publication(session, fy, made, results, findings)


def _computed(session: Session, fy: int, *, needed: bool) -> Inventory | None:
    """A year's inventory; one in between that has no rows or cannot be computed stays open."""
    if not needed and not session.has_rows(fy):
        return None
    try:
        return session.inventory(fy)
    except FactorError:
        if needed:
            raise
        return None
