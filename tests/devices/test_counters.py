"""Counters read now and then become half-hours: measured where read on time, estimated between, else missing."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.devices.echonet.link import Link
from kotsukotsu.devices.model import Reading
from kotsukotsu.energy.readings import Flag
from kotsukotsu.periods import JST
from kotsukotsu.sessions import energy_counters, energy_fleet, energy_reading
from kotsukotsu.sessions.energy_counters import Count
from kotsukotsu.sessions.energy_series import from_columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store import halfhours
from tests.devices.simulator import LOOPBACK
from tests.devices.test_mqtt import publish

__all__ = ["publish"]
HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=JST)


def count(minutes, kwh, seconds=0):
    at = NOON + timedelta(minutes=minutes, seconds=seconds)
    return Count("p1", "generated", at, Decimal(str(kwh)), "x")


def made(*counts):
    """Half-hours from noon on that have a value: minutes after noon, energy, quality."""
    series, findings = energy_counters.half_hours("pv", counts, NOON)
    if series is None:
        return [], [one.code for one in findings]
    there = np.flatnonzero(~series.missing)
    first = datetime.combine(series.start, datetime.min.time(), JST)
    minutes = [int((first + timedelta(minutes=30 * int(n)) - NOON).total_seconds() // 60) for n in there]
    return (
        [
            (at, round(float(series.kwh[n]), 6), Flag(int(series.flags[n])))
            for at, n in zip(minutes, there, strict=True)
        ],
        [one.code for one in findings],
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((count(0, 10), count(30, 12)), [(0, 2.0, Flag.MEASURED)]),
        ((count(0, 10, 40), count(30, 12, -30)), []),  # its end is not over yet
        ((count(0, 10), count(30, 12, -30), count(60, 15)), [(0, 2.0, Flag.MEASURED), (30, 3.0, Flag.MEASURED)]),
        ((count(-15, 10), count(15, 13), count(45, 16)), [(0, 3.0, Flag.ESTIMATED)]),
        ((count(0, 10), count(20, 12), count(40, 16)), [(0, 4.0, Flag.ESTIMATED)]),
        ((count(0, 10), count(60, 12)), [(0, 1.0, Flag.ESTIMATED), (30, 1.0, Flag.ESTIMATED)]),
        ((count(0, 10), count(90, 13)), []),  # too far apart to be estimated
        ((count(0, 10), count(120, 13), count(150, 15)), [(120, 2.0, Flag.MEASURED)]),
        ((count(0, 10),), []),
        ((), []),
    ],
)
def test_half_hours_of_readings(counts, expected):
    assert made(*counts) == (expected, [])


def test_a_counter_that_falls_gives_no_value_and_is_told():
    assert made(count(0, 10), count(30, 2)) == ([], ["DV-14"])
    assert made(count(0, 10), count(20, 2)) == ([], ["DV-14"])
    assert made(count(0, 10), count(20, 2), count(30, 15)) == ([], [])  # told before, and not 5 kWh
    assert made(count(0, 10), count(20, 2), count(30, 3), count(60, 5)) == ([(30, 2.0, Flag.MEASURED)], [])


@given(st.lists(st.tuples(st.integers(1, 55), st.integers(0, 1000)), min_size=1, max_size=30), st.integers(0, 59))
def test_half_hours_in_a_row_add_up_to_what_was_counted(steps, begin):
    counts = [count(begin, 5)]
    for minutes, rise in steps:
        counts.append(Count("p1", "generated", counts[-1].at + timedelta(minutes=minutes), counts[-1].kwh + rise, "x"))
        values, _ = made(*counts)
        if len(counts) == 2:
            total, last = values, counts[-1].at
        else:
            assert [at for at, _, _ in values if NOON + timedelta(minutes=at + 30) <= last] == []
            total, last = total + values, counts[-1].at
    starts = [at for at, _, _ in total]
    assert starts == list(range(starts[0], starts[0] + 30 * len(starts), 30)) if starts else True
    assert sum(value for _, value, _ in total) <= float(counts[-1].kwh - counts[0].kwh) + 1e-3


def test_what_was_read_is_kept_by_month_and_once(tmp_path):
    first, second = count(0, 10), Count("p1", "generated", NOON + timedelta(days=31), Decimal("12.5"), "x")
    energy_counters.keep(tmp_path, [first, second])
    energy_counters.keep(tmp_path, [second, count(0, 1)])
    assert sorted(path.name for path in (tmp_path / "counters").iterdir()) == ["2026-05.csv", "2026-06.csv"]
    assert energy_counters.counts(tmp_path, "p1", "generated", second.at) == [first, second]
    assert energy_counters.counts(tmp_path, "p1", "bought", second.at) == []
    assert energy_counters.counts(tmp_path, "p1", "generated", second.at + timedelta(days=31)) == [second]


HEAD = "device_id,name,protocol,kind,address,point,topic,quantity,unit,least,most"


def test_a_counter_over_mqtt_becomes_the_half_hours_of_a_generator(tmp_path, brokers, publish):
    shutil.copytree(HALL, tmp_path / "site")
    address = f"{LOOPBACK}:{brokers[0]}"
    (tmp_path / "site" / "devices.csv").write_text(
        f"{HEAD}\nq1,EMS,mqtt,values,{address},,h/power,power,kW,0,60\n"
        f"q1,EMS,mqtt,values,{address},pv-hall,h/wh,sun,Wh,0,999999999\n",
        encoding="utf-8",
    )
    opened = EnergySite(tmp_path / "site")
    found = []
    for minutes, wh in ((0, 10_000), (30, 12_500)):
        now = NOON + timedelta(minutes=minutes)
        publish("h/power", f'{{"value": 5.5, "time": "{now.isoformat()}"}}')
        publish("h/wh", f'{{"value": {wh}, "unit": "Wh", "time": "{now.isoformat()}"}}')
        with Link(LOOPBACK, 0) as link:
            read = energy_reading.read_once(opened, energy_fleet.fleet(opened, link), lambda now=now: now)
        energy_reading.keep(opened, read)
        found.append(read)
    assert [[one.code for one in read.findings] for read in found] == [["DD-07"], []]
    assert [one.quantity for one in found[1].values] == ["power", "sun"]
    (kept,) = from_columns(halfhours.read(tmp_path / "site", 2026))["pv-hall"]
    assert (float(np.nansum(kept.kwh)), int(kept.flags[24])) == (2.5, Flag.MEASURED)
    assert kept.sources == (f"MQTT {LOOPBACK} h/wh",)
    assert kept.known_at[24] == np.datetime64("2026-05-01T03:30:00")


def test_an_estimate_never_takes_the_place_of_what_was_measured(tmp_path, brokers, publish):
    shutil.copytree(HALL, tmp_path / "site")
    opened = EnergySite(tmp_path / "site")
    measured, _ = energy_counters.half_hours("pv-hall", [count(0, 10), count(30, 12)], NOON)
    energy_reading.keep(opened, energy_reading.Read((), (measured,), (), ()))
    energy_counters.keep(opened.path, [Count("q1", "sun", NOON, Decimal(10), "x")])
    row = f"q1,EMS,mqtt,values,{LOOPBACK}:{brokers[0]},pv-hall,i/kwh,sun,kWh,0,999"
    (opened.path / "devices.csv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    now = NOON + timedelta(minutes=60)
    publish("i/kwh", f'{{"value": 16, "time": "{now.isoformat()}"}}')
    with Link(LOOPBACK, 0) as link:
        read = energy_reading.read_once(opened, energy_fleet.fleet(opened, link), lambda: now)
    (new,) = read.series
    assert [(int(n), float(new.kwh[n])) for n in np.flatnonzero(~new.missing)] == [(25, 3.0)]  # and not 3 for the 24th


def test_what_breaks_off_before_the_counters_are_kept_is_made_again(tmp_path):
    shutil.copytree(HALL, tmp_path / "site")
    opened = EnergySite(tmp_path / "site")
    energy_counters.keep(opened.path, [count(0, 10)])
    series, _ = energy_counters.half_hours("pv-hall", [count(0, 10), count(30, 12)], NOON)
    energy_reading.keep(opened, energy_reading.Read(Reading().values, (series,), (), ()))
    later, _ = energy_counters.half_hours("pv-hall", [count(0, 10), count(60, 14)], NOON)
    assert list(np.flatnonzero(~later.missing)) == [24, 25]
