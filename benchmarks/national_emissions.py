"""Emissions per body, item and fiscal year from a folder of Parquet: ``national_emissions.py ENGINE FOLDER OUT.csv``.

ENGINE is ``duckdb`` or ``spark``; with Spark: ``spark-submit --master … national_emissions.py spark FOLDER OUT.csv``.
Needs the package kotsukotsu on the driver only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
import time
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.portfolio import Portfolio, emissions
from kotsukotsu.accounting.queries import sql
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.policy import Policy

POLICY = Policy()
MEMORY = "3GB"  # of DuckDB's own buffers


def main(engine: str, folder: str, out: str) -> None:
    """Sum on the engine, multiply here, write a CSV, print what it took."""
    start = time.perf_counter()
    rows = sums(engine, Path(folder))
    summed = time.perf_counter()
    portfolio = emissions(rows, Law(load()), lambda _fy: POLICY)
    multiplied = time.perf_counter()
    digest = write(portfolio, Path(out))
    took = {"sums on the engine": summed - start, "products, with loading the catalogue": multiplied - summed}
    seconds = {name: f"{value:.1f} s" for name, value in took.items()}
    found = {"sums": f"{len(rows):,}", "cells": f"{len(portfolio.cells):,}", "findings": len(portfolio.problems)}
    total = exact.whole(exact.total(thirds for _, _, thirds in portfolio.lines()))
    print(
        json.dumps({**seconds, **found, "total of the invented rows [t-CO2]": str(total), "sha256 of the CSV": digest})
    )


def sums(engine: str, folder: Path) -> Any:
    """Sums per body and contract, as columns."""
    store = import_module(f"kotsukotsu.store.{engine}")
    where = store.connect() if engine == "duckdb" else store.session()
    if engine == "duckdb":
        store.run(where, f"SET memory_limit = '{MEMORY}'")
        store.run(where, f"SET temp_directory = '{folder / 'tmp'}'")
    store.view_of_parquet(where, "supplied", folder / "*.parquet")
    text = sql(engine, "portfolio_municipality")
    return where.sql(text).to_arrow_table() if engine == "duckdb" else store.table(where, text)


def write(portfolio: Portfolio, out: Path) -> str:
    """The cells in order, tonnes with all their digits; returns the file's sha256."""
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("municipality", "item", "fiscal_year", "gas", "tonnes"))
        for cell, gas, thirds in sorted(portfolio.lines()):
            lines.writerow((*cell, gas, _digits(exact.whole(thirds))))
    return hashlib.sha256(out.read_bytes()).hexdigest()


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f")


if __name__ == "__main__":
    main(*sys.argv[1:])
