"""A collection is opened: who is asked for what."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.entries import selectors
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.registers import Facility, Supply
from tests.web.conftest import FY, posted


def test_last_years_lines_and_new_contracts_are_proposed_and_closed_facilities_are_not(hall):
    tables.put(
        "activities", [posted("f1", "kerosene", FY - 1, 12, "50", "L"), posted("f2", "city_gas", FY - 2, 4, "5", "m3")]
    )
    Facility.objects.filter(facility_id="f3").update(closed_on=date(FY, 4, 1))
    found = collections.proposal(FY)
    assert found == {
        "f1": {("electricity", "", ""): "kWh", ("kerosene", "", ""): "L"},
        "f2": {("electricity", "", ""): "kWh"},
    }


def test_what_was_asked_for_in_vain_is_asked_again_and_what_was_said_not_to_be_used_is_not(collection, hall):
    sheet = selectors.sheet_of(FY, "f1")
    for item in ("city_gas", "lpg"):
        collections.line_add(sheet=sheet, item=item, actor=hall["clerk"])
    tables.put("activities", [posted("f1", "lpg", FY, 4, None, "kg", basis="not_occurring")])
    tables.put("activities", [posted("f1", "electricity", FY, 4, "1000")])
    asked = collections.proposal(FY + 1)["f1"]
    assert ("city_gas", "", "") in asked
    assert ("lpg", "", "") not in asked


def test_a_facility_that_closes_within_the_year_is_still_asked(hall):
    Facility.objects.filter(facility_id="f3").update(closed_on=date(FY, 10, 1))
    assert "f3" in collections.proposal(FY)


def test_a_contract_that_ended_before_the_year_asks_for_nothing(hall):
    Supply.objects.filter(facility_id="f3").update(valid_to=date(FY, 4, 1))
    assert "f3" not in collections.proposal(FY)


def test_a_meter_of_its_own_is_a_line_of_its_own(hall):
    tables.put("activities", [posted("f1", "electricity", FY - 1, 5, "1", meter_id=meter) for meter in ("m1", "m2")])
    assert list(collections.proposal(FY)["f1"]) == [("electricity", "m1", ""), ("electricity", "m2", "")]


@pytest.mark.parametrize("who", ["clerk", "head", "executive", "auditor", "administrator"])
def test_only_the_secretariat_opens_a_collection(hall, who):
    due = timezone.localdate() + timedelta(days=1)
    with pytest.raises(PermissionDenied):
        collections.collection_open(fy=FY, due_on=due, actor=hall[who])


def test_a_year_is_asked_once_and_not_until_yesterday(collection, hall):
    today = timezone.localdate()
    with pytest.raises(WebError, match="W-30"):
        collections.collection_open(fy=FY, due_on=today, actor=hall["secretariat"])
    with pytest.raises(WebError, match="W-31"):
        collections.collection_open(fy=FY + 1, due_on=today - timedelta(days=1), actor=hall["secretariat"])
    with pytest.raises(WebError, match="W-32"):
        collections.collection_open(fy=FY + 1, due_on=today, wanted={}, actor=hall["secretariat"])


def test_a_facility_with_rows_from_files_has_begun(hall):
    tables.put("activities", [posted("f2", "electricity", FY, 4, "5")])
    collections.collection_open(fy=FY, due_on=timezone.localdate(), actor=hall["secretariat"])
    states = dict(Sheet.objects.values_list("facility_id", "state"))
    assert states == {"f1": "not_started", "f2": "entering", "f3": "not_started"}


def test_progress_counts_months_that_say_something_and_departments_see_their_own(collection, hall):
    tables.put("activities", [
        posted("f1", "electricity", FY, 4, "5"), posted("f1", "electricity", FY, 5, None),
        posted("f1", "electricity", FY, 6, None, basis="not_occurring"), posted("f1", "kerosene", FY, 4, "0", "L"),
    ])  # fmt: skip
    (first, third) = selectors.tasks(hall["head"], FY)
    assert (first.facility.facility_id, first.done, first.wanted) == ("f1", 3, 24)
    assert (third.facility.facility_id, third.done, third.wanted) == ("f3", 0, 12)
    (line,) = selectors.by_department(selectors.tasks(hall["head"], FY))
    assert (line.name, line.counts, line.done, line.wanted, line.late) == ("学校課", {"not_started": 2}, 3, 36, 0)


def test_the_first_page_says_which_months_still_lack_and_leads_to_the_first_of_them(collection, hall, signed_in):
    page = signed_in("clerk").get("/").content.decode()
    assert "まだの月" not in page  # nothing has been begun: all is lacking
    tables.put("activities", [posted("f1", "electricity", FY, month, "5") for month in (*range(4, 10), 11, 12, 1)])
    page = re.sub(r"<[^a].*?>|</a>|<a href=|>", "", signed_in("clerk").get("/").content.decode())
    assert f'"/{FY}/facilities/f1/entry/#cell-1-10"電気（買電）（中央小学校）　10月、2月～3月' in page
    assert f'"/{FY}/facilities/f1/entry/#cell-2-4"灯油（中央小学校）　4月～3月' in page
    assert "体育館）　" not in page


def test_what_is_late_comes_first(collection, hall):
    collection.due_on = timezone.localdate() - timedelta(days=3)
    collection.save()
    Sheet.objects.filter(facility_id="f1").update(due_on=timezone.localdate() + timedelta(days=3))
    Sheet.objects.filter(facility_id="f2").update(state="settled")
    tasks = selectors.tasks(hall["secretariat"], FY)
    assert [(task.facility.facility_id, task.is_late, task.shown_state) for task in tasks] == [
        ("f3", True, "late"), ("f2", False, "settled"), ("f1", False, "not_started"),
    ]  # fmt: skip
    assert tasks[0].days_late == 3


def test_another_due_date_needs_a_reason_and_is_in_the_log(collection, hall):
    due = timezone.localdate() + timedelta(days=60)
    with pytest.raises(WebError, match="W-27"):
        collections.due_change(collection=collection, due_on=due, reason=" ", actor=hall["secretariat"])
    collections.due_change(
        collection=collection, due_on=due, reason="電力会社の請求が遅れたため", actor=hall["secretariat"]
    )
    entry = LogEntry.objects.get(verb="due")
    assert (entry.after["due_on"], entry.reason) == (due.isoformat(), "電力会社の請求が遅れたため")


def test_the_secretariat_chooses_facilities_and_items(hall, signed_in):
    tables.put(
        "activities", [posted("f1", "kerosene", FY - 1, 12, "50", "L"), posted("f2", "city_gas", FY - 1, 4, "5", "m3")]
    )
    client, address = signed_in("secretariat"), f"/{FY}/collection/open/"
    page = client.get(address).content.decode()
    assert [page.count(f'value="{code}" checked') for code in ("f1", "f2", "f3", "electricity", "kerosene")] == [1] * 5
    due = timezone.localdate() + timedelta(days=30)
    client.post(address, {"due_on": due, "facilities": ["f1", "f2", "f3"], "items": ["kerosene", "city_gas"]})
    asked = Sheet.objects.order_by("facility_id").values_list("facility_id", "lines__item")
    assert list(asked) == [("f1", "kerosene"), ("f2", "city_gas")]


def test_a_facility_that_is_new_or_took_others_over_is_offered_and_asked_where_it_is_ticked(hall, signed_in):
    Facility.objects.create(facility_id="f4", name="統合小学校", department_id="d1", opened_on=date(FY, 4, 1))
    Facility.objects.create(facility_id="f5", name="旧校舎", department_id="d1", closed_on=date(FY, 4, 1))
    client, address = signed_in("secretariat"), f"/{FY}/collection/open/"
    page = client.get(address).content.decode()
    assert ("統合小学校" in page, 'value="f4" checked' in page, "旧校舎" in page) == (True, False, False)
    due = timezone.localdate() + timedelta(days=30)
    client.post(address, {"due_on": due, "facilities": ["f1", "f4"], "items": ["electricity"]})
    asked = Sheet.objects.order_by("facility_id").values_list("facility_id", "lines__item")
    assert list(asked) == [("f1", "electricity"), ("f4", None)]
    assert "項目を増やす" in signed_in("clerk").get(f"/{FY}/facilities/f4/entry/").content.decode()


def test_a_facility_that_opens_within_the_year_is_asked_later_and_the_others_stay_as_they_are(
    collection, hall, signed_in
):
    Sheet.objects.filter(facility_id="f1").update(state="submitted")
    Facility.objects.create(facility_id="f4", name="新庁舎", department_id="d2", opened_on=date(FY, 8, 1))
    Supply.objects.create(facility_id="f4", item="electricity", supplier="北海道電力")
    tables.put("activities", [posted("f4", "kerosene", FY, 9, "50", "L"), posted("f1", "electricity", FY, 4, "5")])
    client = signed_in("secretariat")
    assert "照会していない施設 1）" in client.get(f"/{FY}/collection/").content.decode()
    answer = client.post(f"/{FY}/collection/ask/", {"facility_id": "f4"}, follow=True)
    assert "「新庁舎」を照会に加えました" in answer.content.decode()
    made = Sheet.objects.get(facility_id="f4")
    assert (made.state, set(made.lines.values_list("item", flat=True))) == ("entering", {"electricity", "kerosene"})
    assert Sheet.objects.get(facility_id="f1").state == "submitted"
    assert LogEntry.objects.get(verb="ask").facility_id == "f4"
    with pytest.raises(WebError, match="W-22"):
        collections.facility_ask(collection=collection, facility_id="f4", actor=hall["secretariat"])


def test_another_due_date_that_is_none_stands_at_its_field(collection, signed_in):
    answer = signed_in("secretariat").post(f"/{FY}/collection/due/", {"due_on": "あした", "reason": "遅れ"})
    page = answer.content.decode()
    assert (answer.status_code, 'value="あした"' in page, 'value="遅れ"' in page) == (422, True, True)


def test_a_department_is_open_where_something_is_not_ticked_and_a_thousand_facilities_are_a_light_page(hall, signed_in):
    keys = [f"g{number:03}" for number in range(1000)]
    Facility.objects.bulk_create(Facility(facility_id=key, name=f"車庫{key}", department_id="d2") for key in keys)
    Supply.objects.bulk_create(Supply(facility_id=key, item="electricity", supplier="北海道電力") for key in keys)
    page = signed_in("secretariat").get(f"/{FY}/collection/open/").content
    assert len(page) < 160_000
    assert b"data-ticks open" not in page
    given = {"due_on": "", "facilities": ["f1"], "items": ["electricity"]}
    page = signed_in("secretariat").post(f"/{FY}/collection/open/", given).content.decode()
    assert page.count("data-ticks open") == 2


def test_an_opening_with_nothing_ticked_or_no_day_says_so_and_keeps_what_was_ticked(hall, signed_in):
    given = {"due_on": "", "facilities": ["f1"], "items": ["electricity"]}
    answer = signed_in("secretariat").post(f"/{FY}/collection/open/", given)
    page = answer.content.decode()
    assert (Sheet.objects.count(), page.count('value="f1" checked'), page.count('value="f2" checked')) == (0, 1, 0)
    assert 'id="id_due_on_error"' in page


def test_the_list_of_sheets_is_narrowed_ordered_and_in_pages(collection, signed_in):
    keys = [f"g{number:03}" for number in range(150)]
    Facility.objects.bulk_create(Facility(facility_id=key, name=f"車庫{key}", department_id="d2") for key in keys)
    Sheet.objects.bulk_create(Sheet(collection=collection, facility_id=key, state="entering") for key in keys)
    Sheet.objects.filter(facility_id__in=("g000", "g149")).update(due_on=date(2020, 1, 1))
    client, address = signed_in("secretariat"), f"/{FY}/collection/"

    def names(**asked):
        page = client.get(address, asked).content.decode()
        return re.findall(r'<th scope="row"><a href="/2025/facilities/(\w+)/entry/', page)

    whole = [*names(), *names(page=2)]
    assert (len(names()), len(whole), len(set(whole))) == (100, 153, 153)
    assert whole[:2] == ["g000", "g149"]  # what is late comes first
    assert names(state="late") == ["g000", "g149"]
    assert names(department="d1", sort="-name") == ["f3", "f1"]
    assert names(q="車庫g14", sort="name", page=1) == keys[140:]
    assert names(q="nothing") == []


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("nobody", "役割がまだありません"),
        ("administrator", "アカウントと記録は、ここから扱います"),
        ("manager", "中央小学校"),
        ("operator", "体育館"),
        ("executive", "決裁を待つ公表の案はありません"),
        ("auditor", "照会の状況"),
    ],
)
def test_the_first_page_tells_everybody_what_there_is_for_them(collection, signed_in, who, said):
    page = signed_in(who).get("/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert said in page
    if who == "administrator":
        assert all(f'href="{where}"' in page for where in ("/people/", "/april/", "/log/", "/retention/"))
