"""Chapters 2 and 3 of the plan of which only the print is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kotsukotsu.documents.plan.printed import ABSENT, printed_document, registry_of_print
from kotsukotsu.documents.render.glyphs import words
from kotsukotsu.documents.render.model import Drawn
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.sessions.printed_paper import is_printed_only, printed_source_of
from kotsukotsu.sessions.session import Session

ROOT = Path(__file__).parents[3] / "examples"
PUBLISHED = ("14,327", "19,720", "27.3", "10,004", "28.2", "4,305", "25.4", "304", "48", "9,860", "13,972", "50")


@pytest.fixture(scope="module")
def made():
    source = printed_source_of(Session(ROOT / "ishikari"), date(2026, 6, 1))
    registry = registry_of_print(source)
    return source, registry, printed_document(source, registry, {})


def test_only_a_city_without_rows_is_made_from_its_print():
    assert is_printed_only(Session(ROOT / "ishikari"))
    assert not is_printed_only(Session(ROOT / "kotsukotsu-shi"))


@pytest.mark.parametrize("figure", PUBLISHED)
def test_a_published_figure_stands_in_a_sentence(made, figure):
    sentences = [text for text in words(numbered(made[2].document)) if figure in text]
    assert sentences


def test_chapters_two_and_three_keep_their_numbers(made):
    shown = [block.shown for block in numbered(made[2].document).blocks if getattr(block, "level", 0) == 1]
    assert shown == ["第2章　温室効果ガスの排出状況", "第3章　基本方針と削減目標", "公表された値の検算"]


def test_a_chart_whose_series_was_not_published_says_so(made):
    drawn = {block.key: block for block in made[2].document.blocks if isinstance(block, Drawn)}
    assert set(ABSENT) <= set(drawn)
    assert all(not drawn[key].svg and "印刷されていません" in drawn[key].note for key in ABSENT)
    assert drawn["goals"].svg
    assert drawn["facilities.items"].svg


def test_the_contradictions_of_the_print_are_named(made):
    text = "".join(words(numbered(made[2].document)))
    assert "印刷 4305、計算 4323" in text
    assert "印刷 304、一覧では 277" in text
    assert {"V-03", "V-08", "V-10", "V-11"} <= {finding.code for finding in made[2].findings}


def test_the_table_of_main_facilities_is_the_print(made):
    table = made[1].tables["facilities.main"]
    assert len(table.rows) == 48
    assert [str(cell) for cell in table.rows[0]] == [
        "1", "北石狩衛生センター（ごみ処理施設）", "2,395", "1,764", "17.6", "17.6", "△631",
    ]  # fmt: skip
