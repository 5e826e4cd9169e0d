"""The ``activities.csv`` of a city folder: codes, half-open periods, nothing to guess."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import InvalidOperation

from kotsukotsu.findings import Finding
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import RawRow, Reading, ReadingKind, Sheet, Table
from kotsukotsu.schema import Row, columns, value_of

NAME = "city_folder"


def detect(subject: Subject) -> bool:
    """Whether the first row has the required columns of the schema."""
    present = {text for _, text in subject.sheet.texts(0)}
    return {column.column for column in columns("activities") if column.required} <= present


def read(subject: Subject) -> Iterator[Table]:
    """The current rows: those that another row of the file replaces are history."""
    sheet = subject.sheet
    place = {text: column for column, text in sheet.texts(0)}
    replaced = (
        {sheet.cell(row, place["replaces"]).text for row in range(1, sheet.height)} if "replaces" in place else set()
    )
    rows = tuple(
        _raw(sheet, row, place)
        for row in range(1, sheet.height)
        if any(sheet.texts(row)) and sheet.cell(row, place["activity_id"]).text not in replaced - {""}
    )
    yield Table(NAME, sheet.name, 0, rows)


def _raw(sheet: Sheet, row: int, place: dict[str, int]) -> RawRow:
    values: Row = {}
    problems = []
    for column in columns("activities"):
        at = place.get(column.column)
        text = "" if at is None else sheet.cell(row, at).text
        try:
            values[column.column] = value_of(text, column.type)
        except (ValueError, InvalidOperation):
            values[column.column] = None
            problems.append(Finding("IM-34", sheet.place(row, at or 0), {"value": text, "column": column.column}))
        if column.required and not text:
            problems.append(Finding("IM-35", sheet.place(row, at or 0), {"column": column.column}))
    quantity = values["quantity"]
    kind: ReadingKind = "missing" if quantity is None else "number"
    if values["basis"] == "not_occurring":
        kind = "not_occurring"
    return RawRow(
        sheet.name,
        row,
        place.get("quantity", 0),
        Reading(kind, quantity, text=str(quantity or "")),
        facility_id=values["facility_id"] or "",
        item=values["item"] or "",
        unit=values["unit"] or "",
        start=values["start"],
        end=values["end"],
        meter=values["meter_id"] or "",
        use=values["use"] or "",
        cost=values["cost_yen"],
        basis=values["basis"] or "",
        note=values["note"] or "",
        problems=tuple(problems),
        codes=True,
    )
