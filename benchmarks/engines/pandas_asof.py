"""pandas merge_asof: the last factor that began on or before the day; the rows lie in the order of time already."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from benchmarks.engines import frames
from benchmarks.law import Published

cells = frames.cells


def load(path: Path, factors: list[Published], _source: str):
    rows = frames.rows(path)
    return rows, frames.factors(factors, rows).sort_values("start")


def compute(state):
    rows, factors = state
    joined = pd.merge_asof(rows.sort_values("day"), factors, left_on="day", right_on="start", by=frames.KEYS)
    assert (joined["day"] < joined["end"]).all()
    return frames.per_cell(joined)
