"""The Excel form of a facility, out and in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from kotsukotsu import texts
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.findings import Finding
from kotsukotsu.importers import ImportResult, read
from kotsukotsu.importers.fates import Fate
from kotsukotsu.importers.forms import Form, FormRow, MonthValue, form
from kotsukotsu.periods import FiscalYear, day_name, last_day
from kotsukotsu.schema import Row
from kotsukotsu.sessions.receiving import context_of, with_reason
from kotsukotsu.web.entries import fleet, ledger, sheets
from kotsukotsu.web.entries.grid import GridCell, GridLine
from kotsukotsu.web.entries.models import Evidence, Sheet
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.selectors import facility_names

READABLE = ("xlsx", "csv", "ods")
MOST = 500


@dataclass(frozen=True)
class Preview:
    """What a file would bring into a sheet; nothing is written.

    Attributes
    ----------
    rows : list of Row
        Rows to post: of this facility and year only.
    """

    result: ImportResult
    rows: list[Row]

    @property
    def fates(self) -> list[Fate]:
        """The first rows with their fates, blank ones left out."""
        return [fate for fate in self.result.fates if fate.kind not in ("blank", "ignored")][:MOST]

    @property
    def reasons(self) -> list[tuple[Finding, int]]:
        """Why rows are refused, each reason once, and how many rows for it."""
        told: dict[str, list[Finding]] = {}
        for fate in self.result.rejected:
            if fate.reason:
                told.setdefault(fate.reason.message(), []).append(fate.reason)
        return [(reasons[0], len(reasons)) for reasons in told.values()]


def written(sheet: Sheet) -> bytes:
    """The form of a sheet as an Excel file, with last year's values."""
    grid = sheets.grid(sheet, checked=False)
    municipality = Municipality.objects.get()
    rows = tuple(
        FormRow(
            grid.facility.facility_id, grid.facility.name, line.item, _named(line), line.unit, line.meter_id,
            _before(line),
        )
        for line in grid.month_lines
    )  # fmt: skip
    by_reading = policy_at(municipality.settings, sheet.fiscal_year).month_of == "end"
    with texts.speaking("ja"):  # as the rest of the form
        due = day_name(sheet.due)
    return form(Form(str(municipality), grid.facility.name, grid.year, rows, due, by_reading))


def _named(line: GridLine) -> str:
    """The item with what it is burnt in, as the form is read back: two lines of a fuel are told apart by it."""
    used = texts.statement(f"look.fuel_use.{line.use}", {}, "ja") if line.use else ""
    return f"{line.item_name}（{used}）" if used else line.item_name


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
    judged = [_elsewhere(sheet, fate) for fate in result.fates]
    rows = {at: _to_post(fate, evidence.name) for at, fate in enumerate(judged) if fate.kind in ("new", "corrects")}
    places = list(rows)
    for at, error in fleet.faults(sheet.facility_id, list(rows.values()), _standing(sheet, rows.values())).items():
        place = places[at]
        judged[place] = _refused(judged[place], error.code, **error.data)
        del rows[place]
    return Preview(replace(result, fates=tuple(judged)), list(rows.values()))


def _elsewhere(sheet: Sheet, fate: Fate) -> Fate:
    """The fate of a row; one of another facility or year is refused here."""
    if fate.kind not in ("new", "corrects", "same") or fate.row is None:
        return fate
    facility, year = fate.row["facility_id"], FiscalYear.of(last_day(fate.row["end"]))
    if (facility, year.number) == (sheet.facility_id, sheet.fiscal_year):
        return fate
    return _refused(fate, "WF-09", facility=facility_names().get(facility, facility), year=year.name)


def _refused(fate: Fate, code: str, **data: object) -> Fate:
    return replace(fate, kind="rejected", reason=Finding(code, fate.raw.place, data))


def _to_post(fate: Fate, file: str) -> Row:
    return with_reason(cast("Row", fate.row), fate.replaces if fate.kind == "corrects" else "", file)


def _standing(sheet: Sheet, rows: Iterable[Row]) -> list[Row]:
    return sheets.rows_beside(sheet, {row["item"] for row in rows})
