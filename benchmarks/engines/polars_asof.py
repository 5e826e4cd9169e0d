"""polars join_asof: the last factor that began on or before the day; the rows lie in the order of time already."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines import polars_frames as frames
from benchmarks.law import Published

cells = frames.cells


def load(path: Path, factors: list[Published], _source: str):
    rows = frames.rows(path)
    return rows, frames.factors(factors, rows).sort("start")


def compute(state):
    rows, factors = state
    joined = rows.lazy().sort("day").join_asof(
        factors.lazy(), left_on="day", right_on="start", by=frames.KEYS, check_sortedness=False
    )  # fmt: skip
    return frames.per_cell(joined.with_columns(fiscal_year=frames.fiscal_year()))
