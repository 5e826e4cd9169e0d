"""A sheet as people see it: its grid, what is doubtful in it, how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.findings import Finding, by_severity
from kotsukotsu.ledger.checks import CHECKS, run
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.entries import ledger, presence
from kotsukotsu.web.entries.figures import figures
from kotsukotsu.web.entries.grid import NO_FILES, File, Files, GridLine, Key, key_of, line_of
from kotsukotsu.web.entries.known import facts_of_items, registers_of
from kotsukotsu.web.entries.models import Asked, Sheet
from kotsukotsu.web.municipalities import registers
from kotsukotsu.web.municipalities.models import Municipality

# Years of a facility's own past that the checks of a cell compare with.
PAST = 5
# Checks that say nothing of one facility's entries.
OF_THE_CITY = ("same_names", "bodies", "organisation", "corrections")
WHOLE = tuple(name for name, _ in CHECKS if name not in OF_THE_CITY)


# Checks of what was entered; those of registers (contracts, shares) are the secretariat's before it settles.
OF_ENTRIES = (
    "periods",
    "digits",
    "unit_kinds",
    "duplicates",
    "overlaps",
    "fleets",
    "negatives",
    "not_occurring",
    "stocks",
)


@dataclass(frozen=True)
class Yearly:
    """An item that is counted once a year (people of a septic tank, kg of SF6), with last year's count."""

    line: GridLine
    now: Row | None
    before: Row | None
    files: tuple[File, ...] = ()

    @property
    def is_said(self) -> bool:
        """Whether there is a count, or that nothing was there."""
        return self.now is not None and (self.now["quantity"] is not None or self.now["basis"] == "not_occurring")

    @property
    def kind(self) -> str:
        """The form that asks for it; empty where only bills do."""
        found = figures().get(self.line.item)
        return found.kind if found and not self.line.meter_id and not self.line.use else ""


@dataclass(frozen=True)
class Grid:
    """Everything that the page of a sheet shows.

    Attributes
    ----------
    fleet : tuple of GridLine
        Lines of single vehicles, which have a page of their own.
    """

    sheet: Sheet
    facility: registers.Facility
    year: FiscalYear
    lines: tuple[GridLine, ...]
    findings: tuple[Finding, ...]
    yearly: tuple[Yearly, ...] = ()
    fleet: tuple[GridLine, ...] = ()

    @property
    def long_rows(self) -> list[tuple[GridLine, Row]]:
        """Rows over more than a month, which stand in no cell of the grid."""
        return [(line, row) for line in self.month_lines for row in line.long_rows]

    @property
    def all_lines(self) -> tuple[GridLine, ...]:
        """Lines of months, of vehicles and of the year."""
        return (*self.month_lines, *(one.line for one in self.yearly))

    @property
    def fleet_filled(self) -> int:
        """Months of vehicles that say something."""
        return sum(line.filled for line in self.fleet)

    @property
    def fleet_wanted(self) -> int:
        """Months of vehicles that are asked for."""
        return sum(line.wanted for line in self.fleet)

    @property
    def month_lines(self) -> tuple[GridLine, ...]:
        """Lines of months, those of vehicles too."""
        return (*self.lines, *self.fleet)

    @property
    def other_findings(self) -> list[Finding]:
        """Findings that stand in no cell of the grid."""
        return others_than(self.lines, self.findings)

    @property
    def filled(self) -> int:
        """Months of all lines that say something; a count of the year says twelve."""
        years = sum(one.is_said for one in self.yearly)
        return sum(line.filled for line in self.month_lines) + 12 * years

    @property
    def wanted(self) -> int:
        """Months of all lines that must say something or do; a count of the year is asked for twelve."""
        return sum(line.wanted for line in self.month_lines) + 12 * len(self.yearly)


def grid(sheet: Sheet, *, checked: bool = True, files: Files = NO_FILES, asked: Iterable[Asked] | None = None) -> Grid:
    """The grid of a sheet, with the findings of the whole year unless told otherwise, and the files that prove it.

    Parameters
    ----------
    asked : iterable of Asked, optional
        Other lines than those that the sheet asks for.
    """
    facility = registers.Facility.objects.get(facility_id=sheet.facility_id)
    year = FiscalYear(sheet.fiscal_year)
    rows = ledger.of_years(sheet.facility_id, year.number - PAST, year.number)
    city = _known(sheet.facility_id)
    found = _findings(city, rows, year, WHOLE) if checked else ()
    wanted = sheet.lines.all() if asked is None else asked
    lines = list(_lines(wanted, sheet.facility_id, rows, year, found, files))
    known = presence.spans_of(city)
    lines = [replace(one, owed=presence.owed_by(known, year.number, sheet.facility_id, one.meter_id)) for one in lines]
    stocks = [one for one in lines if is_stock(one.item)]
    yearly = tuple(
        Yearly(one, _row_of(rows, one, year), _row_of(rows, one, year.before), files.get((one.key, ""), ()))
        for one in stocks
    )
    monthly = [one for one in lines if not is_stock(one.item)]
    own = tuple(one for one in monthly if not one.meter_id or (sheet.facility_id, one.meter_id) not in known)
    fleet = tuple(one for one in monthly if one.meter_id and (sheet.facility_id, one.meter_id) in known)
    return Grid(sheet, facility, year, own, found, yearly, fleet)


