"""The plan of the invented city, read back from Word, PDF and the rendered pages."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from kotsukotsu.documents.plan.document import plan_document, registry_of, summary_document
from kotsukotsu.documents.plan.setting import setting_of
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.glyphs import words
from kotsukotsu.documents.render.model import Drawn, Heading, Placed
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.documents.render.walk import within
from kotsukotsu.sessions.plan_paper import source_of
from kotsukotsu.sessions.session import Session
from tests.documents import pages
from tests.documents.plan.conftest import DAY
from tests.documents.render.read import pdf_pages, pdf_text, squeezed, word, word_text

CHAPTERS = ("計画の基本的事項", "温室効果ガスの排出状況", "基本方針と削減目標", "具体的な取組", "計画の推進")
NAMED = (
    *("total.latest", "total.base", "total.moved", "energy.latest", "others.latest", "facilities.main"),
    *("goal.1.level", "goal.needed", "bau.middle", "sector.gap", "effects.total"),
)


@pytest.mark.parametrize("key", NAMED)
def test_a_figure_of_a_sentence_stands_in_word_and_pdf_as_printed(plan, files, key):
    said = squeezed(plan.registry.numbers[key].figure.text)
    assert said in squeezed(word_text(files["docx"]))
    assert said in squeezed(pdf_text(files["pdf"]))


def test_the_five_chapters_and_the_appendix_are_headings_of_level_one(plan, files):
    shown = [
        block.shown for block in numbered(plan.made.document).blocks if isinstance(block, Heading) and block.level == 1
    ]
    assert shown == [*(f"第{n}章　{name}" for n, name in enumerate(CHAPTERS, 1)), "資料"]
    made = [paragraph.text for paragraph in word(files["docx"]).paragraphs if paragraph.style.name == "Heading 1"]
    assert made == shown


def test_every_table_is_a_native_table_of_word_with_the_same_cells(plan, files):
    placed = [block for block in within(plan.made.document.blocks) if isinstance(block, Placed)]
    tables = word(files["docx"]).tables
    assert len(tables) == len(placed)
    for block, table in zip(placed, tables, strict=True):
        cells = [cell.text for cell in table._cells]
        rows = [*block.table.rows, *block.table.totals]
        expected = [*block.table.headings, *(str(cell) for row in rows for cell in row)]
        assert cells == expected, block.key


def test_every_picture_is_in_word_and_none_is_empty(plan, files):
    drawn = [block for block in within(plan.made.document.blocks) if isinstance(block, Drawn)]
    assert all(re.search(r"<(rect|polyline|polygon)", block.svg) for block in drawn)
    assert len(word(files["docx"]).inline_shapes) == len(drawn)


def test_captions_are_numbered_without_a_gap(files):
    text = word_text(files["docx"])
    for name in ("図", "表"):
        numbers = [int(n) for n in re.findall(rf"^{name}(\d+)　", text, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 10


def test_no_name_or_brace_is_left_in_the_text(plan):
    text = "".join(words(numbered(plan.made.document)))
    assert not re.search(r"\{\{|\}\}|None|Decimal", text)


@pytest.mark.parametrize("name", ["plan", "summary"])
def test_no_page_has_a_table_off_the_paper_an_empty_chart_a_box_or_a_lonely_heading(name, plan, files, summary):
    made = plan.made if name == "plan" else summary_document(plan.source, plan.registry, {})
    data = files["pdf"] if name == "plan" else summary["pdf"]
    assert pages.beyond_the_margin(data, 10) == []
    assert pages.nearly_empty(data) == []
    assert pages.ends_with_a_heading(data, made.document) == []
    assert pages.missing_glyphs(data) == set()
    assert pages.empty_charts(made.document) == []


def test_no_page_shows_a_box_for_a_character(files):
    assert "□" not in pdf_text(files["pdf"])
    assert "\ufffd" not in pdf_text(files["pdf"])
    listed = subprocess.run(["pdffonts", "-"], input=files["pdf"], capture_output=True, check=True).stdout.decode()
    families = {line.split("+", 1)[-1].split()[0] for line in listed.splitlines()[2:]}
    assert len(families) == 1


def test_every_page_is_marked(files):
    assert all(page.split()[0] == "案" for page in pdf_pages(files["pdf"]))


def test_word_opens_in_libreoffice_with_the_same_text(files, tmp_path):
    (tmp_path / "plan.docx").write_bytes(files["docx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(tmp_path / "plan.docx")], capture_output=True, check=True)  # fmt: skip
    opened = squeezed(pdf_text((tmp_path / "plan.pdf").read_bytes()))
    for paragraph in word(files["docx"]).paragraphs:
        if len(paragraph.text) < 40 and not paragraph.style.name.lower().startswith("toc"):
            assert squeezed(paragraph.text) in opened


def test_the_summary_has_two_pages_and_pictures_of_state_aim_and_measures(plan, summary):
    pages = pdf_pages(summary["pdf"])
    assert len(pages) == 2
    captions = [plan.registry.pictures[key].caption for key in ("trend", "goals", "effects")]
    text = squeezed("".join(pages))
    assert all(squeezed(caption) in text for caption in captions)
    assert len(word(summary["docx"]).inline_shapes) == 4


def test_a_changed_bill_changes_every_place_that_shows_it_and_nothing_else(plan, changed):
    before, after = plan.registry.numbers, changed.registry.numbers
    moved = {key for key in before if before[key].figure.text != after[key].figure.text}
    assert {"total.latest", "total.change", "total.moved", "energy.latest", "goal.needed"} <= moved
    assert not moved & {"total.base", "energy.base", "others.latest", "others.base", "goal.1.level", "facilities.count"}
    old, new = (squeezed("".join(words(numbered(one.made.document)))) for one in (plan, changed))
    for key in ("total.latest", "energy.latest"):
        was, now = before[key].figure.text, after[key].figure.text
        assert old.count(was) > 2
        assert was not in new
        assert new.count(now) == old.count(was)


def test_texts_of_the_city_replace_and_follow_ours_and_name_what_was_typed(plan):
    total = plan.registry.numbers["total.latest"].figure.text
    policy = f"# 市の方針\n\n総排出量 {total} t-CO2e を減らします。"
    own = {"plan-policy.md": policy, "plan-goals-add.md": "市の追記です。", "plan-polcy.md": "x"}
    made = plan_document(plan.source, plan.registry, own)
    text = "".join(words(numbered(made.document)))
    assert "市の方針" in text
    assert "次の四つを柱として" not in text
    assert text.index("部門別の目標は") < text.index("市の追記です。") < text.index("具体的な取組")
    found = [(finding.code, finding.where) for finding in made.findings if finding.code.startswith("DC")]
    assert found == [("DC-11", "texts/plan-policy.md 3"), ("DC-13", "texts/plan-polcy.md")]


def test_years_may_be_written_in_one_way_only(plan):
    source = replace(plan.source, plan=replace(plan.source.plan, years="era"))
    assert source.plan.year(2024) == "令和6年度"
    assert source.plan.short(2013) == ("平成25",)


def test_a_facility_with_a_hostile_name_stays_a_name(plan):
    names = {**plan.source.names, "facility": lambda _: '"#panic("x")<script>'}
    source = replace(plan.source, names=names)
    made = render(plan_document(source, registry_of(source), {}).document, ("pdf", "html"))
    assert "<script>" not in made.files["html"].decode()
    assert '"#panic("x")<script>' in squeezed(pdf_text(made.files["pdf"]))


def test_a_town_without_waste_or_measures_has_no_empty_chart(town):
    for fy in (2013, 2023, 2024):
        town.year("kerosene", fy, 50_000 - fy)
        town.year("gasoline", fy, 4_000)
    source = source_of(Session(town.write()), 2024, DAY)
    document = plan_document(source, registry_of(source), {}).document
    drawn = [block for block in within(document.blocks) if isinstance(block, Drawn)]
    assert drawn
    assert all(re.search(r"<(rect|polyline|polygon|circle)", block.svg) for block in drawn)
    assert not {"others.trend", "waste", "effects"} & {block.key for block in drawn}


@pytest.mark.parametrize(
    ("given", "key"),
    [({"first_fy": "令和8年度"}, "first_fy"), ({"first_fy": 2031}, "first_fy"), ({"years": "jp"}, "years"),
     ({"parents": "環境基本計画"}, "parents"), ({"office": 1}, "office")],
)  # fmt: skip
def test_a_particular_that_cannot_be_used_is_named(given, key):
    with pytest.raises(DocumentError) as caught:
        setting_of({"plan": given}, 2030)
    assert (caught.value.code, caught.value.data["key"]) == ("DC-14", key)


def test_measures_that_exclude_each_other_count_once(plan):
    rows = plan.source.city.table("measures")
    both = {row["group"] for row in rows if row["group"]}
    counted = sum(one.count for one in plan.source.effects)
    alone = len([row for row in rows if not row["group"]])
    assert both
    assert counted == alone + len(both)


def test_the_energy_figures_lead_back_to_their_own_rows(plan):
    number = plan.registry.numbers["energy.latest"]
    assert number.behind.command("市") == "kotsukotsu trace 市 --fy 2024 --sector commercial,transport"
