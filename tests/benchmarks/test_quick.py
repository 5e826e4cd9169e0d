"""The benchmark on few rows: every engine that is installed computes the same."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from benchmarks import __main__ as bench
from benchmarks import national, report

CELL = ("B0000-000", "electricity", 2020)


@pytest.fixture(scope="module")
def measured():
    return {row["engine"]: row for row in bench.quick()}


def test_the_engines_of_the_development_environment_take_part(measured):
    assert {"floor", "kotsukotsu", "duckdb_rows", "decimal_loop", "pandas_merge", "pandas_asof"} <= set(measured)


def test_every_engine_finishes_and_agrees(measured):
    assert {name: row.get("failure", "") for name, row in measured.items()} == dict.fromkeys(measured, "")
    compared = {name: row["agrees"] for name, row in measured.items() if name != "floor"}
    assert compared == dict.fromkeys(compared, True)


def test_exact_engines_do_not_deviate_at_all(measured):
    assert [measured[name]["deviation"] for name in ("kotsukotsu", "duckdb_rows", "decimal_loop")] == ["none"] * 3


def result(folder, engine, cells):
    path = folder / engine
    path.write_bytes(pickle.dumps(cells))
    return {"engine": engine, "cells": str(path)}


@pytest.mark.parametrize(
    ("engine", "value", "agrees"),
    [
        ("decimal_loop", Decimal("1000.0000000001"), False),
        ("pandas_asof", 1000.0000001, True),
        ("pandas_asof", 1000.00001, False),
    ],
)
def test_a_deviation_beyond_the_tolerance_is_no_agreement(tmp_path, engine, value, agrees):
    rows = [result(tmp_path, "kotsukotsu", {CELL: Decimal(1000)}), result(tmp_path, engine, {CELL: value})]
    assert bench.with_deviations(rows)[1]["agrees"] is agrees


def test_a_cell_that_is_lacking_is_no_agreement(tmp_path):
    rows = [result(tmp_path, "kotsukotsu", {CELL: Decimal(0)}), result(tmp_path, "pandas_merge", {})]
    assert bench.with_deviations(rows)[1]["agrees"] is False


def test_targets_say_what_is_reached_and_what_is_missed():
    def row(engine, source, asked, median):
        return {"engine": engine, "source": source, "asked": asked, "median": median, "peak_mb": 4001}

    rows = [
        row("kotsukotsu", "parquet", 10**7, 1.3), row("floor", "parquet", 10**7, 1.0),
        row("pandas_asof", "memory", 10**7, 12.9), row("kotsukotsu", "parquet", 10**8, 14.3),
    ]  # fmt: skip
    assert [reached for _, _, reached in report.targets(rows)] == [True, False, False, True]


def test_the_national_case_names_every_cell_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["national", "--bodies", "2"])
    monkeypatch.setattr(national.dataset, "FOLDER", tmp_path)
    national.main()
    assert '"cells": "120"' in capsys.readouterr().out
    lines = (tmp_path / "national-2-duckdb.csv").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 121
