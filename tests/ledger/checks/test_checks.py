"""All checks together: clear on clean data, not run without data, the same in any order of rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu import texts
from kotsukotsu.errors import LedgerError
from kotsukotsu.findings import Finding
from kotsukotsu.ledger import checks
from kotsukotsu.ledger.checks.outcome import Outcome


def one(view: object, name: str) -> Outcome:
    return checks.run(view, [name])[0]  # type: ignore[arg-type]


def codes(view: object, name: str) -> list[str]:
    return [finding.code for finding in one(view, name).findings]


def test_a_clean_year_is_clear_in_every_check_that_can_be_run(view, year):
    outcomes = checks.run(view([row for fy in range(2020, 2025) for row in year(fy)]))
    assert {outcome.check: outcome.status for outcome in outcomes} == {name: "clear" for name, _ in checks.CHECKS}


def test_every_check_has_its_module_and_every_module_its_check():
    helpers = {"__init__", "entry", "history", "outcome", "place", "shares", "view"}
    modules = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - helpers
    assert {name for name, _ in checks.CHECKS} == modules


def test_a_name_that_is_no_check_is_refused(view, year):
    with pytest.raises(LedgerError) as error:
        checks.run(view(year(2024)), ["spelling"])
    assert error.value.code == "LG-15"


def test_without_rows_the_checks_of_rows_are_not_run_and_never_clear(view):
    outcome = one(view([]), "negatives")
    assert (outcome.status, outcome.reason.code) == ("not_run", "C-92")


def test_a_city_of_no_year_at_all_is_told_so_in_words(view):
    assert "（年度: －）" in one(view([], fys=()), "negatives").reason.message("ja")


def test_without_rows_missing_months_are_not_run(view):
    assert one(view([]), "missing_months").status == "not_run"


def test_broken_corrections_are_found_and_nothing_else_is_clear(view, year):
    rows = year(2024)
    rows[3]["replaces"] = "A9"
    broken = view(rows)
    assert codes(broken, "corrections") == ["LG-11"]
    of_rows = [outcome for outcome in checks.run(broken) if outcome.check in ("negatives", "unknown_ids", "periods")]
    assert [(outcome.status, outcome.reason.code) for outcome in of_rows] == [("not_run", "C-91")] * 3


def test_findings_do_not_depend_on_the_order_of_rows(view, year):
    rows = [row for fy in range(2020, 2025) for row in year(fy)]
    rows[50]["quantity"], rows[51]["quantity"], rows[52]["quantity"] = Decimal(-1), Decimal(100000), None
    rows.append({**rows[48], "activity_id": "Z"})
    assert checks.run(view(rows)) == checks.run(view(rows[::-1]))


def test_every_finding_has_a_text_in_both_languages_that_its_data_fill(view, year, row):
    rows = [one for fy in range(2020, 2024) for one in year(fy)] + year(2024)[:9]
    rows[-1]["quantity"] = Decimal("-0.0000001")
    rows[-2].update(basis="estimated")
    rows[-3].update(basis="not_occurring")
    rows[-4].update(end=date(2025, 1, 5), unit="L")
    rows[-5]["quantity"] = Decimal(90000)
    rows += [
        row("B1", "2024-04-01", "2024-05-01"),
        row("B2", "2024-05-01", "2024-05-01", item="x", facility_id="y"),
    ]
    findings = [finding for outcome in checks.run(view(rows, supplies=[])) for finding in outcome.findings]
    assert len({finding.code for finding in findings}) >= 12
    assert all(finding.message("ja") and finding.message("en") and finding.advice("ja") for finding in findings)
    assert all(finding.where and finding.as_dict()["data"] for finding in findings)


def test_severities_are_those_of_what_cannot_stand():
    errors = {code for code, text in texts.entries().items() if code.startswith("C-") and text.severity == "error"}
    assert {"C-03", "C-04", "C-10", "C-15", "C-19", "C-20", "C-21", "C-26"} <= errors
    assert {"C-01", "C-07", "C-09"} & errors == set()
    assert Finding("C-01").severity == "warning"
