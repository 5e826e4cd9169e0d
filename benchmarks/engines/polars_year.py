"""polars: factors expanded to one line for each fiscal year, then an ordinary join."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.engines import polars_frames as frames
from benchmarks.law import YEARS, Published

cells = frames.cells


def load(path: Path, factors: list[Published], _source: str):
    rows = frames.rows(path)
    april = pl.DataFrame({"fiscal_year": pl.Series(list(YEARS), dtype=pl.Int32)}).with_columns(
        april=pl.date(pl.col("fiscal_year"), 4, 1)
    )
    expanded = frames.factors(factors, rows).join_where(
        april, pl.col("start") <= pl.col("april"), pl.col("april") < pl.col("end")
    )
    return rows, expanded.select(*frames.KEYS, "fiscal_year", "tonnes")


def compute(state):
    rows, factors = state
    dated = rows.lazy().with_columns(fiscal_year=frames.fiscal_year())
    return frames.per_cell(dated.join(factors.lazy(), on=[*frames.KEYS, "fiscal_year"]))
