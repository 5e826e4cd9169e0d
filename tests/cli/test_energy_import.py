"""``kotsukotsu energy import``: received half-hours are used in the place of made ones."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.sessions.energy_site import EnergySite
from tests.importers.halfhours import samples

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
DAYS = [f"{date(2024, 4, 1) + timedelta(days=number):%Y/%m/%d}" for number in range(365)]


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(HALL, tmp_path / "site")
    return tmp_path / "site"


def file(tmp_path, text, name="f.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="cp932")
    return path


def test_a_year_of_a_meter_takes_the_place_of_the_made_one(cli, folder, tmp_path):
    text = samples.wide(days=DAYS, value=100)
    done = cli("energy", "import", file(tmp_path, text), "--into", folder, "--point", "m1", "--format", "json")
    assert done.status == 0
    assert done.json["series"][0]["half_hours"] == 17_520
    expected = 365 * sum(100 + number for number in range(48))
    bill = cli("energy", "bill", folder, "--format", "json").json
    assert bill["meters"][0]["total_kwh"] == str(expected) == done.json["series"][0]["sum"]
    assert bill["meters"][0]["months"][0]["maximum_kw"] == "294"
    assert [finding["code"] for finding in bill["findings"]] == []


def test_a_dry_run_and_a_refused_file_leave_nothing(cli, folder, tmp_path):
    good = file(tmp_path, samples.wide(days=DAYS[:2]))
    assert cli("energy", "import", good, "--into", folder, "--point", "m1", "--dry-run").status == 0
    bad = file(tmp_path, samples.wide(days=DAYS[:2]).replace(",2.5,", ",x,"), "bad.csv")
    assert cli("energy", "import", bad, "--into", folder, "--point", "m1").status == 2
    assert not (folder / "halfhours").exists()


def test_a_bill_with_gaps_is_refused_and_not_made_of_zeros(cli, folder, tmp_path):
    cli("energy", "import", file(tmp_path, samples.wide(days=DAYS[:-1])), "--into", folder, "--point", "m1")
    done = cli("energy", "bill", folder)
    assert (done.status, done.out) == (2, "")
    assert "HH-05" in done.err
    assert "2025-03-31" in done.err
    part = cli("energy", "bill", folder, "--last", "2025-02", "--format", "json").json
    assert (len(part["meters"][0]["months"]), part["meters"][0]["room"]["month"]) == (11, "2025-02")
    assert part["findings"] == []


def test_a_column_that_nobody_gave_a_place_is_refused(cli, folder, tmp_path):
    path = file(tmp_path, samples.long())
    assert "HI-10" in cli("energy", "import", path, "--into", folder).err
    wrong = ["--point", "受電電力量(kWh)=m9", "--point", "太陽光(kW)=pv-hall"]
    assert "HI-11" in cli("energy", "import", path, "--into", folder, *wrong).err
    right = ["--point", "受電電力量(kWh)=m1", "--point", "太陽光(kW)=pv-hall"]
    done = cli("energy", "import", path, "--into", folder, *right, "--format", "json")
    assert [one["point"] for one in done.json["series"]] == ["m1", "pv-hall"]
    assert "IM-00" in cli("energy", "import", tmp_path / "no.csv", "--into", folder).err


def test_market_prices_make_a_bill_that_follows_the_market(cli, folder, tmp_path):
    buildings = folder / "buildings.csv"
    buildings.write_text(buildings.read_text(encoding="utf-8").replace("example-high-season", "example-high-spot"))
    assert "HI-12" in cli("energy", "bill", folder).err
    done = cli("energy", "import", file(tmp_path, samples.spot(DAYS)), "--into", folder)
    assert done.status == 0
    assert "東京" in done.out
    bill = cli("energy", "bill", folder, "--format", "json").json["meters"][0]
    spot = Decimal(bill["by_kind_yen"]["spot"])
    assert Decimal(12) < spot / Decimal(bill["total_kwh"]) < Decimal("12.5")


def test_sun_at_night_and_values_far_above_the_bills_are_told(cli, folder, tmp_path):
    night = samples.long(heads="日付,時刻,発電(kWh),備考", word="")
    cli("energy", "import", file(tmp_path, night), "--into", folder, "--point", "pv-hall")
    high = samples.wide(value=2000)
    cli("energy", "import", file(tmp_path, high, "high.csv"), "--into", folder, "--point", "hall", "--dry-run")
    found = EnergySite(folder).findings()
    assert [finding.code for finding in found if finding.severity == "warning"] == ["HQ-01", "HQ-03"]
    cli("energy", "import", file(tmp_path, high, "high.csv"), "--into", folder, "--point", "hall")
    spikes = [finding for finding in EnergySite(folder).findings() if finding.code == "HQ-02"]
    assert len(spikes) == 48
    assert spikes[0].data["kw"] == "4000"
