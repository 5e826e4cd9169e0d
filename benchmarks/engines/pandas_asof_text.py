"""pandas merge_asof with the keys as texts, as pandas reads them from the file if nobody tells it otherwise."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines import frames, pandas_asof
from benchmarks.law import Published

cells, compute = frames.cells, pandas_asof.compute


def load(path: Path, factors: list[Published], _source: str):
    rows = frames.rows(path)
    texts = dict.fromkeys(["facility_id", *frames.KEYS], object)
    return rows.astype(texts), frames.factors(factors, rows).astype(dict.fromkeys(frames.KEYS, object)).sort_values(
        "start"
    )
