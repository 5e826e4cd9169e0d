"""The same rows and factors as pandas frames: keys as categories, quantities as floats, which suits pandas best."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from benchmarks.law import Published

KEYS = ["item", "supplier", "menu", "unit"]
CELL = ["facility_id", "item", "fiscal_year"]


def rows(path: Path) -> pd.DataFrame:
    columns = ["facility_id", *KEYS]
    table = pq.read_table(path, columns=[*columns, "day", "quantity"], read_dictionary=columns)
    place = table.column_names.index("quantity")
    table = table.set_column(place, "quantity", table["quantity"].cast("float64"))
    frame = table.to_pandas(date_as_object=False, self_destruct=True)
    return frame.astype({"day": "datetime64[s]"})


def factors(published: list[Published], like: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            **{key: [getattr(factor, key) for factor in published] for key in KEYS},
            "start": pd.to_datetime([factor.start for factor in published]).astype("datetime64[s]"),
            "end": pd.to_datetime([factor.end for factor in published]).astype("datetime64[s]"),
            "tonnes": [float(factor.tonnes) for factor in published],
        }
    )
    known = frame[frame[KEYS].isin({key: like[key].cat.categories for key in KEYS}).all(axis=1)]
    return known.astype({key: like[key].dtype for key in KEYS}).reset_index(drop=True)


def fiscal_year(day: pd.Series) -> pd.Series:
    return day.dt.year - (day.dt.month < 4)


def per_cell(joined: pd.DataFrame) -> pd.Series:
    joined["tonnes"] *= joined["quantity"]
    joined["fiscal_year"] = fiscal_year(joined["day"])
    return joined.groupby(CELL, observed=True, sort=False)["tonnes"].sum()


def cells(result: pd.Series) -> dict:
    return {(facility, item, int(fy)): tonnes for (facility, item, fy), tonnes in result.items()}
