"""Registers by program: read, narrowed, changed with a version, refused as on the pages."""

from __future__ import annotations

import pytest

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.municipalities.models import Facility
from tests.web.api.test_tokens import code


@pytest.fixture
def office(program):
    return program("secretariat")


def first(office):
    return office.ask("get", "registers/facilities?q=中央小学校")[1]["rows"][0]


def test_every_register_is_listed_with_its_columns(office):
    status, found = office.ask("get", "registers")
    assert status == 200
    facilities = next(one for one in found if one["table"] == "facilities")
    assert (facilities["name"], facilities["keys"]) == ("施設", ["facility_id"])
    assert "floor_area_m2" in facilities["columns"]


def test_rows_are_counted_and_narrowed(office):
    status, page = office.ask("get", "registers/facilities")
    assert (status, page["count"], page["pages"]) == (200, 3, 1)
    narrowed = office.ask("get", "registers/facilities?department_id=d2")[1]
    assert [one["row"]["name"] for one in narrowed["rows"]] == ["市役所"]
    one = first(office)
    assert office.ask("get", f"registers/facilities/{one['id']}") == (200, one)


def test_a_row_is_added_changed_and_removed_with_the_log(office):
    row = {"facility_id": "f9", "name": "新しい施設", "department_id": "d1", "use": "小学校", "floor_area_m2": "1200.5"}
    status, added = office.ask("post", "registers/facilities", {"row": row, "reason": "開設"})
    assert (status, added["row"]["floor_area_m2"]) == (201, "1200.5")
    changed = {**added["row"], "name": "新施設"}
    address = f"registers/facilities/{added['id']}"
    status, now = office.ask("put", address, {"row": changed, "version": added["version"], "reason": "改称"})
    assert (status, now["row"]["name"]) == (200, "新施設")
    assert code(office.ask("put", address, {"row": changed, "version": added["version"]})) == (409, "WR-05")
    assert code(office.ask("delete", f"{address}?version={added['version']}&reason=x")) == (409, "WR-05")
    assert office.ask("delete", f"{address}?version={now['version']}&reason=誤り") == (204, None)
    assert not Facility.objects.filter(facility_id="f9").exists()
    verbs = LogEntry.objects.filter(kind="facilities", key="f9").order_by("pk")
    assert list(verbs.values_list("verb", "reason")) == [("add", "開設"), ("change", "改称"), ("remove", "誤り")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"facility_id": "f1", "name": "重複"}, "WR-06"),
        ({"facility_id": "f9", "name": "x", "floor_area_m2": "広い"}, "WR-01"),
        ({"facility_id": "f9", "nothing": "x"}, "WA-10"),
        ({"facility_id": "f9", "name": "a\x00b"}, "WA-01"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_with_words(office, row, said):
    assert code(office.ask("post", "registers/facilities", {"row": row})) == (422, said)
    assert Facility.objects.count() == 3


def test_a_name_that_nobody_knows_is_told_with_its_place(office):
    status, body = office.ask("post", "registers/facilities", {"row": {}, "reasson": "x"})
    assert (status, body["error"]["code"]) == (422, "WA-01")
    assert "reasson" in body["error"]["message"]


def test_a_token_that_only_reads_changes_nothing(program):
    reader = program("secretariat", is_read_only=True)
    assert reader.ask("get", "registers/facilities")[0] == 200
    assert code(reader.ask("post", "registers/facilities", {"row": {}})) == (403, "WA-03")


def test_errors_speak_the_language_that_is_asked_for(program):
    english = program("clerk", **{"Accept-Language": "en-GB"})
    assert "may not do that" in english.ask("get", "registers")[1]["error"]["message"]
    assert "行えません" in program("clerk").ask("get", "registers")[1]["error"]["message"]
