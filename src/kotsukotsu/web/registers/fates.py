"""What taking in a file would do to each row of a register; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kotsukotsu import texts
from kotsukotsu.importers.model import Book, Cell
from kotsukotsu.importers.rejects import Refused, returned
from kotsukotsu.schema import Column, Row
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.registers import references, rules, values
from kotsukotsu.web.registers.headings import Head, Meanings
from kotsukotsu.web.registers.kinds import Key, Register, heading
from kotsukotsu.web.registers.references import Names

NEW, SAME, CHANGED, REJECTED = "new", "same", "changed", "rejected"
KINDS = (NEW, CHANGED, SAME, REJECTED)


@dataclass(frozen=True, slots=True)
class Fate:
    """One row of a file.

    Attributes
    ----------
    line : int
        Of the sheet, from zero.
    pk : int or None
        The row of the register that it changes or equals.
    changes : tuple of str
        For a changed row: heading, old and new value, as a person reads them.
    problems : tuple of WebError
        Why a row is rejected.
    """

    kind: str
    line: int
    key: str
    row: Row
    pk: int | None = None
    changes: tuple[str, ...] = ()
    problems: tuple[WebError, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it was looked at.

    Attributes
    ----------
    columns : mapping
        Place of a column to what it is; those that are not read are left out.
    """

    book: Book
    head: Head
    columns: Mapping[int, str]
    fates: tuple[Fate, ...]

    def place(self, fate: Fate) -> str:
        """Sheet and line of a row, as people count."""
        return f"{self.head.sheet.name} {fate.line + 1}"


def looked(
    register: Register, book: Book, head: Head, known: Meanings, given: Mapping[str, str] = MappingProxyType({})
) -> Looked:
    """What would become of every row of a file.

    Parameters
    ----------
    head : Head
        The line that names the columns.
    known : mapping
        What headings mean (`headings.meanings`).
    given : mapping
        Columns that the file has not, and what a person says of all rows.
    """
    columns = head.columns(known)
    there = {register.key(one.as_row()): (one.pk, one.as_row())
             for one in register.model._default_manager.all()}  # noqa: SLF001  # fmt: skip
    named = references.of(register.table, tuple(column.column for column in register.columns))
    same = {name: Cell(text, "text") for name, text in given.items()}
    return Looked(book, head, columns, tuple(_judged(register, head, columns, same, named, there)))


def said(register: Register, given: Mapping[str, str]) -> dict[str, str]:
    """What a person says of all rows, as people read it."""
    columns = {column.column: column for column in register.columns}
    known = references.of(register.table, tuple(given))
    return {
        name: known.get(name, {}).get(text)
        or values.told(columns[name], values.value(columns[name], Cell(text, "text")))
        for name, text in given.items()
    }


def refused(register: Register, looked: Looked) -> bytes:
    """The rows that cannot be taken in, each with its reasons, as a workbook to be mended and taken in again."""
    rows = {fate.line: (_at_fault(register, looked, fate), "\n".join(problem.text() for problem in fate.problems))
            for fate in looked.fates if fate.kind == REJECTED}  # fmt: skip
    read = frozenset(fate.line for fate in looked.fates)
    return returned(looked.book, {looked.head.sheet.name: Refused(frozenset((looked.head.line,)), read, rows)})


def _at_fault(register: Register, looked: Looked, fate: Fate) -> frozenset[int]:
    """Columns that the reasons name."""
    named = {texts.label(f"register.column.{column.column}"): column.column for column in register.columns}
    wrong = {named.get(str(problem.data.get("column"))) for problem in fate.problems}
    return frozenset(place for place, name in looked.columns.items() if name in wrong)


def _judged(
    register: Register,
    head: Head,
    columns: Mapping[int, str],
    same: Mapping[str, Cell],
    known: Mapping[str, Names],
    there: Mapping[Key, tuple[int, Row]],
) -> Iterator[Fate]:
    seen: set[Key] = set()
    for line in range(head.line + 1, head.sheet.height):
        cells = {**{name: head.sheet.filled(line, place) for place, name in columns.items()}, **same}
        if any(head.sheet.cell(line, place).text for place in columns):
            fate = _fate(register, cells, line, known, there, seen)
            seen.add(register.key(fate.row))
            yield fate


def _fate(
    register: Register,
    cells: Mapping[str, Cell],
    line: int,
    known: Mapping[str, Names],
    there: Mapping[Key, tuple[int, Row]],
    seen: set[Key],
) -> Fate:
    row, wrong = _read(register, cells)
    row |= _coded(row, known)
    wrong += list(rules.problems(register, row, known)) if not wrong else []
    key = register.key(row)
    if key in seen:
        wrong.append(WebError("WR-06", key="・".join(part for part in key if part)))
    name = _name(register, key, row, known)
    if wrong:
        return Fate(REJECTED, line, name, row, problems=tuple(wrong))
    if key not in there:
        return Fate(NEW, line, name, row)
    pk, old = there[key]
    whole = {**old, **row}
    changes = tuple(_changes(register.columns, old, whole))
    return Fate(CHANGED if changes else SAME, line, name, whole, pk, changes)


def _name(register: Register, key: Key, row: Row, known: Mapping[str, Names]) -> str:
    """The key as people read it, names for codes, and the row's own name."""
    columns = {column.column: column for column in register.columns}
    given = zip(register.keys, key, strict=True)
    parts = [known.get(name, {}).get(part) or values.told(columns[name], part) for name, part in given if part]
    return "・".join(str(part) for part in (*parts, row.get("name")) if part)


def _coded(row: Row, known: Mapping[str, Names]) -> Row:
    """Codes in place of names, where one name is one thing's alone."""
    found: Row = {}
    for column, names in known.items():
        given = row.get(column)
        codes = [code for code, name in names.items() if name == given] if given not in names else []
        if len(codes) == 1:
            found[column] = codes[0]
    return found


def _read(register: Register, cells: Mapping[str, Cell]) -> tuple[Row, list[WebError]]:
    columns = {column.column: column for column in register.columns}
    row: Row = {}
    wrong: list[WebError] = []
    for name, cell in cells.items():
        try:
            row[name] = values.value(columns[name], cell) if name in columns else (cell.text or None)
        except WebError as error:
            wrong.append(error)
    return row, wrong


def _changes(columns: Sequence[Column], old: Row, new: Row) -> Iterator[str]:
    own = {column.column: column for column in columns}
    for name in {**own, **new}:  # columns beyond the register too: an address of the open data
        before, after = old.get(name), new.get(name)
        if (before or None) != (after or None) if name not in own else before != after:
            column = own.get(name)
            said = [values.told(column, one) if column else str(one or "") for one in (before, after)]
            yield texts.label("register.change", name=heading(column) if column else name,
                              before=said[0] or texts.none(), after=said[1] or texts.none())  # fmt: skip


def counted(found: Iterable[Fate]) -> dict[str, int]:
    """How many rows there are of each kind."""
    kinds = [fate.kind for fate in found]
    return {kind: kinds.count(kind) for kind in KINDS}
