"""Write every expression as SQL for every engine: ``python -m kotsukotsu.accounting.compile``."""

from __future__ import annotations

import re
from pathlib import Path

import ibis

from kotsukotsu.accounting.expressions import TABLES, expressions

FOLDER = Path(__file__).parent / "sql"
DIALECTS = {"duckdb": "duckdb", "postgres": "postgres", "spark": "pyspark"}


def compiled() -> dict[Path, str]:
    """The text of every file under ``sql/``: the engines' tables, and each expression for each engine."""
    tables = {
        FOLDER / "tables" / f"{name}.txt": "".join(f"{column} {kind}\n" for column, kind in columns.items())
        for name, columns in TABLES.items()
    }
    return tables | {
        FOLDER / engine / f"{name}.sql": quick(str(ibis.to_sql(expression, dialect=dialect)), engine) + "\n"
        for engine, dialect in DIALECTS.items()
        for name, expression in expressions().items()
    }


def quick(sql: str, engine: str) -> str:
    """The same SQL for DuckDB with ``year(x)``, which it computes faster than ``EXTRACT(year FROM x)``."""
    return re.sub(r"EXTRACT\((year|month) FROM ([^()]+)\)", r"\1(\2)", sql) if engine == "duckdb" else sql


if __name__ == "__main__":
    for path, text in compiled().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
