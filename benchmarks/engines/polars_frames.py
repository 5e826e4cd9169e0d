"""The same rows and factors as polars frames: keys as enumerations, quantities as floats."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.law import Published

KEYS = ["item", "supplier", "menu", "unit"]
CELL = ["facility_id", "item", "fiscal_year"]


def rows(path: Path) -> pl.DataFrame:
    frame = pl.read_parquet(path, columns=["facility_id", *KEYS, "day", "quantity"])
    enums = {key: pl.Enum(frame[key].unique().sort()) for key in ("facility_id", *KEYS)}
    return frame.with_columns(pl.col("quantity").cast(pl.Float64), *(pl.col(k).cast(kind) for k, kind in enums.items()))


def factors(published: list[Published], like: pl.DataFrame) -> pl.DataFrame:
    names = {key: set(like[key].dtype.categories) for key in KEYS}
    known = [factor for factor in published if all(getattr(factor, key) in names[key] for key in KEYS)]
    return pl.DataFrame(
        {
            **{key: pl.Series([getattr(factor, key) for factor in known], dtype=like[key].dtype) for key in KEYS},
            "start": [factor.start for factor in known],
            "end": [factor.end for factor in known],
            "tonnes": [float(factor.tonnes) for factor in known],
        }
    )


def fiscal_year(day: str = "day") -> pl.Expr:
    return pl.col(day).dt.year() - (pl.col(day).dt.month() < 4).cast(pl.Int32)


def per_cell(joined: pl.LazyFrame) -> pl.DataFrame:
    return joined.group_by(CELL).agg((pl.col("quantity") * pl.col("tonnes")).sum().alias("tonnes")).collect()


def cells(result: pl.DataFrame) -> dict:
    return {(facility, item, fy): tonnes for facility, item, fy, tonnes in result.iter_rows()}
