"""The tables of figures 3 to 15: the same numbers as their charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.analysis.past import Drill, Main, Rate, Stack, Waste
from kotsukotsu.documents.analysis.tables import heads_of, number, printer_of, unit_of
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.periods import FiscalYear


def stack(view: View, found: Stack, title: str) -> Table:
    """A line for each year, a column for each part."""
    printer = printer_of(view)
    rows: tuple[Row, ...] = tuple(
        (
            FiscalYear(year).label(), found.totals[year],
            *(printer.emission(own.get(year)) for own in found.parts.values()),
        )
        for year in found.totals
    )  # fmt: skip
    heads = (texts.label("an.head.year"), texts.label("total"), *found.names.values())
    return Table(title, unit_of(view), heads, rows, (), texts.label("rounding.note"))


def rates(view: View, found: Sequence[Rate]) -> Table:
    """Every energy, the base year as 100, a column for each year."""
    years = view.report.past.years
    rows: tuple[Row, ...] = tuple((one.name, *(number(one.index.get(year), 1) for year in years)) for one in found)
    heads = (texts.label("an.head.energy_kind"), *(FiscalYear(year).label("western") for year in years))
    return Table(texts.label("an.part.rates", base=view.report.voice.base), "", heads, rows)


def shares(view: View, found: Sequence[Rate]) -> Table:
    """Emission and share of every energy in the two years."""
    rows: tuple[Row, ...] = tuple(
        (one.name, one.base, one.shares[0], one.latest, one.shares[1]) for one in found
    )  # fmt: skip
    heads = heads_of(view, ("energy_kind", "base", "share", "latest", "share"))
    return Table(texts.label("an.part.shares"), unit_of(view), heads, rows)


def changes(view: View, found: Sequence[Rate]) -> Table:
    """Emission of every energy in the two years and its change."""
    rows: tuple[Row, ...] = tuple((one.name, one.base, one.latest, one.rate) for one in found)
    return Table(
        texts.label("an.part.changes"), unit_of(view), heads_of(view, ("energy_kind", "base", "latest", "rate")), rows
    )


def ranked(view: View, found: Sequence[Main]) -> Table:
    """Figure 9: rank, facility, two years, share, cumulative share, change; new facilities are said in words."""
    printer = printer_of(view)
    rows: tuple[Row, ...] = tuple(
        (
            number(Decimal(one.row.rank), 0), _name(one), printer.emission(one.row.base),
            printer.emission(one.row.latest), number(one.row.share, 1), number(one.row.cumulative, 1),
            printer.emission(one.row.change),
        )
        for one in found
    )  # fmt: skip
    heads = heads_of(view, ("rank", "facility", "base", "latest", "share", "cumulative", "change"))
    has_new = any(one.row.is_new for one in found)
    base = FiscalYear(view.report.against).label()
    note = texts.label("an.fig.main.new_note", base=base) if has_new else ""
    return Table(texts.label("an.part.main_energy"), unit_of(view), heads, rows, (), note)


def _name(one: Main) -> str:
    return texts.label("an.fig.main.new", facility=one.name) if one.row.is_new else one.name


def electricity(view: View, drill: Drill) -> Table:
    """Emission and use of electricity of one facility, the base year as 100."""
    years = view.report.past.years
    rows: tuple[Row, ...] = tuple(
        (FiscalYear(year).label(), number(drill.emission.get(year), 1), number(drill.use.get(year), 1))
        for year in years
    )
    heads = heads_of(view, ("year", "emission_index", "use_index"))
    return Table(texts.label("an.part.electricity", facility=drill.name, base=view.report.voice.base), "", heads, rows)


def waste(found: Mapping[int, Waste | None]) -> Table:
    """Waste burnt, plastics in it, and their share."""
    rows: tuple[Row, ...] = tuple(
        (FiscalYear(year).label(), *((one.burnt, one.plastics, one.share) if one else (plain(texts.none()),) * 3))
        for year, one in sorted(found.items())
    )
    heads = tuple(texts.label(f"an.head.{name}") for name in ("year", "burnt", "plastics", "plastic_share"))
    return Table(texts.label("an.part.waste"), "", heads, rows, (), texts.label("an.fig.waste.note"))
