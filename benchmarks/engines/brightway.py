"""bw2calc: every cell a process, every row an exchange with the flow of its contract, factors as characterisation."""

from __future__ import annotations

from pathlib import Path

import bw2calc
import bw_processing
import numpy as np

from benchmarks.engines import coded
from benchmarks.law import Published

FIRST_CELL = 1_000_000  # ids of cells and of flows must not meet


def load(path: Path, factors: list[Published], _source: str):
    return coded.load(path, factors)


def compute(state):
    rows, factors = state
    codes = coded.coded(rows)
    cells = np.arange(len(codes.cell_names)) + FIRST_CELL
    flows = np.arange(len(codes.contracts))
    package = bw_processing.create_datapackage()
    _add(package, "technosphere_matrix", cells, cells, np.ones(len(cells)))
    _add(package, "biosphere_matrix", codes.contract, codes.cell + FIRST_CELL, rows["quantity"].to_numpy())
    _add(package, "characterization_matrix", flows, flows, coded.tonnes_of(codes.contracts, factors))
    lca = bw2calc.LCA(demand=dict.fromkeys(cells.tolist(), 1), data_objs=[package])
    lca.lci()
    lca.lcia()
    tonnes = np.asarray(lca.characterized_inventory.sum(axis=0)).ravel()
    return [(name, tonnes[lca.dicts.activity[number]]) for name, number in zip(codes.cell_names, cells, strict=True)]


def _add(package, matrix: str, row: np.ndarray, col: np.ndarray, data: np.ndarray) -> None:
    indices = np.empty(len(row), dtype=bw_processing.INDICES_DTYPE)
    indices["row"], indices["col"] = row, col
    package.add_persistent_vector(matrix=matrix, indices_array=indices, data_array=data)


def cells(result) -> dict:
    return {(facility, item, int(fy)): float(tonnes) for (facility, item, fy), tonnes in result}
