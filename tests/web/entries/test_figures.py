"""Waste, sewage and gases: their items alone, by month or for the year, and the machines behind an amount."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.common import protection
from kotsukotsu.web.entries import figures, ledger, machines
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.entries.services import rows, states
from kotsukotsu.web.entries.services.figures import Said, figure_save
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.registers import Vehicle
from tests.web.browser import DESK, PHONE, faults, picture, too_wide
from tests.web.conftest import FY, posted

BURNT = "waste_incinerated_continuous"
FORMS = f"/{FY}/facilities/f1/entry/figures"


def burnt(quantity, **more):
    return Said(BURNT, None if quantity is None else Decimal(quantity), "t", **more)


def machine_form(*lines, **more):
    """What a browser sends of lines of machines."""
    given = {"machine-TOTAL_FORMS": str(len(lines)), "machine-INITIAL_FORMS": "0", "seen": "", **more}
    for number, line in enumerate(lines):
        given |= {f"machine-{number}-{name}": value for name, value in line.items()}
    return given


def counted(item):
    return ledger.of_years("f1", FY, FY, [item])


def test_every_item_of_a_form_is_one_of_the_catalogue_in_its_own_unit():
    assert figures.figures().keys() <= catalogue().items.keys()
    assert {one.kind for one in figures.figures().values()} == set(figures.KINDS)
    assert figures.figures()["sewage"].units == ["m3", "千m3"]
    assert all(one.words_text and one.name for one in figures.figures().values())


def test_a_year_of_waste_is_one_row_from_april_to_march_and_a_line_of_the_sheet(sheet, hall):
    row = figure_save(sheet=sheet, said=burnt("10000", note="ごみ処理月報"), actor=hall["clerk"])
    assert (row["start"], row["end"], row["unit"]) == (date(FY, 4, 1), date(FY + 1, 4, 1), "t")
    assert (row["posted_by"], row["note"]) == ("clerk", "ごみ処理月報")
    assert sheet.lines.filter(item=BURNT).exists()
    (line,) = figures.lines(sheet, "waste")
    assert (line.value, line.before, line.row["activity_id"]) == (Decimal(10000), None, row["activity_id"])


def test_a_total_beside_months_would_count_twice_and_is_refused(sheet, hall):
    month = rows.Bill(BURNT, date(FY, 4, 1), date(FY, 4, 30), Decimal(800), "t")
    first = rows.bill_save(sheet=sheet, bill=month, actor=hall["clerk"])
    with pytest.raises(WebError, match="WF-02"):
        figure_save(sheet=sheet, said=burnt("10000"), actor=hall["clerk"])
    rows.bill_withdraw(sheet=sheet, activity_id=first["activity_id"], reason="合計で入れる", actor=hall["clerk"])
    figure_save(sheet=sheet, said=burnt("10000"), actor=hall["clerk"])
    assert sum(row["quantity"] or 0 for row in counted(BURNT)) == 10000


def test_a_year_is_corrected_with_a_reason_and_never_over_somebody_elses(sheet, hall):
    first = figure_save(sheet=sheet, said=burnt("10000"), actor=hall["clerk"])["activity_id"]
    with pytest.raises(ConflictError, match="W-46"):
        figure_save(sheet=sheet, said=burnt("9000"), actor=hall["manager"])
    with pytest.raises(WebError, match="W-27"):
        figure_save(sheet=sheet, said=burnt("9000", seen=first), actor=hall["clerk"])
    figure_save(sheet=sheet, said=burnt("9000", seen=first, reason="集計の誤り"), actor=hall["clerk"])
    assert [row["quantity"] for row in counted(BURNT)] == [Decimal(9000)]


def test_a_year_enters_no_sheet_that_has_been_handed_in_and_by_nobody_without_the_right(sheet, hall, signed_in):
    assert signed_in("head").post(f"{FORMS}/waste/?item={BURNT}", {"quantity": "5"}).status_code == 403
    states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-21"):
        figure_save(sheet=sheet, said=burnt("1"), actor=hall["clerk"])
    client, address = signed_in("clerk"), f"{FORMS}/waste/?item={BURNT}"
    assert 'name="quantity"' not in client.get(address).content.decode()
    for sent in (address, f"/{FY}/facilities/f1/entry/bills/"):
        assert "入力できません" in client.post(sent, {"quantity": "5", "unit": "t", "seen": ""}).content.decode()


def test_a_year_is_entered_through_the_page_in_another_unit(sheet, signed_in):
    client = signed_in("clerk")
    given = {"quantity": "１，２３４．５", "unit": "千m3", "document": "下水処理月報", "seen": ""}
    answer = client.post(f"{FORMS}/sewage/?item=sewage", given, follow=True)
    assert "「下水の処理（終末処理場）」を保存しました：1234.5 千m3" in answer.content.decode()
    (line,) = figures.lines(sheet, "sewage")
    assert line.value == Decimal(1234500)
    assert "1,234,500 m3" in answer.content.decode()


@pytest.mark.parametrize(("text", "said"), [("", "量を入れてください"), ("abc", "量として読めません")])
def test_what_is_no_amount_stays_on_the_page_with_the_reason(sheet, signed_in, text, said):
    given = {"quantity": text, "unit": "m3", "document": "下水処理月報", "seen": ""}
    page = signed_in("clerk").post(f"{FORMS}/sewage/?item=sewage", given).content.decode()
    assert said in page
    assert 'value="下水処理月報"' in page
    assert Activity.objects.filter(item="sewage").count() == 0


def test_who_was_slower_sees_what_stands_beside_the_field_and_may_correct_it_with_a_reason(sheet, hall, signed_in):
    figure_save(sheet=sheet, said=burnt("10000"), actor=hall["manager"])
    client, address = signed_in("clerk"), f"{FORMS}/waste/?item={BURNT}"
    late = {"quantity": "9000", "unit": "t", "document": "ごみ処理月報", "seen": ""}
    answer = client.post(address, late)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "managerさんが先に「10000 t」と入れています" in page
    assert 'value="9000"' in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    client.post(address, {**late, "seen": seen, "reason": "月報のとおり"})
    assert [row["quantity"] for row in counted(BURNT)] == [Decimal(9000)]


def test_a_bill_that_somebody_else_has_corrected_keeps_what_was_typed(sheet, hall, signed_in):
    bill = rows.Bill(BURNT, date(FY, 4, 1), date(FY, 4, 30), Decimal(800), "t")
    first = rows.bill_save(sheet=sheet, bill=bill, actor=hall["clerk"])["activity_id"]
    rows.bill_save(sheet=sheet, bill=bill, replaces=first, reason="読み違い", actor=hall["manager"])
    given = {
        "item": BURNT, "first": "2025-04-01", "last": "2025-04-30", "quantity": "810", "unit": "t", "note": "検針票",
        "replaces": first, "reason": "再度",
    }  # fmt: skip
    page = signed_in("clerk").post(f"/{FY}/facilities/f1/entry/bills/", given).content.decode()
    assert "ほかの人がすでに直したか、取り消しています" in page
    assert 'value="検針票"' in page
    assert "managerさん" in page


def test_none_in_the_year_is_not_zero(sheet, signed_in):
    signed_in("clerk").post(f"{FORMS}/sewage/?item=sewage", {"nothing": "on", "unit": "m3", "seen": ""})
    (row,) = counted("sewage")
    assert (row["basis"], row["quantity"]) == ("not_occurring", None)


def test_the_items_of_a_form_stand_alone_in_its_grid_and_only_waste_asks_for_a_composition(sheet, signed_in):
    tables.put("activities", [posted("f1", BURNT, FY, 4, "5", "t")])
    client = signed_in("clerk")
    client.post(f"/{FY}/facilities/f1/entry/lines/", {"item": BURNT, "kind": "waste"})
    page = client.get(f"{FORMS}/waste/").content.decode()
    assert page.count("data-line=") == 1
    assert "ごみ組成がまだありません" in page
    assert "月ごと 1/12" in page
    tables.put("wastes", [{
        "facility_id": "f1", "valid_from": date(FY, 4, 1), "valid_to": date(FY + 1, 4, 1), "moisture": Decimal("0.46"),
        "plastic_share": Decimal("0.23"), "synthetic_fibre_share": "manual", "source": "調査",
    }])  # fmt: skip
    assert "ごみ組成がまだありません" not in client.get(f"{FORMS}/waste/").content.decode()
    assert client.get(f"{FORMS}/other/").status_code == 404
    assert client.get(f"{FORMS}/sewage/?item={BURNT}").status_code == 404


def test_what_left_each_machine_is_charge_minus_recovery_and_the_note_keeps_the_working(sheet, signed_in):
    client, address = signed_in("clerk"), f"{FORMS}/refrigerants/?item=car_air_conditioner_disposed"
    first = {"equipment": "公用車 12", "charge": "0.5", "recovered": "0.42"}
    second = {"equipment": "公用車 31", "charge": "600 g", "recovered": "0"}
    client.post(address, machine_form(first, second, {"equipment": "", "charge": "", "recovered": ""}))
    (row,) = counted("car_air_conditioner_disposed")
    assert (row["quantity"], row["unit"]) == (Decimal("0.68"), "kg")
    assert row["note"] == "公用車 12：封入 0.5 kg、回収 0.42 kg；公用車 31：封入 0.6 kg、回収 0 kg"
    page = client.get(address).content.decode()
    assert 'value="公用車 31"' in page
    more = {"equipment": "公用車 40", "charge": "1", "recovered": "1"}
    client.post(address, machine_form(first, second, more, seen=row["activity_id"], reason="追加"))
    (row,) = counted("car_air_conditioner_disposed")
    assert row["quantity"] == Decimal("0.68")
    assert [one.equipment for one in machines.read(row["note"])] == ["公用車 12", "公用車 31", "公用車 40"]


def test_gas_in_use_counts_by_the_months_of_the_year(sheet, signed_in):
    lines = [
        {"equipment": "変圧器", "charge": "12.4", "months": "12"},
        {"equipment": "遮断器", "charge": "1", "months": "7"},
    ]
    signed_in("clerk").post(f"{FORMS}/refrigerants/?item=sf6_in_use", machine_form(*lines))
    (row,) = counted("sf6_in_use")
    assert (row["quantity"], row["unit"]) == (Decimal("12.983333"), "kg_year")
    assert row["note"].endswith("遮断器：封入 1 kg、使用 7 か月")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"equipment": "a", "charge": "0.5", "recovered": ""}, "回収しなかったときは 0"),
        ({"equipment": "a", "charge": "", "recovered": "0"}, "量が読めません"),
        ({"equipment": "a", "charge": "0.5", "recovered": "5"}, "封入量（0.5 kg）より多く"),
        ({"equipment": "a；b", "charge": "0.5", "recovered": "0"}, "使えません"),
        ({"equipment": "", "charge": "0.5", "recovered": "0"}, "使えません"),
    ],
)
def test_a_machine_that_cannot_be_counted_is_told_and_nothing_is_posted(sheet, signed_in, line, said):
    page = signed_in("clerk").post(f"{FORMS}/refrigerants/?item=sf6_disposed", machine_form(line)).content.decode()
    assert said in page
    assert counted("sf6_disposed") == []


ONE = {"equipment": "遮断器", "charge": "1", "recovered": "0"}


@pytest.mark.parametrize(
    ("lines", "at", "code"),
    [
        ([ONE, ONE], "machine-1-equipment", "WF-06"),
        ([{"equipment": "", "charge": "", "recovered": ""}], "machine-0-equipment", "WF-05"),
        ([ONE, {**ONE, "equipment": "a；b"}], "machine-1-equipment", "WF-06"),
        ([{**ONE, "charge": "x"}], "machine-0-charge", "WF-03"),
        ([{**ONE, "recovered": "5"}], "machine-0-recovered", "WF-04"),
    ],
)
def test_a_machine_that_is_refused_is_told_at_its_field_and_what_was_typed_stays(sheet, signed_in, lines, at, code):
    answer = signed_in("clerk").post(f"{FORMS}/refrigerants/?item=sf6_disposed", machine_form(*lines))
    page = answer.content.decode()
    told = re.search(rf'<p class="field-error" id="id_{at}_error">([^<]+)</p>', page)
    assert (answer.status_code, code in told[1], f'href="#id_{at}"' in page) == (422, True, True)
    assert page.count('value="遮断器"') == sum(line["equipment"] == "遮断器" for line in lines)
    assert counted("sf6_disposed") == []


def test_a_year_beside_months_is_refused_at_its_field_and_what_was_typed_stays(sheet, hall, signed_in):
    rows.bill_save(
        sheet=sheet, bill=rows.Bill(BURNT, date(FY, 4, 1), date(FY, 4, 30), Decimal(800), "t"), actor=hall["clerk"]
    )
    given = {"quantity": "10000", "unit": "t", "document": "月報", "seen": ""}
    answer = signed_in("clerk").post(f"{FORMS}/waste/?item={BURNT}", given)
    page = answer.content.decode()
    assert (answer.status_code, 'value="10000"' in page, 'value="月報"' in page) == (422, True, True)
    assert "WF-02" in re.search(r'id="id_quantity_error">([^<]+)<', page)[1]


def test_the_register_says_how_many_air_conditioners_there_are(sheet, signed_in):
    for key, disposed, cooled in (("v1", None, "yes"), ("v2", date(FY, 4, 1), "yes"), ("v3", None, "no")):
        Vehicle.objects.create(
            vehicle_id=key, facility_id="f1", vehicle_class="distance_gasoline_passenger", disposed_on=disposed,
            air_conditioner=cooled,
        )  # fmt: skip
    page = signed_in("clerk").get(f"{FORMS}/refrigerants/?item=car_air_conditioner").content.decode()
    assert "1台あります" in page


def test_the_sheet_leads_to_the_forms_of_its_items_first(sheet, hall, signed_in):
    figure_save(sheet=sheet, said=Said("septic_tank", Decimal(120), "person_year"), actor=hall["clerk"])
    page = signed_in("clerk").get(f"/{FY}/facilities/f1/entry/").content.decode()
    assert f'{FORMS}/sewage/?item=septic_tank"' in page
    assert page.index("下水・し尿・浄化槽の量の入力") < page.index("項目を増やす") < page.index("廃棄物の量の入力")


@pytest.fixture
def emptied(sheet):
    """The sheet, whose rows may be emptied after a test in front of a real server."""
    yield sheet
    protection.unprotect()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_form_of_gases_is_filled_by_keyboard_and_axe_finds_nothing(emptied, signed_in, browse, viewport):
    page = browse(f"{FORMS}/refrigerants/", signed_in("clerk"), viewport=viewport)
    assert (faults(page), too_wide(page)) == ([], 0)
    page.select_option("#other", "sf6_serviced")
    page.focus("#other")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_label("機器（1台目）").focus()
    for text in ("遮断器", "10", "9.5"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    assert (faults(page), too_wide(page)) == ([], 0)
    picture(page, f"figures-{viewport['width']}")
    page.get_by_label("機器（1台目）").press("Enter")
    expect(page.get_by_text("を保存しました：0.5 kg")).to_be_visible()
    assert [row["quantity"] for row in counted("sf6_serviced")] == [Decimal("0.5")]
