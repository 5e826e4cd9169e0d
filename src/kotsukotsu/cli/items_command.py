"""``kotsukotsu items``: what can be entered, and in which unit."""

from __future__ import annotations

from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.output import check_format, print_json
from kotsukotsu.documents.printing import unit_name
from kotsukotsu.sessions.catalogues import catalogue


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("items", help=texts.label("cli.items.help"))(run)


def run(output: Annotated[str, typer.Option("--format", help="table | json")] = "table") -> None:
    """List the items in the catalogue's order."""
    check_format(output)
    items = sorted(catalogue().items.values(), key=lambda item: item.order)
    rows = [
        {
            "item": item.item, "name_ja": item.name_ja, "name_en": item.name_en, "unit": item.unit,
            "gases": list(item.gases), "uses": list(item.uses), "measure": item.measure, "counts": item.counts,
        }
        for item in items
    ]  # fmt: skip
    if output == "json":
        print_json({"items": rows})
        return
    name = "name_ja" if texts.language() == "ja" else "name_en"
    headings = [texts.label(f"column.{key}") for key in ("item", "name", "unit", "gases", "uses")]
    cells = [
        (
            str(r["item"]),
            str(r[name]),
            unit_name(str(r["unit"])),
            " ".join(r["gases"]) or texts.none(),
            " ".join(r["uses"]),
        )
        for r in rows
    ]
    show.console().print(show.table(headings, cells, numbers=()))
