"""``kotsukotsu form``: the Excel entry forms of the departments."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting.membership import departments_in
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.cli import show
from kotsukotsu.importers.forms import Form, FormRow, MonthValue, form
from kotsukotsu.ledger.current import as_of
from kotsukotsu.ledger.states import by_month, state
from kotsukotsu.periods import LONG_DAYS, FiscalYear, Month, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.organisation import departments_at
from kotsukotsu.sessions.session import Session
from kotsukotsu.store import folder

Series = tuple[str, str, str]  # facility, item, meter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("form", help=texts.label("cli.form.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", help=texts.label("cli.fy.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("forms"),
    department: Annotated[str | None, typer.Option("--department", help=texts.label("cli.department.help"))] = None,
    due: Annotated[str, typer.Option("--due", help=texts.label("cli.due.help"))] = "",
) -> None:
    """Write one workbook for each department that has facilities with use in this year or the last."""
    session = Session(city)
    year = FiscalYear(fy)
    to = show.console()
    for name, rows in _departments(session, year, department).items():
        spec = Form(session.city.name, name, year, rows, due, policy_at(session.city.settings, fy).month_of == "end")
        path = out / f"{_safe(name)}_{year.label('era')}.xlsx"
        folder.write_file(path, form(spec))
        to.print(texts.label("form.written", path=path, rows=len(rows)))


def _departments(session: Session, year: FiscalYear, wanted: str | None) -> dict[str, tuple[FormRow, ...]]:
    tree = departments_at(session.city.table("departments"), last_day(year.end))
    own = departments_in(session.city, year.number)
    by_department: dict[str, list[FormRow]] = defaultdict(list)
    facilities = {row["facility_id"]: row for row in session.city.table("facilities")}
    for series, last_year in _series(session, year).items():
        facility = facilities.get(series[0])
        if facility is None or (facility["closed_on"] and facility["closed_on"] <= year.start):
            continue
        department = own[facility["facility_id"]]
        if wanted in (None, department):
            name = tree[department]["name"] if department in tree else department
            by_department[name].append(_row(session, facility, series, last_year))
    return {name: tuple(rows) for name, rows in sorted(by_department.items())}


def _row(session: Session, facility: Row, series: Series, last_year: list[MonthValue]) -> FormRow:
    item = session.law.catalogue.items[series[1]]
    return FormRow(facility["facility_id"], facility["name"], item.item, item.name_ja, item.unit, series[2], last_year)


def _series(session: Session, year: FiscalYear) -> dict[Series, list[MonthValue]]:
    """The series in use in this year or the one before, each with last year's months."""
    before = FiscalYear(year.number - 1)
    grouped: dict[Series, list[Row]] = defaultdict(list)
    for row in as_of(session.activities(), None):
        if FiscalYear.of(last_day(row["end"])).number in (year.number, before.number):
            grouped[row["facility_id"], row["item"], row["meter_id"] or ""].append(row)
    used = {series: rows for series, rows in grouped.items() if _in_use(session, series, rows)}
    for series in _under_contract(session, year):
        if not any(other[:2] == series[:2] for other in used):
            used[series] = []
    order = {code: item.order for code, item in session.law.catalogue.items.items()}
    return {
        series: [_value(session, rows, month) for month in before.months()]
        for series, rows in sorted(used.items(), key=lambda entry: (entry[0][0], order[entry[0][1]], entry[0][2]))
    }


def _under_contract(session: Session, year: FiscalYear) -> list[Series]:
    """What a new facility will have to report before it has a row: its contracts of the year."""
    return [
        (row["facility_id"], row["item"], row["meter_id"] or "")
        for row in session.city.table("supplies")
        if (row["valid_from"] is None or row["valid_from"] < year.end)
        and (row["valid_to"] is None or row["valid_to"] > year.start)
        and row["item"] in session.law.catalogue.items
    ]


def _in_use(session: Session, series: Series, rows: list[Row]) -> bool:
    return series[1] in session.law.catalogue.items and any(row["basis"] != "not_occurring" for row in rows)


def _value(session: Session, rows: list[Row], month: Month) -> MonthValue:
    """Last year's quantity of a month in the item's unit; － where it did not occur, nothing where it is not known."""
    own = [
        row for row in rows if Month.of(last_day(row["end"])) == month and (row["end"] - row["start"]).days <= LONG_DAYS
    ]
    known = [session.in_base_unit(row) for row in own if row["quantity"] is not None]
    if known:
        return sum(known, Decimal(0))
    states = by_month([(row["start"], row["end"], state(row)) for row in own])
    return "-" if "not_occurring" in states.values() else None


def _safe(name: str) -> str:
    """A name that every file system takes."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", name) or "form"
