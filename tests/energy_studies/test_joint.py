"""Meters of a site that are planned together."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from kotsukotsu.documents.energy.dispatch_study import SINKS, SOURCES, Dispatched
from kotsukotsu.energy.dispatch.change import choices, some_slots, with_sizes
from kotsukotsu.energy.dispatch.explain import NO_GRID
from kotsukotsu.energy.dispatch.model import System, Wire
from kotsukotsu.energy.dispatch.money import electricity
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.outage import kept
from kotsukotsu.energy.sizing import Need, sized
from kotsukotsu.energy.survival import hours_alive
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.sessions.energy_joint import Joint, joint
from kotsukotsu.sessions.energy_site import EnergySite

WIND = Path(__file__).parents[2] / "examples" / "energy" / "wind-and-schools"
LINE = """
[[transfers]]
start = "m01"
end = "m02"
kw = 20
efficiency = 0.9
source = "見積"
status = "unconfirmed"
"""
OWN = """
[meters.m02.costs]
sun_most = 0
"""


@pytest.fixture
def site(tmp_path):
    """Two schools of the example, with more lines in ``site.toml``."""

    def made(more: str = "", *others: str) -> Joint:
        folder = shutil.copytree(WIND, tmp_path / "wind")
        with (folder / "site.toml").open("a", encoding="utf-8") as file:
            file.write(more)
        return joint(EnergySite(folder), "m01", others or ("m02",))

    return made


def fortnight(system: System) -> System:
    slots = np.arange(60 * 48, 74 * 48)
    return replace(system, meters=tuple(some_slots(one, slots, np.ones(len(slots))) for one in system.meters))


def test_every_meter_has_its_own_sizes_prices_and_maximum(site):
    found = site(OWN)
    system = found.system(open_sizes=True)
    assert [meter.name for meter in system.meters] == ["m01", "m02"]
    sizes = choices(system)
    assert set(sizes) == {f"{meter}:{key}" for meter in ("m01", "m02") for key in ("sun", "battery_kwh", "battery_kw")}
    assert (sizes["m01:sun"].most, sizes["m02:sun"].most) == (60, 0)
    assert found.place == "m01 学校01、m02 学校02"


def test_nothing_goes_from_meter_to_meter_unless_the_site_allows_it(site):
    free, line = site(OWN), joint(EnergySite(WIND), "m01").system()
    assert free.wires == () == line.wires
    plan = optimal(fortnight(free.system(open_sizes=True)))
    alone = [optimal(fortnight(part.system(open_sizes=True))) for part in free.parts]
    assert plan.cost == pytest.approx(sum(one.cost for one in alone), rel=1e-9)


def test_a_line_that_the_site_allows_carries_sun_to_the_meter_that_has_none(site):
    found = site(LINE + OWN)
    assert found.wires == (Wire("m01>m02", "m01", "m02", 20.0, 0.9),)
    system = fortnight(found.system(open_sizes=True))
    plan, apart = optimal(system), optimal(replace(system, wires=()))
    sent = plan.flow("m01>m02/sent")
    assert 0 < sent.max() <= 20
    assert plan.cost < apart.cost - 1
    bought = [float(each.flow("m02/buy").sum()) for each in (plan, apart)]
    assert bought[1] - bought[0] == pytest.approx(0.9 * sent.sum(), rel=0.05)  # the rest fills or spares the battery
    assert electricity(plan, system.meters[1]) < electricity(apart, system.meters[1])
    (told,) = (one for one in found.given if one.section == "transfers")
    assert (told.name, told.value, told.source, told.status) == ("m01>m02", 20.0, "見積", "unconfirmed")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('end = "m02"', 'end = "m99"', "ED-18"),
        ('end = "m02"', 'end = "m01"', "ED-18"),
        ("kw = 20", "kw = -1", "ED-18"),
        ("kw = 20", "", "ED-18"),
        ("efficiency = 0.9", "efficiency = nan", "ED-18"),
        ("meters.m02", "meters.m99", "ST-03"),
    ],
)
def test_a_line_or_a_meter_that_cannot_be_is_refused(site, before, after, code):
    with pytest.raises(KotsukotsuError, match=code):
        site((LINE + OWN).replace(before, after)).system()


def test_each_meter_lives_by_itself_through_an_outage_of_all(site):
    found = site(LINE)
    system = fortnight(found.system(open_sizes=True))
    needs = [
        Need(meter.name, np.full(meter.slots, kw), hours=6) for meter, kw in zip(system.meters, (2, 3), strict=True)
    ]
    free, held = sized(system), sized(system, needs)
    assert free.sizes["m02:battery_kwh"] < 36 * 0.9
    assert held.lives >= 0.9
    meters = {meter.name: meter for meter in with_sizes(system, held.sizes).meters}
    alive = [hours_alive(need.critical, kept(meters[need.meter], 0.5), hours=6) >= 6 for need in needs]
    assert np.mean(alive[0] & alive[1]) >= 0.9
    assert all(held.plan.flow(f"{name}/battery/content").min() >= 0.5 * held.sizes[f"{name}:battery_kwh"] - 1e-6
               for name in meters)  # fmt: skip


def test_what_no_size_outlives_is_told_by_the_meter_that_fails(site):
    system = fortnight(site(OWN).system(open_sizes=True))
    needs = [Need("m01", np.full(672, 0.1), hours=2), Need("m02", np.full(672, 500.0), hours=2)]
    found = sized(system, needs)
    assert found.lives == 0
    assert {short.meter for short in found.short if ("", NO_GRID) in short.limits} == {"m02"}


def test_the_flows_of_a_meter_add_up_with_what_comes_from_and_goes_to_others(site):
    system = fortnight(site(LINE + OWN).system(open_sizes=True))
    plan = optimal(system)
    bill = SimpleNamespace(total=Decimal(0))
    for meters in (system.meters, system.meters[::-1]):
        shown = Dispatched(replace(plan, system=replace(system, meters=meters)), bill, bill, Decimal(0), 0, None)
        given, taken = (sum(shown.flow(name) for name in names) for names in (SOURCES, SINKS))
        assert given == pytest.approx(taken, abs=1e-6)
    assert shown.flow("received").sum() == pytest.approx(0.9 * plan.flow("m01>m02/sent").sum())
    assert shown.flow("sent").sum() == 0
    assert shown.own(slice(0, 672)) == 0  # all that this school uses comes from the grid or from the other one


def test_sizes_of_meters_that_were_sized_together_are_taken_up_by_each(site, tmp_path) -> None:
    file = tmp_path / "size.json"
    sizes = {"m01:sun": 30, "m01:battery_kwh": 40, "m02:sun": 5, "m02:battery_kwh": 0}
    told = {"site": "風力発電所と23校", "fiscal_year": 2024, "meter": "m01,m02", "best": {"sizes": sizes}}
    file.write_text(json.dumps(told), encoding="utf-8")
    opened = site().opened
    both = joint(opened, "m01", ["m02", "m03"], file)
    assert [part.sizes["sun"] for part in both.parts] == [30, 5, both.parts[2].sun[1]]
    assert [part.sizes["battery_kwh"] for part in both.parts] == [40, 0, 20]
    assert "m01 太陽光 30 kW" in both.chosen.sentence[0]
    assert "m02 太陽光 5.0 kW" in both.chosen.sentence[0]
    assert joint(opened, "m02", (), file).parts[0].sizes["sun"] == 5
    with pytest.raises(KotsukotsuError, match="ED-17"):
        joint(opened, "m03", (), file)
