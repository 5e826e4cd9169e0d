"""``kotsukotsu energy devices``: what a site has, what is on its network, and one reading into its half-hours."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from kotsukotsu.energy.readings import Flag
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_series import from_columns
from kotsukotsu.store import halfhours
from tests.devices.openadr.vtn import event, price, signal, values, wanted
from tests.devices.simulator import LOOPBACK, SILENT, Node, free_port

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
HERE = ("--here", f"{LOOPBACK}:0")
HEAD = (
    "device_id,name,protocol,kind,address,instance,point,topic,quantity,unit,least,most,"
    "username,secret,certificate,authority,ven_name,ven_id,vtn_id,join,report,hertz,voltage\n"
)
NONE = 0xFFFFFFFE


def line(**given):
    return ",".join(str(given.get(name, "")) for name in HEAD.strip().split(",")) + "\n"


@pytest.fixture
def site(tmp_path):
    """A site folder with these devices."""
    shutil.copytree(HALL, tmp_path / "site")

    def make(*lines):
        (tmp_path / "site" / "devices.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
        return tmp_path / "site"

    return make


def at(simulated):
    return f"{LOOPBACK}:{simulated.place.port}"


def meter(node, days):
    """A smart meter with the counters of today and of days before."""
    today = datetime.now(JST).date()
    latest = today.year.to_bytes(2, "big") + bytes([today.month, today.day, 12, 0, 0]) + bytes(4)
    made = node(0x0288, {0xE7: (-1200).to_bytes(4, "big", signed=True), 0xEA: latest, 0xE1: b"\x01", 0xE5: b"\x00",
                         0xE2: b"-"})  # fmt: skip
    answers = made.answers

    def by_day(data):
        back = made.properties[0xE5][0]
        counted = days.get(back, [NONE] * 48)
        made.properties[0xE2] = bytes([0, back]) + b"".join(one.to_bytes(4, "big") for one in counted)
        return answers(data)

    made.answers = by_day
    return made, today


def kept(site, fy, point):
    columns = halfhours.read(site, fy)
    return from_columns(columns)[point] if columns is not None else []


def fiscal_year(day):
    return day.year - (day.month < 4)


def test_a_site_without_devices_says_so(cli):
    done = cli("energy", "devices", HALL)
    assert (done.status, "--discover" in done.out) == (0, True)


def test_the_devices_of_a_site_are_listed_without_being_asked(cli, site):
    folder = site(
        line(device_id="d1", name="庁舎の計器", protocol="echonet", kind="meter", address="192.0.2.22", point="m1"),
        line(device_id="v1", name="指令元", protocol="openadr", kind="requests", address="https://vtn.example.jp/x",
             ven_name="city"),
    )  # fmt: skip
    done = cli("energy", "devices", folder)
    assert [
        word in done.out for word in ("庁舎の計器", "ECHONET Lite", "スマートメーター", "192.0.2.22", "m1", "要請")
    ] == [True] * 6
    assert cli("energy", "devices", folder, "--format", "json").json["devices"][0] == {
        "device_id": "d1", "name": "庁舎の計器", "protocol": "echonet", "kind": "meter", "address": "192.0.2.22",
        "point": "m1"}  # fmt: skip


def test_nodes_of_the_network_are_found_and_those_of_the_site_are_named(cli, site, node):
    found = node(0x0EF0, {0xD6: b"\x03\x02\x88\x01\x02\x7d\x01\x01\x30\x01"})
    folder = site(line(device_id="d1", name="計器", protocol="echonet", kind="meter", address=at(found)))
    done = cli("energy", "devices", folder, "--discover", "--ask", at(found), *HERE, "--format", "json")
    assert [(one["class"], one["kind"], one["device_id"]) for one in done.json["nodes"]] == [
        ("0x0288", "meter", "d1"), ("0x027D", "battery", None), ("0x0130", None, None)]  # fmt: skip


def test_one_reading_shows_values_and_keeps_half_hours_once(cli, site, node):
    yesterday = [1000 + 5 * number for number in range(48)]
    simulated, today = meter(node, {1: yesterday, 0: [1240, *[NONE] * 47]})
    battery = node(0x027D, {0xE4: b"\x40"})
    folder = site(
        line(device_id="d1", name="計器", protocol="echonet", kind="meter", address=at(simulated), point="m1"),
        line(device_id="b1", name="蓄電池", protocol="echonet", kind="battery", address=at(battery)),
    )
    done = cli("energy", "devices", folder, "--read", *HERE, "--format", "json")
    assert [(one["device"], one["quantity"], one["value"], one["unit"]) for one in done.json["values"]] == [
        ("計器", "power", "-1200", "W"), ("蓄電池", "charge", "64", "%")]  # fmt: skip
    day = today - timedelta(days=1)
    (half,) = done.json["half_hours"]
    assert (half["point"], half["start"], half["count"], half["kwh"]) == ("m1", str(day), 48, "24")
    (series,) = kept(folder, fiscal_year(day), "m1")
    assert (series.start, series.sources) == (day, ("ECHONET Lite 127.0.0.1 028801 0xE2",))
    assert (set(series.flags[:48]), np.isnat(series.known_at[:48]).any()) == ({Flag.MEASURED}, False)
    again = cli("energy", "devices", folder, "--read", *HERE)
    assert ("新しい30分値はありません" in again.out, len(kept(folder, fiscal_year(day), "m1"))) == (True, 1)


def test_a_dry_run_keeps_nothing(cli, site, node):
    simulated, _ = meter(node, {1: [1000 + number for number in range(48)]})
    pv = node(0x0279, {0xE1: (5000).to_bytes(4, "big")})
    folder = site(
        line(device_id="d1", name="計器", protocol="echonet", kind="meter", address=at(simulated), point="m1"),
        line(device_id="p1", name="太陽光", protocol="echonet", kind="pv", address=at(pv), point="pv-hall"),
    )
    done = cli("energy", "devices", folder, "--read", "--dry-run", *HERE, "--format", "json")
    assert done.json["half_hours"][0]["count"] == 47
    assert not (folder / "halfhours").exists()
    assert not (folder / "counters").exists()


def test_a_broken_device_does_not_stop_the_others(cli, site, node):
    silent, good = node(0x027D, {0xE4: SILENT}), node(0x0279, {0xE0: b"\x00\x05"})
    silent.raw[0x9F] = [b"junk"]
    folder = site(
        line(device_id="b1", name="壊れた蓄電池", protocol="echonet", kind="battery", address=at(silent)),
        line(device_id="p1", name="太陽光", protocol="echonet", kind="pv", address=at(good), point="pv-hall"),
    )
    done = cli("energy", "devices", folder, "--read", *HERE)
    assert done.status == 0
    assert [word in done.out for word in ("壊れた蓄電池", "DV-02", "太陽光", "電力")] == [True] * 4


def test_requests_are_shown_answered_and_reported_to(cli, site, node, vtn):
    now = datetime.now(JST)
    vtn.events = [event("E1", now - timedelta(minutes=5), signal([1, 2]) + price(["25.5", "30"]))]
    vtn.wanted = wanted("R1", ["hall"], minutes=30)
    pv = node(0x0279, {0xE0: (4321).to_bytes(2, "big")})
    folder = site(
        line(device_id="p1", name="太陽光", protocol="echonet", kind="pv", address=at(pv), report="hall", hertz=50,
             voltage=200),
        line(device_id="v1", name="指令元", protocol="openadr", kind="requests", address=vtn.url, ven_name="city"),
    )  # fmt: skip
    first = cli("energy", "devices", folder, "--read", *HERE)
    assert [word in first.out for word in ("E1", "段階 1→2", "料金 25.5→30 円/kWh", "まだ", "DV-44")] == [True] * 5
    assert values(vtn.told("oadrUpdateReport")[0], "value") == ["4321"]
    done = cli("energy", "devices", folder, "--join", "E1", *HERE, "--format", "json")
    assert done.json["requests"][0]["opt"] == "optIn"
    assert values(vtn.told("oadrCreatedEvent")[0], "optType") == ["optIn"]
    again = cli("energy", "devices", folder, "--read", *HERE, "--format", "json").json
    assert (again["requests"][0]["opt"], again["findings"]) == ("optIn", [])
    assert values(vtn.told("oadrCreatedEvent")[1], "optType") == ["optIn"]
    vtn.events = [event("E1", now, signal([3, 3]), modification=1)]
    changed = cli("energy", "devices", folder, "--read", *HERE, "--format", "json").json
    assert (changed["requests"][0]["opt"], [one["code"] for one in changed["findings"]]) == (None, ["DV-44"])
    assert "DV-49" in cli("energy", "devices", folder, "--decline", "E9", *HERE).err


def test_a_site_may_always_join(cli, site, vtn):
    vtn.events = [event("E1", datetime.now(JST), signal([1, 1]))]
    folder = site(
        line(
            device_id="v1",
            name="指令元",
            protocol="openadr",
            kind="requests",
            address=vtn.url,
            ven_name="city",
            join="yes",
        )
    )
    cli("energy", "devices", folder, "--read", *HERE)
    assert values(vtn.told("oadrCreatedEvent")[0], "optType") == ["optIn"]


GOOD = {"device_id": "d1", "name": "計器", "protocol": "echonet", "kind": "meter", "address": "192.0.2.22"}
TOPIC = {"device_id": "q1", "name": "EMS", "protocol": "mqtt", "kind": "values", "address": "192.0.2.30",
         "topic": "a/b", "quantity": "power", "unit": "kW", "least": 0, "most": 60}  # fmt: skip
VTN = {"device_id": "v1", "name": "指令元", "protocol": "openadr", "kind": "requests", "address": "https://vtn.example.jp/x",
       "ven_name": "city"}  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([GOOD | {"kind": "values"}], "DD-01"),
        ([VTN | {"kind": "meter"}], "DD-01"),
        ([TOPIC | {"topic": ""}], "DD-02"),
        ([VTN | {"ven_name": ""}], "DD-02"),
        ([GOOD | {"report": "hall", "hertz": 50}], "DD-02"),
        ([GOOD | {"address": "http://192.0.2.22"}], "DD-03"),
        ([GOOD | {"address": "192.0.2.22:x"}], "DD-03"),
        ([GOOD | {"address": "192.0.2.22:99999"}], "DD-03"),
        ([TOPIC | {"point": "m1"}], "DD-05"),
        ([GOOD | {"kind": "battery", "point": "m1"}], "DD-05"),
        ([GOOD | {"point": "m9"}], "HI-11"),
        ([GOOD | {"point": "m1"}, GOOD | {"device_id": "d2", "name": "計器2", "point": "m1"}], "DD-08"),
        ([GOOD, GOOD], "ST-05"),
        ([GOOD, GOOD | {"device_id": "d2"}], "ST-05"),
        ([TOPIC, TOPIC], "ST-05"),
        ([TOPIC, TOPIC | {"topic": "c", "address": "192.0.2.31"}], "ST-05"),
        ([GOOD | {"protocol": "modbus"}], "F-"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_the_device(cli, site, lines, code):
    done = cli("energy", "devices", site(*(line(**one) for one in lines)))
    assert (done.status, done.out, code in done.err) == (2, "", True)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([VTN | {"report": "hall", "hertz": 50, "voltage": 200}], "DD-04"),
        ([TOPIC | {"unit": "%", "report": "hall", "hertz": 50, "voltage": 200}], "DD-04"),
        ([TOPIC | {"secret": "none.txt"}], "DD-06"),
        ([VTN | {"certificate": "none.pem"}], "DD-06"),
        ([VTN | {"address": "vtn.example.jp"}], "DV-50"),
        ([VTN | {"authority": "site.toml"}], "DV-51"),
    ],
)
def test_what_cannot_be_opened_is_refused_before_anything_is_asked(cli, site, lines, code):
    done = cli("energy", "devices", site(*(line(**one) for one in lines)), "--read", *HERE)
    assert (done.status, done.out, code in done.err) == (2, "", True)


def test_a_port_that_is_taken_is_told(cli, site):
    folder = site(line(**GOOD))
    other = Node(0x0288, {})
    assert "DD-09" in cli("energy", "devices", folder, "--read", "--here", at(other)).err
    assert "DD-03" in cli("energy", "devices", folder, "--read", "--here", "a:b").err
    assert "DD-03" in cli("energy", "devices", folder, "--discover", "--ask", "a:b", *HERE).err
    other.close()


def test_nobody_on_the_network_is_told(cli, site):
    done = cli("energy", "devices", site(), "--discover", "--ask", f"{LOOPBACK}:{free_port()}", *HERE)
    assert (done.status, "見つかりません" in done.out) == (0, True)


def test_days_of_a_meter_are_asked_as_many_as_wanted(cli, site, node):
    simulated, today = meter(node, {back: [1000 - 100 * back + number for number in range(48)] for back in range(4)})
    folder = site(
        line(device_id="d1", name="計器", protocol="echonet", kind="meter", address=at(simulated), point="m1")
    )
    done = cli("energy", "devices", folder, "--read", "--days", "3", *HERE, "--format", "json")
    (half,) = done.json["half_hours"]
    assert (date.fromisoformat(half["start"]), half["count"]) == (today - timedelta(days=3), 4 * 48 - 1)
