"""Rows as numbered cells and numbered factors, for the engines whose own language is arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.engines import frames
from benchmarks.law import Published


@dataclass
class Coded:
    """`cell` numbers facility x item x fiscal year, `contract` item x supplier x menu x unit x fiscal year."""

    cell: np.ndarray
    contract: np.ndarray
    years: np.ndarray
    cell_names: list[tuple]
    contracts: pd.DataFrame


def load(path: Path, published: list[Published]):
    rows = frames.rows(path)
    return rows, frames.factors(published, rows)


def coded(rows: pd.DataFrame) -> Coded:
    """Numbers of every row."""
    dated = rows[["facility_id", *frames.KEYS]].assign(fiscal_year=frames.fiscal_year(rows["day"]))
    cell, cell_names = numbered(dated, frames.CELL)
    contract, contracts = numbered(dated, [*frames.KEYS, "fiscal_year"])
    names = list(cell_names.itertuples(index=False, name=None))
    return Coded(cell, contract, dated["fiscal_year"].to_numpy(), names, contracts)


def numbered(frame: pd.DataFrame, columns: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    groups = frame.groupby(columns, observed=True, sort=False)
    return groups.ngroup().to_numpy(), groups.size().reset_index()[columns]


def tonnes_of(contracts: pd.DataFrame, factors: pd.DataFrame) -> np.ndarray:
    """The factor of every contract in its fiscal year. [t/unit]"""
    april = pd.to_datetime({"year": contracts["fiscal_year"], "month": 4, "day": 1})
    joined = contracts.assign(april=april, number=range(len(contracts))).merge(factors, on=frames.KEYS)
    joined = joined[(joined["april"] >= joined["start"]) & (joined["april"] < joined["end"])]
    assert len(joined) == len(contracts)
    return joined.sort_values("number")["tonnes"].to_numpy()
