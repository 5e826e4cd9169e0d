from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kotsukotsu.energy.dispatch.change import some_slots, with_sizes
from kotsukotsu.energy.dispatch.model import Battery, Choice, Fleet, Solar, System
from kotsukotsu.energy.sizing import Need, sized, subset, supply_of, typical_days
from kotsukotsu.energy.survival import hours_alive, share_alive
from tests.energy_studies.sites import site

OPEN = {"sun": Choice("sun", 0, 600, 9000.0), "kwh": Choice("kwh", 0, 1000, 4500.0), "kw": Choice("kw", 0, 500, 4000.0)}


@pytest.fixture(scope="module")
def quarter() -> System:
    """Sixteen weeks with open sizes and without cars: small enough for the exact optimum beside."""
    system = site(**OPEN)
    slots = np.arange(60 * 48, (60 + 112) * 48)
    meter = some_slots(system.meters[0], slots, np.ones(len(slots)))
    meter = replace(meter, assets=tuple(asset for asset in meter.assets if not isinstance(asset, Fleet)))
    return replace(system, meters=(meter,))


def test_sizes_from_some_weeks_are_as_good_as_from_all(quarter: System) -> None:
    found = sized(quarter, prove=True)
    assert found.gap is not None
    assert -1e-9 <= found.gap < 0.01
    assert found.days < 60


def test_weights_of_the_chosen_days_add_up_to_the_year() -> None:
    system = site(**OPEN)
    days = typical_days(system)
    chosen = subset(system, days).meters[0]
    assert np.asarray(chosen.weight).sum() == pytest.approx(17_520)
    assert len(days) <= 105


def test_stores_end_every_stretch_as_they_began_it(quarter: System) -> None:
    meter = subset(quarter, typical_days(quarter)).meters[0]
    starts = np.array(meter.stretches)
    assert (meter.before[starts] >= starts).all()
    assert (np.delete(meter.before, starts) == np.delete(np.arange(meter.slots), starts) - 1).all()


def test_a_need_to_survive_makes_the_battery_larger_and_is_kept(quarter: System) -> None:
    meter = quarter.meters[0]
    need = Need("hall", meter.load * 0.15, hours=12, share=0.9, reserve=0.5)
    free, held = sized(quarter), sized(quarter, need)
    assert held.sizes["kwh"] > free.sizes["kwh"]
    island = with_sizes(quarter, held.sizes).meters[0]
    assert share_alive(hours_alive(need.critical, supply_of(island, 0.5), hours=12), 12) >= 0.9
    assert held.plan.flow("hall/battery/content").min() >= 0.5 * held.sizes["kwh"] - 1e-6


def test_an_unused_battery_is_not_built() -> None:
    system = site(kwh=Choice("kwh", 0, 100, 1e6), kw=Choice("kw", 0, 100, 1e6))
    slots = np.arange(56 * 48)
    meter = some_slots(system.meters[0], slots, np.ones(len(slots)))
    assert sized(replace(system, meters=(meter,))).sizes == {"kwh": 0.0, "kw": 0.0}


def test_only_sun_and_batteries_stand_on_an_island() -> None:
    meter = site().meters[0]
    island = supply_of(meter, 0.5)
    sun = next(asset for asset in meter.assets if isinstance(asset, Solar))
    battery = next(asset for asset in meter.assets if isinstance(asset, Battery))
    assert island.sun == pytest.approx(sun.per_kw * sun.kw)
    assert (island.kwh, island.content[0]) == (battery.kwh, battery.kwh / 2)
