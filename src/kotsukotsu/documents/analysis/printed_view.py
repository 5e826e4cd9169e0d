"""Printed figures of two years as sentences and tables, the same in the terminal, on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.analysis.printed_years import Kind, Part, Places, PrintedYears, indexed, main_count
from kotsukotsu.analysis.where import HUNDRED, Ranked
from kotsukotsu.documents.analysis.tables import number
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import printed

PLACES_HEADS = ("rank", "facility", "base", "latest", "share", "cumulative", "change")


@dataclass(frozen=True, slots=True)
class PrintedView:
    """A comparison of printed figures with the words around it.

    Attributes
    ----------
    is_whole : bool
        Whether all of the city is looked at.
    head : mapping
        City and year, as every document begins.
    """

    found: PrintedYears
    place: str
    is_whole: bool
    base_fy: int
    reach: Decimal
    head: Mapping[str, Any]
    names: Mapping[str, Callable[[str], str]]
    made: date
    invented: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the reader must know."""
        return self.found.findings

    @property
    def mixed(self) -> str:
        """What the keys of texts end in where one of the years is computed."""
        return "" if self.found.computed is None else ".mixed"

    @property
    def year(self) -> str:
        """The later year."""
        return FiscalYear(self.found.fy).name

    @property
    def base(self) -> str:
        """The earlier year, said to be the base year where it is."""
        name = FiscalYear(self.found.against).name
        return texts.label("an.base_year", year=name) if self.found.against == self.base_fy else name


def title(view: PrintedView) -> str:
    """Place and the two years."""
    years = {"year": view.year, "base": FiscalYear(view.found.against).name}
    return texts.label(f"an.printed.title{view.mixed}", place=view.place, **years)


def kind_name(view: PrintedView, kind: Kind) -> str:
    """Sector, item and gas as printed; a gas that the sector's name already says is not said again."""
    item = view.names["item"](kind.item) if kind.item else ""
    gas = "" if kind.gas and kind.gas in kind.sector else kind.gas
    return " ".join(word for word in (kind.sector, item, gas) if word) or texts.label("an.printed.all")


def sentences(view: PrintedView) -> list[str]:
    """What the printed figures say: the whole, then each list of facilities."""
    total = view.found.total
    said = [_whole(view, total)] if view.is_whole and total.base and total.latest is not None else []
    return [*said, *(line for places in view.found.places for line in _of_places(view, places))]


def _whole(view: PrintedView, total: Part) -> str:
    before, after = total.base or Decimal(0), total.latest or Decimal(0)
    change = exact.difference(after, before)
    rate = printed(abs(exact.quotient(exact.product(change, HUNDRED), before)), 1)
    way = "more" if change > 0 else "less" if change < 0 else "same"
    shown = (_text(view, value) for value in (before, after, abs(change)))
    data = dict(zip(("before", "after", "change"), shown, strict=True)) | {"rate": rate}
    return texts.label(
        f"an.total.{way}", place=view.place, year=view.year, base=view.base, unit="t", **data
    )  # fmt: skip


def _of_places(view: PrintedView, places: Places) -> Iterator[str]:
    known = [row for row in places.rows if row.latest is not None]
    if view.is_whole and known and known[0].share is not None:
        first, count, last = known[0], main_count(places.rows), known[-1].cumulative or Decimal(0)
        key = "main" if (known[count - 1].cumulative or 0) >= view.reach else "unreached"
        mixed = view.mixed if view.found.computed == view.found.fy else ""
        yield texts.label(
            f"an.printed.{key}{mixed}", kind=kind_name(view, places.kind), all=len(known), count=count,
            reach=view.reach, sum=printed(last, 1), facility=view.names["facility"](first.key),
            tonnes=_text(view, first.latest or last),
            share=printed(first.share or last, 1),
        )  # fmt: skip
    both = [row for row in known if row.base is not None]
    ends = (("less", min(both, key=_change)), ("more", max(both, key=_change))) if len(both) > 1 else ()
    for way, row in ends:
        if (row.change > 0) == (way == "more") and row.change:
            name, tonnes = view.names["facility"](row.key), _text(view, abs(row.change))
            yield texts.label(f"an.printed.most.{way}", base=view.base, facility=name, tonnes=tonnes)


def _change(row: Ranked) -> Decimal:
    return row.change


