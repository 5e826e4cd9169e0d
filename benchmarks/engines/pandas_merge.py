"""pandas: every factor of the contract is merged to every row, then the rows of other years are dropped."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines import frames
from benchmarks.law import Published

cells = frames.cells


def load(path: Path, factors: list[Published], _source: str):
    rows = frames.rows(path)
    return rows, frames.factors(factors, rows)


def compute(state):
    rows, factors = state
    joined = rows.merge(factors, on=frames.KEYS)
    joined = joined[(joined["day"] >= joined["start"]) & (joined["day"] < joined["end"])].copy()
    assert len(joined) == len(rows)
    return frames.per_cell(joined)