def is_stock(item: str) -> bool:
    """Whether an item is counted once a year."""
    found = catalogue().items.get(item)
    return found is not None and found.measure == "stock"


def _row_of(rows: Iterable[Row], line: GridLine, year: FiscalYear) -> Row | None:
    """The newest row of a line whose last day lies in a year."""
    own = [row for row in rows if key_of(row) == line.key and FiscalYear.of(last_day(row["end"])) == year]
    return own[-1] if own else None


def _lines(
    wanted: Iterable[Asked],
    facility_id: str,
    rows: list[Row],
    year: FiscalYear,
    found: Sequence[Finding],
    files: Files,
) -> Iterable[GridLine]:
    by_key: dict[Key, list[Row]] = {}
    contracts = list(registers.Supply.objects.filter(facility_id=facility_id))
    for row in rows:
        by_key.setdefault(key_of(row), []).append(row)
    for asked in wanted:
        key = (asked.item, asked.meter_id, asked.use)
        made = line_of(key, (item_name(asked.item), asked.unit), year, by_key.get(key, []), found, files)
        bands = _band(contracts, asked, year)
        yield replace(made, contracts=bands) if bands else made


def _band(contracts: Iterable[registers.Supply], asked: Asked, year: FiscalYear) -> tuple[tuple[str, int], ...]:
    """Supplier and menu of a line from month to month, equal neighbours together; none where there is no contract."""
    own = [one for one in contracts if one.item == asked.item and (not one.meter_id or one.meter_id == asked.meter_id)]
    if not own:
        return ()
    names = [_supplied(own, month.end) for month in year.months()]
    return tuple((name, len(list(group))) for name, group in groupby(names))


def _supplied(contracts: Iterable[registers.Supply], end: date) -> str:
    """Who supplies on the last day of a month."""
    day = last_day(end)
    running = [
        one
        for one in contracts
        if (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or one.valid_to > day)
    ]
    return texts.listed(" ".join(part for part in (one.supplier, one.menu) if part) for one in running)


def rows_beside(sheet: Sheet, items: Iterable[str]) -> list[Row]:
    """Rows of some items of a sheet that count, with those of the years that its checks compare with."""
    return ledger.of_years(sheet.facility_id, sheet.fiscal_year - PAST, sheet.fiscal_year, items)


def lines_beside(
    sheet: Sheet, asked: Iterable[Asked], rows: Sequence[Row], now: Municipality
) -> tuple[list[GridLine], tuple[Finding, ...]]:
    """Lines of some items after a cell has changed, and all that the checks say of the items.

    Parameters
    ----------
    asked : iterable of Asked
        All lines of the items.
    rows : sequence of Row
        As of `rows_beside`.
    now : Municipality
        As it was when they were read.
    """
    year = FiscalYear(sheet.fiscal_year)
    known = registers_of(now, sheet.facility_id)
    found = _findings(known, list(rows), year, WHOLE)
    by_key: dict[Key, list[Row]] = {}
    for row in rows:
        by_key.setdefault(key_of(row), []).append(row)
    spans, made = presence.spans_of(known), []
    for one in asked:
        key = (one.item, one.meter_id, one.use)
        line = line_of(key, (item_name(one.item), one.unit), year, by_key.get(key, []), found)
        owed = presence.owed_by(spans, year.number, sheet.facility_id, one.meter_id)
        made.append(replace(line, owed=owed))
    return made, found


def others_than(lines: Iterable[GridLine], said: Iterable[Finding]) -> list[Finding]:
    """Findings that stand in no cell of some lines."""
    placed = {id(finding) for line in lines for cell in line.cells for finding in cell.findings}
    return [finding for finding in said if id(finding) not in placed]


def findings(facility_id: str, rows: list[Row], year: FiscalYear, names: Iterable[str]) -> tuple[Finding, ...]:
    """What the ledger's checks say of a facility's year, errors first.

    Parameters
    ----------
    rows : list of Row
        Those that count; what they replaced is not among them.
    """
    return _findings(_known(facility_id), rows, year, names)


def _findings(known: City, rows: list[Row], year: FiscalYear, names: Iterable[str]) -> tuple[Finding, ...]:
    # Not by `view_of`, which looks through chains of corrections: here are their ends alone.
    view = View(known, rows, (), rows, facts_of_items(), (year,), timezone.localdate())
    said = [finding for outcome in run(view, names) for finding in outcome.findings]
    return tuple(by_severity(said))


def open_errors(sheet: Sheet, *, registers_too: bool) -> list[Finding]:
    """Findings that forbid handing a sheet in, or settling it where registers count too."""
    year = FiscalYear(sheet.fiscal_year)
    rows = ledger.of_years(sheet.facility_id, year.number - PAST, year.number)
    found = findings(sheet.facility_id, rows, year, WHOLE if registers_too else OF_ENTRIES)
    return [finding for finding in found if finding.severity == "error"]


def _known(facility_id: str) -> City:
    return registers_of(Municipality.objects.get(), facility_id)


def item_name(item: str) -> str:
    """Name of an item in the language of the reader."""
    found = _items(catalogue()).get(item)
    return found or item


def _items(law: Catalogue) -> Mapping[str, str]:
    japanese = texts.language() == "ja"
    return {code: item.name_ja if japanese else item.name_en for code, item in law.items.items()}
