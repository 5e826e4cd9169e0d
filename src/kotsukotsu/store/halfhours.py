"""Half-hours of a site as Parquet, one file for each fiscal year: every version of every value is kept.

A row is a half-hour of a meter point as one source told it: point, ts_start, kwh, flag, source, known_at. Prices of the
market stand in files of the same form in a folder of their own; their column ``kwh`` holds yen/kWh.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from kotsukotsu.errors import FolderError
from kotsukotsu.store.folder import write_file

FOLDER, PRICES = "halfhours", "prices"  # of energy [kWh], of the market [yen/kWh]
ZONE = "Asia/Tokyo"
SCHEMA = pa.schema(
    [
        ("point", pa.dictionary(pa.int32(), pa.string())),
        ("ts_start", pa.timestamp("s", ZONE)),
        ("kwh", pa.float64()),
        ("flag", pa.uint8()),
        ("source", pa.dictionary(pa.int32(), pa.string())),
        ("known_at", pa.timestamp("s", ZONE)),
    ]
)
Columns = Mapping[str, NDArray[Any]]


def path_of(folder: Path, fy: int, kind: str = FOLDER) -> Path:
    """The file of a fiscal year."""
    return folder / kind / f"{fy}.parquet"


def read(folder: Path, fy: int, kind: str = FOLDER) -> Columns | None:
    """The columns of a year, times in UTC; None if there is no file.

    Raises
    ------
    FolderError
        F-15 if the file is not such a table.
    """
    path = path_of(folder, fy, kind)
    if not path.is_file():
        return None
    try:
        table = parquet.read_table(io.BytesIO(path.read_bytes()), schema=SCHEMA)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OSError):
        raise FolderError("F-15", file=f"{kind}/{path.name}") from None
    return {name: table.column(name).to_numpy() for name in SCHEMA.names}


def append(folder: Path, fy: int, parts: Iterable[Columns], kind: str = FOLDER) -> None:
    """Add versions below those of the year's file, which is replaced at once."""
    old = read(folder, fy, kind)
    every = [*([old] if old is not None else []), *parts]
    joined = {name: np.concatenate([part[name] for part in every]) for name in SCHEMA.names}
    arrays = [_array(joined[field.name], field.type) for field in SCHEMA]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA), out, compression="zstd")
    write_file(path_of(folder, fy, kind), out.getvalue())


def _array(values: NDArray[Any], kind: Any) -> Any:
    if pa.types.is_dictionary(kind):
        return pa.array(values.astype(object), pa.string()).dictionary_encode()
    if pa.types.is_timestamp(kind):
        return pa.array(values.astype("datetime64[s]"), pa.timestamp("s")).cast(pa.timestamp("s", "UTC")).cast(kind)
    return pa.array(values, kind, from_pandas=True)
