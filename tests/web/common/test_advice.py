"""What findings say on pages: registers and pages, where the command line says files and columns."""

from __future__ import annotations

import re

import pytest

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.web.common import advice

KNOWN = {"detail": "x", "fy": 2025, "kpi": "x", "item": "灯油", "rows": 3, "facilities": 2, "fiscal_year": 2025}


def test_a_file_is_the_register_of_that_name():
    said = advice.advice(Finding("A-12"))
    assert said == "台帳「供給契約」の期間の重なりと割合を直してください。"


def test_what_names_a_column_has_words_of_its_own_on_pages():
    finding = Finding("A-17", "supplies.csv 3行目", KNOWN)
    assert "use の列" in finding.advice()
    assert advice.as_dict(finding)["advice"].startswith("施設の入力画面の「項目を増やす」で")
    assert advice.place(finding) == "台帳「供給契約」3行目"


def test_a_column_is_said_in_words_alone_and_a_unit_stays():
    unknown = Finding(
        "C-20", "", {"table": "supplies", "meaning": "項目", "column": "item", "value": "x", "count": 1, "row": 3}
    )
    assert advice.message(unknown).startswith("台帳「供給契約」の「項目」の「x」という項目はありません")
    assert advice.message(Finding("C-24", "", {"count": 3})).startswith("燃料の使い方が空の行が3件")
    assert "csv" not in advice.message(Finding("AN-14", "", {"against": 2013, "fy": 2014}))
    assert "（kg）" in advice.message(Finding("C-09", "", {"expected": 1, "times": 1000, "value": 1000, "unit": "kg"}))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_advice_of_checks_and_totals_names_a_command_or_a_register_as_a_file(language):
    with texts.speaking(language):
        codes = [
            code for code, entry in texts.entries().items() if entry.severity and re.match(r"(A|AN|C|KP|ME|TG)-", code)
        ]
        said = {code: advice.advice(Finding(code, "", _data(code))) for code in codes}
    assert {
        code: text for code, text in said.items() if re.search(r"`?kotsukotsu |の列|\b[a-z]+s\.csv|[a-z]_[a-z]", text)
    } == {}


def _data(code):
    entry = texts.entries()[code]
    return {name: "x" for text in entry.do.values() for name in re.findall(r"(?<!\{)\{(\w+)\}", text)} | {"fy": 2025}
