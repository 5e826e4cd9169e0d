"""The same question gives the same bytes, however often it is asked and however the engine orders its rows."""

from __future__ import annotations

import random

import pytest


@pytest.mark.parametrize("arguments", [["inventory"], ["inventory", "--by", "facility,item"], ["trace"], ["energy"]])
def test_the_same_ledger_in_another_order_gives_the_same_bytes(cli, town, arguments):
    for key in ("f2", "f3", "f4"):
        town.facility(key, key)
    town.own("electricity", "0.5")
    for facility in ("f4", "f1", "f3", "f2"):
        for item in ("electricity", "lpg", "kerosene", "heavy_oil_a", "distance_gasoline_passenger"):
            for month in ("2023-12", "2023-04", "2024-03"):
                town.month(item, month, 100, facility_id=facility, basis=random.choice(("measured", "estimated")))
    asked = [arguments[0], town.path, "--fy", 2023, "--format", "json", *arguments[1:]]
    town.municipality["base_fy"] = 2023
    given = []
    for _ in range(2):
        town.write()
        given.append(cli(*asked).out)
        random.shuffle(town.tables["activities"])
    assert given[0] == given[1] != ""
