"""An inventory in the terminal."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory, InventoryRow, printed_total
from kotsukotsu.catalogue.gwp import BY_YEAR
from kotsukotsu.cli import show
from kotsukotsu.cli.formats import View
from kotsukotsu.documents.printing import unit_name
from kotsukotsu.periods import FiscalYear

ITEMS_NAMED = 6


def write(view: View) -> None:
    """Heading, rows, totals, statuses and findings."""
    to = show.console()
    heading(view.result, to)
    _rows(view, to)
    _since_base_year(view.result, to)
    for row in view.result.apart():
        _say(to, "inventory.apart", body=view.names["body"](row.keys["body"]), tonnes=_t(view.result, row.tonnes_co2e))
    _unconfirmed(view.result, to)
    show.say(to, texts.label("rounding.note"), style="dim")
    if not view.complete:
        show.say(to, texts.label("inventory.incomplete"), style="yellow")
    show.show_findings(view.findings, to)


def heading(result: Inventory, to: Console) -> None:
    """City, year and what the figures rest on."""
    to.print(
        f"[bold]{result.city.name}{texts.gap()}{FiscalYear(result.fy).name}{texts.gap()}{texts.label('inventory.title')}[/]"
    )
    if result.city.settings["municipality"].get("invented"):
        show.say(to, texts.label("city.invented"), style="yellow")
    policy = result.policy
    _say(
        to,
        "inventory.policy",
        style="dim",
        regime=texts.label(f"regime.{policy.regime}"),
        gwp=texts.label("gwp.by_year") if policy.gwp == BY_YEAR else policy.gwp,
        catalogue=result.law.catalogue.version,
        unit=policy.rounding.unit,
    )


def _rows(view: View, to: Console) -> None:
    rows = view.result.rows(view.columns)
    first = len(view.columns)
    headings = [texts.label(f"column.{name}") for name in (*view.columns, *FIGURES)]
    made = show.table(headings, [_cells(view, row) for row in rows], numbers=(first, first + 2, first + 3))
    made.add_section()
    total = view.result.printed_total(row.tonnes_co2e for row in rows)
    comparable = view.result.printed_total(row.comparable_tonnes_co2e for row in rows)
    blanks = [""] * (first - 1)
    made.add_row(texts.label("total"), *blanks, "", "", _n(view.result, total), _n(view.result, comparable), "")
    to.print(made)


FIGURES = ("quantity", "unit", "co2e", "comparable", "status")


def _cells(view: View, row: InventoryRow) -> list[str]:
    status = view.result.law.catalogue.statuses.get(row.status)
    return [
        *(view.names[column](value) for column, value in row.keys.items()),
        show.number(row.quantity),
        unit_name(row.unit) if row.unit else "",
        _t(view.result, row.tonnes_co2e),
        _t(view.result, row.comparable_tonnes_co2e),
        (status.name if status else "") + (texts.label("estimated.mark") if row.has_estimates else ""),
    ]


def _since_base_year(result: Inventory, to: Console) -> None:
    """Change since the base year: as emitted, with its factors, and of the facilities open in both years."""
    if result.fy == result.city.base_fy:
        return
    if result.base_total is None:
        _printed_base(result, to)
        return
    _say(
        to,
        "inventory.change",
        base=FiscalYear(result.city.base_fy).short_name,
        before=_t(result, result.base_total),
        change=show.change(result.total, result.base_total),
        comparable=show.change(result.comparable_total, result.base_total),
    )
    same = result.like_for_like()
    if same is None:
        return
    _say(
        to,
        "inventory.like_for_like",
        count=same.facilities,
        before=_t(result, same.base_tonnes_co2e),
        after=_t(result, same.tonnes_co2e),
        change=show.change(same.tonnes_co2e, same.base_tonnes_co2e),
    )


def _printed_base(result: Inventory, to: Console) -> None:
    """The printed total of a base year that cannot be computed, shown as printed."""
    printed = printed_total(result.city, result.city.base_fy)
    base = FiscalYear(result.city.base_fy).short_name
    if printed is None:
        _say(to, "inventory.no_base", style="yellow", base=base)
        return
    before = printed["tonnes_co2e"]
    _say(to, "inventory.printed_base", base=base, before=_t(result, before), change=show.change(result.total, before))


def _unconfirmed(result: Inventory, to: Console) -> None:
    """How much of the total rests on factors that were not read in an official text."""
    lines = result.unconfirmed()
    if not lines:
        return
    items = list(dict.fromkeys(result.law.catalogue.items[line.item].name for line in lines))
    shown = texts.listed(items[:ITEMS_NAMED]) + ("…" if len(items) > ITEMS_NAMED else "")
    tonnes = _t(result, result.total_of(lines))
    _say(to, "inventory.unconfirmed", style="yellow", tonnes=tonnes, items=shown)


def _say(to: Console, code: str, *, style: str = "", **data: object) -> None:
    show.say(to, texts.label(code, **data), style=style)


def _t(result: Inventory, tonnes: Decimal | None) -> str:
    """Tonnes as the policy prints them."""
    return _n(result, result.printed_total([tonnes]))


def _n(result: Inventory, value: Decimal | None) -> str:
    return show.number(value, max(result.policy.rounding.digits, 0))
