"""Documents in English: nothing Japanese in them but names and what the city itself wrote."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest

from kotsukotsu import texts
from kotsukotsu.documents import prose
from kotsukotsu.documents.plan.document import plan_document, registry_of, summary_document
from kotsukotsu.documents.render.glyphs import words
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.documents.report.document import question_document, report_document
from kotsukotsu.documents.report.registry import registry_of as registry_of_report
from kotsukotsu.sessions.plan_paper import source_of
from kotsukotsu.sessions.report_paper import source_of as source_of_report
from kotsukotsu.sessions.session import Session
from tests.documents import pages
from tests.documents.conftest import CITY, FY, MADE

WIDE = re.compile("[\u3000（）：；、。，－～]")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥ー]+")
# Names of a plan and a cabinet decision, as the catalogue quotes them.
# Words of the city's own names and remarks that the program uses too.
IN_BOTH = ("移転", "新設", "年", "日", "月", "表", "メニュー")
QUOTED = ("政府実行計画", "地球温暖化対策計画", "閣議決定", "カーボンニュートラル宣言")


@pytest.fixture(scope="module")
def made(city_published) -> Mapping[str, Document]:
    with texts.speaking("en"):
        source = source_of(Session(CITY), FY, MADE)
        registry, report = registry_of(source), source_of_report(city_published)
        figures = registry_of_report(report)
        return {
            "plan": plan_document(source, registry, {}).document,
            "summary": summary_document(source, registry, {}).document,
            "report": report_document(report, figures, {}, "DRAFT").document,
            "question": question_document(report, figures, {}, "DRAFT").document,
        }


def of_the_city() -> str:
    """Everything that the city's own files say."""
    return "".join(path.read_text(encoding="utf-8") for path in _files(CITY))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix in (".csv", ".toml") and "inbox" not in path.parts)


@pytest.mark.parametrize("name", ["plan", "summary", "report", "question"])
def test_nothing_japanese_is_left_but_names_and_the_citys_own_words(made, name):
    own = of_the_city() + "".join(QUOTED)
    with texts.speaking("en"):
        said = list(words(numbered(made[name])))
    assert made[name].language == "en"
    shipped = {text.says["ja"] for text in texts.entries().values()} - set(IN_BOTH)
    foreign = {found for text in said for found in JAPANESE.findall(text) if found not in own or found in shipped}
    assert foreign == set()


@pytest.mark.parametrize("name", ["plan", "summary", "report", "question"])
def test_signs_are_as_wide_as_english_ones_but_in_the_citys_own_words(made, name):
    with texts.speaking("en"):
        said = list(words(numbered(made[name])))
    own = {cell for path in _files(CITY) for cell in _cells(path) if WIDE.search(cell)}
    foreign = {text for text in said if WIDE.search(text) and not any(one in text for one in own)}
    assert foreign == set()


def _cells(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    return chain.from_iterable(csv.reader(text.splitlines())) if path.suffix == ".csv" else iter(text.split('"'))


def test_the_english_plan_has_the_same_figures_in_the_same_order(made, city_published):
    with texts.speaking("ja"):
        source = source_of(Session(CITY), FY, MADE)
        japanese = plan_document(source, registry_of(source), {}).document
    ours, theirs = ([type(block).__name__ for block in one.blocks] for one in (japanese, made["plan"]))
    placed = ("Heading", "Placed", "Drawn")
    assert [name for name in ours if name in placed] == [name for name in theirs if name in placed]


def test_english_pages_run_off_nowhere(made):
    with texts.speaking("en"):
        data = render(made["report"], ("pdf",)).files["pdf"]
        assert pages.beyond_the_margin(data, 10) == []
        assert pages.nearly_empty(data) == []
        assert pages.ends_with_a_heading(data, made["report"]) == []


def test_every_part_has_an_english_text_of_the_same_name():
    for document in ("plan", "summary", "report", "question", "drafting"):
        japanese = {path.name for path in (prose.FOLDER / document).glob("*.md")}
        assert {path.name for path in (prose.FOLDER / document / "en").glob("*.md")} == japanese


def test_words_are_parted_by_a_space_where_a_name_begins_a_line(made):
    with texts.speaking("en"):
        said = " ".join(words(numbered(made["plan"])))
    assert not re.search(r"[a-z]\.[A-Z][a-z]", said)
