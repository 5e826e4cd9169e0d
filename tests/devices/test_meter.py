"""A smart meter's counters become the site's half-hours, with what is missing left missing."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from kotsukotsu.devices.echonet.meter import CounterDay, SmartMeter
from kotsukotsu.devices.model import DeviceError
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.readings import Flag
from kotsukotsu.findings import Finding
from kotsukotsu.sessions import energy_devices, energy_receiving
from kotsukotsu.sessions.energy_series import from_columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store import halfhours
from tests.devices.simulator import NOW, clock

METER = 0x0288
NONE = 0xFFFFFFFE


def latest(day):
    return day.year.to_bytes(2, "big") + bytes([day.month, day.day, 12, 0, 0]) + bytes(4)


def meter(node, link, counters_by_day):
    """A meter that hands out the day that was asked for."""
    simulated = node(METER, {0xEA: latest(date(2026, 5, 1)), 0xE1: b"\x01", 0xE5: b"\x00", 0xE2: b"-"})
    answers = simulated.answers

    def by_day(data):
        back = simulated.properties[0xE5][0]
        counted = counters_by_day.get(back, [NONE] * 48)
        simulated.properties[0xE2] = bytes([0, back]) + b"".join(one.to_bytes(4, "big") for one in counted)
        return answers(data)

    simulated.answers = by_day
    return simulated, SmartMeter("計器", simulated.place, link)


def test_two_days_become_half_hours(node, link):
    yesterday = [1000 + 5 * number for number in range(48)]
    today = [1240 + 3 * number for number in range(25)] + [NONE] * 23
    _, device = meter(node, link, {1: yesterday, 0: today})
    days = [device.history(back, clock) for back in (0, 1)]
    assert [one.day for one in days] == [date(2026, 5, 1), date(2026, 4, 30)]
    series, findings = energy_devices.half_hours("m1", days)
    assert (series.start, len(series), findings) == (date(2026, 4, 30), 96, ())
    np.testing.assert_allclose(series.kwh[:48], 0.5)
    np.testing.assert_allclose(series.kwh[48:72], 0.3)
    assert set(series.flags[72:]) == {Flag.MISSING}
    assert series.sources == ("ECHONET Lite 127.0.0.1 028801 0xE2",)
    assert series.known_at[0] == np.datetime64("2026-05-01T03:00:00")


def test_a_day_that_was_not_asked_makes_no_value_up():
    made = [CounterDay("計器", date(2026, 4, day), (Decimal(day * 100),) * 48, "x", NOW) for day in (1, 3)]
    series, _ = energy_devices.half_hours("m1", made)
    assert list(np.flatnonzero(series.missing)) == [47, *range(48, 96), 143]


def test_a_counter_that_falls_gives_no_value_and_is_told():
    counters = [Decimal(number) for number in range(48)]
    counters[10:] = [Decimal(number) for number in range(38)]
    series, findings = energy_devices.half_hours(
        "m1", [CounterDay("計器", date(2026, 4, 1), tuple(counters), "x", NOW)]
    )
    assert [(one.code, one.data["time"]) for one in findings] == [("DV-14", "2026-04-01 04:30")]
    assert list(np.flatnonzero(series.missing)) == [9, 47]


@pytest.mark.parametrize(
    ("code", "data", "expected"),
    [
        (0xE2, b"\x00\x00" + bytes(10), "DV-06"),  # too short
        (0xE2, b"\x00\x07" + bytes(192), "DV-06"),  # another day
        (0xE2, b"\x00\x01" + b"\xff" * 192, "DV-06"),  # beyond the counter
        (0xEA, b"\x07\xea\x0d\x01" + bytes(7), "DV-06"),  # the 13th month
        (0xE2, None, "DV-05"),
    ],
    ids=["short", "another day", "beyond", "month 13", "refused"],
)
def test_a_day_that_is_nonsense_is_a_finding(node, link, code, data, expected):
    simulated = node(METER, {0xEA: latest(date(2026, 5, 1)), 0xE1: b"\x01", 0xE2: b"\x00\x01" + bytes(192), code: data})
    found = SmartMeter("計器", simulated.place, link).history(1, clock)
    assert isinstance(found, Finding)
    assert found.code == expected


def test_a_day_in_which_midnight_came_is_not_used(node, link):
    simulated = node(METER, {0xEA: latest(date(2026, 5, 1)), 0xE1: b"\x01", 0xE2: b"\x00\x01" + bytes(192)})
    answers = simulated.answers

    def midnight(data):
        made = answers(data)
        simulated.properties[0xEA] = latest(date(2026, 5, 2))
        return made

    simulated.answers = midnight
    assert SmartMeter("計器", simulated.place, link).history(1, clock).code == "DV-09"


@pytest.mark.parametrize("days", [-1, 100])
def test_a_day_that_no_meter_keeps_is_refused(node, link, days):
    with pytest.raises(DeviceError) as caught:
        SmartMeter("計器", node(METER, {}).place, link).history(days, clock)
    assert caught.value.code == "DV-10"


def test_the_half_hours_of_a_meter_are_kept_in_the_site(tmp_path, node, link):
    shutil.copytree(Path(__file__).parents[2] / "examples" / "energy" / "city-hall", tmp_path / "site")
    opened = EnergySite(tmp_path / "site")
    point = opened.site.tables["buildings"][0]["meter_id"]
    _, device = meter(node, link, {1: [1000 + 5 * number for number in range(48)]})
    receipt = energy_devices.receipt(opened, point, [device.history(1, clock)])
    assert [one.code for one in receipt.findings] == ["HQ-01"]
    energy_receiving.take_in(opened, receipt)
    (kept,) = from_columns(halfhours.read(tmp_path / "site", 2026))[point]
    assert (kept.start, float(np.nansum(kept.kwh))) == (date(2026, 4, 30), pytest.approx(47 * 0.5))
    with pytest.raises(EnergyError) as caught:
        energy_devices.receipt(opened, "どこにもない", [device.history(1, clock)])
    assert caught.value.code == "HI-11"
