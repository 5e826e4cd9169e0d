"""The measurement of the documents, on a small city."""

from __future__ import annotations

from pathlib import Path

from benchmarks import documents, report, results

ISHIKARI = Path(__file__).parents[2] / "examples" / "ishikari"


def test_a_command_is_timed_and_what_takes_too_long_is_missed():
    row = documents.measured("plan", "plan-document", 0.001, 1, ISHIKARI)
    assert row["seconds"] > 0
    assert row["cpu_seconds"] > 0
    lines = list(report._documents({"documents": {"machine": results.machine(), "values": [row]}}))
    assert any(line.startswith("| plan (median of 1) |") and line.endswith("| missed |") for line in lines)


def test_every_work_is_measured_beside_its_limit():
    assert {command: limit for _, command, limit, _ in documents.WORK} == {"plan-document": 15.0, "publish": 120.0}
