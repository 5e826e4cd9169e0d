"""The city folder's tables, from ``src/kotsukotsu/schema/*.csv``; ``tables.csv`` says what each is for."""

from __future__ import annotations

import csv
from pathlib import Path

from markdown import code, table

from kotsukotsu import schema

HERE = Path(__file__).parent
KINDS = {
    "text": "文字",
    "date": "日付",
    "datetime": "日時",
    "decimal": "数",
    "integer": "整数",
}


def tables() -> str:
    """Every table with its columns; one that ``tables.csv`` lacks stands last, and a test asks for its line."""
    with (HERE / "tables.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["table"] in schema.tables()]
    named = {row["table"] for row in rows}
    rest = [{"table": name, "file": f"{name}.csv", "title": "", "says": ""} for name in schema.tables()]
    return "\n".join(_table(row) for row in [*rows, *(row for row in rest if row["table"] not in named)])


def _table(row: dict[str, str]) -> str:
    cells = [
        (code(column.column), _kind(column), "○" if column.required else "", column.meaning, column.source)
        for column in schema.columns(row["table"])
    ]
    shown = table(("列", "形", "必須", "意味", "根拠"), cells)
    return f"### {row['title']} `{row['file']}`\n\n{row['says']}\n\n{shown}"


def _kind(column: schema.Column) -> str:
    if column.choices:
        return " / ".join(map(code, column.choices))
    unit = f"（{column.unit}）" if column.unit not in ("", "1") else ""
    return KINDS[column.type] + unit


def energy_tables() -> str:
    """The tables of a site of energy, in the order of ``energy_tables.csv``."""
    with (HERE / "energy_tables.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return "\n".join(_table({**row, "table": f"energy/{row['table']}", "file": f"{row['table']}.csv"}) for row in rows)


MAKERS = {"schema": tables, "energy schema": energy_tables}
