"""Files of other offices: their columns explained once, refused rows sent back, mended and taken in."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.municipalities.models import CityFile, Facility

FACILITIES = "facilities"
ROWS = (
    ("1", "学校課", "中央小学校", "小学校", "１，２３４．５", "－"),
    ("2", None, '=HYPERLINK("x")', "小学校", "約百", "調べ中"),
    ("3", "知らない課", "南小学校", "小学校", 800, None),
)  # fmt: skip


def theirs(rows=ROWS):
    """Two lines of titles, other names in another order, the department joined downwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "公有財産"
    for line in (
        ("教育委員会　施設台帳（令和8年4月1日現在）",),
        (),
        ("番号", "主管課", "建物の名称", "用途区分", "面積（㎡）", "摘要欄"),
        *rows,
    ):
        sheet.append(line)
    sheet["C5"].data_type = "s"  # a text, not a formula
    sheet.merge_cells("A1:F1")
    if len(rows) > 1:
        sheet.merge_cells("B4:B5")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.fixture
def send(signed_in):
    """Post to a page of the facilities' file; what it says."""
    client = signed_in("secretariat")

    def sent(name, **given):
        answer = client.post(reverse(f"register_{name}", args=[FACILITIES]), given)
        return answer if "attachment" in answer.headers.get("Content-Disposition", "") else answer.content.decode()

    return sent


def kept(page):
    return re.search(r'name="kept" value="([^"]+)"', page)[1]


def file(data, name="台帳.xlsx"):
    return SimpleUploadedFile(name, data)


def fates(page):
    return re.findall(r'<th scope="row">公有財産 (\d+)</th><td>([^<]*)</td><td>([^<]*)</td>', page)


SAID = {"column_0": "facility_id", "column_1": "department_id", "column_2": "name", "column_3": "use",
        "column_4": "floor_area_m2", "column_5": "", "line": "公有財産 3行目", "settle": "on"}  # fmt: skip


def test_columns_of_another_office_are_explained_once_and_remembered(send):
    page = send("file", file=file(theirs()))
    assert "列の対応" in page
    assert "1、2、3" in page  # what stands below the heading
    assert re.search(r'<option value="name" selected>', page)  # a heading that is near is proposed
    lacking = send("columns", kept=kept(page), **{**SAID, "column_0": "", "column_3": "name"})
    assert "施設に当たる列を選ぶか" in lacking
    assert "「建物の名称」と同じ列が選ばれています" in lacking
    told = send("columns", kept=kept(page), **SAID)
    assert fates(told) == [
        ("5", "2・=HYPERLINK(&quot;x&quot;)", "受け取れない"), ("6", "3・南小学校", "受け取れない"),
        ("4", "1・中央小学校", "加える"),
    ]  # fmt: skip
    assert not Facility.objects.filter(facility_id="1").exists()
    assert LogEntry.objects.get(verb="explain").after["主管課"] == "department_id"
    assert "受け取れない" in send("file", file=file(theirs()))  # the next file is read at once
    again = send("columns", kept=kept(told))  # and what was said can be changed
    assert len(re.findall(r"<option value=\"department_id\" selected>", again)) == 1
    send("take_in", kept=kept(told))
    one = Facility.objects.get(facility_id="1")
    assert (one.department_id, str(one.floor_area_m2), one.note, one.extra) == ("d1", "1234.5", None, {})


def test_refused_rows_come_back_with_their_reasons_and_are_taken_in_when_mended(send):
    told = send("columns", kept=kept(send("file", file=file(theirs()))), **SAID)
    book = openpyxl.load_workbook(io.BytesIO(send("refused", kept=kept(told)).content))
    sheet = book.active
    assert [row[0].value for row in sheet.iter_rows()][2:] == ["番号", "2", "3"]
    assert sheet["G3"].value == "取り込めなかった理由"
    assert "「延床面積」の値「約百」が読めません" in sheet["G4"].value
    assert "「所管課」の「知らない課」は登録されていません" in sheet["G5"].value
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["B4"].value == "学校課"  # joined cells say the same in every row
    sheet["E4"], sheet["B5"], sheet["C4"] = 100, "財産課", "北小学校"
    held = io.BytesIO()
    book.save(held)
    told = send("file", file=file(held.getvalue()))
    assert [fate for *_, fate in fates(told)] == ["加える", "加える"]
    send("take_in", kept=kept(told))
    assert Facility.objects.get(facility_id="3").department_id == "d2"
    assert CityFile.objects.get().path == "profiles/register_facilities.toml"


def test_a_column_that_the_file_lacks_is_one_value_in_every_row(send):
    page = send("file", file=file(theirs()))
    chosen = {**SAID, "column_1": "", "column_3": ""}
    wrong = send("columns", kept=kept(page), **SAID, all_use="小学校", all_opened_on="きのう")
    assert "「用途」と同じ列が選ばれています" in wrong
    assert re.search(r'id="id_all_opened_on_error">[^<]*きのう', wrong)
    lacking = send("columns", kept=kept(page), **{**chosen, "column_0": "note", "column_2": "facility_id"})
    assert "名称に当たる列を選ぶか" in lacking
    more = {"all_department_id": "d2", "all_use": "倉庫", "all_opened_on": "昭和50年4月1日", "all_scopes": ["plan"]}
    told = send("columns", kept=kept(page), **chosen, **more)
    assert [fate for *_, fate in fates(told)] == ["受け取れない", "加える", "加える"]
    assert "（すべての行に「財産課」）" in told
    assert 'value="倉庫"' in send("columns", kept=kept(told))  # and can be changed
    send("take_in", kept=kept(told))
    found = Facility.objects.filter(facility_id__in=("1", "3"))
    assert {(one.department_id, one.use, str(one.opened_on), one.scopes) for one in found} == {
        ("d2", "倉庫", "1975-04-01", "plan")
    }


def test_a_file_with_nothing_in_it_is_refused_with_what_is_needed(send):
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    page = send("file", file=file(book.getvalue()))
    assert "WR-08" in page
    assert "名称" in page
