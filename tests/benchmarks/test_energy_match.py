"""The benchmark of matching, once."""

from __future__ import annotations

from benchmarks.energy_match import measured


def test_every_piece_of_work_is_measured_from_the_matching_to_the_bill() -> None:
    rows = measured(1)
    assert [row["aim"] for row in rows] == [0.1] * 3 + [None] * 4
    assert rows[-1]["what"] == "bill of a year"
    assert all(0 < row["median"] < 60 for row in rows)
