"""A changed contract: reported from the bill, taken into the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kotsukotsu.web.entries.services import supplies
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.registers import Supply

DAY = date(2025, 10, 1)


@pytest.fixture
def report(sheet, hall):
    return supplies.supply_report(
        facility_id="f1", item="electricity", supplier="例電力 ", menu="再エネ", valid_from=DAY, actor=hall["clerk"]
    )


def contracts():
    names = ("supplier", "menu", "valid_from", "valid_to")
    return list(Supply.objects.filter(facility_id="f1").order_by("id").values_list(*names))


def test_the_old_contract_ends_on_the_day_on_which_the_new_one_begins(report, hall):
    before = Municipality.objects.get().revision
    supplies.supply_take(report=report, actor=hall["secretariat"])
    assert contracts() == [("北海道電力", None, None, DAY), ("例電力", "再エネ", DAY, None)]
    assert Municipality.objects.get().revision > before


def test_a_report_is_answered_once(report, hall):
    supplies.supply_take(report=report, actor=hall["secretariat"])
    with pytest.raises(ConflictError, match="W-34"):
        supplies.supply_refuse(report=report, answer="x", actor=hall["secretariat"])


def test_contracts_beside_each_other_are_left_to_a_person(report, hall):
    Supply.objects.create(facility_id="f1", item="electricity", supplier="もう一社", share="0.5")
    with pytest.raises(WebError, match="W-35"):
        supplies.supply_take(report=report, actor=hall["secretariat"])
    assert len(contracts()) == 2


def test_a_contract_that_would_begin_before_the_running_one_is_left_to_a_person(report, hall):
    Supply.objects.filter(facility_id="f1").update(valid_from=date(2025, 12, 1))
    with pytest.raises(WebError, match="W-35"):
        supplies.supply_take(report=report, actor=hall["secretariat"])


def test_to_refuse_needs_a_reason_and_changes_nothing(report, hall):
    with pytest.raises(WebError, match="W-27"):
        supplies.supply_refuse(report=report, answer="", actor=hall["secretariat"])
    supplies.supply_refuse(report=report, answer="契約書では変更なし", actor=hall["secretariat"])
    assert len(contracts()) == 1


def test_only_who_enters_reports_and_only_the_secretariat_takes(report, hall):
    with pytest.raises(PermissionDenied):
        supplies.supply_report(
            facility_id="f1", item="electricity", supplier="x", valid_from=DAY, actor=hall["operator"]
        )
    with pytest.raises(PermissionDenied):
        supplies.supply_take(report=report, actor=hall["clerk"])
