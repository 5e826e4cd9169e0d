"""Rows of a register as its list shows them: narrowed, sorted, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from kotsukotsu import schema, texts
from kotsukotsu.periods import last_day
from kotsukotsu.schema import Column, Row
from kotsukotsu.schema.organisation import departments_at, spans
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.accounts.selectors import history
from kotsukotsu.web.municipalities.registers import Department, FacilityDepartment
from kotsukotsu.web.municipalities.tabled import Tabled, field_name
from kotsukotsu.web.registers import references, values
from kotsukotsu.web.registers.kinds import Register, heading
from kotsukotsu.web.registers.references import Names

PAGE = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in the list."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row in the list."""

    pk: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A column that the list can be narrowed by, with what there is."""

    column: str
    chosen: str
    choices: tuple[tuple[str, str], ...]


def page(register: Register, asked: Mapping[str, str], sort: tuple[str, bool]) -> tuple[Page, list[Line]]:
    """A page of the list.

    Parameters
    ----------
    asked : mapping
        ``q`` for a word anywhere, a column for its value, ``page``.
    sort : tuple
        Column and whether it falls; an empty column keeps the order of the register.
    """
    found = _narrowed(register, asked)
    column, falling = sort
    if column in {one.column for one in register.columns}:
        found = _sorted(found, field_name(column), falling=falling)
    shown = Paginator(found, PAGE).get_page(asked.get("page"))
    known = references.of(register.table, tuple(one.column for one in register.columns))
    return shown, [Line(one.pk, _cells(register, one.as_row(), known)) for one in shown]


def rows(register: Register, asked: Mapping[str, str]) -> Page:
    """A page of the rows themselves, in the order of the register; `asked` as of `page`."""
    return Paginator(_narrowed(register, asked), PAGE).get_page(asked.get("page"))


def _narrowed(register: Register, asked: Mapping[str, str]) -> list[Tabled]:
    wanted = {field_name(name): asked[name] for name in register.filters if asked.get(name)}
    found = list(register.model._default_manager.filter(**wanted))  # noqa: SLF001  # Django's word for it
    word = asked.get("q", "").strip().casefold()
    if not word:
        return found
    known = references.of(register.table, tuple(one.column for one in register.columns))
    return [one for one in found if word in _words(register, one.as_row(), known).casefold()]


def _words(register: Register, row: Row, known: Mapping[str, Names]) -> str:
    """What a row says, as people read it and as a file has it."""
    return " ".join((*(cell.text for cell in _cells(register, row, known)), *map(schema.cell, row.values())))


def _sorted(found: list[Tabled], field: str, *, falling: bool) -> list[Tabled]:
    """By a column; rows without a value last, whichever way."""
    known = [one for one in found if getattr(one, field) is not None]
    known.sort(key=lambda one: getattr(one, field), reverse=falling)
    return [*known, *(one for one in found if getattr(one, field) is None)]


def _cells(register: Register, row: Row, known: Mapping[str, Names]) -> tuple[Cell, ...]:
    cells = []
    for column in register.columns:
        text = values.told(column, row[column.column])
        is_number = column.type in ("decimal", "integer") and not values.is_year(column)
        cells.append(Cell(known.get(column.column, {}).get(text, text), is_number))
    return tuple(cells)


def filters(register: Register, asked: Mapping[str, str]) -> list[Filter]:
    """What the list can be narrowed by: the values that occur."""
    known = references.of(register.table, register.filters)
    columns = {column.column: column for column in register.columns}
    found = []
    for name in register.filters:
        occurring = register.model._default_manager.order_by().values_list(field_name(name), flat=True)  # noqa: SLF001
        codes = sorted({schema.cell(value) for value in occurring.distinct() if value is not None})
        choices = tuple((code, _said(columns[name], code, known.get(name, {}))) for code in codes)
        found.append(Filter(name, asked.get(name, ""), choices))
    return found


def _said(column: Any, code: str, known: Names) -> str:
    return known.get(code) or values.told(column, code)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the log about a row, with what changed."""

    entry: LogEntry
    changes: tuple[tuple[str, str, str], ...]


def told(register: Register, row: Row) -> list[Told]:
    """The history of a row, the newest first."""
    columns = {column.column: column for column in register.columns}
    found = history(register.table, "|".join(register.key(row)))[:50]
    return [Told(one, tuple(_changes(one, columns)) if one.verb == "change" else ()) for one in found]


def _changes(entry: LogEntry, columns: Mapping[str, Column]) -> Iterator[tuple[str, str, str]]:
    before, after = entry.before or {}, entry.after or {}
    for name in {**before, **after}:
        column = columns.get(name)
        told = [values.told(column, one) if column and one is not None else str(one or "")
                for one in (before.get(name), after.get(name))]  # fmt: skip
        yield heading(column) if column else name, told[0] or texts.none(), told[1] or texts.none()


@dataclass(frozen=True, slots=True)
class Belonged:
    """A department of a facility, as it was called at the end, with the first and the last day; open where None."""

    department: str
    first: date | None
    last: date | None


def belonged(facility: Row) -> list[Belonged]:
    """The departments of a facility, the first one first; in two queries."""
    dated = FacilityDepartment.objects.filter(facility_id=facility["facility_id"])
    known = [one.as_row() for one in Department.objects.all()]
    found = []
    for span in spans(facility["department_id"] or "", [one.as_row() for one in dated]):
        last = None if span.end is None else last_day(span.end)
        name = departments_at(known, last).get(span.department, {}).get("name", span.department)
        found.append(Belonged(name, span.start, last))
    return found
