"""Matched supply in the core's inventory: counted once, with the retailer for the rest."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from pyarrow import parquet

from kotsukotsu.accounting import exact
from kotsukotsu.energy.match.model import kwh
from kotsukotsu.sessions.energy_match import matched
from kotsukotsu.sessions.energy_match_files import write_ledger, write_supplies
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.session import Session

SITE = Path(__file__).parents[2] / "examples" / "energy" / "wind-and-schools"
CERTIFICATES = "certificate_id,generator_id,start,end,kwh,kind,tracked,state,source\n"
FACTOR = Decimal("0.0005")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The wind turbine and its schools, with a certificate for a part of the year's generation."""
    folder = tmp_path_factory.mktemp("site") / "site"
    shutil.copytree(SITE, folder)
    line = "c1,wind,2024-04-01,2025-04-01,1000000,non_fit,yes,cancelled,register\n"
    (folder / "certificates.csv").write_text(CERTIFICATES + line, encoding="utf-8")
    return EnergySite(folder)


@pytest.fixture(scope="module")
def found(opened):
    return matched(opened)


def test_every_kilowatt_hour_of_a_certificate_is_set_off_once(found):
    (account,) = found.ledger.accounts()
    assert account.cancelled == 1_000_000
    assert account.issued == account.lost + account.allocated + account.left == 3_480_000


def test_the_inventory_counts_what_no_certificate_stands_behind_and_nothing_twice(town, opened, found):
    for number, row in enumerate(opened.site.tables["buildings"]):
        if number:
            town.facility(row["facility_id"], row["name"])
        else:
            town.tables["facilities"][0]["facility_id"] = row["facility_id"]
    for row in opened.site.tables["bills"]:
        town.month("electricity", f"{row['month']:%Y-%m}", row["kwh"], facility_id=row["building_id"])
    town.own("electricity", str(FACTOR * 1000), supplier="例示小売", source="invoice")
    town.write()
    write_supplies(Path(town.path), opened, found)
    result = Session(Path(town.path)).inventory(2024)
    rest = exact.difference(Decimal(3_300_000), Decimal(1_000_000))
    assert abs(result.total - rest * FACTOR) < Decimal("0.001")
    (total,) = [row for row in result.rows(("item",)) if row.keys["item"] == "electricity"]
    assert total.quantity == 3_300_000


def test_contracts_of_a_facility_add_up_to_one_in_every_month(tmp_path, opened, found):
    write_supplies(tmp_path, opened, found)
    sums = {}
    with (tmp_path / "supplies.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = row["facility_id"], row["valid_from"]
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["share"])
    assert set(sums.values()) == {Decimal(1)}
    assert len(sums) == 23 * 12


def test_the_ledger_on_disk_gives_no_half_hour_twice(tmp_path, found):
    write_ledger(tmp_path / "ledger.parquet", found.ledger)
    table = parquet.read_table(tmp_path / "ledger.parquet").to_pydict()
    keys = list(zip(table["generator"], table["building"], table["ts_start"], strict=True))
    assert len(set(keys)) == len(keys)
    assert kwh(sum(table["allocated_wh"])) == found.ledger.accounts()[0].allocated
    assert kwh(sum(table["cancelled_wh"])) == 1_000_000
    assert str(min(table["ts_start"])) >= "2024-04-01 00:00:00+09:00"
