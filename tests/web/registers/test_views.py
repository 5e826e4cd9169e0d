"""The pages of the registers."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kotsukotsu.web.municipalities.models import Facility, FacilityDepartment
from kotsukotsu.web.municipalities.registers import Kpi
from kotsukotsu.web.registers.kinds import registers


def text(response):
    return response.content.decode()


def names(page):
    return re.findall(r"<td>(f\d+)</td>", page)


def test_the_list_is_narrowed_and_sorted_by_its_address(signed_in):
    client = signed_in("secretariat")
    address = reverse("register", args=["facilities"])
    assert names(text(client.get(address))) == ["f1", "f2", "f3"]
    assert names(text(client.get(address, {"department_id": "d1"}))) == ["f1", "f3"]
    assert names(text(client.get(address, {"q": "市役所"}))) == ["f2"]
    Facility.objects.filter(facility_id="f3").update(floor_area_m2=Decimal(900))
    Facility.objects.filter(facility_id="f2").update(floor_area_m2=Decimal(1200))
    assert names(text(client.get(address, {"sort": "floor_area_m2"}))) == ["f3", "f2", "f1"]
    assert names(text(client.get(address, {"sort": "-floor_area_m2"}))) == ["f2", "f3", "f1"]


def test_the_list_says_days_years_and_numbers_as_an_office_writes_them(signed_in):
    client = signed_in("secretariat")
    one = Facility.objects.filter(facility_id="f2")
    one.update(floor_area_m2=Decimal("12345.50"), opened_on=date(2019, 5, 1))
    for asked in ("令和元年5月1日", "2019-05-01", "12,345.5"):
        page = text(client.get(reverse("register", args=["facilities"]), {"q": asked}))
        assert names(page) == ["f2"]
        assert "<td>令和元年5月1日</td>" in page
        assert '<td class="number">12,345.5</td>' in page
    Kpi.objects.create(kpi="led", fiscal_year=2024, numerator=Decimal(1), denominator=Decimal(2000))
    page = text(client.get(reverse("register", args=["kpis"])))
    assert '<option value="2024">令和6年度</option>' in page
    assert "<td>令和6年度</td>" in page
    assert '<td class="number">2,000</td>' in page


def test_who_only_reads_sees_no_button(signed_in):
    assert reverse("register_add", args=["facilities"]) not in text(
        signed_in("auditor").get(reverse("register", args=["facilities"]))
    )


def test_a_row_is_changed_in_the_form_and_its_history_shows_it(signed_in):
    client = signed_in("secretariat")
    one = Facility.objects.get(facility_id="f1")
    address = reverse("register_row", args=["facilities", one.pk])
    page = text(client.get(address))
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    given = {"facility_id": "f1", "name": "中央小学校", "department_id": "d1", "use": "小学校",
             "floor_area_m2": "１，２００", "seen": seen, "why": "台帳の照合"}  # fmt: skip
    assert client.post(address, given).status_code == 302
    assert Facility.objects.get(pk=one.pk).floor_area_m2 == Decimal(1200)
    page = text(client.get(address))
    assert "延床面積（m2）：－ → 1,200" in page
    assert "台帳の照合" in page


def test_a_facility_shows_its_departments_over_time_with_the_way_to_change_them(hall, signed_in):
    one = Facility.objects.get(facility_id="f1")
    page = f"/registers/facilities/{one.pk}/"
    assert "<li>学校課</li>" in signed_in("secretariat").get(page).content.decode()
    FacilityDepartment.objects.create(facility_id="f1", department_id="d2", valid_to=date(2024, 4, 1))
    said = signed_in("secretariat").get(page).content.decode()
    assert "<li>はじめ～令和6年3月31日　財産課</li><li>令和6年4月1日～　学校課</li>" in said
    assert 'href="/registers/facility_departments/?facility_id=f1"' in said


def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(signed_in):
    client = signed_in("secretariat")
    response = client.post(
        reverse("register_add", args=["facilities"]), {"facility_id": "f9", "name": "新館", "floor_area_m2": "約百"}
    )
    assert response.status_code == 422
    assert "約百" in text(response)
    assert "読めません" in text(response)


def test_a_file_is_looked_at_and_then_taken_in(signed_in):
    client = signed_in("secretariat")
    file = SimpleUploadedFile("施設.csv", "施設,名称\nf7,新館\n".encode())
    page = text(client.post(reverse("register_file", args=["facilities"]), {"file": file}))
    assert "加える：1" in page
    assert not Facility.objects.filter(facility_id="f7").exists()
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
    assert client.post(reverse("register_take_in", args=["facilities"]), {"kept": kept}).status_code == 302
    assert Facility.objects.get(facility_id="f7").name == "新館"


def test_an_altered_file_is_not_taken_in(signed_in):
    response = signed_in("secretariat").post(reverse("register_take_in", args=["facilities"]), {"kept": "x:y:z"})
    assert response.status_code == 422
    assert "WR-11" in text(response)


@pytest.mark.parametrize("form", ["xlsx", "csv", "open-data"])
def test_a_register_is_written_out(signed_in, form):
    response = signed_in("auditor").get(reverse("register_written", args=["facilities", form]))
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]


def test_more_rows_make_no_more_queries(signed_in):
    client = signed_in("secretariat")
    address = reverse("register", args=["facilities"])
    client.get(address)
    counts = []
    for more in (0, 150):
        Facility.objects.bulk_create(
            Facility(facility_id=f"g{n}", name="施設", department_id="d1") for n in range(more)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("x.xlsx", {"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}, "W-43"),
        ("x.xlsx", {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"<row/>" * 20_000_000}, "W-44"),
        ("x.xlsm", {"xl/workbook.xml": b"<a/>"}, "W-41"),
        ("x.exe", {"x": b"MZ"}, "W-41"),
    ],
)
def test_a_file_with_macros_a_bomb_or_of_another_kind_is_refused_before_it_is_read(signed_in, name, parts, code):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    sent = {"file": SimpleUploadedFile(name, held.getvalue())}
    answer = signed_in("secretariat").post(reverse("register_file", args=["facilities"]), sent)
    assert answer.status_code == 422
    assert code in text(answer)


def test_a_row_is_chosen_from_names_and_says_no_codes_of_the_program(hall, signed_in):
    page = signed_in("secretariat").get("/registers/measures/new/").content.decode()
    assert '<option value="led">LED照明への更新</option>' in page
    assert "中央小学校（f1）" in page
    assert "subsidies.csv" not in page


def test_an_indicator_that_nobody_computes_is_refused(hall, signed_in):
    given = {"kpi": "happiness", "fiscal_year": "2025", "numerator": "1", "denominator": "2"}
    answer = signed_in("secretariat").post("/registers/kpis/new/", given)
    assert answer.status_code == 422


def test_long_texts_have_more_than_one_line(hall, signed_in):
    client = signed_in("secretariat")
    Facility.objects.filter(facility_id="f1").update(name="長い名前の施設" * 5)
    pages = [reverse("register_add", args=[table]) for table in registers()]
    pages.append(reverse("register_row", args=["facilities", Facility.objects.get(facility_id="f1").pk]))
    said = [text(client.get(page)) for page in pages]
    one_line = r'<input type="text" name="(?:note|source|text|opinion|answer|reason|wrong|right|place|why)"'
    assert [found for page in said for found in re.findall(one_line, page)] == []
    assert '<textarea name="name"' in said[-1]


def test_the_field_for_a_file_says_what_is_read(hall, signed_in):
    said = text(signed_in("secretariat").get(reverse("weather")))
    assert "ファイル（気象庁の CSV）" in said
    assert 'accept=".csv"' in said
