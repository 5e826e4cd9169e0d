"""The compiled expressions, as text for an engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"
ENGINES = ("duckdb", "postgres", "spark")


@cache
def sql(engine: str, name: str) -> str:
    """SQL of one of the expressions of `expressions.py`, as compiled for an engine.

    Parameters
    ----------
    engine : str
        ``duckdb``, ``postgres`` or ``spark``.
    name : str
        ``years``, ``months`` or ``identified`` with ``_end`` or ``_days``, or a ``portfolio_…``.
    """
    return (FOLDER / engine / f"{name}.sql").read_text(encoding="utf-8")


@cache
def columns(table: str) -> dict[str, str]:
    """Columns and types of a table that the engine must have."""
    return dict(line.split(" ", 1) for line in (FOLDER / "tables" / f"{table}.txt").read_text("utf-8").splitlines())
