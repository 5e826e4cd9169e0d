"""A total of all vehicles beside single ones; months of a vehicle that has gone."""

from __future__ import annotations

from datetime import date

import pytest

from kotsukotsu.ledger import checks

ITEM = "distance_diesel_truck"
VEHICLES = [
    {"vehicle_id": "v1", "facility_id": "s1", "class": ITEM, "fuel": "diesel"},
    {"vehicle_id": "v2", "facility_id": "s1", "class": ITEM, "fuel": "diesel", "disposed_on": date(2024, 8, 1)},
]
APRIL = ("2024-04-01", "2024-05-01")


def codes(view, name):
    return [finding.code for finding in checks.run(view, [name])[0].findings]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ({}, ["C-38"]),
        ({"item": "diesel"}, []),
        ({"meter_id": "その他の車両"}, []),
        ({"start": "2024-05-01", "end": "2024-06-01"}, []),
        ({"start": "2024-04-01", "end": "2025-04-01"}, ["C-38"]),
        ({"quantity": None, "basis": "not_occurring"}, []),
        ({"facility_id": "s2"}, []),
    ],
)
def test_a_total_of_the_same_days_would_be_added_to_single_vehicles(view, row, total, expected):
    given = {"start": APRIL[0], "end": APRIL[1], "quantity": "900", "item": ITEM, "unit": "km", **total}
    rows = [row("A", *APRIL, "300", item=ITEM, unit="km", meter_id="v1"), row("B", **given)]
    assert codes(view(rows, vehicles=VEHICLES), "fleets") == expected


def test_fuel_of_another_use_is_no_total_of_vehicles(view, row):
    rows = [
        row("A", *APRIL, item="diesel", meter_id="v1"),
        row("B", *APRIL, item="diesel", use="diesel_engine"),
    ]
    assert codes(view(rows, vehicles=VEHICLES), "fleets") == []


def test_a_vehicle_is_known_where_a_meter_is_asked_for(view, row):
    meters = [{"meter_id": "m1", "facility_id": "s1", "item": "electricity"}]
    rows = [row(key, *APRIL, item=ITEM, unit="km", meter_id=key) for key in ("v1", "v9")]
    found = checks.run(view(rows, meters=meters, vehicles=VEHICLES), ["unknown_ids"])[0].findings
    assert [(one.code, one.data["value"]) for one in found] == [("C-22", "v9")]


def test_a_vehicle_owes_no_month_in_which_it_was_not_there(view, row):
    months = {
        key: one.data["months"]
        for key in ("v1", "v2")
        for one in checks.run(
            view([row(key, *APRIL, item=ITEM, unit="km", meter_id=key)], vehicles=VEHICLES), ["missing_months"]
        )[0].findings
    }
    assert "2025年3月" in months["v1"]
    assert "2024年7月" in months["v2"]
