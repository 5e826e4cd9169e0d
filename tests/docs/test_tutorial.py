"""The tutorial, from the empty folder to the published report: its numbers are worked out again here, by hand."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from transcripts import Transcripts, environment, run

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "first-inventory.md"
ANSWERS = ("総務課_令和7年度", "教育委員会事務局_令和7年度")
T_PER_KWH_2013, T_PER_KWH_2025 = Decimal("0.000700"), Decimal("0.000457")
KG_PER_L = {"gasoline": Decimal("2.32"), "kerosene": Decimal("2.49"), "heavy_oil_a": Decimal("2.71")}
BASE = {"electricity": 148200 + 96400, "heavy_oil_a": 9600, "kerosene": 5200, "gasoline": 4100}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The folder in which the tutorial was worked through."""
    work = tmp_path_factory.mktemp("tutorial")
    Transcripts(work).page(TUTORIAL)
    return work / "page1"


def asked(folder, command, own):
    with environment(own, own / "cache"):
        printed, status = run(command, folder)
    assert status == 0, printed
    return printed


def answers(town):
    """Quantities of the answers as the tutorial gives them, a sign for not used as zero."""
    sums = {}
    for name in ANSWERS:
        with (town / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in list(csv.reader(file))[2:]:
                sums[row[2]] = sums.get(row[2], 0) + sum(Decimal(v) for v in row[6:18] if v != "-")
    return sums


def tonnes(quantities, t_per_kwh):
    fuels = sum(quantities[item] * kg / 1000 for item, kg in KG_PER_L.items())
    return quantities["electricity"] * t_per_kwh + fuels


def test_the_totals_are_those_of_a_calculation_by_hand(town, tmp_path):
    found = json.loads(asked(town, "kotsukotsu inventory kozue-cho --fy 2025 --format json", tmp_path))
    assert Decimal(found["total_tonnes_co2e"]) == tonnes(answers(town), T_PER_KWH_2025) == Decimal("132.8422")
    assert Decimal(found["base_year"]["tonnes_co2e"]) == tonnes(BASE, T_PER_KWH_2013) == Decimal("219.696")
    assert Decimal(found["comparable_total_tonnes_co2e"]) == tonnes(answers(town), T_PER_KWH_2013)
    assert found["complete"]


def test_the_text_states_these_totals(town):
    text = TUTORIAL.read_text(encoding="utf-8")
    now, base, same = (tonnes(q, f) for q, f in ((answers(town), T_PER_KWH_2025), (BASE, T_PER_KWH_2013),
                                                 (answers(town), T_PER_KWH_2013)))  # fmt: skip
    assert f"総排出量は **{now:.0f} t-CO2e** です。" in text
    assert f"基準年度の {base:.0f} t から {(1 - now / base) * 100:.1f} % 減りました。" in text
    assert f"こちらの減り方は {(1 - same / base) * 100:.1f} % で" in text
    assert f"電気は {BASE['electricity']:,} kWh × {T_PER_KWH_2013} t-CO2/kWh = 171.22 t です。" in text
    assert BASE["electricity"] * T_PER_KWH_2013 == Decimal("171.22")


def test_before_the_mending_the_two_findings_are_the_month_and_the_unit(town):
    text = TUTORIAL.read_text(encoding="utf-8").partition("## 5. ")[2].partition("二つの注意があります。")[0]
    assert [line[2:6] for line in text.splitlines() if line.startswith("! ")] == ["C-01", "C-09"]


def filled(path, answer):
    """The form as a department would fill it in: only the yellow cells."""
    book = openpyxl.load_workbook(path)
    sheet = book["入力"]
    places = {cell.value: cell.column for cell in next(r for r in sheet.iter_rows() if r[0].value == "施設コード")}
    with answer.open(encoding="utf-8", newline="") as file:
        wanted = {(row[0], row[2]): row[6:18] for row in list(csv.reader(file))[2:]}
    for row in sheet.iter_rows():
        key = (row[0].value, row[places["項目コード"] - 1].value)
        if row[places["年度区分"] - 1].value == "R7年度":
            for number, value in enumerate(wanted.pop(key)):
                sheet.cell(row[0].row, places["4月"] + number, value if value == "-" else float(value))
    assert wanted == {}
    book.save(path)


def quantities(folder):
    with (folder / "activities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    replaced = {row["replaces"] for row in rows}
    return {
        (row["facility_id"], row["item"], row["start"]): (Decimal(row["quantity"] or 0), row["basis"], row["use"])
        for row in rows
        if row["activity_id"] not in replaced
    }


def test_the_excel_form_gives_the_same_ledger_as_the_answers_of_the_text(town, tmp_path):
    copy = tmp_path / "kozue-cho"
    shutil.copytree(town / "kozue-cho", copy)
    rows = (copy / "activities.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "activities.csv").write_text(
        "".join(row for row in rows if "令和7年度" not in row), encoding="utf-8"
    )  # as it stood before the answers came
    for name in ANSWERS:
        form = tmp_path / f"{name}.xlsx"
        shutil.copy(town / "forms" / f"{name}.xlsx", form)
        filled(form, town / f"{name}.csv")
        asked(tmp_path, f"kotsukotsu import {form.name} --into kozue-cho --actor 環境係", tmp_path / "own")
    assert quantities(copy) == quantities(town / "kozue-cho")


def test_the_workbook_holds_the_totals_as_printed(town):
    book = openpyxl.load_workbook(town / "総排出量.xlsx", data_only=True)
    totals = [row for row in book["総括"].iter_rows(values_only=True) if row[0] == "合計"]
    assert totals
    assert all({220, 133} <= set(row) for row in totals)


def test_the_published_report_and_site_state_the_total_and_the_opinion_with_its_answer(town):
    report = Document(str(town / "公表" / "documents" / "report.docx"))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    page = (town / "公表" / "site" / "measures.html").read_text(encoding="utf-8")
    for words in ("学校の電気の使用量が減っていない。", "照明の更新を令和9年度の予算で要求します。"):
        assert words in cells
        assert words in page
    assert any("総排出量は 133 t-CO2e" in paragraph.text for paragraph in report.paragraphs)
    assert "133 t-CO2e" in (town / "公表" / "site" / "index.html").read_text(encoding="utf-8")
