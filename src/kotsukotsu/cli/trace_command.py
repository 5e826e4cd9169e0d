"""``kotsukotsu trace``: a total, its rows, each with factor, article and status, and the sum."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from kotsukotsu import texts
from kotsukotsu.accounting import waste
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import Group
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.accounting.trace import Trace, entry, trace
from kotsukotsu.cli import show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_format
from kotsukotsu.periods import day_name, last_day
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.session import Session

SHOWN = 40
DIGITS = 3
WIDTHS = (9, 15, 16, 8, 18, 10, 10)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trace", help=texts.label("cli.trace.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    facility: Annotated[str | None, typer.Option("--facility", help=texts.label("cli.facility.help"))] = None,
    item: Annotated[str | None, typer.Option("--item", help=texts.label("cli.item.help"))] = None,
    sector: Annotated[str, typer.Option("--sector", help=texts.label("cli.sector.help"))] = "",
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
    as_of: Annotated[datetime | None, typer.Option("--as-of", help=texts.label("cli.as_of.help"))] = None,
) -> None:
    """Show where a total comes from."""
    check_format(output)
    session = Session(city, as_of)
    wanted = [group for group in session.single_rows(fy) if _asked(group, facility, item)]
    traced = trace(session.city, session.law, fy, wanted)
    if item:
        traced = Trace(fy, tuple(line for line in traced.lines if line.item == item))
    sectors = _sectors(sector)
    traced = Trace(fy, tuple(line for line in traced.lines if line.sector in sectors))
    names = {row["facility_id"]: row["name"] for row in session.city.table("facilities")}
    if not wanted:
        _check_filter(session, facility, item)
    entries = [entry(line, session.law, names) for line in traced.lines]
    total = _inventory_total(session.inventory(fy), facility, item, sectors)
    body = {
        "city": {"code": session.city.code, "name": session.city.name},
        "fiscal_year": fy,
        "filter": {"facility": facility, "item": item} | ({"sector": sector} if sector else {}),
        "catalogue": session.law.catalogue.version,
        "rows": entries,
        "sum_tonnes_co2e": plain(traced.total),
        "inventory_tonnes_co2e": plain(total),
        "agrees": traced.total == total,
    }
    if output == "json":
        print(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        _show(body)


def _sectors(asked: str) -> tuple[str, ...]:
    """Sectors asked for, parted by commas; all if none is."""
    found = tuple(name.strip() for name in asked.split(",") if name.strip())
    if any(name not in ORDER for name in found):
        raise typer.BadParameter(texts.label("cli.sector.wrong", choices=", ".join(ORDER)), param_hint="--sector")
    return found or ORDER


def _check_filter(session: Session, facility: str | None, item: str | None) -> None:
    """A mistyped filter is no total of zero."""
    if facility is not None and facility not in {row["facility_id"] for row in session.city.table("facilities")}:
        raise typer.BadParameter(texts.label("cli.facility.unknown", facility=facility), param_hint="--facility")
    if item is not None and item not in session.law.catalogue.items:
        raise typer.BadParameter(texts.label("cli.item.unknown", item=item), param_hint="--item")


def _asked(group: Group, facility: str | None, item: str | None) -> bool:
    burnt = item in (waste.PLASTIC, waste.FIBRE) and group.item in waste.BURNT
    return (facility is None or group.facility_id == facility) and (item is None or group.item == item or burnt)


def _inventory_total(result: Inventory, facility: str | None, item: str | None, sectors: Sequence[str]) -> Any:
    lines = [
        line
        for line in result.lines
        if (facility is None or line.group.facility_id == facility)
        and (item is None or line.item == item)
        and line.sector in sectors
    ]
    return Inventory.total_of(lines)


def _show(body: dict[str, Any]) -> None:
    to = show.console()
    cited = _cited(body["rows"])
    headings = [texts.label(f"trace.{name}") for name in ("row", "from", "quantity", "gas", "factor", "gwp", "co2e")]
    for (facility, item), lines in groupby(body["rows"][:SHOWN], key=itemgetter("facility", "item_name")):
        to.print(f"[bold]{facility}{texts.gap()}{item}[/]")
        made = show.table(headings, [_cells(line, cited) for line in lines], numbers=(2, 4, 5, 6))
        for column, width in zip(made.columns, WIDTHS, strict=True):
            column.min_width = width
        to.print(made)
    if len(body["rows"]) > SHOWN:
        show.say(to, texts.label("trace.more", count=len(body["rows"]) - SHOWN), style="dim")
    for factor_id, number in cited.items():
        factor = next(line["factor"] for line in body["rows"] if line["factor"]["factor_id"] == factor_id)
        show.say(to, texts.label("trace.cited", **{**factor, **_valid(factor)}), head=f"[bold]\\[{number}][/] ")
    key = "trace.agrees" if body["agrees"] else "trace.differs"
    show.say(
        to,
        texts.label(key, count=len(body["rows"]), sum=body["sum_tonnes_co2e"], total=body["inventory_tonnes_co2e"]),
        style="green" if body["agrees"] else "bold red",
    )


def _cited(rows: list[dict[str, Any]]) -> dict[str, int]:
    """A number for each factor, in the order of the rows."""
    ids = dict.fromkeys(line["factor"]["factor_id"] for line in rows)
    return {factor_id: number for number, factor_id in enumerate(ids, start=1)}


def _valid(factor: dict[str, Any]) -> dict[str, str]:
    """The first and the last day on which a factor holds; nothing for an open end."""
    start, end = (date.fromisoformat(day) if day else None for day in (factor["valid_from"], factor["valid_to"]))
    return {"valid_from": day_name(start), "valid_to": day_name(end and last_day(end))}


def _cells(line: dict[str, Any], cited: dict[str, int]) -> list[str]:
    factor = line["factor"]
    return [
        line["activity_id"],
        day_name(date.fromisoformat(line["start"])),
        f"{line['amount']} {line['amount_unit']}",
        line["gas"],
        f"{factor['value']} [{cited[factor['factor_id']]}]",
        line["gwp"],
        show.number(Decimal(line["tonnes_co2e"]), DIGITS),
    ]
