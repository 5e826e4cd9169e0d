"""Readings by program: as a bill that a person enters, all of them or none, and no row twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import states
from tests.web.api.test_tokens import code

APRIL = {"item": "electricity", "first": "2025-04-01", "last": "2025-04-30", "quantity": "1234.5", "meter_id": "m1"}
MAY = {**APRIL, "first": "2025-05-01", "last": "2025-05-31", "quantity": "1100"}


@pytest.fixture
def gateway(collection, program):
    return program("manager")


def post(one, *rows, place="f1/2025"):
    return one.ask("post", f"ledger/{place}", {"rows": list(rows)})


def entered():
    return ledger.of_years("f1", 2025, 2025)


def test_readings_stand_in_the_ledger_with_their_way(gateway):
    status, taken = post(gateway, APRIL, MAY)
    assert status == 200
    assert [one["known"] for one in taken["rows"]] == [False, False]
    first, second = entered()
    assert (first["quantity"], first["unit"], first["source"]) == (Decimal("1234.5"), "kWh", "API：計器")
    assert second["activity_id"] == taken["rows"][1]["activity_id"]
    assert Sheet.objects.get(facility_id="f1").state == "entering"
    assert LogEntry.objects.filter(kind="activity", facility_id="f1", actor_name="managerさん").count() == 2
    status, rows = gateway.ask("get", "ledger/f1/2025?item=electricity")
    assert [(row["last"], row["quantity"]) for row in rows] == [("2025-04-30", "1234.5"), ("2025-05-31", "1100")]


def test_a_reading_sent_again_stays_one_row(gateway):
    first = post(gateway, APRIL)[1]["rows"][0]
    status, again = post(gateway, APRIL, MAY)
    assert status == 200
    assert [one["known"] for one in again["rows"]] == [True, False]
    assert again["rows"][0]["activity_id"] == first["activity_id"]
    assert len(entered()) == 2


def test_another_value_for_the_same_period_is_a_correction_with_its_reason(gateway):
    first = post(gateway, APRIL)[1]["rows"][0]["activity_id"]
    other = {**APRIL, "quantity": "1300"}
    status, body = post(gateway, other)
    assert (status, body["error"]["rows"][0]["code"]) == (422, "WA-13")
    assert first in body["error"]["rows"][0]["message"]
    assert post(gateway, {**other, "replaces": first, "reason": "読み違い"})[0] == 200
    assert [row["quantity"] for row in entered()] == [Decimal(1300)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"item": "nothing"}, "W-45"),
        ({"unit": "hPa2"}, "W-47"),
        ({"quantity": None}, "WA-11"),
        ({"basis": "not_occurring"}, "WA-11"),
        ({"last": "2025-03-01"}, "WA-12"),
        ({"first": "2024-05-01", "last": "2024-05-31"}, "W-54"),
    ],
)
def test_one_wrong_row_of_several_is_named_and_none_is_posted(gateway, change, said):
    status, body = post(gateway, APRIL, {**MAY, **change})
    assert (status, body["error"]["code"], body["error"]["data"]) == (422, "WA-08", {"count": "1"})
    assert [(one["index"], one["code"]) for one in body["error"]["rows"]] == [(1, said)]
    assert entered() == []


@pytest.mark.parametrize(
    ("rows", "place"),
    [([], "rows"), ([{**APRIL, "quantity": 1234.5}], "rows.0.quantity"), ([{**APRIL, "last": "30.4."}], "rows.0.last")],
)
def test_what_cannot_be_read_is_told_with_its_place(gateway, rows, place):
    status, body = post(gateway, *rows)
    assert (status, body["error"]["code"]) == (422, "WA-01")
    assert place in body["error"]["message"]


def test_a_sheet_that_is_handed_in_takes_nothing(gateway, hall):
    post(gateway, APRIL)
    sheet = Sheet.objects.get(facility_id="f1")
    states.sheet_step(sheet=sheet, name="submit", version=sheet.version, reason="代理", actor=hall["secretariat"])
    status, body = post(gateway, MAY)
    assert (status, body["error"]["rows"][0]["code"]) == (422, "W-21")


def test_a_facility_that_is_not_asked_or_not_ones_own_does_not_exist(gateway):
    assert code(post(gateway, APRIL, place="f2/2025")) == (404, "WA-04")
    assert code(post(gateway, APRIL, place="f1/2030")) == (404, "WA-04")
