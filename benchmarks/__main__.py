"""Measure this engine beside others on the same rows: ``python -m benchmarks``.

``--quick`` measures 10^4 rows once with the engines that are installed, and keeps nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import statistics
import sys
from collections.abc import Mapping
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import dataset, report, results, watch

ENGINES = {
    row["name"]: row
    for row in csv.DictReader((Path(__file__).parent / "engines.csv").read_text(encoding="utf-8").splitlines())
}
NEEDS = {"polars_year": "polars", "polars_asof": "polars", "brightway": "bw2calc", "openfisca": "openfisca_core"}
PAIR = ("kotsukotsu", "floor")
RUNS, RUNS_OF_PAIR = 5, 11  # the pair is compared to a tenth
ONE_RUN_FROM = 60  # a run that takes longer than this is made once [s]
SECONDS, MEGABYTES = 1200, 16_000
PLAN = [
    (rows, source, engine)
    for rows in (10**6, 10**7, 10**8)
    for source in ("parquet", "memory")
    for engine in ENGINES
    if (engine in PAIR or source == "memory") and (rows < 10**8 or (engine in PAIR and source == "parquet"))
]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10^4 rows once, nothing is kept")
    parser.add_argument("--rows", type=float, help="only this many rows")
    parser.add_argument("--report", action="store_true", help="write RESULTS.md again from results.json")
    options = parser.parse_args()
    if options.report:
        report.write(results.read())
        return 0
    measured = quick() if options.quick else full(int(options.rows) if options.rows else None)
    wrong = [row for row in measured if row.get("agrees") is False]
    for row in wrong:
        print(f"{row['engine']} deviates by {row['deviation']} at {row['asked']} rows", file=sys.stderr)
    return 1 if wrong else 0


def quick() -> list[dict[str, Any]]:
    """A few rows, for the tests; floats and decimals must agree."""
    path = dataset.parquet(10**4, dataset.QUICK_FACILITIES)
    there = [engine for engine in ENGINES if engine not in NEEDS or find_spec(NEEDS[engine])]
    order = sorted(there, key=lambda engine: engine != "kotsukotsu")
    return with_deviations([measure(path, 10**4, "memory", engine, 1) for engine in order])


def full(only: int | None) -> list[dict[str, Any]]:
    """Everything of the plan, written to results.json and RESULTS.md after each size."""
    kept = [] if only is None else [row for row in _kept() if row["asked"] != only]
    for size in sorted({rows for rows, _, _ in PLAN if only in (None, rows)}):
        path = dataset.parquet(size)
        kept += with_deviations(
            [
                measure(path, size, source, engine, RUNS_OF_PAIR if engine in PAIR else RUNS)
                for rows, source, engine in PLAN
                if rows == size
            ]
        )
        report.write(results.keep("comparison", sorted(kept, key=lambda row: row["asked"])))
    return kept


def _kept() -> list[dict[str, Any]]:
    return list(results.read().get("comparison", {}).get("values", []))


def measure(path: Path, asked: int, source: str, engine: str, runs: int) -> dict[str, Any]:
    """One engine on one file, in a process of its own."""
    out = dataset.FOLDER / f"cells-{engine}-{source}.pickle"
    child = [sys.executable, "-m", "benchmarks.child", engine, path, source, runs, ONE_RUN_FROM, out]
    outcome = watch.run([str(part) for part in child], dataset.FOLDER, SECONDS, MEGABYTES)
    row: dict[str, Any] = {"engine": engine, "source": source, "asked": asked, "rows": dataset.rows_of(path)}
    if outcome.failure:
        print(f"{asked:>10} {source:8} {engine:14} {outcome.failure}", flush=True)
        return row | {"failure": outcome.failure}
    measured = json.loads(outcome.output.strip().splitlines()[-1])
    median = statistics.median(measured["times"])
    print(f"{asked:>10} {source:8} {engine:14} {median:9.3f} s  {measured['peak_mb']:>6} MB", flush=True)
    return row | measured | {"median": median, "cells": str(out)}


def with_deviations(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How far each engine is from this one, relative to each cell; an exact one must not be at all."""
    exact = _cells(next(row["cells"] for row in rows if row["engine"] == "kotsukotsu"))
    for row in rows:
        tolerance, file = ENGINES[row["engine"]]["tolerance"], row.pop("cells", None)
        if tolerance and file:
            deviation = _deviation(exact, _cells(file))
            row |= {"deviation": f"{deviation:.1e}" if deviation else "none", "agrees": deviation <= Decimal(tolerance)}
    return rows


def _cells(file: str) -> Mapping[tuple[str, str, int], Any]:
    return dict(pickle.loads(Path(file).read_bytes()))


def _deviation(exact: Mapping[Any, Decimal], other: Mapping[Any, Any]) -> Decimal:
    if set(exact) != set(other):
        return Decimal("Infinity")
    return max(_relative(value, Decimal(other[cell])) for cell, value in exact.items())


def _relative(exact: Decimal, other: Decimal) -> Decimal:
    return abs(other - exact) / abs(exact) if exact else abs(other)


if __name__ == "__main__":
    sys.exit(main())
