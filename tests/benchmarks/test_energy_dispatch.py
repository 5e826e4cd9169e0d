"""The pieces of work of the year's plan on two weeks: others find the same cost, and the table says what was missed."""

from __future__ import annotations

import pytest

from benchmarks import energy_dispatch, report
from benchmarks.energy_pieces import PIECES

pytestmark = pytest.mark.filterwarnings("ignore")
DAYS = 14


def test_every_piece_that_is_asked_for_can_be_measured() -> None:
    assert set(energy_dispatch.PIECES) == set(PIECES)


def test_pypsa_and_linopy_solve_the_same_problem() -> None:
    own, pypsa, linopy = (PIECES[name](DAYS)["cost"] for name in ("dispatch", "pypsa", "linopy"))
    assert pypsa == pytest.approx(own, rel=1e-6)
    assert linopy == pytest.approx(own, rel=1e-6)


def test_sizes_from_some_weeks_are_never_cheaper_than_the_full_optimum() -> None:
    assert PIECES["full"](DAYS)["gap"] >= -1e-9


def test_a_piece_is_measured_in_a_process_of_its_own() -> None:
    row = energy_dispatch.measured("survival", DAYS)
    assert "failure" not in row
    assert row["seconds"] > 0
    assert row["peak_mb"] > 10


def test_what_misses_an_aim_or_fails_is_told() -> None:
    row = {"name": "dispatch", "what": "a year", "days": 365, "aim_s": 3.5, "aim_mb": 400}
    rows = [
        row | {"seconds": 3.0, "peak_mb": 500, "cost": 100.0},
        row | {"name": "pypsa", "aim_s": None, "aim_mb": None, "seconds": 9.0, "peak_mb": 900, "cost": 101.0},
        row | {"name": "full", "aim_s": None, "aim_mb": None, "seconds": 9.0, "peak_mb": 90, "cost": 1.0, "gap": 0.001},
        row | {"failure": "did not finish within 120 s"},
    ]
    cells = [[cell.strip() for cell in report.planned_row(one, 100.0).split("|")] for one in rows]
    assert [one[-2] for one in cells] == ["missed", "", "missed", "missed"]
    assert cells[1][-3] == "1.0e-02"


def test_what_was_interrupted_goes_on_on_the_same_day_only() -> None:
    part = {"machine": {"date": "2026-01-01"}, "values": [{"name": "dispatch"}, {"name": "pypsa", "failure": "no"}]}
    assert set(energy_dispatch.kept(part, "2026-01-01")) == {"dispatch"}
    assert energy_dispatch.kept(part, "2026-01-02") == {}
    whole = part | {"values": [{"name": name} for name in energy_dispatch.PIECES]}
    assert energy_dispatch.kept(whole, "2026-01-01") == {}
