"""The tables of 工場等判断基準: its numbers as data, what it asks for in our own words.

The last column of each file says where a row is from.
"""

from __future__ import annotations

import csv
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.table import Table, plain

FOLDER = Path(__file__).parent / "criteria"
TEXT_COLUMNS = 1
TABLES = ("all", "equipment", "goals", "air.standard", "air.target", "gas.standard", "gas.target", "power")
OF_NUMBERS = ("air.standard", "air.target", "gas.standard", "gas.target", "power")


def criteria(registry: Registry) -> None:
    """Fill in every table."""
    for name in TABLES:
        registry.tables[f"criteria.{name}"] = _table(name)


def _table(name: str) -> Table:
    with (FOLDER / texts.language() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        (*heads, _), *lines = list(csv.reader(file))
    rows, sources = [line[:-1] for line in lines], dict.fromkeys(line[-1] for line in lines)
    shown = [
        tuple(plain(cell) if name in OF_NUMBERS and index >= TEXT_COLUMNS else cell for index, cell in enumerate(row))
        for row in rows
    ]
    headings = tuple(head.replace("／", "\n") for head in heads)
    noted = "pd.t.criteria.power.note" if name == "power" else "pd.t.criteria.note"
    told = texts.label("render.source", source=texts.label("render.list").join(sources))
    note = f"{texts.label(noted)}\n{told}" if name in OF_NUMBERS else told
    return Table(
        texts.label(f"pd.t.criteria.{name}"),
        texts.label(f"pd.t.criteria.{name}.unit"),
        headings,
        tuple(shown),
        note=note,
    )
