"""The half-hourly ledger of certificates as Parquet: one row for each generator, building and half-hour with energy."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from kotsukotsu.store.folder import write_file

ZONE = "Asia/Tokyo"
NAMES = ("generator", "building", "ts_start", "allocated_wh", "cancelled_wh")


def write(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write the rows; times are in UTC."""
    arrays = [_array(name, columns[name]) for name in NAMES]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, names=list(NAMES)), out, compression="zstd")
    write_file(path, out.getvalue())


def _array(name: str, values: NDArray[Any]) -> Any:
    if name == "ts_start":
        return (
            pa.array(values.astype("datetime64[s]"), pa.timestamp("s"))
            .cast(pa.timestamp("s", "UTC"))
            .cast(pa.timestamp("s", ZONE))
        )
    return pa.array(values, pa.string()).dictionary_encode() if name in NAMES[:2] else pa.array(values, pa.int64())
