"""The text of the city's settings with some values changed; everything else in it stays letter by letter."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.items import AoT

Values = Mapping[str, Any]
Table = MutableMapping[str, Any]


def edited(text: str, values: Values) -> str:
    r"""The text with these values.

    Parameters
    ----------
    values : mapping
        Whole name to value, None for what is not to stand there; the rows of a list by their number from 1
        (``milestone.1.fiscal_year``). A row whose values are all None is taken out.

    Examples
    --------
    >>> edited("[a] # seen\nb = 1\nc = 2\n", {"a.b": 3, "a.c": None})
    '[a] # seen\nb = 3\n'
    """
    document = tomlkit.parse(text)
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for name, value in values.items():
        way, number, last = _parted(name)
        if number:
            rows.setdefault(way, {}).setdefault(number, {})[last] = value
        else:
            _put(document, way.split(".") if way else [], last, value)
    for way, found in rows.items():
        *above, last = way.split(".")
        _put_rows(document, above, last, found)
    return tomlkit.dumps(document)


def _parted(name: str) -> tuple[str, int, str]:
    """Way, number of the row (0 outside a list) and the last word.

    >>> _parted("policy.change.2.gwp"), _parted("policy.gwp")
    (('policy.change', 2, 'gwp'), ('policy', 0, 'gwp'))
    """
    way, _, last = name.rpartition(".")
    above, _, number = way.rpartition(".")
    return (above, int(number), last) if number.isdigit() else (way, 0, last)


def _put(document: Table, way: list[str], last: str, value: Any) -> None:
    if value is not None:
        _set(_at(document, way), last, value)
        return
    table = _there(document, way)
    if table is not None and last in table:
        del table[last]
        if not table and len(way) > 1:  # a table within a table that says nothing any more
            del _at(document, way[:-1])[way[-1]]


def _set(table: Table, name: str, value: Any) -> None:
    """A value that is the same already keeps its letters."""
    if name not in table or table[name] != value or type(value) is bool:
        table[name] = value


def _there(document: Table, way: list[str]) -> Table | None:
    table = document
    for word in way:
        if word not in table:
            return None
        table = table[word]
    return table


def _at(document: Table, way: list[str]) -> Table:
    """The table at the end of the way, made where there is none: below the top in one line."""
    table = document
    for depth, word in enumerate(way):
        if word not in table:
            table[word] = tomlkit.inline_table() if depth else tomlkit.table()
        table = table[word]
    return table


def _put_rows(document: Table, above: list[str], last: str, rows: Mapping[int, Values]) -> None:
    if _there(document, [*above, last]) is None:
        if not any(map(_says, rows.values())):
            return
        _at(document, above)[last] = tomlkit.aot()
    listed: Any = _at(document, above)[last]
    new = [_new(listed, row) for number, row in sorted(rows.items()) if number > len(listed) and _says(row)]
    for number, row in sorted(rows.items(), reverse=True):
        if number <= len(listed):
            _put_row(listed, number - 1, row)
    for row in new:
        listed.append(row)
    if not listed:
        del _at(document, above)[last]


def _put_row(listed: Any, place: int, row: Values) -> None:
    for name, value in row.items():
        _put(listed[place], [], name, value)
    if not listed[place]:
        del listed[place]


def _says(row: Mapping[str, Any]) -> bool:
    return any(value is not None for value in row.values())


def _new(listed: Any, row: Mapping[str, Any]) -> Any:
    table = tomlkit.table() if isinstance(listed, AoT) else tomlkit.inline_table()
    for name, value in row.items():
        if value is not None:
            table[name] = value
    return table
