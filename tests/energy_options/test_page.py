"""The study in all its forms from one comparison."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest

from kotsukotsu.documents.energy.options_study import study as made_study
from kotsukotsu.documents.energy.page import html
from kotsukotsu.documents.energy.study import Study
from kotsukotsu.documents.energy.workbook import workbook
from kotsukotsu.energy.options.asked import Form
from kotsukotsu.energy.options.model import PPA
from kotsukotsu.periods import FiscalYear

SITE = SimpleNamespace(name="庁舎", synthetic=True, fiscal_year=FiscalYear(2024))


@pytest.fixture(scope="module")
def made(study) -> Study:
    """The study of the comparison."""
    return made_study(SITE, study, (), date(2026, 1, 1))


def test_the_rule_of_the_ranking_and_the_best_stand_first(study, made) -> None:
    assert study.ranked[0].option.name in made.sentences[0]
    assert "正味現在価値" in made.sentences[1]
    money = made.parts[0].tables[0]
    values = [row[3].exact for row in money.rows]
    assert values == sorted(values, reverse=True)
    assert len(money.rows) == len(study.ranked) == 5


def test_every_year_of_every_way_of_paying_adds_up(made) -> None:
    (forms,) = (part for part in made.parts if part.ident == "forms")
    assert len(forms.closed) == 3
    for table in forms.closed:
        for row in (*table.rows, *table.totals):
            assert sum(cell.exact for cell in row[1:-1]) == pytest.approx(row[-1].exact, abs=Decimal("0.001"))
        assert sum(row[-1].exact for row in table.rows) == pytest.approx(table.totals[0][-1].exact, abs=Decimal("0.01"))


def test_data_are_strings_and_name_what_beats_an_option(study, made) -> None:
    told = made.data
    assert told["ranked_by"] == "npv"
    assert {row["id"]: row["dominated_by"] for row in told["options"]} == {
        one.option.option_id: study.beaten.get(one.option.option_id) for one in study.ranked
    }
    assert all(isinstance(row["npv_yen"], str) for row in told["options"])
    assert told["assumptions"][0] == {"key": "rate", "value": "0.02", "low": None, "high": None, "source": "試験",
                                      "status": "confirmed"}  # fmt: skip


def test_a_way_of_paying_of_which_something_is_not_known_says_what(study) -> None:
    ways = [replace(way, found=None, missing=("ppa_rise",)) if way.form == PPA else way for way in study.forms]
    told = made_study(SITE, replace(study, forms=ways, fair={}), (), date(2026, 1, 1))
    (forms,) = (part for part in told.parts if part.ident == "forms")
    assert "契約の単価の毎年の上がり方" in str(forms.tables[0].rows[-1][0])
    assert Form(PPA, None, ("ppa_rise",)) in ways


def test_assumptions_that_nobody_confirmed_are_said_above_and_below(study) -> None:
    rows = {key: replace(row, status="example") for key, row in study.assumed.rows.items()}
    told = made_study(SITE, replace(study, assumed=replace(study.assumed, rows=rows)), (), date(2026, 1, 1))
    assert any(str(len(rows)) in banner for banner in told.banners)
    assert [finding.code for finding in told.findings] == ["OP-14"]


def test_page_and_workbook_hold_every_table(made) -> None:
    page = html(made)
    assert page.count("<svg") >= 8  # cost and parts once, the others for a wide and for a narrow screen
    for word in ("自己所有", "補助あり", "電力購入契約", "損益の境"):
        assert word in page
    book = openpyxl.load_workbook(io.BytesIO(workbook(made)))
    tables = sum(len(part.tables) + len(part.charts) + len(part.closed) for part in made.parts)
    assert len(book.sheetnames) == tables + 1
