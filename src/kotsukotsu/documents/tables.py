"""The tables of a document."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.model import ABSENT, COMPLETE, Overview, Part, Year
from kotsukotsu.documents.table import WHOLE, Row, Table, plain

MARKS = (Decimal(50), Decimal(80), Decimal(90))
PARETO = Decimal(90)
MOST_NAMES = 8


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(texts.label(f"doc.head.{name}") for name in names)


def _unit(found: Overview) -> str:
    return texts.label("doc.unit", unit=found.unit)


def year_name(year: Year) -> str:
    """The year with a word on its state, if it is not complete."""
    if year.state == COMPLETE:
        return year.label
    return texts.label("doc.year.marked", year=year.label, state=texts.label(f"doc.state.{year.state}"))


def by_year(found: Overview) -> Table:
    """Fiscal years down, chart groups across."""
    rows: tuple[Row, ...] = tuple(
        (
            year_name(year),
            *(year.groups.get(code, plain(texts.none())) for code in found.groups_named),
            year.total,
            year.rate,
            year.comparable,
        )
        for year in found.years
    )
    heads = (*_heads("year"), *found.groups_named.values(), *_heads("total", "rate", "comparable"))
    return Table(texts.label("doc.table.years"), _unit(found), heads, rows, note=_state_note(found))


def _state_note(found: Overview) -> str:
    states = dict.fromkeys(year.state for year in found.years if year.state != COMPLETE)
    return " ".join(texts.label(f"doc.state.note.{state}") for state in states)


def items_ranked(found: Overview) -> Table:
    """Items by emission, with shares."""
    ranked = sorted(
        (part for part in found.items if part.tonnes.exact is not None), key=lambda part: -(part.tonnes.exact or 0)
    )
    rows = tuple((part.name, part.tonnes, part.share) for part in ranked)
    title = texts.label("doc.table.items", year=found.year.label)
    return Table(title, _unit(found), _heads("item", "tonnes", "share"), rows)


def items(found: Overview) -> Table:
    """Every item with its quantity, emission, share, change and the status of its factors."""
    totals = found.totals
    line: Row = (
        texts.label("total"), plain(""), "", totals.total, WHOLE, totals.base, totals.change, totals.rate,
        totals.comparable, "",
    )  # fmt: skip
    heads = _heads("item", "quantity", "unit", "tonnes", "share", "base", "change", "rate", "comparable", "status")
    title = texts.label("doc.table.items", year=found.year.label)
    rows = tuple(_item(part) for part in found.items)
    return Table(title, _unit(found), heads, rows, (line,), texts.label("doc.rounding.note"))


def _item(part: Part) -> Row:
    return (
        part.name, part.quantity, part.quantity.unit, part.tonnes, part.share, part.base, part.change, part.rate,
        part.comparable, part.tonnes.status,
    )  # fmt: skip


def changes(found: Overview) -> Table:
    """Chart groups: base year, this year, change."""
    rows = tuple((part.name, part.base, part.tonnes, part.change, part.rate) for part in found.groups)
    totals = ((texts.label("total"), found.totals.base, found.totals.total, found.totals.change, found.totals.rate),)
    title = texts.label("doc.table.changes", base=found.base_label, year=found.year.label)
    return Table(title, _unit(found), _heads("item", "base", "tonnes", "change", "rate"), rows, totals)


def facilities(found: Overview, most: int | None = None) -> Table:
    """Facilities by emission, all of them or the largest; a note says how many are left out."""
    shown = found.facilities if most is None else found.emitting[:most]
    totals = found.totals
    line: Row = (
        plain(""), texts.label("total"), "", totals.base, totals.total, WHOLE, plain(""), totals.change, totals.rate,
    )  # fmt: skip
    heads = _heads("rank", "facility", "department", "base", "tonnes", "share", "cumulative", "change", "rate")
    title = texts.label("doc.table.facilities", year=found.year.label)
    left = len(found.facilities) - len(shown)
    note = texts.label("doc.facilities.left", count=left) if left else ""
    rows = tuple(_facility(rank, part) for rank, part in enumerate(shown, 1))
    return Table(title, _unit(found), heads, rows, (line,), note)


def _facility(rank: int, part: Part) -> Row:
    """A facility without an emission in the year has no rank."""
    return (
        plain(texts.none() if part.tonnes.exact is None else str(rank)),
        part.name, part.belongs, part.base, part.tonnes,
        part.share, part.cumulative, part.change, part.rate,
    )  # fmt: skip


def reaches(found: Overview) -> Table:
    """How many facilities make half, 80 % and 90 % of the total."""
    rows = tuple((f"{mark}%", plain(f"{found.reach(mark):,}")) for mark in MARKS)
    return Table(texts.label("doc.table.reaches"), "", _heads("share_reached", "facilities"), rows)


def parts(found: Overview, kind: str, lines: Sequence[Part]) -> Table:
    """Sectors, gases or departments: this year, base year and change."""
    rows = tuple((part.name, part.base, part.tonnes, part.share, part.change, part.rate) for part in lines)
    total: Row = (
        texts.label("total"),
        found.totals.base,
        found.totals.total,
        WHOLE,
        found.totals.change,
        found.totals.rate,
    )
    title = texts.label(f"doc.table.{kind}", year=found.year.label)
    return Table(title, _unit(found), _heads(kind, "base", "tonnes", "share", "change", "rate"), rows, (total,))


def statuses(found: Overview) -> Table:
    """How far the factors behind the total are confirmed, and which items rest on which."""
    rows = tuple((line.name, line.tonnes, line.share, _listed(line.items)) for line in found.statuses)
    return Table(
        texts.label("doc.table.statuses"),
        _unit(found),
        _heads("status", "tonnes", "share", "items"),
        rows,
        note=texts.label("doc.statuses.note"),
    )


def _listed(names: Sequence[str]) -> str:
    shown = texts.listed(names[:MOST_NAMES])
    left = len(names) - MOST_NAMES
    return texts.label("doc.names.more", names=shown, count=left) if left > 0 else shown


def series(found: Overview, kind: str) -> Table:
    """Sectors or items down, fiscal years across."""
    named = found.sectors_named if kind == "sector" else found.items_named
    none = plain(texts.none())
    rows: tuple[Row, ...] = tuple(
        (name, *((year.sectors if kind == "sector" else year.items).get(code, none) for year in found.years))
        for code, name in named.items()
    )
    totals: tuple[Row, ...] = (
        (texts.label("total"), *(year.total for year in found.years)),
        (texts.label("doc.head.rate"), *(year.rate for year in found.years)),
        (texts.label("doc.head.comparable"), *(year.comparable for year in found.years)),
    )
    heads = (*_heads(kind), *(_column_name(year) for year in found.years))
    title = texts.label(f"doc.table.series.{kind}")
    return Table(title, _unit(found), heads, rows, totals, _state_note(found))


def _column_name(year: Year) -> str:
    """The year in lines, as there are many beside each other."""
    mark = [] if year.state in (COMPLETE, ABSENT) else [texts.label(f"doc.state.{year.state}")]
    named = [year.era, f"（{year.fy}）"] if texts.language() == "ja" else [year.label]
    return "\n".join([*named, *mark])
