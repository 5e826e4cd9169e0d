"""Word, PDF and HTML of one document, read back."""

from __future__ import annotations

import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from kotsukotsu.documents.render import fonts
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.outputs import render

from .conftest import HOSTILE, document
from .read import pdf_pages, pdf_text, squeezed, word, word_text

SAID = (
    "第1章　基本的事項",
    "1.1.　目的",
    "(1)　細目",
    "14,327",
    "図1と表1を見てください。",
    "一つ目",
    "二つ目",
    "備考の文です。",
    "枠の題",
    "枠の中の文です",
    "施設59",
    "59,000",
    "1,770,000",
    "端数は合わないことがあります。",
    "値のない条件です。",
    "出典：市の資料",
    "第2章　次の章",
    "資料の文です。",
    "地球温暖化係数",
    "発行",
    "表1　施設別の排出量",
    "図1　推移",
    "単位：t-CO2e",
)


@pytest.mark.parametrize("said", SAID)
def test_every_form_says_the_same(files, said):
    for text in (word_text(files.docx), pdf_text(files.pdf), re.sub(r"<[^>]+>", "", files.html)):
        assert squeezed(said) in squeezed(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stands_as_it_was_written(hostile, text):
    assert text in word_text(hostile.docx)
    assert text in word(hostile.docx).tables[0].rows[1].cells[2].text
    page = pdf_pages(hostile.pdf)[2]
    assert squeezed(text) in squeezed(page)


def test_a_hostile_text_is_no_tag_field_or_link(hostile):
    assert "<script" not in hostile.html
    assert "javascript:" not in re.findall(r'href="([^"]*)"', hostile.html)
    body = zipfile.ZipFile(BytesIO(hostile.docx)).read("word/document.xml").decode()
    fields = set(re.findall(r"<w:instrText[^>]*>\s*(\w+)|w:instr=\"\s*(\w+)", body))
    assert {name for pair in fields for name in pair if name} == {"TOC", "PAGEREF", "SEQ"}
    assert not any(name.endswith((".bin", ".vba")) for name in zipfile.ZipFile(BytesIO(hostile.docx)).namelist())


def test_word_has_headings_captions_lists_and_native_tables(files):
    made = word(files.docx)
    styles = {paragraph.style.name for paragraph in made.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Table Caption", "Image Caption", "Unit", "Source"} <= styles
    assert len(made.tables) == 1
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["施設", "排出量", "備考"]


def test_word_repeats_the_head_of_a_table_and_keeps_rows_whole(files):
    rows = word(files.docx).tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_word_has_rules_across_only(files):
    style = word(files.docx).styles["Table"].element
    borders = {child.tag for child in style.find(qn("w:tblPr")).find(qn("w:tblBorders"))}
    assert borders == {qn("w:top"), qn("w:bottom"), qn("w:insideH")}


def test_word_is_a4_with_margins_of_25_mm_and_one_face(files):
    made = word(files.docx)
    section = made.sections[0]
    assert [round(value / Mm(1)) for value in (section.page_width, section.page_height, section.left_margin,
                                                section.right_margin, section.top_margin, section.bottom_margin)] == [
        210, 297, 25, 25, 25, 25,
    ]  # fmt: skip
    faces = {value for element in made.styles.element.iter(qn("w:rFonts")) for value in element.attrib.values()}
    assert faces - {"Consolas"} == {"BIZ UDPゴシック"}


def test_word_has_the_mark_and_the_footer_on_every_page(files):
    section = word(files.docx).sections[0]
    assert section.different_first_page_header_footer
    assert [section.header.paragraphs[-1].text, section.first_page_header.paragraphs[-1].text] == ["案", "案"]
    assert section.footer.paragraphs[-1].text.startswith("コツコツ市　版1")


def test_the_table_of_contents_of_word_has_its_entries_and_asks_nothing(files):
    made = word(files.docx)
    entries = [paragraph for paragraph in made.paragraphs if paragraph.style.name.lower().startswith("toc ")]
    listed = ["".join(text.text or "" for text in entry._p.iter(qn("w:t"))) for entry in entries]
    assert [re.sub(r"\d+$", "", entry) for entry in listed if "目次" not in entry] == [
        "第1章　基本的事項", "1.1.　目的", "第2章　次の章", "資料",
    ]  # fmt: skip
    assert b"updateFields" not in zipfile.ZipFile(BytesIO(files.docx)).read("word/settings.xml")


def test_a_picture_in_word_has_at_least_200_dots_to_the_inch(files):
    archive = zipfile.ZipFile(BytesIO(files.docx))
    (name,) = [name for name in archive.namelist() if name.endswith(".png")]
    shape = word(files.docx).inline_shapes[0]
    assert Image.open(BytesIO(archive.read(name))).width / shape.width.inches >= 200


def test_the_picture_of_a_pdf_is_drawn_not_a_photograph(files):
    listed = subprocess.run(["pdfimages", "-list", "-"], input=files.pdf, capture_output=True, check=True).stdout
    assert len(listed.splitlines()) == 2
    assert "図の中の字" in pdf_text(files.pdf)


def test_every_page_of_the_pdf_is_marked(files):
    pages = pdf_pages(files.pdf)
    assert len(pages) > 5
    assert all(page.split()[0] == "案" for page in pages)


def test_an_approved_document_has_no_mark():
    made = render(replace(document(), mark=""), ("pdf", "docx"))
    assert "案" not in pdf_text(made.files["pdf"])
    assert word(made.files["docx"]).sections[0].header.paragraphs[-1].text == ""


def test_all_fonts_of_the_pdf_are_embedded(files):
    listed = subprocess.run(["pdffonts", "-"], input=files.pdf, capture_output=True, check=True).stdout.decode()
    lines = listed.splitlines()[2:]
    assert lines
    assert all(re.search(r"\byes yes yes\b", line) for line in lines)


def test_the_same_document_is_the_same_bytes_of_pdf(files):
    assert render(document(), ("pdf",)).files["pdf"] == files.pdf


def test_a_character_without_a_shape_is_told():
    font = fonts.find()
    assert font.lacking("漢字と英字abc") == []
    (finding,) = render(document(name="\U0001f600"), ("html",)).findings
    assert (finding.code, finding.severity) == ("DC-10", "error")
    assert "U+1F600" in finding.message()


def test_a_reference_document_that_is_none_is_refused():
    with pytest.raises(DocumentError) as caught:
        render(document(), ("docx",), reference=b"not a document")
    assert caught.value.code == "DC-06"


def test_the_citys_own_reference_document_gives_its_styles(files):
    own = word(files.docx)
    own.styles["Heading 1"].font.name = "Noto Serif JP"
    out = BytesIO()
    own.save(out)
    made = render(document(), ("docx",), reference=out.getvalue()).files["docx"]
    assert word(made).styles["Heading 1"].font.name == "Noto Serif JP"
    assert "14,327" in word_text(made)


def test_without_a_font_the_error_names_those_looked_for(tmp_path):
    with pytest.raises(DocumentError) as caught:
        fonts.first_in([tmp_path, tmp_path / "none"])
    assert caught.value.code == "DC-05"
    assert "BIZ UDPGothic" in caught.value.text()
