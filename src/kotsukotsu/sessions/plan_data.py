"""What ``kotsukotsu plan`` works on: the years of a city, its sectors, what it assumes about the future."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from kotsukotsu import schema
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.analysis.causes import causes, chained
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST, FiscalYear
from kotsukotsu.planning.bau import Assumed, check_assumed
from kotsukotsu.planning.pathways import Point
from kotsukotsu.planning.targets import WHOLE, PlanError
from kotsukotsu.planning.verify_print import SECTORS, Print
from kotsukotsu.rounding import printed
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.printed import read_print
from kotsukotsu.sessions.session import Session

KINDS = next(column.choices for column in schema.columns("assumptions") if column.column == "kind")


@dataclass(frozen=True, slots=True)
class PlanData:
    """A city's past, as computed or, where no rows remain, as printed.

    Attributes
    ----------
    history : tuple of Point
        Totals by fiscal year, oldest first; the base year is the first. [t-CO2e]
    latest : Inventory or None
        Of the year looked at; None where only printed figures remain.
    sectors, saved : mapping
        Emission of the base year and reduction since, by sector. [t-CO2e]
    base_total : Decimal
        Total of the base year as computed or printed. [t-CO2e]
    assumed : mapping
        Kind to the values assumed for a year, each with its source.
    effects : mapping or None
        Chained effects from the base year to the year looked at; None if a year is not computed. [t-CO2e]
    computed : mapping
        Fiscal year to its inventory, where its rows could be computed.
    """

    history: tuple[Point, ...]
    latest: Inventory | None
    sectors: Mapping[str, Decimal]
    saved: Mapping[str, Decimal]
    base_total: Decimal
    assumed: Mapping[str, list[Assumed]]
    print_: Print
    effects: Mapping[str, Decimal] | None = None
    notes: list[Finding] = field(default_factory=list)
    computed: Mapping[int, Inventory] = field(default_factory=dict)

    def planned(self, kind: str) -> Decimal | None:
        """The plan's value for the year looked at. [t-CO2e]"""
        rows = (row.value for row in self.assumed[kind] if row.fiscal_year == self.now.fiscal_year)
        return next(rows, None)

    @property
    def now(self) -> Point:
        """The year looked at."""
        return self.history[-1]


def gather(session: Session, fy: int | None) -> PlanData:
    """A city's years up to one, or up to the latest that has ended.

    Raises
    ------
    FactorError
        If the base year or the year asked for has rows that cannot be computed.
    PlanError
        TG-34 without an emission of the base year, TG-35 where it is not above zero.
    """
    base_fy, print_ = session.city.base_fy, read_print(session.path)
    last = max(base_fy, fy or FiscalYear.of(datetime.now(tz=JST).date()).number - 1)
    notes: list[Finding] = []
    computed = dict(_inventories(session, range(base_fy, last + 1), notes))
    if fy is None:
        _leave_out_open_years(session, computed, notes)
    totals = _printed_totals(session, last) | {year: result.total for year, result in computed.items()}
    _require(session, totals, base_fy, fy)
    history = tuple(Point(year, tonnes) for year, tonnes in sorted(totals.items()) if year >= base_fy)
    latest = computed.get(history[-1].fiscal_year)
    notes += session.lacking(history[-1].fiscal_year) if latest else ()
    notes += [*session.contradictions(), *(finding for year in computed for finding in session.negatives(year))]
    notes += session.slips(computed) if computed else ()
    sectors = _of_inventory(computed[base_fy], base=True) if base_fy in computed else _of_print(print_, base_fy)
    now = _of_inventory(latest, base=False) if latest else {}
    saved = {name: tonnes - now.get(name, Decimal(0)) for name, tonnes in sectors.items()} if now else {}
    effects = _effects(session, computed, range(base_fy, history[-1].fiscal_year + 1))
    return PlanData(
        history, latest, sectors, saved, totals[base_fy], assumptions_of(session.city), print_, effects, notes, computed
    )


def _leave_out_open_years(session: Session, computed: dict[int, Inventory], notes: list[Finding]) -> None:
    """The last years that still lack quantities are no result yet: a path or a trend must not end in them."""
    for year in sorted(computed, reverse=True):
        if year == session.city.base_fy or not session.lacking(year):
            return
        del computed[year]
        notes.append(Finding("TG-43", data={"fiscal_year": year}))


def _effects(session: Session, computed: Mapping[int, Inventory], years: range) -> Mapping[str, Decimal] | None:
    """Effects from year to year, chained; a supplier that came on the way counts with its factor of that year."""
    if len(years) < 2 or any(year not in computed for year in years):
        return None
    facilities = session.city.table("facilities")
    pairs = pairwise(computed[year].lines for year in years)
    return chained([causes(before, after, facilities) for before, after in pairs])


def _require(session: Session, totals: Mapping[int, Decimal], base_fy: int, fy: int | None) -> None:
    """Refuse to go on without the base year and the year asked for, with the inventory's own reasons if it has rows."""
    for year in (base_fy, fy):
        if year and year not in totals and (session.has_rows(year) or year != base_fy):
            session.inventory(year)
    if base_fy not in totals:
        raise PlanError("TG-34", base_fy=base_fy)
    if totals[base_fy] <= 0:
        raise PlanError("TG-35", base_fy=base_fy, value=printed(totals[base_fy], 1))


def _inventories(session: Session, years: Iterable[int], notes: list[Finding]) -> Iterable[tuple[int, Inventory]]:
    for year in years:
        if not session.has_rows(year):
            continue
        try:
            yield year, session.inventory(year)
        except FactorError as error:
            notes.append(Finding("TG-40", data={"fiscal_year": year, "problems": len(error.findings)}))


def _printed_totals(session: Session, last: int) -> dict[int, Decimal]:
    parts = ("sector", "item", "gas", "facility_id")
    return {
        row["fiscal_year"]: row["tonnes_co2e"]
        for row in session.city.printed
        if row["fiscal_year"] <= last and not any(row[key] for key in parts)
    }


def _of_inventory(result: Inventory, *, base: bool) -> dict[str, Decimal]:
    lines = result.base_lines if base else result.lines
    found = {row.keys["sector"]: row.tonnes_co2e for row in result.rows(("sector",), lines)}
    return {name: found[name] for name in ORDER if name in found}


def _of_print(print_: Print, base_fy: int) -> dict[str, Decimal]:
    table = print_.table(SECTORS)
    found = {row.get("sector_key", ""): table.figure(i, f"fy{base_fy}_tco2") for i, row in enumerate(table.rows)}
    return {key: figure.value for key, figure in found.items() if figure and key != WHOLE}


def assumptions_of(city: City) -> dict[str, list[Assumed]]:
    """What the city assumes of the future (schema ``assumptions``), by kind; nothing is assumed without a source.

    Raises
    ------
    PlanError
        TG-46, TG-47 by `check_assumed`.
    """
    found: dict[str, list[Assumed]] = {kind: [] for kind in KINDS}
    for row in city.table("assumptions"):
        assumed = Assumed(row["fiscal_year"], row["value"], row["source"], row["low"], row["high"])
        found[row["kind"]].append(assumed)
    for kind, rows in found.items():
        check_assumed(kind, rows, is_single=kind != "opening")
    return {kind: sorted(rows, key=lambda row: row.fiscal_year) for kind, rows in found.items()}