def parts(view: PrintedView) -> Table:
    """The city's total and what is printed of it, each with its index; kinds that hold each other are not added."""
    found, whole = view.found, view.found.total.latest
    rows = tuple(_part(view, part, whole) for part in found.parts if view.is_whole)
    total = (_part(view, found.total, whole),) if view.is_whole and whole is not None else ()
    note = texts.label("an.printed.of_total", year=view.year) if whole else texts.label("an.printed.no_total")
    heads = (
        texts.label("an.printed.head.kind"),
        *_heads(view, ("base", "latest", "share", "change")),
        texts.label("an.printed.head.index"),
    )
    note = " ".join((note, _index_note(view), _source(found.sources)))
    return Table(texts.label(f"an.printed.parts{view.mixed}"), _unit(view), heads, rows, total, note)


def _unit(view: PrintedView) -> str:
    """Unit, and which figures are as printed."""
    found = view.found
    printed_year = found.against if found.computed == found.fy else found.fy
    years = {"printed": FiscalYear(printed_year).western_name, "computed": FiscalYear(found.computed or 0).western_name}
    return texts.label(f"an.printed.unit{view.mixed}", **years)


def _part(view: PrintedView, part: Part, whole: Decimal | None) -> Row:
    both = part.base is not None and part.latest is not None
    change = exact.difference(part.latest or Decimal(0), part.base or Decimal(0)) if both else None
    known = part.latest is not None and whole
    share = exact.quotient(exact.product(part.latest or Decimal(0), HUNDRED), whole or HUNDRED) if known else None
    return (
        kind_name(view, part.kind), _figure(view, part.base), _figure(view, part.latest), number(share, 1),
        _figure(view, change),
        number(part.index, 1),
    )  # fmt: skip


def places(view: PrintedView, one: Places, most: int | None = None) -> Table:
    """Facilities of a kind as figure 9 of the plan of 石狩市 prints them, and the index of each."""
    shown = one.rows[:most]
    rows = tuple(_place(view, row) for row in shown)
    kind = kind_name(view, one.kind)
    whole = one.whole
    share = (
        texts.label("an.printed.of_sum")
        if whole is None
        else texts.label(f"an.printed.of_whole{view.mixed}", year=view.year, kind=kind, whole=_text(view, whole))
    )
    rest = texts.label("an.rest", count=len(one.rows) - len(shown)) if len(shown) < len(one.rows) else ""
    notes = texts.label("an.printed.note", notes=texts.listed(one.notes)) if one.notes else ""
    note = " ".join(part for part in (rest, share, _index_note(view), _source(one.sources), notes) if part)
    heads = (*_heads(view, PLACES_HEADS), texts.label("an.printed.head.index"))
    return Table(texts.label("an.printed.places", kind=kind), _unit(view), heads, rows, (), note)


def _place(view: PrintedView, row: Ranked) -> Row:
    change = row.change if row.base is not None and row.latest is not None else None
    return (
        number(Decimal(row.rank), 0), view.names["facility"](row.key), _figure(view, row.base),
        _figure(view, row.latest), number(row.share, 1), number(row.cumulative, 1), _figure(view, change),
        number(indexed(row), 1),
    )  # fmt: skip


def findings(view: PrintedView) -> Table:
    """What is doubtful."""
    rows = tuple((finding.code, finding.message(), finding.advice()) for finding in view.findings)
    heads = tuple(texts.label(f"an.head.{name}") for name in ("code", "finding", "what"))
    return Table(texts.label("an.part.findings"), "", heads, rows)


def _source(sources: tuple[str, ...]) -> str:
    """Sources, what they begin with said once."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*sources, strict=False))
    common = "".join(signs[0] for signs in same).rpartition(" ")[0] if len(sources) > 1 else ""
    places = texts.listed(one.removeprefix(common).strip() for one in sources)
    said = texts.label("an.printed.common", common=common, places=places) if common else places
    return texts.label("an.printed.source", sources=said)


def _heads(view: PrintedView, names: tuple[str, ...]) -> tuple[str, ...]:
    years = {"base": FiscalYear(view.found.against).western_name, "year": FiscalYear(view.found.fy).western_name}
    return tuple(texts.label(f"an.head.{name}", **years) for name in names)


def _index_note(view: PrintedView) -> str:
    """What the index is, and that changes are of the printed figures."""
    index = texts.label("an.printed.index", base=FiscalYear(view.found.against).western_name)
    return f"{index} {texts.label(f'an.printed.computed{view.mixed}')}"


def _figure(view: PrintedView, value: Decimal | None) -> Figure:
    """With the digits that it is printed with; whole tonnes beside a computed year."""
    if value is None or view.mixed:
        return number(value, 0)
    return number(value, max(-int(value.as_tuple().exponent), 0))


def _text(view: PrintedView, value: Decimal) -> str:
    return _figure(view, value).text
