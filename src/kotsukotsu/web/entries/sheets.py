"""A sheet as people see it: its grid, what is doubtful in it, how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.findings import Finding, by_severity
from kotsukotsu.ledger.checks import CHECKS, run
from kotsukotsu.ledger.checks.view import view_of
from kotsukotsu.ledger.states import months_of
from kotsukotsu.periods import LONG_DAYS, FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.sessions.items import item_facts
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.figures import figures
from kotsukotsu.web.entries.grid import NO_FILES, File, Files, GridLine, Key, key_of, line_of
from kotsukotsu.web.entries.models import Asked, Sheet
from kotsukotsu.web.municipalities import registers
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.tables import rows_of

# Years of a facility's own past that the checks of a cell compare with.
PAST = 5
KNOWN = 512  # facilities whose registers are kept at hand
# Checks that say something of one cell as it is typed; those of a whole year wait for the sheet.
YEARLY = ("missing_months", "gaps", "same_names", "bodies", "compositions", "apportionments", "corrections")
AT_ONCE = tuple(name for name, _ in CHECKS if name not in YEARLY)
WHOLE = tuple(name for name, _ in CHECKS if name not in ("same_names", "bodies", "corrections"))


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
        return 12 * len(self.fleet)

    @property
    def month_lines(self) -> tuple[GridLine, ...]:
        """Lines of months, those of vehicles too."""
        return (*self.lines, *self.fleet)

    @property
    def other_findings(self) -> list[Finding]:
        """Findings that stand in no cell of the grid."""
        placed = {id(finding) for line in self.lines for cell in line.cells for finding in cell.findings}
        return [finding for finding in self.findings if id(finding) not in placed]

    @property
    def filled(self) -> int:
        """Months of all lines that say something; a count of the year says twelve."""
        years = sum(one.now is not None and one.now["quantity"] is not None for one in self.yearly)
        return sum(line.filled for line in self.month_lines) + 12 * years

    @property
    def wanted(self) -> int:
        """Months of all lines."""
        return 12 * (len(self.month_lines) + len(self.yearly))


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
    found = findings(sheet.facility_id, rows, year, WHOLE) if checked else ()
    wanted = sheet.lines.all() if asked is None else asked
    lines = list(_lines(wanted, sheet.facility_id, rows, year, found, files))
    vehicles = set(registers.Vehicle.objects.filter(facility_id=sheet.facility_id).values_list("vehicle_id", flat=True))
    stocks = [one for one in lines if is_stock(one.item)]
    yearly = tuple(
        Yearly(one, _row_of(rows, one, year), _row_of(rows, one, year.before), files.get((one.key, ""), ()))
        for one in stocks
    )
    monthly = [one for one in lines if not is_stock(one.item)]
    own = tuple(one for one in monthly if one.meter_id not in vehicles)
    fleet = tuple(one for one in monthly if one.meter_id in vehicles)
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
    found: Iterable[Finding],
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
    return "、".join(" ".join(part for part in (one.supplier, one.menu) if part) for one in running)


def line(sheet: Sheet, asked: Asked) -> tuple[GridLine, tuple[Finding, ...]]:
    """One line with the checks that speak at once, after a cell has changed."""
    year = FiscalYear(sheet.fiscal_year)
    rows = ledger.of_years(sheet.facility_id, year.number - PAST, year.number, [asked.item])
    found = findings(sheet.facility_id, rows, year, AT_ONCE)
    key = (asked.item, asked.meter_id, asked.use)
    own = [row for row in rows if key_of(row) == key]
    return line_of(key, (item_name(asked.item), asked.unit), year, own, found), found


def findings(facility_id: str, rows: list[Row], year: FiscalYear, names: Iterable[str]) -> tuple[Finding, ...]:
    """What the ledger's checks say of a facility's year, errors first."""
    now = Municipality.objects.get()
    known = _registers(now.key, now.revision, facility_id)
    city = replace(known, tables={**known.tables, "activities": rows})
    view = view_of(city, item_facts(catalogue()), fiscal_years=[year], today=timezone.localdate())
    said = [finding for outcome in run(view, names) for finding in outcome.findings]
    return tuple(by_severity(said))


def open_errors(sheet: Sheet, *, registers_too: bool) -> list[Finding]:
    """Findings that forbid handing a sheet in, or settling it where registers count too."""
    year = FiscalYear(sheet.fiscal_year)
    rows = ledger.of_years(sheet.facility_id, year.number - PAST, year.number)
    found = findings(sheet.facility_id, rows, year, WHOLE if registers_too else OF_ENTRIES)
    return [finding for finding in found if finding.severity == "error"]


@lru_cache(maxsize=KNOWN)
def _registers(key: UUID, revision: int, facility_id: str) -> City:  # the state that it is true in
    """The registers as far as one facility's checks need them."""
    own = Municipality.objects.get()
    models = (registers.Facility, registers.Supply, registers.Meter, registers.Vehicle, registers.Waste)
    known = {model.table: rows_of(model.objects.filter(facility_id=facility_id)) for model in models}
    said = registers.Explanation.objects.filter(facility_id__in=[facility_id, ""])
    known |= {
        "departments": rows_of(registers.Department.objects.all()),
        "explanations": rows_of(said),
    }
    factors = [{**one.as_row(), "file": one.file} for one in registers.OwnFactor.objects.all()]
    return City(str(own), own.settings, known, factors)


