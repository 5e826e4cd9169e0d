from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kotsukotsu.energy.dispatch.change import some_slots, with_sizes
from kotsukotsu.energy.dispatch.explain import EMPTY, GRID, NO_GRID
from kotsukotsu.energy.dispatch.model import Battery, Choice, Fleet, Hydrogen, Limit, Meter, Solar, System
from kotsukotsu.energy.dispatch.solve import Plan
from kotsukotsu.energy.outage import kept, outages
from kotsukotsu.energy.sizing import Need, sized, subset, typical_days
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


@pytest.fixture(scope="module")
def weeks(quarter: System) -> System:
    """Eight of the weeks, for what is asked of the exact optimum more than once."""
    meter = some_slots(quarter.meters[0], np.arange(56 * 48), np.ones(56 * 48))
    return replace(quarter, meters=(meter,))


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
    assert len(days) <= 140


def test_stores_end_every_stretch_as_they_began_it(quarter: System) -> None:
    meter = subset(quarter, typical_days(quarter)).meters[0]
    starts = np.array(meter.stretches)
    assert (meter.before[starts] >= starts).all()
    assert (np.delete(meter.before, starts) == np.delete(np.arange(meter.slots), starts) - 1).all()


def test_a_need_to_survive_makes_the_battery_larger_and_is_kept(quarter: System) -> None:
    meter = quarter.meters[0]
    need = Need("hall", meter.load * 0.15, hours=12, share=0.9, reserve=0.5)
    free, held = sized(quarter), sized(quarter, [need])
    assert held.sizes["kwh"] > free.sizes["kwh"]
    island = with_sizes(quarter, held.sizes).meters[0]
    assert share_alive(hours_alive(need.critical, kept(island, 0.5), hours=12), 12) >= 0.9
    assert held.plan.flow("hall/battery/content").min() >= 0.5 * held.sizes["kwh"] - 1e-6


def test_what_a_limit_costs_is_what_the_year_gains_by_a_little_more(weeks: System) -> None:
    def within(yen: float) -> System:
        return replace(weeks, limits=(Limit("invest", {"sun": 1.0, "kwh": 0.4, "kw": 0.2}, yen),))

    found = sized(within(100.0), prove=True)
    assert found.sizes["sun"] + 0.4 * found.sizes["kwh"] + 0.2 * found.sizes["kw"] == pytest.approx(100)
    more = sized(within(101.0), prove=True)
    assert found.bound is not None
    assert more.bound is not None
    assert set(found.gains) == {"invest"}
    assert found.bound - more.bound == pytest.approx(found.gains["invest"], rel=0.02)


def test_a_size_at_its_upper_limit_says_what_more_of_it_would_save(weeks: System) -> None:
    meter = weeks.meters[0]
    small = replace(weeks, meters=(replace(meter, assets=tuple(
        replace(asset, kw=Choice("sun", 0, 50, 9000.0)) if isinstance(asset, Solar) else asset
        for asset in meter.assets)),))  # fmt: skip
    found = sized(small)
    assert found.sizes["sun"] == pytest.approx(50)
    assert set(found.gains) == {"sun"}
    assert found.gains["sun"] > 1000


def test_where_the_grid_is_too_weak_the_half_hours_and_all_limits_are_named(weeks: System) -> None:
    meter = weeks.meters[0]
    assert meter.grid is not None
    weak = replace(weeks, meters=(replace(meter, grid=replace(meter.grid, limit=40.0)),))
    found = sized(weak)
    assert [short.kwh for short in found.short] == sorted((short.kwh for short in found.short), reverse=True)
    assert len(found.short) == np.count_nonzero(found.plan.flow("hall/unserved") > 1e-6) > 10
    assert all(("", GRID) in short.limits for short in found.short)
    assert found.sizes["sun"] == pytest.approx(600)
    assert found.sizes["kwh"] == pytest.approx(1000)


def test_a_day_that_draws_on_the_day_before_is_not_called_unserved(weeks: System) -> None:
    meter = weeks.meters[0]
    assert meter.grid is not None
    for kw in (120.0, 140.0):
        found = sized(replace(weeks, meters=(replace(meter, grid=replace(meter.grid, limit=kw)),)))
        assert bool(found.short) == (found.plan.unserved > 0)
        assert not found.short or found.sizes["kwh"] == pytest.approx(1000)


def test_an_outage_that_no_size_outlives_is_told_by_the_half_hour_of_the_year(weeks: System) -> None:
    need = Need("hall", np.full(weeks.meters[0].slots, 200.0), hours=24)
    found = sized(weeks, [need])
    assert found.lives is not None
    assert found.lives < 0.9
    assert found.short
    assert all(("", NO_GRID) in short.limits and 0 <= short.slot < weeks.meters[0].slots for short in found.short)
    assert any(("battery", EMPTY) in short.limits for short in found.short)


def test_what_an_outage_asks_for_costs_nothing_but_the_sizes(weeks: System) -> None:
    found = sized(weeks, [Need("hall", weeks.meters[0].load * 0.15, hours=6)], prove=True)
    assert found.gap is not None
    assert -1e-9 <= found.gap < 0.01


def test_an_unused_battery_is_not_built() -> None:
    system = site(kwh=Choice("kwh", 0, 100, 1e6), kw=Choice("kw", 0, 100, 1e6))
    slots = np.arange(56 * 48)
    meter = some_slots(system.meters[0], slots, np.ones(len(slots)))
    assert sized(replace(system, meters=(meter,))).sizes == {"kwh": 0.0, "kw": 0.0}


def test_an_outage_begins_with_what_the_plan_has_left_and_the_fuel_cell_goes_on() -> None:
    """A flat 4 kW; the plan has 5, 3 and 0 kWh at the end of three half-hours; a cell of 2 kW has fuel for one hour."""
    battery = Battery("battery", 10.0, 10.0, efficiency=1.0)
    meter = Meter("hall", np.full(3, 4.0), None, (battery, Hydrogen("hydrogen", 0.0, 0.0, 2.0)))
    plan = Plan(System((meter,)), 0.0, {"hall/battery/content": np.array([5.0, 3.0, 0.0])}, {}, {})
    # each half-hour takes 2 kWh: the cell gives 1 kWh in the first two, then all comes from the battery
    assert outages(plan, meter, meter.load, 2.0).hours.tolist() == [0.0, 1.5, 1.0]
    assert outages(plan, meter, meter.load, 0.0).hours.tolist() == [0.0, 1.0, 0.5]


def test_a_fuel_cell_counts_among_what_outlives_an_outage(weeks: System) -> None:
    meter = weeks.meters[0]
    cell = replace(meter, assets=(*meter.assets, Hydrogen("hydrogen", 0.0, 0.0, 20.0)))
    need = Need("hall", meter.load * 0.15, hours=12)
    alone = sized(weeks, [need])
    helped = sized(replace(weeks, meters=(cell,)), [replace(need, fuel_kwh=200.0)])
    assert helped.sizes["kwh"] < alone.sizes["kwh"] - 10
    assert helped.lives is not None
    assert helped.lives >= 0.9


def test_only_sun_and_batteries_stand_on_an_island() -> None:
    meter = site().meters[0]
    island = kept(meter, 0.5)
    sun = next(asset for asset in meter.assets if isinstance(asset, Solar))
    battery = next(asset for asset in meter.assets if isinstance(asset, Battery))
    assert island.sun == pytest.approx(sun.per_kw * sun.kw)
    assert (island.kwh, island.content[0]) == (battery.kwh, battery.kwh / 2)
