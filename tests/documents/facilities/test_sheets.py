from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl

from kotsukotsu.accounting import exact
from kotsukotsu.documents.facilities.drawn import pictures
from kotsukotsu.documents.facilities.model import Review, Sheet, Sheets
from kotsukotsu.documents.facilities.pdf import pdf
from kotsukotsu.documents.facilities.sources import months_shown
from kotsukotsu.documents.facilities.workbook import workbook
from kotsukotsu.documents.small_charts.months import months
from kotsukotsu.periods import FiscalYear
from tests.documents.conftest import FY, MADE, sheets_of

HALL, POOL, PLANT = "f001", "f120", "f175"
HOSTILE = '#image("/etc/passwd") $x$ <script>alert(1)</script> =HYPERLINK("http://a.jp") *太* _下_ @x \\ ]['


def sheet(found: Sheets, code: str) -> Sheet:
    return next(one for one in found.sheets if one.code == code)


def text_of(data: bytes, folder: Path) -> list[str]:
    (folder / "a.pdf").write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-layout", folder / "a.pdf", "-"], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.split("\f")[:-1]


def some(found: Sheets, *codes: str) -> Sheets:
    return replace(found, sheets=tuple(sheet(found, code) for code in codes))


def joined(text: str) -> str:
    return "".join(text.split())


def test_facilities_add_up_to_the_city(sheets, city_published):
    result = city_published.results[FY]
    assert exact.total(one.total.exact or Decimal(0) for one in sheets.sheets) == result.total
    assert len(sheets.sheets) == len(result.city.table("facilities")) == 300


def test_months_add_up_to_the_year(sheets):
    for code in (HALL, POOL, PLANT):
        one = sheet(sheets, code)
        months = exact.total(row[1].exact or Decimal(0) for row in one.months.rows)
        for parts in (months, exact.total(one.year_list[-1].groups.values())):
            assert abs(parts - one.total.exact) < Decimal("1E-25")  # thirds are divided for each part


def test_the_months_of_years_stand_beside_each_other_in_table_and_picture(sheets, city_published):
    one = sheet(sheets, HALL)
    for column, fy in enumerate((FY, FY - 1), 1):  # of the year before those the fixture has no rows
        months = exact.total(row[column].exact for row in one.months.rows)
        assert abs(months - city_published.results[fy].part({HALL}).total) < Decimal("1E-25")
        assert FiscalYear(fy).name == one.months.headings[column]
        assert f">{FiscalYear(fy).name}<" in pictures(one, sheets)["months"]


def test_a_sheet_shows_the_months_of_three_years_where_they_are_known():
    assert months_shown(2024, range(2013, 2026)) == [2022, 2023, 2024]
    assert months_shown(2014, range(2013, 2026)) == [2013, 2014]
    years = [[Decimal(value)] * 12 for value in (3, 2, 1)]
    drawn = months(["4月"] * 12, years, ["令和6年度", "令和5年度", "令和4年度"], "m", "月別", "説明", "最大 3")
    assert (drawn.count("<circle"), drawn.count('stroke-dasharray="3 3"')) == (24 + 4, 11 + 1)
    assert all(f">令和{year}年度<" in drawn for year in (4, 5, 6))


def test_costs_are_the_sums_of_the_bills(sheets, city_published):
    rows = [
        row for row in city_published.session.activities()
        if (row["facility_id"], row["item"]) == (HALL, "city_gas")
        and "2024-04-01" < row["end"].isoformat() <= "2025-04-01"
    ]  # fmt: skip
    assert len(rows) == 12
    yen = sum(row["cost_yen"] for row in rows)
    shown = next(row for row in sheet(sheets, HALL).items.rows if row[0] == "都市ガス")
    assert str(shown[-1]) == f"{yen / 1000:,.0f}"


def test_a_facility_that_opened_later_has_no_base_year(sheets):
    one = sheet(sheets, "f193")
    assert (one.base.text, one.rate_base.text) == ("－", "－")
    assert any("新設" in text for text in one.causes)


