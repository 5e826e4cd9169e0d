"""``kotsukotsu energy operate``: simulated nodes on loopback are read, planned for and told what to do."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kotsukotsu.cli import energy_operate
from kotsukotsu.periods import JST
from tests.devices.nodes import BATTERY, CAR, CHARGE, DISCHARGE, METER, MODE, PV, STANDBY, store, watts
from tests.devices.simulator import LOOPBACK, SILENT

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
HERE = ("--here", f"{LOOPBACK}:0")
AT = datetime(2024, 7, 3, 14, 10, tzinfo=JST)  # in the example's own year, whose prices are there


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """The command's clock stands at `AT`; moves it on."""

    def to(minutes):
        monkeypatch.setattr(energy_operate, "_clock", lambda: AT + timedelta(minutes=minutes))

    to(0)
    return to


@pytest.fixture
def site(tmp_path):
    """The city hall with these devices, by number: kind and simulated node."""
    folder = shutil.copytree(HALL, tmp_path / "site")

    def make(**devices):
        lines = [f"{number},{number}の機器,echonet,{kind},{LOOPBACK}:{one.place.port}\n"
                 for number, (kind, one) in devices.items()]  # fmt: skip
        (folder / "devices.csv").write_text("device_id,name,protocol,kind,address\n" + "".join(lines), encoding="utf-8")
        return folder

    return make


