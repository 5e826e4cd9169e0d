"""``kotsukotsu energy operate`` under requests of a VTN, and with cars that are booked."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kotsukotsu.cli import energy_operate
from kotsukotsu.periods import JST
from tests.devices.nodes import BATTERY, CAR, CHARGE, DISCHARGE, METER, MODE, STANDBY, store, watts
from tests.devices.openadr.vtn import event, price, signal
from tests.devices.simulator import LOOPBACK

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
HERE = ("--here", f"{LOOPBACK}:0", "--format", "json")
AT = datetime(2024, 7, 3, 14, 10, tzinfo=JST)  # in the example's own year, whose prices are there
LEVELS = "[operate]\nlevel_kw = [200, 150]"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(energy_operate, "_clock", lambda: AT)


@pytest.fixture
def site(tmp_path, node, vtn):
    """The city hall with a meter, a battery, a car, and a VTN whose requests are joined as told."""
    folder = shutil.copytree(HALL, tmp_path / "site")

    def make(bought, car_kwh=39.0, join="yes", settings=LEVELS, bookings=""):
        nodes = {"meter": node(METER, {0xE7: watts(bought)}), "battery": node(BATTERY, store(200)),
                 "car": node(CAR, store(car_kwh))}  # fmt: skip
        lines = [f"{name},{name},echonet,{name},{LOOPBACK}:{one.place.port},,\n" for name, one in nodes.items()]
        lines.append(f"vtn,指令元,openadr,requests,{vtn.url},city,{join}\n")
        head = "device_id,name,protocol,kind,address,ven_name,join\n"
        (folder / "devices.csv").write_text(head + "".join(lines), encoding="utf-8")
        own = (folder / "site.toml").read_text(encoding="utf-8")
        (folder / "site.toml").write_text(own.replace("[operate]", settings), encoding="utf-8")
        if bookings:
            head = "booking_id,device_id,who,out,back,km\n"
            (folder / "bookings.csv").write_text(head + bookings, encoding="utf-8")
        return folder, nodes

    return make


def orders(done):
    return {one["device_id"]: one["order"] for one in done.json["stores"]}


def codes(done):
    return [one["code"] for one in done.json["findings"]]


def kept(folder):
    (path,) = (folder / "operations").glob("*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_level_lowers_what_is_bought_in_its_half_hours_and_the_statement_says_so(cli, site, vtn):
    folder, nodes = site(250)
    assert cli("energy", "operate", folder, *HERE, "--dry-run").json["asked_now"]["most_kw"] is None
    vtn.events = [event("E1", AT - timedelta(minutes=10), signal([1, 2]))]
    done = cli("energy", "operate", folder, *HERE)
    assert (done.json["limit_kw"], done.json["asked_now"]["most_kw"]) == ("200", "200")
    assert [(one["event_id"], one["value"], one["joined"], one["now"]) for one in done.json["requests"]] == [
        ("E1", "1", True, True), ("E1", "2", True, False)]  # fmt: skip
    assert (orders(done)["battery"], nodes["battery"].properties[MODE]) == ("discharge", DISCHARGE)
    assert float(done.json["mean_kw"]) <= 200.001
    assert kept(folder)[0]["request"] == "E1"


def test_a_request_that_nobody_joined_or_that_is_over_changes_nothing_and_is_told(cli, site, vtn):
    vtn.events = [event("E1", AT - timedelta(minutes=10), signal([1], 60)),
                  event("E2", AT - timedelta(hours=2), signal([2], 60))]  # fmt: skip
    folder, _ = site(250, join="ask")
    done = cli("energy", "operate", folder, *HERE)
    assert (done.json["asked_now"]["most_kw"], done.json["requests"][0]["joined"]) == (None, False)
    assert [one["event_id"] for one in done.json["requests"]] == ["E1"]
    assert kept(folder)[0]["request"] == ""
    assert "参加と答えていない" in cli("energy", "operate", folder, *HERE[:2], "--dry-run").out.replace("\n", "")


def test_a_level_that_the_site_says_nothing_of_is_told_and_not_guessed(cli, site, vtn):
    vtn.events = [event("E1", AT - timedelta(minutes=10), signal([3, 3]))]
    folder, _ = site(250)
    done = cli("energy", "operate", folder, *HERE)
    assert done.json["asked_now"]["most_kw"] is None
    assert "DO-05" in codes(done)


def test_a_dear_half_hour_has_the_battery_give_and_a_cheap_one_has_it_take(cli, site, vtn):
    for yen, order in (("300", "discharge"), ("-20", "charge")):
        vtn.events = [event("E" + yen, AT - timedelta(minutes=10), price([yen, yen]))]
        folder, _ = site(250, settings="[operate]")
        done = cli("energy", "operate", folder, *HERE)
        assert orders(done)["battery"] == order
        assert done.json["asked_now"]["price"] == yen


def test_a_car_without_haste_lets_a_dear_hour_pass_and_one_in_haste_charges_now(cli, site, vtn):
    vtn.events = [event("E1", AT - timedelta(minutes=10), price(["300", "300"]))]
    folder, _ = site(100, car_kwh=20, bookings="b1,car,staff,2024-07-04 09:00,2024-07-04 12:00,100\n")
    done = cli("energy", "operate", folder, *HERE)
    (car,) = (one for one in done.json["stores"] if one["device_id"] == "car")
    assert (car["order"], car["booking"]["booking_id"], car["booking"]["wanted_kwh"]) == ("standby", "b1", "23")
    assert car["booking"]["short_kwh"] == "0"
    assert [(row["booking_id"], row["wanted_kwh"]) for row in kept(folder)][2] == ("b1", "23.000")
    folder, _ = site(100, car_kwh=20, settings="[operate]",
                     bookings="b1,car,staff,2024-07-03 14:50,2024-07-03 18:00,100\n")  # fmt: skip
    assert orders(cli("energy", "operate", folder, *HERE))["car"] == "charge"


def test_what_a_car_will_lack_is_told_with_the_reason(cli, site):
    folder, nodes = site(100, car_kwh=10, bookings="b1,car,citizen,2024-07-03 15:10,2024-07-03 18:00,100\n")
    done = cli("energy", "operate", folder, *HERE)
    (short,) = (one for one in done.json["findings"] if one["code"] == "DO-08")
    # 8 kWh that are never driven and 15 for the way, 10 are there, an hour at 6 kW brings 5.7
    assert (short["data"]["wanted"], short["data"]["short"]) == ("23.0", "7.3")
    assert nodes["car"].properties[MODE] == CHARGE


def test_two_bookings_of_a_car_and_one_without_a_free_car_are_told(cli, site):
    folder, _ = site(100, bookings="b1,car,staff,2024-07-04 09:00,2024-07-04 12:00,10\n"
                                   "b2,car,staff,2024-07-04 11:00,2024-07-04 13:00,10\n"
                                   "b3,,citizen,2024-07-04 11:30,2024-07-04 13:00,10\n"
                                   "b4,,citizen,2024-07-04 18:00,2024-07-04 20:00,10\n")  # fmt: skip
    done = cli("energy", "operate", folder, *HERE)
    assert [(one["code"], one["data"]["booking"]) for one in done.json["findings"]] == [
        ("DO-09", "b3"), ("DO-10", "b1")]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("b1,car,staff,2024-07-04 12:00,2024-07-04 09:00,10\n", "DO-06"),
        ("b1,bus,staff,2024-07-04 09:00,2024-07-04 12:00,10\n", "DO-07"),
        ("b1,car,staff,2024-07-04 09:00,2024-07-04 12:00,-10\n", "DO-11"),
        ("b1,car,staff,2024-07-04 09:00,2024-07-04 12:00,10\n" * 2, "ST-05"),
    ],
)
def test_a_booking_that_cannot_be_is_refused_with_its_number(cli, site, line, code):
    folder, nodes = site(100, bookings=line)
    done = cli("energy", "operate", folder, *HERE)
    assert (done.status, code in done.err, "b1" in done.err) == (2, True, True)
    assert nodes["battery"].properties[MODE] == STANDBY
