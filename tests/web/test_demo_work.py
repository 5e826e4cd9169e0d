"""What the people of the demo city have done when its server starts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kotsukotsu.web import demo_work
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.entries import ledger, sheets
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.registers import Facility, Vehicle
from tests.web.conftest import FY, posted

BUS = "distance_diesel_bus"


@pytest.fixture
def begun(hall):
    for key, name, username in (("f300", "公用車", "zaisan"), ("f009", "雨だれ小学校", "shogakko")):
        Facility.objects.create(facility_id=key, name=name, department_id="d1")
        Role.objects.create(user=User.objects.create(username=username), kind="facility_manager", facility_id=key)
    for key, fuel in (("v1", "diesel"), ("v2", "diesel"), ("v3", "diesel"), ("v4", "gasoline")):
        Vehicle.objects.create(vehicle_id=key, facility_id="f300", vehicle_class=BUS, fuel=fuel)
    rows = [posted("f300", BUS, fy, month, "4987", "km") for fy in (FY - 1, FY) for month in (4, 5)]
    rows += [posted("f300", "diesel", FY, month, "2669.3", "L", cost_yen=Decimal(413742)) for month in (4, 5)]
    rows += [posted("f009", "electricity", FY, month, "14701", cost_yen=Decimal(371935)) for month in range(4, 10)]
    tables.put("activities", rows)
    due = timezone.localdate() + timedelta(days=30)
    collections.collection_open(fy=FY, due_on=due, actor=hall["secretariat"])


def amounts(facility):
    found = {}
    for row in ledger.of_years(facility, FY, FY):
        for name in ("quantity", "cost_yen"):
            key = (row["item"], row["start"], name)
            found[key] = found.get(key, 0) + (row[name] or 0)
    return found


def test_single_vehicles_add_up_to_the_totals_that_they_take_the_place_of(begun):
    before = amounts("f300")
    demo_work.work(FY)
    assert amounts("f300") == before
    counted = [row for row in ledger.of_years("f300", FY, FY) if row["quantity"]]
    assert {row["meter_id"] for row in counted} == {"v1", "v2", "v3"}
    assert len(counted) == 12
    sheet = Sheet.objects.get(facility_id="f300")
    grid = sheets.grid(sheet)
    assert (len(grid.fleet), grid.fleet_filled) == (6, 12)
    assert sheets.open_errors(sheet, registers_too=True) == []


def test_the_first_bills_of_a_school_prove_their_months(begun):
    demo_work.work(FY)
    files = list(Sheet.objects.get(facility_id="f009").evidence.all())
    assert [one.name for one in files] == [f"電気料金請求書_{FY}-{month:02}.pdf" for month in (4, 5, 6)]
    assert all(bytes(one.content).startswith(b"%PDF") for one in files)
    assert [one.proved.get().month for one in files] == [f"{FY}-04", f"{FY}-05", f"{FY}-06"]
