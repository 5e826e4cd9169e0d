"""``kotsukotsu energy options`` refuses before anything takes time; `tests.energy_options` tests what it finds."""

from __future__ import annotations

import shutil
from pathlib import Path

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"


def test_every_assumption_that_is_missing_is_named(cli, tmp_path) -> None:
    folder = shutil.copytree(HALL, tmp_path / "hall")
    table = folder / "assumptions.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("rate,", "ppa_rise"))]
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = cli("energy", "options", folder)
    assert done.status == 2
    assert all(word in done.err for word in ("OP-02", "rate", "ppa_rise"))


def test_an_unknown_rule_of_ranking_is_refused(cli) -> None:
    assert cli("energy", "options", HALL, "--by", "beauty").status == 2
