"""Lists of a plan: names that stand twice, names that the list of facilities lacks, gaps in the numbering, order."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches

from kotsukotsu.findings import Finding
from kotsukotsu.planning.verify_print import FACILITIES, LIST_NUMBERS, Print, Table, number

NAME = "facility"
ALIKE = 0.75  # of the letters, so that one misprinted sign in a short name is still found
MOST_ALIKE = 10


def findings_of(print_: Print) -> Iterator[Finding]:
    """V-10 a name twice, V-11 a name probably misprinted, V-12 not in the list, V-13 numbering, V-14 order."""
    listed = [row[NAME] for row in print_.table(FACILITIES).rows if row.get(NAME)]
    for table in print_.tables.values():
        yield from _numbering(table)
        yield from _order(table)
        yield from _twice(table)
        if listed and table.name != FACILITIES:
            yield from _unlisted(table, listed)


def _twice(table: Table) -> Iterator[Finding]:
    """The same name in one list; where the list has kinds, within a kind."""
    first: dict[tuple[str, str], int] = {}
    for index, row in enumerate(table.rows):
        key = (row.get("kind") or "", row.get(NAME) or "")
        if key[1] and key in first:
            yield Finding("V-10", table.place(index), {"name": key[1], "first": table.line(first[key])})
        first.setdefault(key, index)


def _unlisted(table: Table, listed: list[str]) -> Iterator[Finding]:
    for index, row in enumerate(table.rows):
        name = row.get(NAME) or ""
        if not name or name in listed:
            continue
        alike, where = _alike(name, listed), table.place(index)
        data = {"name": name, "alike": "」「".join(alike)}
        yield Finding("V-11", where, data) if alike else Finding("V-12", where, {"name": name})


def _alike(name: str, listed: list[str]) -> list[str]:
    """The names most like one, all that are equally so."""
    found = get_close_matches(name, list(dict.fromkeys(listed)), MOST_ALIKE, ALIKE)
    likeness = [SequenceMatcher(a=name, b=other).ratio() for other in found]
    return [other for other, ratio in zip(found, likeness, strict=True) if ratio == max(likeness)]


def _numbering(table: Table) -> Iterator[Finding]:
    for column in LIST_NUMBERS:
        for index, row in enumerate(table.rows):
            if column in row and number(row[column]) != index + 1:
                yield Finding("V-13", table.place(index), {"printed": row[column], "expected": index + 1})


def _order(table: Table) -> Iterator[Finding]:
    """A ranking goes down; only the last year's values count."""
    years = table.year_columns("tco2")
    if not table.rows or "rank" not in table.rows[0] or not years:
        return
    for index in range(1, len(table.rows)):
        above, here = table.figure(index - 1, years[-1].name), table.figure(index, years[-1].name)
        if above and here and here.value > above.value:
            data = {"printed": here.value, "above": above.value}
            yield Finding("V-14", here.where, data)