def item_name(item: str) -> str:
    """Name of an item in the language of the reader."""
    found = _items(catalogue()).get(item)
    return found or item


def _items(law: Catalogue) -> Mapping[str, str]:
    japanese = texts.language() == "ja"
    return {code: item.name_ja if japanese else item.name_en for code, item in law.items.items()}


def progress(sheets: Iterable[Sheet]) -> Mapping[int, tuple[int, int]]:
    """Months that say something, and months asked for, of each sheet; in three queries however many there are."""
    listed = list(sheets)
    if not listed:
        return {}
    years = {sheet.fiscal_year for sheet in listed}
    wanted: dict[int, int] = dict.fromkeys((sheet.pk for sheet in listed), 0)
    place: dict[tuple[str, int, str, str, str], int] = {}
    by_pk = {sheet.pk: sheet for sheet in listed}
    asked = Asked.objects.filter(sheet__in=listed).order_by()
    for pk, item, meter, use in asked.values_list("sheet_id", "item", "meter_id", "use"):
        sheet = by_pk[pk]
        wanted[pk] += 12
        place[sheet.facility_id, sheet.fiscal_year, item, meter, use] = pk
    months: dict[int, set[tuple[object, ...]]] = {pk: set() for pk in wanted}
    for year in years:
        for cell in _said([sheet.facility_id for sheet in listed], FiscalYear(year)):
            if (found := place.get((cell[0], year, *cell[1:4]))) is not None:
                months[found].update((*cell[1:4], index) for index in cell[4])
    return {pk: (len(months[pk]), wanted[pk]) for pk in wanted}


def _said(facilities: list[str], year: FiscalYear) -> Iterable[tuple[str, str, str, str, range]]:
    """Facility, item, meter, use and months of the rows that say something in a year."""
    found = ledger.counting().filter(facility_id__in=facilities, end__gt=year.start, end__lte=year.end)
    spoken = found.exclude(quantity=None, basis__in=("measured", "estimated"))
    for one in spoken.values_list("facility_id", "item", "meter_id", "use", "start", "end"):
        yield one[0], one[1], one[2] or "", one[3] or "", _within(one[4], one[5], year)


def _within(start: date, end: date, year: FiscalYear) -> range:
    """Months of a year that a row's period answers for (running numbers)."""
    months = months_of(max(start, year.start), min(end, year.end))
    return months if (end - start).days > LONG_DAYS else months[-1:]