def test_every_facility_has_one_page_with_its_figures(sheets, tmp_path):
    shown = some(sheets, HALL, POOL, PLANT, "f193", "f022")
    pages = text_of(pdf(shown, "案"), tmp_path)
    assert len(pages) == 5
    for one, page in zip(shown.sheets, pages, strict=True):
        for text in (
            one.name,
            one.total.text,
            one.rate_before.text,
            "案",
            *(str(cell) for row in one.items.rows for cell in row),
        ):
            assert joined(text) in joined(page), (one.code, text)
    assert "執務室の照明を昼休みに消灯し" in joined(pages[0])
    assert "管財課長" in pages[0]
    assert all(joined(day) in joined(pages[0]) for day in ("令和7年6月6日", "令和7年9月30日"))


def test_a_page_holds_a_facility_of_whom_much_is_said(sheets, tmp_path):
    one = sheet(sheets, PLANT)
    long = replace(
        one, causes=one.causes * 6, reviews=(Review("あ" * 5000, "課長"),) * 3,
        countermeasures=replace(one.countermeasures, rows=(("い" * 900, "係", "", ""),) * 30),
    )  # fmt: skip
    pages = text_of(pdf(replace(sheets, sheets=(long, one)), "案"), tmp_path)
    assert len(pages) == 2
    assert "ほか 21 件" in pages[0]


def test_pictures_say_what_they_show_and_escape_names(sheets):
    one = replace(sheet(sheets, "f022"), name=HOSTILE)
    drawn = pictures(one, sheets)
    assert set(drawn) == {"years", "months", "peers"}
    for svg in drawn.values():
        assert "<script>" not in svg
        assert 'role="img"' in svg
    assert one.total.text in drawn["years"]


def test_texts_of_people_are_no_markup_in_the_pdf(sheets, tmp_path):
    one = replace(sheet(sheets, HALL), name=HOSTILE[:50], reviews=(Review(HOSTILE, HOSTILE[:20]),))
    page = text_of(pdf(replace(sheets, sheets=(one,)), "案"), tmp_path)[0]
    assert joined('#image("/etc/passwd")') in joined(page)
    assert joined("*太*") in joined(page)


def test_the_workbook_has_a_list_and_a_sheet_for_each(sheets):
    book = openpyxl.load_workbook(BytesIO(workbook(some(sheets, HALL, POOL), MADE, "案")))
    assert book.sheetnames == ["一覧", "f001 コツコツ市役所", "f120 コツコツ市民プール"]
    row = [cell.value for cell in book["一覧"][3]]
    one = sheet(sheets, HALL)
    assert row[:3] == ["f001", "コツコツ市役所", int(one.total.printed)]
    values = [cell.value for line in book["f001 コツコツ市役所"].iter_rows() for cell in line]
    assert int(one.total.printed) in values
    assert book["f001 コツコツ市役所"].oddHeader.right.text == "案"


def test_names_that_excel_refuses_and_formulas_become_plain(sheets):
    first, second = sheet(sheets, HALL), sheet(sheets, POOL)
    bad = replace(
        sheets, sheets=(replace(first, code="=a[1]:*?/", name=HOSTILE), replace(second, code="=A 1 ", name=HOSTILE))
    )
    book = openpyxl.load_workbook(BytesIO(workbook(bad, MADE, "案")))
    assert len({name.lower() for name in book.sheetnames}) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert all(cell.data_type != "f" for made in book for line in made.iter_rows() for cell in line)


def numbers_of(one: Sheet):
    return one.items, one.total, one.year_list, one.month_list


def test_one_kwh_more_changes_the_sheets_that_share_its_bill_and_no_other(sheets, one_more):
    changed = sheets_of(one_more)
    pairs = list(zip(sheets.sheets, changed.sheets, strict=True))
    assert {one.code for one, other in pairs if numbers_of(one) != numbers_of(other)} == {HALL, "f006"}
    used = [
        next(row for row in sheet(found, code).items.rows if row[0] == "電気（買電）")[1].exact
        for found in (sheets, changed) for code in (HALL, "f006")
    ]  # fmt: skip
    assert used[2] - used[0] + used[3] - used[1] == 1