def kept(folder):
    (path,) = (folder / "operations").glob("*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def settings(simulated):
    return [(code, int.from_bytes(data, "big")) for service, code, data in simulated.asked if service == 0x61]


def test_a_maximum_in_danger_has_cars_wait_and_batteries_and_cars_give(cli, site, node):
    good, car = node(BATTERY, store(140)), node(CAR, store(30, 6.0))
    folder = site(meter=("meter", node(METER, {0xE7: watts(1500)})), battery=("battery", good), car=("car", car))
    done = cli("energy", "operate", folder, *HERE, "--format", "json")
    assert done.status == 0
    told = {one["device_id"]: one for one in done.json["stores"]}
    assert [(one["order"], one["result"]) for one in told.values()] == [("discharge", None)] * 2
    assert float(done.json["mean_kw"]) < float(done.json["mean_by_plan_kw"])
    assert [code for code, _ in settings(good)] == [0xAB, MODE]
    assert good.properties[MODE] == car.properties[MODE] == DISCHARGE
    assert settings(good)[0][1] == told["battery"]["order_wh"] > 0
    assert "DO-04" in [one["code"] for one in done.json["findings"]], "1,500 kW are more than all of them can hold"


def test_surplus_sun_is_stored_and_the_car_charges(cli, site, node):
    battery, car = node(BATTERY, store(150)), node(CAR, store(20))
    folder = site(meter=("meter", node(METER, {0xE7: watts(-80)})), sun=("pv", node(PV, {0xE0: b"\xff\x00"})),
                  battery=("battery", battery), car=("car", car))  # fmt: skip
    done = cli("energy", "operate", folder, *HERE, "--format", "json")
    assert (done.json["bought_kw"], done.json["sun_kw"]) == ("-80", "65.28")
    assert battery.properties[MODE] == car.properties[MODE] == CHARGE
    assert [one["code"] for one in done.json["findings"]] == []
    # 6 kW go into the car, the other 74 kW that are over into the battery, for twenty minutes
    assert settings(car)[0] == (0xE7, 2_000)
    assert settings(battery)[0][1] >= 24_666


def test_a_device_that_answers_nonsense_is_set_aside_and_the_rest_get_their_orders(cli, site, node):
    good, mad, silent = (node(BATTERY, store(90)) for _ in range(3))
    mad.raw = {code: [b"\x10\x81nonsense"] for code in (0x9F, 0xD3, 0xE2, 0xE4)}
    silent.properties[0xE2] = SILENT
    folder = site(meter=("meter", node(METER, {0xE7: watts(900)})), good=("battery", good), mad=("battery", mad),
                  silent=("battery", silent))  # fmt: skip
    done = cli("energy", "operate", folder, *HERE, "--format", "json")
    assert done.status == 0
    assert [one["device_id"] for one in done.json["stores"]] == ["good"]
    assert good.properties[MODE] == DISCHARGE
    assert settings(mad) == settings(silent) == []
    codes = [(one["code"], one["data"].get("device")) for one in done.json["findings"]]
    assert ("DV-02", "madの機器") in codes
    assert ("DV-04", "silentの機器") in codes
    assert [name for code, name in codes if code == "DO-03"] == ["madの機器", "silentの機器"]
    # a third of the power of all batteries is left: 40 kW, in the twenty minutes until the half-hour ends
    assert settings(good)[0] == (0xAB, 13_333)


def test_an_order_that_is_not_taken_is_told_and_kept(cli, site, node):
    good, stubborn = node(BATTERY, store(90)), node(BATTERY, store(90))
    stubborn.refuses = {MODE}
    folder = site(meter=("meter", node(METER, {0xE7: watts(900)})), good=("battery", good),
                  stubborn=("battery", stubborn))  # fmt: skip
    done = cli("energy", "operate", folder, *HERE)
    assert done.status == 0
    assert "DV-13" in done.out
    assert [(row["device_id"], row["result"]) for row in kept(folder)] == [
        ("", ""), ("good", "done"), ("stubborn", "DV-13")]  # fmt: skip


def test_what_was_read_and_ordered_is_kept_step_by_step(cli, site, node, later):
    meter = node(METER, {0xE7: watts(200)})
    folder = site(meter=("meter", meter), battery=("battery", node(BATTERY, store(150))))
    cli("energy", "operate", folder, *HERE)
    meter.properties[0xE7] = watts(250)
    later(5)
    cli("energy", "operate", folder, *HERE)
    rows = kept(folder)
    assert [row["bought_kw"] for row in rows if not row["device_id"]] == ["200.000", "250.000"]
    assert {row["stored_kwh"] for row in rows if row["device_id"]} == {"150.000"}
    assert {row["limit_kw"] for row in rows if not row["device_id"]} != {""}


def test_a_trial_tells_and_keeps_nothing(cli, site, node):
    battery = node(BATTERY, store(150))
    folder = site(meter=("meter", node(METER, {0xE7: watts(900)})), battery=("battery", battery))
    done = cli("energy", "operate", folder, *HERE, "--dry-run")
    assert done.status == 0
    assert "放電" in done.out
    assert settings(battery) == []
    assert not (folder / "operations").exists()


def test_without_a_meter_batteries_follow_the_plan_and_it_is_said_that_nothing_is_guarded(cli, site, node):
    battery = node(BATTERY, store(150))
    folder = site(meter=("meter", node(METER, {0xE7: SILENT})), battery=("battery", battery))
    done = cli("energy", "operate", folder, *HERE, "--format", "json")
    assert "DO-02" in [one["code"] for one in done.json["findings"]]
    assert done.json["bought_kw"] is None
    assert battery.properties[MODE] in (CHARGE, DISCHARGE, STANDBY)
    assert kept(folder)[0]["bought_kw"] == ""


def test_a_site_with_nothing_to_tell_is_refused(cli, site, node):
    done = cli("energy", "operate", site(meter=("meter", node(METER, {0xE7: watts(9)}))), *HERE)
    assert (done.status, "DO-01" in done.err) == (2, True)


def test_a_site_that_does_not_say_which_maximum_it_holds_is_refused(cli, site, node):
    folder = site(battery=("battery", node(BATTERY, store(150))))
    settings = folder / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("maximum_kw", "maximum"), encoding="utf-8")
    done = cli("energy", "operate", folder, *HERE)
    assert (done.status, "maximum_kw" in done.err) == (2, True)
