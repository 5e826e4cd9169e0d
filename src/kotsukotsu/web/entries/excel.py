"""The Excel form of a facility, out and in."""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.importers import ImportResult, read
from kotsukotsu.importers.fates import Fate
from kotsukotsu.importers.forms import Form, FormRow, MonthValue, form
from kotsukotsu.periods import FiscalYear, day_name, last_day
from kotsukotsu.schema import Row
from kotsukotsu.sessions.receiving import context_of, with_reason
from kotsukotsu.web.entries import ledger, sheets
from kotsukotsu.web.entries.grid import GridCell, GridLine
from kotsukotsu.web.entries.models import Evidence, Sheet
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.municipalities.models import Municipality

READABLE = ("xlsx", "csv", "ods")
MOST = 500


@dataclass(frozen=True)
class Preview:
    """What a file would bring into a sheet; nothing is written.

    Attributes
    ----------
    rows : list of Row
        Rows to post: of this facility and year only.
    elsewhere : list of Fate
        Rows of other facilities or years; they are not taken.
    """

    result: ImportResult
    rows: list[Row]
    elsewhere: list[Fate]

    @property
    def fates(self) -> list[Fate]:
        """The first rows with their fates, blank ones left out."""
        return [fate for fate in self.result.fates if fate.kind not in ("blank", "ignored")][:MOST]


def written(sheet: Sheet) -> bytes:
    """The form of a sheet as an Excel file, with last year's values."""
    grid = sheets.grid(sheet, checked=False)
    municipality = Municipality.objects.get()
    rows = tuple(
        FormRow(
            grid.facility.facility_id, grid.facility.name, line.item, line.item_name, line.unit, line.meter_id,
            _before(line),
        )
        for line in grid.month_lines
    )  # fmt: skip
    by_reading = policy_at(municipality.settings, sheet.fiscal_year).month_of == "end"
    with texts.speaking("ja"):  # as the rest of the form
        due = day_name(sheet.due)
    return form(Form(str(municipality), grid.facility.name, grid.year, rows, due, by_reading))


def _before(line: GridLine) -> tuple[MonthValue, ...]:
    return tuple(_month_value(cell) for cell in line.cells)


def _month_value(cell: GridCell) -> MonthValue:
    return "-" if cell.before_state == "not_occurring" else cell.before


def preview(sheet: Sheet, evidence: Evidence) -> Preview:
    """What a file would bring.

    Raises
    ------
    ImportFileError
        If the file cannot be read at all.
    """
    year = FiscalYear(sheet.fiscal_year)
    existing = ledger.of_years(sheet.facility_id, year.number - 1, year.number)
    with figures.opened() as session:
        context = context_of(session, [{**row, "replaces": None} for row in existing], year.number)
    result = read(bytes(evidence.content), evidence.name, context)
    own, elsewhere = [], []
    for fate in result.fates:
        if fate.kind not in ("new", "corrects") or fate.row is None:
            continue
        if _is_of(fate.row, sheet.facility_id, year):
            replaces = fate.replaces if fate.kind == "corrects" else ""
            own.append(with_reason(fate.row, replaces, evidence.name))
        else:
            elsewhere.append(fate)
    return Preview(result, own, elsewhere)


def _is_of(row: Row, facility_id: str, year: FiscalYear) -> bool:
    return row["facility_id"] == facility_id and FiscalYear.of(last_day(row["end"])) == year
