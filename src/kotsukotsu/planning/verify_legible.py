"""What of a print could not be checked: figures that are no number, columns, rows and files that are not there.

A figure that takes part in no check is told too, so that a check of less than before is never taken for a better plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.planning.verify_claims import PLACES_NAMED, Claim
from kotsukotsu.planning.verify_headline import MAIN, MAKING, RENEWABLES
from kotsukotsu.planning.verify_ledger import FILE
from kotsukotsu.planning.verify_lists import NAME
from kotsukotsu.planning.verify_print import (
    FACILITIES,
    HEADLINE,
    LIST_NUMBERS,
    SECTORS,
    SUBTOTALS,
    Print,
    Table,
    number,
    parsed,
    value_of,
)
from kotsukotsu.planning.verify_tables import FIGURES, PARTS, chosen
from kotsukotsu.schema import Row

# What tells the rows of a table apart; the first names the row.
KEYS: Mapping[str, tuple[str, ...]] = {
    FACILITIES: (NAME,), MAIN: (NAME,), RENEWABLES: (NAME, "kind"), SECTORS: ("sector_key",),
    SUBTOTALS: PARTS,
}  # fmt: skip
ALL_FILLED = (FACILITIES, MAIN, SECTORS)
UNPRINTED = frozenset(("", *"-－―—–‐−…‥ー・xXｘＸ*＊", "n/a", "N/A"))
DEFINITIONS = ("period", "gwp")  # sections of the text that say what is meant, not how much there is
WORDS = ("note", "source", "place", "title")
TOTAL_KEYS = ("fiscal_year", "sector", "item", "gas", "facility_id")


def findings_of(print_: Print, printed: Iterable[Row], claims: Iterable[Claim]) -> Iterator[Finding]:
    """V-15 to V-24, in the order of the files."""
    printed = list(printed)
    yield from _missing(print_)
    for table in print_.tables.values():
        yield from _of_table(table)
    yield from _subtotals(print_)
    yield from _repeated_totals(printed)
    yield from _unread_text((), print_.headline)
    yield from _unused(print_, printed, claims)


def _missing(print_: Print) -> Iterator[Finding]:
    """V-22: a table that the text speaks of; V-24: the figures of the text."""
    if not print_.headline and print_.tables:
        yield Finding("V-24", data={"file": HEADLINE})
    for name in dict.fromkeys(_spoken_of(print_)):
        if name not in print_.tables:
            yield Finding("V-22", data={"file": f"{name}.csv", "what": texts.label(f"verify.lacks.{name}")})


def _spoken_of(print_: Print) -> Iterator[str]:
    for _, section in print_.sections():
        yield from (FACILITIES for key in section if key == "facilities_in_scope")
        yield from (MAIN for key in section if MAKING.fullmatch(key))
    yield from (RENEWABLES for key in print_.section("kpi") if key.endswith("_kw"))


def _of_table(table: Table) -> Iterator[Finding]:
    if not table.rows:
        yield Finding("V-20", f"{table.name}.csv")
        return
    keys = KEYS.get(table.name, ())
    for key in keys:
        if not table.has(key):
            yield Finding("V-17", f"{table.name}.csv 1行目", {"column": key})
    yield from _without_unit(table, keys)
    yield from _unread(table)
    if table.name in ALL_FILLED and table.has(keys[0]):
        yield from _unnamed(table, keys[0])
    if table.name in (SECTORS, SUBTOTALS):
        yield from _repeated(table, keys)


def _unnamed(table: Table, key: str) -> Iterator[Finding]:
    return (
        Finding("V-18", table.place(index), {"column": key})
        for index, row in enumerate(table.rows) if not row[key].strip()
    )  # fmt: skip


def _without_unit(table: Table, keys: Iterable[str]) -> Iterator[Finding]:
    """V-16: a column of numbers whose name has no unit."""
    known = {*keys, *LIST_NUMBERS, "value"}
    for name in table.rows[0]:
        said = [row[name] for row in table.rows if row[name].strip() not in UNPRINTED]
        if name not in known and not parsed(name).unit and said and all(number(cell) is not None for cell in said):
            yield Finding("V-16", f"{table.name}.csv 1行目", {"column": name})


def _unread(table: Table) -> Iterator[Finding]:
    """V-15: a cell of a column of figures that is neither a number nor a sign for none."""
    columns = [column.name for column in table.columns]
    for name in [*columns, "value"] if table.name == SUBTOTALS else columns:
        for index, row in enumerate(table.rows):
            text = row.get(name, "")
            if text.strip() not in UNPRINTED and number(text) is None:
                yield Finding("V-15", f"{table.place(index)} {name}", {"text": text})


def _repeated(table: Table, keys: tuple[str, ...]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(table.rows):
        key = tuple(row.get(name, "") for name in keys)
        if first.setdefault(key, index) != index:
            yield Finding("V-23", table.place(index), {"first": table.line(first[key])})


def _repeated_totals(printed: Iterable[Row]) -> Iterator[Finding]:
    first: dict[tuple[Any, ...], int] = {}
    for line, row in enumerate(printed, start=2):
        key = tuple(row[name] for name in TOTAL_KEYS)
        if first.setdefault(key, line) != line:
            yield Finding("V-23", f"{FILE} {line}行目", {"first": first[key]})


def _subtotals(print_: Print) -> Iterator[Finding]:
    """V-19: a figure below a table that points at nothing."""
    table = print_.table(SUBTOTALS)
    if not all(table.has(key) for key in KEYS[SUBTOTALS]):
        return
    for index, row in enumerate(table.rows):
        if row["figure"] not in FIGURES or chosen(print_, row) is None:
            pointed = {name: row[name] for name in KEYS[SUBTOTALS]}
            yield Finding("V-19", table.place(index), pointed)


def _unread_text(keys: tuple[str, ...], said: Any) -> Iterator[Finding]:
    """V-15: a figure of the text that is no number."""
    if isinstance(said, Mapping):
        for key, part in said.items():
            yield from _unread_text((*keys, key), part) if key not in WORDS else ()
    elif len(keys) > 1 and value_of(said) is None:
        yield Finding("V-15", f"{HEADLINE} {'.'.join(keys)}", {"text": said})


def _unused(print_: Print, printed: Iterable[Row], claims: Iterable[Claim]) -> Iterator[Finding]:
    """V-21: figures that took part in no check, by file."""
    used = {figure.where for one in claims for figure in (one.printed, *one.rests_on)}
    for file, places in _all_places(print_, printed).items():
        left = [place for place in places if place not in used]
        if left:
            more = "…" if len(left) > PLACES_NAMED else ""
            named = texts.listed(place.removeprefix(f"{file} ") for place in left[:PLACES_NAMED]) + more
            yield Finding("V-21", file, {"count": len(left), "places": named})


def _all_places(print_: Print, printed: Iterable[Row]) -> Mapping[str, list[str]]:
    found = {HEADLINE: list(_text_places((), print_.headline))}
    for table in print_.tables.values():
        names = [*(column.name for column in table.columns), *(("value",) if table.name == SUBTOTALS else ())]
        figures = (table.figure(index, name) for index in range(len(table.rows)) for name in names)
        found[f"{table.name}.csv"] = [figure.where for figure in figures if figure]
    found[FILE] = [f"{FILE} {line}行目" for line, _ in enumerate(printed, start=2)]
    return found


def _text_places(keys: tuple[str, ...], said: Any) -> Iterator[str]:
    if isinstance(said, Mapping):
        for key, part in said.items():
            yield from _text_places((*keys, key), part) if (not keys and key not in DEFINITIONS) or keys else ()
    elif len(keys) > 1 and value_of(said) is not None:
        yield f"{HEADLINE} {'.'.join(keys)}"
