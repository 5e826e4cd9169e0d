"""What taking in a file would do to each row of a register; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.importers.model import Cell, Sheet
from kotsukotsu.importers.sheets import open_book
from kotsukotsu.schema import Column, Row
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.registers import references, rules, values
from kotsukotsu.web.registers.kinds import Key, Register, heading, reading
from kotsukotsu.web.registers.references import Names

NEW, SAME, CHANGED, REJECTED = "new", "same", "changed", "rejected"
KINDS = (NEW, CHANGED, SAME, REJECTED)


@dataclass(frozen=True, slots=True)
class Fate:
    """One row of a file.

    Attributes
    ----------
    place : str
        Sheet and line.
    pk : int or None
        The row of the register that it changes or equals.
    changes : tuple of str
        For a changed row: heading, old and new value, as a person reads them.
    problems : tuple of str
        Why a row is rejected.
    """

    kind: str
    place: str
    key: str
    row: Row
    pk: int | None = None
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def fates(register: Register, data: bytes, name: str) -> list[Fate]:
    """What would become of every row of a file.

    Raises
    ------
    ImportFileError
        If the file cannot be read.
    WebError
        WR-08 no sheet has the register's headings.
    """
    book = open_book(data, name)
    known = references.of(register.table, tuple(column.column for column in register.columns))
    there = {register.key(one.as_row()): (one.pk, one.as_row())
             for one in register.model._default_manager.all()}  # noqa: SLF001  # fmt: skip
    for sheet in book.sheets:
        place = _headings(register, sheet)
        if place is not None:
            return list(_judged(register, sheet, *place, known, there))
    raise WebError("WR-08", file=name, columns=texts.listed(heading(one) for one in register.columns if one.required))


def _headings(register: Register, sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    """The line of the headings, and what each column is; columns beyond the register keep their own heading."""
    said = {word: column.column for column in register.columns for word in _words(column)}
    required = {column.column for column in register.columns if column.required}
    passed = {word for column in register.columns for word in _in_each_language(reading, column)}
    for number in range(min(sheet.height, 10)):
        found = {index: said.get(text, text) for index, text in sheet.texts(number) if text not in passed}
        if required <= set(found.values()):
            return number, found
    return None


def _words(column: Column) -> Iterator[str]:
    yield column.column
    yield from _in_each_language(heading, column)
    yield from _in_each_language(lambda one: texts.label(f"register.column.{one.column}"), column)


def _in_each_language(say: Callable[[Column], str], column: Column) -> Iterator[str]:
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            yield say(column)


def _judged(
    register: Register,
    sheet: Sheet,
    first: int,
    found: Mapping[int, str],
    known: Mapping[str, Names],
    there: Mapping[Key, tuple[int, Row]],
) -> Iterator[Fate]:
    seen: set[Key] = set()
    for number in range(first + 1, sheet.height):
        cells = {name: sheet.cell(number, index) for index, name in found.items()}
        if any(cell.text for cell in cells.values()):
            fate = _fate(register, cells, f"{sheet.name} {number + 1}", known, there, seen)
            seen.add(register.key(fate.row))
            yield fate


def _fate(
    register: Register,
    cells: Mapping[str, Cell],
    place: str,
    known: Mapping[str, Names],
    there: Mapping[Key, tuple[int, Row]],
    seen: set[Key],
) -> Fate:
    row, wrong = _read(register, cells)
    row |= _coded(row, known)
    wrong += [problem.text() for problem in rules.problems(register, row, known)] if not wrong else []
    key = register.key(row)
    if key in seen:
        wrong.append(WebError("WR-06", key="・".join(part for part in key if part)).text())
    name = _name(register, key, row, known)
    if wrong:
        return Fate(REJECTED, place, name, row, problems=tuple(wrong))
    if key not in there:
        return Fate(NEW, place, name, row)
    pk, old = there[key]
    whole = {**old, **row}
    changes = tuple(_changes(register.columns, old, whole))
    return Fate(CHANGED if changes else SAME, place, name, whole, pk, changes)


def _name(register: Register, key: Key, row: Row, known: Mapping[str, Names]) -> str:
    """The key as people read it, names for codes, and the row's own name."""
    columns = {column.column: column for column in register.columns}
    given = zip(register.keys, key, strict=True)
    parts = [known.get(name, {}).get(part) or values.told(columns[name], part) for name, part in given]
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


def _read(register: Register, cells: Mapping[str, Cell]) -> tuple[Row, list[str]]:
    columns = {column.column: column for column in register.columns}
    row: Row = {}
    wrong = []
    for name, cell in cells.items():
        try:
            row[name] = values.value(columns[name], cell) if name in columns else (cell.text or None)
        except WebError as error:
            wrong.append(error.text())
    return row, wrong


def _changes(columns: Sequence[Column], old: Row, new: Row) -> Iterator[str]:
    own = {column.column: column for column in columns}
    for name in {**own, **new}:  # columns beyond the register too: an address of the open data
        before, after = old.get(name), new.get(name)
        if (before or None) != (after or None) if name not in own else before != after:
            column = own.get(name)
            said = [values.told(column, one) if column else str(one or "") for one in (before, after)]
            yield texts.label("register.change", name=heading(column) if column else name,
                              before=said[0] or "－", after=said[1] or "－")  # fmt: skip


def counted(found: Iterable[Fate]) -> dict[str, int]:
    """How many rows there are of each kind."""
    kinds = [fate.kind for fate in found]
    return {kind: kinds.count(kind) for kind in KINDS}
