"""A site whose meter speaks through a broker and whose batteries speak ECHONET Lite, under control for a step."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_operate import operate, outlooks_of
from kotsukotsu.sessions.energy_operations import rows
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import Planned
from tests.devices.simulator import LOOPBACK

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
AT = datetime(2024, 7, 3, 14, 10, tzinfo=JST)  # in the example's own year, whose prices are there
HEAD = "device_id,name,protocol,kind,address,topic,quantity,unit,least,most\n"


@pytest.fixture
def publish(brokers):
    client = Client(CallbackAPIVersion.VERSION2)
    client.connect(LOOPBACK, brokers[0])
    client.loop_start()
    yield lambda topic, value: client.publish(
        topic, json.dumps({"value": value, "time": AT.isoformat()}), qos=1, retain=True
    ).wait_for_publish(2)
    for topic in ("hall/grid", "hall/sun"):
        client.publish(topic, b"", qos=1, retain=True).wait_for_publish(2)
    client.disconnect()
    client.loop_stop()


@pytest.fixture
def site(tmp_path, brokers, node):
    folder = shutil.copytree(HALL, tmp_path / "site")
    battery = node(0x027D, {0xD3: bytes(4), 0xE2: (150_000).to_bytes(4, "big"), 0xDA: b"\x44"})
    lines = (
        f"ems,EMS,mqtt,values,{LOOPBACK}:{brokers[0]},hall/grid,bought_power,kW,-1000,1000\n"
        f"ems,EMS,mqtt,values,{LOOPBACK}:{brokers[0]},hall/sun,sun_power,kW,0,1000\n"
        f"b,蓄電池,echonet,battery,{LOOPBACK}:{battery.place.port},,,,,\n"
    )
    (folder / "devices.csv").write_text(HEAD + lines, encoding="utf-8")
    opened = EnergySite(folder)
    return Planned(opened, next(iter(opened.site.meters))), battery


def test_values_of_a_broker_are_what_is_bought_and_what_the_sun_gives(site, publish, link):
    planned, battery = site
    publish("hall/grid", 360)
    publish("hall/sun", 35.5)
    found = operate(planned, link, lambda: AT)
    assert (found.bought, found.sun, found.findings) == (360.0, 35.5, ())
    assert found.step.mean == pytest.approx(found.step.limit) == 300
    # 60 kW over in each of thirty minutes, given in the twenty that are left
    assert battery.properties[0xDA] == b"\x43"
    assert found.step.orders["b"] == pytest.approx(-90)
    assert found.orders[0].amount_wh == 30_000
    assert [row["load_kw"] and float(row["load_kw"]) for row in rows(planned.opened.path, AT)] == [
        pytest.approx(395.5),
        None,
    ]


def test_nonsense_of_a_broker_leaves_the_battery_to_its_plan(site, publish, link):
    planned, _ = site
    publish("hall/grid", 99_999)
    publish("hall/sun", 35.5)
    found = operate(planned, link, lambda: AT)
    assert [one.code for one in found.findings] == ["DV-21", "DO-02"]
    assert (found.bought, [one.mode for one in found.orders]) == (None, [found.orders[0].mode])
    assert found.orders[0].finding is None


def test_a_day_is_foreseen_from_its_season_of_the_sites_year(site):
    planned, _ = site
    load, sun = outlooks_of(planned, AT.date())
    first = (AT.date() - planned.opened.site.calendar.start).days * PER_DAY
    before = planned.load[first - 21 * PER_DAY : first].reshape(-1, PER_DAY)
    assert load.expected.shape[1] == 3 * PER_DAY
    assert before[:, 24].min() * 0.99 <= load.expected[:, 24].mean() <= before[:, 24].max() * 1.01
    assert sun.expected[:, 0].max() == 0
    assert sun.expected[:, 24].mean() > 0
