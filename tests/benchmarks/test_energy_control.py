"""The protocol of the controller: which years say something, and what the table says of them."""

from __future__ import annotations

import numpy as np

from benchmarks import report
from benchmarks.energy_control import PURPOSES, made


def test_the_year_that_is_judged_was_neither_tuned_nor_chosen_on() -> None:
    assert PURPOSES[4] == "judged once"
    assert [number for number, purpose in PURPOSES.items() if purpose in report.SEEN] == [1, 2, 3]


def test_every_year_has_a_weather_of_its_own_and_the_same_one_each_time() -> None:
    first, again, other = made(5)[0].meters[0].load, made(5)[0].meters[0].load, made(6)[0].meters[0].load
    assert (first == again).all()
    assert abs(np.corrcoef(first, other)[0, 1]) < 0.99


def test_years_that_were_seen_are_not_judged_and_less_than_half_is_missed() -> None:
    numbers = {f"{name}_{what}": 1.0 for name in ("nothing", "persistence", "controller", "foresight")
               for what in ("kw", "yen")}  # fmt: skip
    rows = [
        numbers | {"year": 1, "purpose": "tuned on", "closed": 0.9},
        numbers | {"year": 4, "purpose": "judged once", "closed": 0.5},
        numbers | {"year": 5, "purpose": "unseen", "closed": 0.49},
    ]
    said = [report.controlled_row(row).split("|")[-2].strip() for row in rows]
    assert said == ["", "reached", "missed"]
