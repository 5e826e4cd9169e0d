"""The whole set of a small town: every document read back and compared with its figures."""

from __future__ import annotations

import subprocess
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from kotsukotsu.sessions.publication import publication
from kotsukotsu.sessions.published import STEPS, published
from kotsukotsu.sessions.session import Session
from tests.documents.conftest import MADE

BAD = "=1+1 #x $y$ <script>*a* {{ total }}"


def text_of(data: bytes, folder) -> str:
    (folder / "a.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", folder / "a.pdf", "-"], capture_output=True, encoding="utf-8", check=True)
    return "".join(done.stdout.split())


def words_of(data: bytes) -> str:
    made = Document(BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "".join("".join([*(one.text for one in made.paragraphs), *cells]).split())


def filled(town, litres: int):
    town.facility("f2", "学校", use="学校")
    for fy, quantity in ((2013, 90000), (2014, 80000), (2015, litres)):
        town.year("kerosene", fy, quantity)
        town.year("kerosene", fy, 1000 if fy < 2015 else 5000, facility_id="f2")
    town.add("reviews", facility_id="f2", fiscal_year=2015, kind="countermeasure", text=BAD, person="係")
    town.add("opinions", fiscal_year=2015, body="審議会", opinion=BAD)
    town.add("errata", corrected_on="2016-01-01", fiscal_year=2014, document="報告書", place="表1", wrong="12",
             right="21", reason="写し誤り")  # fmt: skip
    return publication(Session(town.write()), 2015, MADE)


@pytest.fixture
def whole(town):
    return filled(town, 70000)


def test_the_whole_set_is_made_and_every_document_says_the_same(whole, town, tmp_path):
    steps: list[int] = []
    files, _ = published(whole, {}, "案", lambda: steps.append(1))
    assert len(steps) == STEPS
    found = whole.overview()
    wanted = (f"{found.totals.total.text}t-CO2e", found.totals.rate.text.removeprefix("△"))
    for name in ("report", "question", "draft", "plan", "summary"):
        pdf, docx = text_of(files[f"documents/{name}.pdf"], tmp_path), words_of(files[f"documents/{name}.docx"])
        for word in wanted:
            assert word in pdf, name
            assert word in docx, name
        assert "案" in pdf
    report = text_of(files["documents/report.pdf"], tmp_path)
    for word in ("".join(BAD.split()), "写し誤り", "学校", "検討中です。"):
        assert word in report
    assert "report.pdf" in text_of(files["documents/draft.pdf"], tmp_path)
    assert "site/index.html" in files


def test_the_sheets_for_other_eyes_hold_the_figures_and_name_what_is_missing(whole, town):
    files, _ = published(whole, {}, "案", lambda: None)
    book = openpyxl.load_workbook(BytesIO(files["documents/answers.xlsx"]))
    assert book.sheetnames == ["施行状況調査", "省エネ法", "算定報告公表"]
    survey = {row[0]: row[1] for row in book["施行状況調査"].iter_rows(values_only=True)}
    assert survey["直近の総排出量（t-CO2e）"] == int(whole.overview().totals.total.printed)
    assert survey["推進体制"] == "（市が記入）"
    heat = [row for row in book["省エネ法"].iter_rows(values_only=True) if row[1] == "合計"]
    assert len(heat) == 1
    assert heat[0][4] in ("基準未満", "基準以上")
    assert all(cell.data_type != "f" for made in book for row in made.iter_rows() for cell in row)
