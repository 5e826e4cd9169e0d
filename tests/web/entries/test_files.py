"""Evidence, the Excel form, and bills with their own period."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from kotsukotsu import texts
from kotsukotsu.periods import day_name
from kotsukotsu.web.entries import excel, ledger, proofs, sheets, uploads
from kotsukotsu.web.entries.models import Activity, Evidence
from kotsukotsu.web.entries.services import collections, evidence, rows, states
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.registers import Vehicle
from tests.web.conftest import FY, posted
from tests.web.entries.conftest import cell

NAMES = {"boiler": "（ボイラー）", "household": "（家庭用機器）"}
PDF = b"%PDF-1.7\nbill"


def archive(parts, *, compress=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def workbook(**more):
    return archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", **more})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "W-41"),
        ("a.svg", b"<svg/>", "W-41"),
        ("a.xlsm", workbook(), "W-41"),
        ("a.pdf", b"MZ\x90", "W-42"),
        ("a.png", PDF, "W-42"),
        ("a.xlsx", b"PK\x03\x04broken", "W-42"),
        ("a.xlsx", archive({"word/document.xml": "x"}), "W-42"),
        ("a.xlsx", workbook(**{"xl/vbaProject.bin": b"x"}), "W-43"),
        ("a.xlsx", workbook(**{"xl/embeddings/oleObject1.bin": b"x"}), "W-43"),
        ("a.xlsx", workbook(**{"xl/a.xml": b"0" * (11 * 1024 * 1024)}), "W-44"),
        ("a.xlsx", workbook(**{"inner.zip": b"x"}), "W-44"),
        ("a.pdf", PDF + b"0" * uploads.LARGEST, "W-40"),
        ("a.csv", b"a,b\x00c", "W-42"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_a_file_that_could_do_harm_is_refused(name, content, code):
    with pytest.raises(WebError, match=code):
        uploads.accept(name, content)


@pytest.mark.parametrize("name", ["../../etc/請求.pdf", "C:\\x\\請求.pdf", "請求.PDF"])
def test_a_path_in_a_name_is_left_out(name):
    assert uploads.accept(name, PDF).name.casefold() == "請求.pdf"


def test_evidence_is_kept_once_and_given_back_as_it_was(sheet, hall, signed_in):
    for _ in range(2):
        made = evidence.evidence_add(sheet=sheet, name="請求.pdf", content=PDF, actor=hall["clerk"])
    assert Evidence.objects.count() == 1
    address = f"/2025/facilities/f1/entry/files/{made.pk}/"
    answer = signed_in("clerk").get(address)
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert signed_in("operator").get(address).status_code == 404
    assert signed_in("clerk").get(address.replace("f1", "f3")).status_code == 404


def files(sheet, month, line="electricity||"):
    grid = sheets.grid(sheet, files=proofs.files_of(sheet))
    found = next(one for one in grid.all_lines if one.ident == line)
    return [file.name for one in found.cells if str(one.month) == month for file in one.files]


def attach(sheet, who, name, **more):
    return evidence.evidence_add(sheet=sheet, name=name, content=PDF + name.encode(), actor=who, **more)


def test_a_file_of_some_months_proves_their_cells_and_one_of_the_year_those_that_say_something(sheet, hall, enter):
    enter("2025-05", "100")
    attach(sheet, hall["clerk"], "春.pdf", line="electricity||", first="2025-04", last="2025-05")
    attach(sheet, hall["clerk"], "年.pdf", line="electricity||")
    attach(sheet, hall["clerk"], "施設.pdf")
    proved = {month: files(sheet, month) for month in ("2025-04", "2025-05", "2025-06")}
    assert proved == {"2025-04": ["春.pdf"], "2025-05": ["春.pdf", "年.pdf"], "2025-06": []}
    said = {one.file.name: [place[3] for place in one.proves] for one in proofs.listed(sheet)}
    assert said == {"春.pdf": ["4月～5月"], "年.pdf": ["年度全体"], "施設.pdf": []}
    assert files(sheet, "2025-05", "kerosene||") == []


def test_a_file_given_again_for_another_month_proves_both_and_taken_out_proves_nothing(sheet, hall):
    for month in ("2025-04", "2025-06", "2025-06"):
        made = attach(sheet, hall["clerk"], "a.pdf", line="electricity||", first=month)
    assert [files(sheet, month) for month in ("2025-04", "2025-06")] == [["a.pdf"], ["a.pdf"]]
    assert [place[3] for one in proofs.listed(sheet) for place in one.proves] == ["4月、6月"]
    evidence.evidence_withdraw(evidence=made, reason="別のもの", actor=hall["clerk"])
    assert files(sheet, "2025-04") == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"line": "wood||"}, "W-22"),
        ({"line": "electricity||", "first": "2024-04"}, "W-22"),
        ({"line": "electricity||", "first": "2025-06", "last": "2025-05"}, "W-22"),
        ({"first": "2025-06"}, "WF-01"),
    ],
)
def test_a_file_of_no_cell_of_the_sheet_is_refused_and_not_kept(sheet, hall, said, code):
    with pytest.raises(WebError, match=code):
        attach(sheet, hall["clerk"], "a.pdf", **said)
    assert Evidence.objects.count() == 0


def test_the_corner_of_a_cell_opens_its_file_and_says_so(sheet, hall, signed_in):
    made = attach(sheet, hall["clerk"], "四月.pdf", line="electricity||", first="2025-04")
    page = signed_in("executive").get("/2025/facilities/f1/entry/").content.decode()
    assert page.count("grid-file") == 1
    address = f"/2025/facilities/f1/entry/files/{made.pk}/"
    said = f"{sheets.item_name('electricity')} 4月の証拠書類「四月.pdf」を開く"
    assert f'<a class="grid-file" href="{address}" tabindex="-1" aria-label="{said}"' in page


def test_an_estimated_value_of_a_file_is_said_to_be_one(sheet, hall, signed_in):
    content = filled_form(sheet, "約100")
    made = evidence.evidence_add(sheet=sheet, name="様式.xlsx", content=content, actor=hall["clerk"])
    page = signed_in("clerk").get(f"/2025/facilities/f1/entry/files/{made.pk}/take/").content.decode()
    assert "100 kWh <small>推計</small>" in page


def test_evidence_taken_out_is_not_listed_and_its_reason_is_kept(sheet, hall):
    made = evidence.evidence_add(sheet=sheet, name="a.pdf", content=PDF, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-27"):
        evidence.evidence_withdraw(evidence=made, reason="", actor=hall["clerk"])
    evidence.evidence_withdraw(evidence=made, reason="別の施設のもの", actor=hall["clerk"])
    assert sheet.evidence.filter(withdrawn_at=None).count() == 0


def test_the_form_says_when_it_is_due_as_an_office_writes_it(sheet):
    with texts.speaking("en"):
        book = openpyxl.load_workbook(io.BytesIO(excel.written(sheet)))
    said = [cell.value for cell in book["入力"][1] if cell.value]
    assert said[-1] == f"提出期限: {day_name(sheet.due)}"


def filled_form(sheet, value, facility="f1"):
    """The form as an office returns it: April of electricity filled in."""
    book = openpyxl.load_workbook(io.BytesIO(excel.written(sheet)))
    page = book["入力"]
    found = next(
        (row, col)
        for row in range(1, 12) for col in range(1, 20)
        if str(page.cell(row, col).value or "").startswith("4月")
    )  # fmt: skip
    target = next(
        row for row in range(found[0] + 1, found[0] + 8)
        if page.cell(row, found[1]).protection.locked is False
    )  # fmt: skip
    page.cell(target, found[1]).value = value
    for row in page.iter_rows():
        for one in row:
            if one.value == "f1":
                one.value = facility
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_excel_form_goes_out_and_comes_back_into_the_sheet(sheet, hall):
    made = evidence.evidence_add(sheet=sheet, name="様式.xlsx", content=filled_form(sheet, 4321), actor=hall["clerk"])
    before = Activity.objects.count()
    assert [row["quantity"] for row in excel.preview(sheet, made).rows] == [Decimal(4321)]
    assert Activity.objects.count() == before
    rows.file_take(sheet=sheet, evidence=made, actor=hall["clerk"])
    now = cell(sheet, "2025-04")
    assert (now.value, now.rows[0]["posted_by"]) == (Decimal(4321), "clerk")
    assert [files(sheet, month) for month in ("2025-04", "2025-05")] == [["様式.xlsx"], []]
    assert excel.preview(sheet, made).rows == []


@pytest.mark.parametrize("use", ["boiler", "household"])
def test_a_form_tells_what_a_fuel_is_burnt_in(sheet, hall, use):
    for one in ("boiler", "household"):
        collections.line_add(sheet=sheet, item="city_gas", use=one, actor=hall["clerk"])
    book = openpyxl.load_workbook(io.BytesIO(excel.written(sheet)))
    page = book["入力"]
    (row,) = [one[0].row for one in page.iter_rows(min_col=4, max_col=4) if NAMES[use] in str(one[0].value)][:1]
    page.cell(row, 7).value = 12
    out = io.BytesIO()
    book.save(out)
    made = evidence.evidence_add(sheet=sheet, name="様式.xlsx", content=out.getvalue(), actor=hall["clerk"])
    (taken,) = rows.file_take(sheet=sheet, evidence=made, actor=hall["clerk"]).rows
    assert (taken["item"], taken["use"], taken["quantity"]) == ("city_gas", use, 12)


def test_rows_of_another_facility_or_year_in_a_file_are_refused_by_name(sheet, hall, signed_in):
    other = evidence.evidence_add(
        sheet=sheet, name="体育館.xlsx", content=filled_form(sheet, 4321, facility="f3"), actor=hall["clerk"]
    )
    earlier = "施設コード,項目,使用開始日,使用終了日,使用量,単位\nf1,電気,2024-04-01,2024-04-30,7,kWh\n".encode()
    last_year = evidence.evidence_add(sheet=sheet, name="昨年.csv", content=earlier, actor=hall["clerk"])
    for made, said in (
        (other, "「体育館」の令和7（2025）年度の行"),
        (last_year, "「中央小学校」の令和6（2024）年度の行"),
    ):
        page = signed_in("clerk").get(f"/2025/facilities/f1/entry/files/{made.pk}/take/").content.decode()
        assert (said in page, "取り込む行はありません" in page) == (True, True)
        assert rows.file_take(sheet=sheet, evidence=made, actor=hall["clerk"]).rows == []


def test_a_file_with_a_total_beside_single_vehicles_says_so_at_its_rows_and_the_rest_comes_in(sheet, hall, signed_in):
    Vehicle.objects.create(vehicle_id="v1", facility_id="f1", vehicle_class="distance_gasoline_passenger")
    tables.put("activities", [posted("f1", "gasoline", FY, 4, "80", "L")])
    head = "施設コード,項目,計器番号,使用開始日,使用終了日,使用量,単位"
    lines = (f"f1,ガソリン,v1,2025-{month:02}-01,2025-{month:02}-30,9,L" for month in (4, 6))
    content = "\n".join((head, *lines)).encode()
    made = evidence.evidence_add(sheet=sheet, name="車両.csv", content=content, actor=hall["clerk"])
    page = signed_in("clerk").get(f"/2025/facilities/f1/entry/files/{made.pk}/take/").content.decode()
    assert (page.count("<small>WF-07</small>"), "1行を取り込む" in page) == (2, True)
    (row,) = rows.file_take(sheet=sheet, evidence=made, actor=hall["clerk"]).rows
    assert (row["meter_id"], row["start"]) == ("v1", date(2025, 6, 1))
    answer = signed_in("clerk").post(f"/2025/facilities/f1/entry/files/{made.pk}/take/", follow=True)
    assert "取り込む行はありません" in answer.content.decode()


def test_a_file_that_cannot_be_read_says_why_on_its_page(sheet, hall, signed_in):
    made = evidence.evidence_add(sheet=sheet, name="送付状.csv", content="回答します。".encode(), actor=hall["clerk"])
    answer = signed_in("clerk").get(f"/2025/facilities/f1/entry/files/{made.pk}/take/")
    assert (answer.status_code, "送付状.csv に、使用量の表が見つかりません" in answer.content.decode()) == (422, True)


BILL = rows.Bill("electricity", date(2025, 4, 11), date(2025, 5, 10), Decimal("123.5"), "kWh", cost_yen=Decimal(4000))


def test_a_bill_keeps_its_own_period_and_stands_in_the_month_of_its_last_day(sheet, hall):
    posted = rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    assert (posted["start"], posted["end"]) == (date(2025, 4, 11), date(2025, 5, 11))
    assert (cell(sheet, "2025-05").value, cell(sheet, "2025-04").state) == (Decimal("123.5"), "missing")


def test_a_bill_is_corrected_with_a_reason_and_only_once(sheet, hall):
    first = rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    again = rows.Bill("electricity", BILL.first, BILL.last, Decimal(100), "kWh")
    with pytest.raises(WebError, match="W-27"):
        rows.bill_save(sheet=sheet, bill=again, replaces=first["activity_id"], actor=hall["clerk"])
    rows.bill_save(sheet=sheet, bill=again, replaces=first["activity_id"], reason="読み違い", actor=hall["manager"])
    with pytest.raises(ConflictError, match="W-46"):
        rows.bill_save(sheet=sheet, bill=BILL, replaces=first["activity_id"], reason="再度", actor=hall["clerk"])
    (row,) = cell(sheet, "2025-05").rows
    assert [str(one.quantity) for one in ledger.chains("f1", [row])[row["activity_id"]]] == ["123.5"]


def test_a_row_of_another_facility_cannot_be_corrected_or_taken_back(sheet, hall):
    other = "f2-electricity-2024-4-"
    with pytest.raises(ConflictError, match="W-46"):
        rows.bill_withdraw(sheet=sheet, activity_id=other, reason="x", actor=hall["clerk"])
    with pytest.raises(ConflictError, match="W-46"):
        rows.bill_save(sheet=sheet, bill=BILL, replaces=other, reason="x", actor=hall["clerk"])


def test_an_open_sheet_is_no_way_into_another_year(hall, sheet):
    """The other year may be settled: neither a row of it nor the end of one comes in by this sheet."""
    for first, last in ((date(2025, 3, 1), date(2025, 3, 31)), (date(2026, 3, 15), date(2026, 4, 14))):
        bill = rows.Bill("electricity", first, last, Decimal(1), "kWh")
        with pytest.raises(WebError, match="W-54"):
            rows.bill_save(sheet=sheet, bill=bill, actor=hall["clerk"])
    before = ledger.counting("f1").filter(end__lte=date(2025, 4, 1)).first().activity_id
    with pytest.raises(ConflictError, match="W-46"):
        rows.bill_save(sheet=sheet, bill=BILL, replaces=before, reason="訂正", actor=hall["clerk"])
    with pytest.raises(ConflictError, match="W-46"):
        rows.bill_withdraw(sheet=sheet, activity_id=before, reason="訂正", actor=hall["clerk"])


def test_the_list_of_bills_shows_which_ones_a_file_proves_and_leads_to_where_one_is_attached(sheet, hall, signed_in):
    rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    address = "/2025/facilities/f1/entry/bills/"
    page = signed_in("clerk").get(address).content.decode()
    attach = "/2025/facilities/f1/entry/?line=electricity%7C%7C&amp;month=2025-05#evidence"
    assert f'href="{attach}"' in page
    sent = signed_in("clerk").get("/2025/facilities/f1/entry/?line=electricity||&month=2025-05").content.decode()
    assert '<option value="electricity||" selected>' in sent
    assert '<option value="2025-05" selected>' in sent
    evidence.evidence_add(
        sheet=sheet, name="請求書.pdf", content=PDF, line="electricity||", first="2025-05", actor=hall["clerk"]
    )
    page = signed_in("head").get(address).content.decode()
    assert '<a class="proof" href="/2025/facilities/f1/entry/files/' in page
    assert "請求書.pdf" in page


@pytest.mark.parametrize(("more", "code"), [({"quantity": "1,23"}, "W-20"), ({"last": "2026-04-30"}, "W-54"),
                                            ({"first": "2025-06-30"}, "LG-04")])  # fmt: skip
def test_a_bill_that_is_refused_stays_in_its_form(sheet, signed_in, more, code):
    typed = {"item": "electricity", "first": "2025-05-01", "last": "2025-05-31", "quantity": "12", "note": "五月分"}
    answer = signed_in("clerk").post("/2025/facilities/f1/entry/bills/", {**typed, **more})
    page = answer.content.decode()
    assert (answer.status_code, 'value="五月分"' in page, code in page) == (422, True, True)


@pytest.mark.parametrize("first", ["令和7年5月1日", "Ｒ７．５．１", "R7/5/1", "2025-05-01", "2025年5月1日(木)"])
def test_days_are_typed_and_pasted_as_an_office_writes_them(sheet, signed_in, first):
    typed = {"item": "electricity", "first": first, "last": "令和7年5月31日", "quantity": "12"}
    answer = signed_in("clerk").post("/2025/facilities/f1/entry/bills/", typed)
    (row,) = cell(sheet, "2025-05").rows
    assert (answer.status_code, row["start"], row["end"]) == (302, date(2025, 5, 1), date(2025, 6, 1))
    page = signed_in("clerk").get(f"/2025/facilities/f1/entry/bills/?row={row['activity_id']}").content.decode()
    assert 'name="first" value="令和7年5月1日"' in page


@pytest.mark.parametrize("first", ["5/1", "7.5.1", "令和7年2月30日", "あした"])
def test_what_is_no_day_is_told_and_kept(sheet, signed_in, first):
    typed = {"item": "electricity", "first": first, "last": "R7.5.31", "quantity": "12"}
    page = signed_in("clerk").post("/2025/facilities/f1/entry/bills/", typed).content.decode()
    assert f"「{first}」は日付として読めません" in page
    assert f'name="first" value="{first}"' in page


def test_a_row_taken_back_leaves_its_history(sheet, hall):
    posted = rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    rows.bill_withdraw(sheet=sheet, activity_id=posted["activity_id"], reason="二重", actor=hall["clerk"])
    assert cell(sheet, "2025-05").value is None
    assert Activity.objects.get(activity_id=posted["activity_id"]).quantity == Decimal("123.5")


def test_a_bill_that_was_taken_back_is_not_told_beside_the_right_one(sheet, hall):
    posted = rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    rows.bill_withdraw(sheet=sheet, activity_id=posted["activity_id"], reason="二重", actor=hall["clerk"])
    rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    assert "C-37" not in {finding.code for finding in sheets.grid(sheet).findings}
    rows.bill_save(sheet=sheet, bill=replace(BILL, quantity=None, basis="not_occurring"), actor=hall["clerk"])
    assert "C-37" in {finding.code for finding in sheets.grid(sheet).findings}


def test_the_page_of_a_file_tells_of_a_row_that_cannot_be_taken_in(sheet, hall, signed_in):
    made = evidence.evidence_add(sheet=sheet, name="form.xlsx", content=filled_form(sheet, "abc"), actor=hall["clerk"])
    page = signed_in("clerk").get(f"/2025/facilities/f1/entry/files/{made.pk}/take/").content.decode()
    assert "「abc」" in page


def test_a_new_item_on_a_bill_becomes_a_line_of_the_sheet(sheet, hall):
    gas = rows.Bill("city_gas", date(2025, 4, 1), date(2025, 4, 30), Decimal(5), "m3", use="boiler")
    rows.bill_save(sheet=sheet, bill=gas, actor=hall["clerk"])
    assert cell(sheet, "2025-04", "city_gas||boiler").value == Decimal(5)


def test_nothing_enters_a_sheet_that_has_been_handed_in(sheet, hall):
    made = evidence.evidence_add(sheet=sheet, name="様式.xlsx", content=filled_form(sheet, 1), actor=hall["clerk"])
    states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-21"):
        rows.bill_save(sheet=sheet, bill=BILL, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-21"):
        rows.file_take(sheet=sheet, evidence=made, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-21"):
        evidence.evidence_withdraw(evidence=made, reason="別のもの", actor=hall["clerk"])


def test_the_evidence_of_a_sheet_that_was_handed_in_is_a_list_to_read(sheet, hall, signed_in):
    evidence.evidence_add(sheet=sheet, name="a.pdf", content=PDF, actor=hall["clerk"])
    heads = re.compile(r'<h2 id="evidence".*?</thead>', re.DOTALL)
    assert ">何を</th>" in heads.search(signed_in("clerk").get("/2025/facilities/f1/entry/").content.decode())[0]
    states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])
    assert ">何を</th>" not in heads.search(signed_in("clerk").get("/2025/facilities/f1/entry/").content.decode())[0]


def test_who_may_not_enter_may_not_attach(sheet, hall):
    with pytest.raises(PermissionDenied):
        evidence.evidence_add(sheet=sheet, name="a.pdf", content=PDF, actor=hall["head"])


def test_files_are_sent_through_the_page(sheet, signed_in):
    given = {"files": [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.exe", b"MZ")]}
    answer = signed_in("clerk").post("/2025/facilities/f1/entry/files/", given)
    assert answer.status_code == 422
    assert "b.exe" in answer.content.decode()
