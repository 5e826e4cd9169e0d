"""Whatever a person writes stays a text in every format: no markup, field, link, macro or formula."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotsukotsu.documents.data_files import csv_of
from kotsukotsu.documents.print_sheets import Sheets
from kotsukotsu.documents.render.model import Document, Heading, Paragraph, Placed, Text
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.workbook import OPTIONS
from tests.documents.render.conftest import HOSTILE

from .read import pdf_text, squeezed, word

PIECES = [
    *("<w:fldSimple w:instr='DDE'/>", "<script>", "javascript:a()", "{{ total }}", '#eval("1")', "\\", '"', "]", "#"),
    *("$", "@x", "<a>", "`", "*_~", "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "　=1", "＝1", "'", "]]>", "&#0;"),
    *("\n", "\x00", "\x0b", "\ufffe", "市役所"),
]
WRITTEN = st.lists(
    st.one_of(st.sampled_from([*PIECES, *HOSTILE]), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)),
    min_size=1, max_size=5,
).map("".join)  # fmt: skip
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
ALLOWED = {"TOC", "PAGEREF", "SEQ", "PAGE"}


def paper(text: str) -> Document:
    table = Table(text, text, (text, "値"), ((text, text),), note=text)
    blocks = (Heading(1, text), Paragraph((Text(text),)), Placed("t", table, source=text))
    return Document(text, text, text, date(2026, 6, 1), blocks, text, (text,), text, contents=True)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(WRITTEN)
def test_a_text_is_never_markup_field_link_or_macro(text):
    made = render(paper(text)).files
    with zipfile.ZipFile(BytesIO(made["docx"])) as archive:
        body = archive.read("word/document.xml").decode()
        assert not [name for name in archive.namelist() if name.endswith((".bin", ".vba")) or "embed" in name]
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
        assert 'TargetMode="External"' not in archive.read("word/_rels/document.xml.rels").decode()
    fields = re.findall(r"<w:instrText[^>]*>\s*(\w+)|w:instr=\"\s*(\w+)", body)
    assert {name for pair in fields for name in pair if name} <= ALLOWED
    html = made["html"].decode()
    assert not re.search(r"<(script|iframe|object|img|a\s+href=\"(?!#))", html)
    if re.fullmatch(r"[\x21-\x7e]+", text) and "-" not in text:
        assert squeezed(text) in squeezed(pdf_text(made["pdf"]))
        assert text in word(made["docx"]).tables[0]._cells[0].text


@settings(max_examples=200, deadline=None)
@given(WRITTEN)
def test_no_cell_of_a_csv_file_begins_like_a_formula(text):
    found = list(csv.reader(StringIO(csv_of(["a"], [[text]]).decode("utf-8-sig"), newline="")))
    assert len(found) == 2
    assert not found[1][0].startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(WRITTEN)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(shown, text):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    Sheets(book, shown, text).add("summary", [Table(text, text, (text, "値"), ((text, text),), note=text)], [text])
    book.close()
    sheet = openpyxl.load_workbook(BytesIO(out.getvalue())).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
