"""The measurement of the analysis, on little; and the cases that eemeter gets."""

from __future__ import annotations

from benchmarks import analysis, report
from benchmarks.opendsm.cases import PLACES, cases


def test_the_decomposition_is_timed_and_leaves_no_rest():
    row = analysis.decomposition(3, 4)
    assert row["seconds"] > 0
    assert "3 bodies × 4 years" in row["what"]


def test_every_case_has_a_whole_year_of_bills_and_both_weathers():
    found = cases()
    assert [(case.facility, case.item) for case in found] == list(PLACES)
    for case in found:
        assert len(case.given["starts"]) == len(case.given["use"]) == 12
        assert (len(case.given["weather_before"]), len(case.given["weather_after"])) == (365 + 4, 366)
        assert case.expected > 0


def test_what_is_missed_and_what_deviates_is_written_so():
    rows = [{"what": "a", "seconds": 6.0, "cpu_seconds": 3.0, "limit": 5, "load_before": 8.0}]
    cells = "| a | 6.0 | 3.0 | 8.0 | 5 | missed |"
    machine = {
        "date": "", "cores": 2, "processor": "", "memory_gb": 1, "system": "", "python": "", "packages": {},
        "load_at_end": 0,
    }  # fmt: skip
    assert cells in list(report._analysis({"analysis": {"machine": machine, "values": rows}}))
    case = {
        "facility": "f",
        "item": "i",
        "form": "2P",
        "expected": 100,
        "eemeter": 90,
        "deviation": 0.1,
        "agrees": False,
    }
    part = {"opendsm": {"values": {"eemeter": "4", "rows": [case]}}}
    assert "| f | i | 2P | 100 | 90 | 10.00% | deviates |" in list(report._opendsm(part))
