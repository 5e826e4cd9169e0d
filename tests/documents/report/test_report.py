"""The yearly report of the invented city, read back from Word, PDF and the rendered pages."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from decimal import Decimal

import pytest

from kotsukotsu.accounting import exact
from kotsukotsu.documents.facilities.pdf import pdf as sheets_pdf
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.render.glyphs import words
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.periods import day_name
from kotsukotsu.sessions.measure_effects import effects_of
from tests.documents import pages
from tests.documents.conftest import FY
from tests.documents.render.read import pdf_pages, pdf_text, squeezed, word, word_text
from tests.documents.report.conftest import report_of

NAMED = ("total", "total.base", "total.change", "total.rate", "total.comparable", "path", "path.gap", "unconfirmed")
NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


@pytest.mark.parametrize("key", NAMED)
def test_a_figure_of_the_report_stands_in_word_and_pdf_as_printed(report, report_files, key):
    said = squeezed(report.registry.numbers[key].figure.text)
    assert said in squeezed(word_text(report_files["docx"]))
    assert said in squeezed(pdf_text(report_files["pdf"]))


def test_every_table_of_the_report_is_in_word_cell_by_cell(report, report_files):
    cells = {cell.text for table in word(report_files["docx"]).tables for cell in table._cells}
    for key in ("years", "sector", "gas", "item", "department", "kinds", "kpis", "risers", "opinions", "errata"):
        table = report.registry.tables[key]
        assert table.rows, key
        assert {str(cell) for row in (*table.rows, *table.totals) for cell in row} <= cells, key


def test_in_word_the_first_part_begins_a_page_and_a_total_stays_with_the_rows_above(report_files):
    made = word(report_files["docx"])
    first, *others = (one.paragraph_format for one in made.paragraphs if one.style.name == "Heading 1")
    assert first.page_break_before
    assert not any(one.page_break_before for one in others)
    for table in made.tables:
        before = table.rows[-2].cells[0].paragraphs[0]
        assert before.paragraph_format.keep_with_next


def test_the_report_opens_in_libreoffice_with_the_same_text(report_files, tmp_path):
    (tmp_path / "report.docx").write_bytes(report_files["docx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(tmp_path / "report.docx")], capture_output=True, check=True)  # fmt: skip
    opened = squeezed(pdf_text((tmp_path / "report.pdf").read_bytes()))
    for paragraph in word(report_files["docx"]).paragraphs:
        if len(paragraph.text) < 40 and not paragraph.style.name.lower().startswith("toc"):
            assert squeezed(paragraph.text) in opened


@pytest.mark.parametrize("name", ["report", "question"])
def test_no_page_has_a_table_off_the_paper_an_empty_chart_a_box_or_a_lonely_heading(
    name, report, report_files, question
):
    document = report.document if name == "report" else question
    data = report_files["pdf"] if name == "report" else render(document, ("pdf",)).files["pdf"]
    assert pages.beyond_the_margin(data, 10) == []
    assert pages.nearly_empty(data) == []
    assert pages.ends_with_a_heading(data, document) == []
    assert pages.missing_glyphs(data) == set()
    assert pages.empty_charts(document) == []
    assert name == "report" or len(pdf_pages(data)) == 1


def test_no_sheet_of_a_facility_has_anything_off_the_paper_or_a_box(sheets):
    data = sheets_pdf(replace(sheets, sheets=sheets.sheets[::10]), "案")
    assert pages.beyond_the_margin(data, 10) == []
    assert pages.missing_glyphs(data) == set()


def test_a_total_never_stands_alone_at_the_head_of_a_page(report_files):
    for page in pdf_pages(report_files["pdf"]):
        lines = [squeezed(line) for line in page.splitlines() if line.strip()]
        total = next((index for index, line in enumerate(lines) if line.startswith("合計")), None)
        assert total is None or total > 3


def test_captions_of_the_report_are_numbered_without_a_gap(report_files):
    text = word_text(report_files["docx"])
    for name in ("図", "表"):
        found = [int(n) for n in re.findall(rf"^{name}(\d+)　", text, re.MULTILINE)]
        assert found == list(range(1, len(found) + 1))
        assert len(found) > 4


def test_the_effect_of_the_measures_is_that_of_the_plan(report, city_published):
    table = report.registry.tables["kinds"]
    column = next(index for index, head in enumerate(table.headings) if head.startswith("見込む効果"))
    saved = {one.name: one.tonnes for one in effects_of(city_published.session, city_published.results[FY])}
    shown = {str(row[0]): row[column] for row in table.rows}
    assert {name: figure.exact for name, figure in shown.items() if figure.exact is not None} == saved
    assert table.totals[0][column].exact == exact.total(saved.values())


def test_no_word_of_a_program_stands_in_the_report(report):
    text = "".join(words(numbered(report.document)))
    assert not re.search(r"_year|\{\{|\}\}|None|Decimal", text)


def test_every_day_of_the_report_is_written_as_an_office_does(report, report_files):
    assert not re.search(r"20\d\d-\d\d-\d\d", pdf_text(report_files["pdf"]))
    assert report.document.footer.endswith(f"作成日 {day_name(report.document.made)}")


def cells_of(table):
    return [cell for row in (*table.rows, *table.totals) for cell in row]


def test_one_kwh_more_changes_every_place_that_shows_it_and_nothing_else(report, one_more):
    other = report_of(one_more)
    moved = []
    for key, table in report.registry.tables.items():
        pairs = list(zip(cells_of(table), cells_of(other.registry.tables[key]), strict=True))
        for was, now in pairs:
            if str(was) != str(now):
                assert isinstance(was, Figure), (key, was, now)
                assert was.exact != now.exact
                moved.append((key, str(was), str(now)))
    shown = next(row[1] for row in report.registry.tables["item"].rows if row[0] == "電気（買電）")
    bought = next(row[1] for row in other.registry.tables["item"].rows if row[0] == "電気（買電）")
    assert bought.exact - shown.exact == 1
    assert {key for key, _, now in moved} >= {"item", "factors", "kpis"}
    for _, was, now in moved:
        assert abs(value_of(now) - value_of(was)) <= 1
    before, after = (list(words(numbered(one.document))) for one in (report, other))
    assert len(before) == len(after)
    changed = {(was, now) for was, now in zip(before, after, strict=True) if was != now}
    assert {(was, now) for _, was, now in moved} <= changed
    for was, now in changed - {(was, now) for _, was, now in moved}:
        assert with_figures_of(other, report, was) == now
    assert str(shown) not in "".join(after)


def with_figures_of(other, report, text: str) -> str:
    """A sentence with the figures that have changed put in."""
    for key, number in report.registry.numbers.items():
        now = other.registry.numbers[key].figure
        if now.text != number.figure.text:
            assert number.figure.exact != now.exact
            text = text.replace(f" {number.figure.text} ", f" {now.text} ")
    return text


def value_of(text: str) -> Decimal:
    found = NUMBER.search(text)
    assert found is not None
    return Decimal(found[0].replace(",", ""))
