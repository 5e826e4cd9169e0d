"""The tables of one facility."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.facilities.model import MonthOf, YearOf
from kotsukotsu.documents.facilities.sources import Sources
from kotsukotsu.documents.printing import Figure, Printer, decimals
from kotsukotsu.documents.starts import start
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.planning.measures import library


def _heads(*names: str, unit: str = "") -> tuple[str, ...]:
    return tuple(texts.label(f"sheet.head.{name}", unit=unit) for name in names)


def items(sources: Sources, code: str, printer: Printer) -> Table:
    """Use, cost and emission of every item in the year, beside the year before."""
    rows = tuple(_item(sources, code, item, printer) for item in sources.items_of(code))
    known = [cost for item in sources.items_of(code) if (cost := sources.costs.get((sources.fy, code, item)))]
    heads = _heads("item", "quantity", "unit", "quantity_before", "rate", "tonnes", "cost", unit=printer.unit)
    note = texts.label("sheet.cost_missing") if any(cost.missing for cost in known) else ""
    return Table(texts.label("sheet.table.items", year=sources.found.year.label), "", heads, rows, (), note)


def _item(sources: Sources, code: str, item: str, printer: Printer) -> Row:
    now, before = (sources.rows.get(fy, {}).get((code, item)) for fy in (sources.fy, sources.fy - 1))
    shown = now or before
    unit = shown.unit if shown else ""
    quantity = now.quantity if now else None
    quantity_before = before.quantity if before else None
    return (
        sources.names["item"](item), printer.quantity(quantity, unit), printer.quantity(quantity, unit).unit,
        printer.quantity(quantity_before, unit), printer.rate(quantity, quantity_before),
        decimals(exact.product(now.tonnes_co2e, printer.scale) if now else None, printer.rounding.digits + 1,
                 printer.unit),
        _cost(sources, code, item),
    )  # fmt: skip


def _cost(sources: Sources, code: str, item: str) -> Figure:
    """In thousands of yen; a sum that lacks bills says so."""
    cost = sources.costs.get((sources.fy, code, item))
    if cost is None:
        return decimals(None, 0)
    figure = decimals(exact.product(cost.yen, Decimal("0.001")), 0, texts.label("sheet.thousand_yen"))
    return plain(figure.text + texts.label("sheet.partial")) if cost.missing else figure


def years(sources: Sources, found: Sequence[YearOf]) -> Table:
    """Fiscal years down, chart groups across."""
    printer = Printer(sources.found.rounding)
    groups = {code: name for code, name in sources.found.groups_named.items() if any(code in y.groups for y in found)}
    rows: tuple[Row, ...] = tuple(
        (year.label, *(printer.emission(year.groups.get(code)) for code in groups), year.total) for year in found
    )
    heads = (*_heads("year"), *groups.values(), *_heads("total"))
    return Table(texts.label("sheet.table.years"), texts.label("doc.unit", unit=printer.unit), heads, rows)


def months(sources: Sources, found: Sequence[MonthOf], unplaced: MonthOf) -> Table:
    """Months down, the years across, the newest first; last what no month has, if there is any."""
    unit = Printer(sources.found.rounding).unit
    rest = [unplaced] if any(one.exact is not None for one in unplaced.tonnes) else []
    rows: tuple[Row, ...] = tuple((month.label, *month.tonnes) for month in (*found, *rest))
    heads = (*_heads("month"), *(FiscalYear(fy).name for fy in sources.month_years))
    return Table(texts.label("sheet.table.months"), texts.label("doc.unit", unit=unit), heads, rows)


def measures(sources: Sources, code: str) -> Table:
    """Measures thought of for the facility, with their state at the end of the year."""
    states = {row["measure_id"]: row for row in sources.city.table("progress") if row["fiscal_year"] == sources.fy}
    rows: list[Row] = []
    for row in sources.of("measures", code):
        said = states.get(row["measure_id"])
        kind = library().get(row["measure"])
        cost = row["cost_yen"]
        rows.append(
            (
                kind.name if kind else row["measure"],
                texts.label(f"state.{said['state']}") if said else texts.label("state.unknown"),
                decimals(None if cost is None else exact.product(cost, Decimal("0.001")), 0),
                start(row),
                (said["text"] or "") if said else "",
            )
        )
    heads = _heads("measure", "state", "estimate", "from", "text")
    return Table(texts.label("sheet.table.measures"), "", heads, tuple(rows))


def countermeasures(sources: Sources, code: str) -> Table:
    """What the department will do: what, who, until when, how far."""
    rows: tuple[Row, ...] = tuple(
        (
            row["text"], row["person"] or "", day_name(row["date"]),
            texts.label(f"state.{row['state'] or 'unknown'}"),
        )
        for row in sources.of("reviews", code)
        if row["kind"] == "countermeasure" and row["fiscal_year"] == sources.fy
    )  # fmt: skip
    heads = _heads("countermeasure", "person", "due", "state")
    return Table(texts.label("sheet.table.countermeasures"), "", heads, rows)
