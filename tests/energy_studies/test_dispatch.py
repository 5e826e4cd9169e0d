from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy.dispatch.explain import EMPTY, GRID, NO_GRID, SUN, shortages
from kotsukotsu.energy.dispatch.model import (
    Battery,
    Choice,
    Contract,
    Fleet,
    Grid,
    HeatPump,
    Hydrogen,
    Limit,
    Meter,
    Processing,
    Solar,
    System,
    Wire,
)
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.refusals import StudyError
from tests.energy_studies.sites import site

ZEROS = np.zeros(48)


def flat(price: float, slots: int = 48, **other) -> Grid:
    return Grid(np.full(slots, price), None, np.full(slots, 0.4), **other)


def one(load: np.ndarray, grid: Grid | None, *assets, **other) -> Plan:
    return optimal(System((Meter("m", load, grid, assets, **other),)))


@pytest.fixture(scope="session")
def summer() -> Plan:
    """A fortnight of the synthetic city hall."""
    return optimal(fortnight(site()))


def fortnight(system: System, first: int = 100 * 48) -> System:
    from kotsukotsu.energy.dispatch.change import some_slots

    slots = np.arange(first, first + 14 * 48)
    return replace(system, meters=tuple(some_slots(m, slots, np.ones(len(slots))) for m in system.meters))


def test_a_flat_load_costs_its_energy_and_its_maximum() -> None:
    # 2 kW for a day: 48 kWh x 20 yen, and 2 kW x 1,000 yen x 1 month
    plan = one(np.full(48, 2.0), flat(20.0, contract=Contract(1000.0, np.zeros(48, np.int64))))
    assert plan.cost == pytest.approx(48 * 20 + 2000)


def test_a_battery_takes_the_top_off_one_spike() -> None:
    # one half-hour of 100 kW over nothing, battery of 60 kW: the contract falls to 40 kW
    load = ZEROS.copy()
    load[20] = 100.0
    grid = flat(0.001, contract=Contract(1000.0, np.zeros(48, np.int64)))
    plan = one(load, grid, Battery("b", 100.0, 60.0, efficiency=1.0))
    assert plan.flow("m/contract")[0] == pytest.approx(40.0)


def test_a_peak_already_incurred_is_a_floor_and_not_a_target() -> None:
    load = np.full(48, 10.0)
    load[20] = 40.0
    grid = flat(20.0, contract=Contract(1000.0, np.zeros(48, np.int64), floor=35.0))
    plan = one(load, grid, Battery("b", 100.0, 60.0, wear=1.0))
    assert plan.flow("m/buy").max() == pytest.approx(35.0)


def test_published_table_of_measured_contract_power_is_reproduced() -> None:
    # 東京電力の15か月の例
    maxima = [60, 63, 65, 59, 57, 57, 61, 60, 58, 56, 57, 58, 59, 58, 57]
    expected = [60, 63, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 61]
    months = np.arange(15)
    grid = Grid(np.ones(15), None, np.zeros(15), Contract(1.0, months, previous=()))
    plan = one(np.array(maxima, float), grid)
    assert plan.flow("m/contract") == pytest.approx(expected)


def test_an_agreed_contract_is_paid_as_it_is_and_the_excess_dearer() -> None:
    # 600 kW agreed, one month of 640 kW: 600 x 1,000 x 2 months + 40 x 1,500
    grid = Grid(ZEROS[:2], None, ZEROS[:2], Contract(1000.0, np.array([0, 1]), agreed=600.0))
    assert one(np.array([500.0, 640.0]), grid).cost == pytest.approx(1_200_000 + 60_000)


def test_months_before_are_remembered_for_eleven_months() -> None:
    months = np.arange(12)
    grid = Grid(np.ones(12), None, np.zeros(12), Contract(1.0, months, previous=(90.0, 50.0)))
    paid = one(np.full(12, 40.0), grid).flow("m/contract")
    assert paid == pytest.approx([90.0] * 10 + [50.0, 40.0])


def test_energy_balances_in_every_half_hour(summer: Plan) -> None:
    flow, meter = summer.flow, summer.system.meters[0]
    into = flow("hall/buy") + flow("hall/sun/used") + flow("hall/battery/discharge") + flow("hall/cars/discharge")
    out = flow("hall/sell") + flow("hall/battery/charge") + flow("hall/cars/charge") + flow("hall/unit/work")
    assert into - out == pytest.approx(meter.load, abs=1e-5)


def test_stores_keep_their_energy(summer: Plan) -> None:
    charge, discharge, content = (summer.flow(f"hall/battery/{what}") for what in ("charge", "discharge", "content"))
    assert content - np.roll(content, 1) == pytest.approx(0.5 * (charge * 0.95 - discharge / 0.95), abs=1e-5)


def test_nothing_charges_and_discharges_at_once(summer: Plan) -> None:
    for store in ("battery", "cars"):
        assert (summer.flow(f"hall/{store}/charge") * summer.flow(f"hall/{store}/discharge")).max() == 0.0


def test_cars_leave_with_what_their_booking_needs(summer: Plan) -> None:
    fleet = next(asset for asset in summer.system.meters[0].assets if isinstance(asset, Fleet))
    content, short = summer.flow("hall/cars/content"), summer.flow("hall/cars/short")
    assert short.max() == 0.0
    assert (content >= fleet.least * fleet.kwh * fleet.plugged - 1e-6).all()


def test_a_car_that_cannot_be_charged_in_time_has_its_shortage_said() -> None:
    # back empty at 08:00, away at 09:00 with 20 kWh: 2 half-hours x 6 kW x 0.95 are 5.7 kWh
    plugged, leaving, returning = np.ones(48), ZEROS.copy(), ZEROS.copy()
    plugged[:16] = plugged[18:] = 0
    leaving[18], returning[16] = 20.0, 0.0
    fleet = Fleet("car", plugged, leaving, returning, 40.0, 6.0, 0.0, least=0.0, start=0.0)
    plan = one(np.ones(48), flat(20.0), fleet)
    assert plan.flow("m/car/short").sum() == pytest.approx(20.0 - 5.7)
    [shortage] = shortages(plan)
    assert (shortage.what, shortage.slot) == ("car", 18)


def test_an_island_says_at_which_hours_what_was_missing() -> None:
    sun = np.zeros(48)
    sun[20:28] = 1.0
    plan = one(np.full(48, 2.0), None, Solar("sun", sun, 4.0), Battery("b", 10.0, 5.0, start=5.0))
    found = shortages(plan, most=48)
    assert plan.unserved == pytest.approx(sum(one.kwh for one in found))
    assert all({("", NO_GRID), ("sun", SUN), ("b", EMPTY)} <= set(one.limits) for one in found)


def test_a_meter_at_its_limit_says_so() -> None:
    plan = one(np.full(48, 5.0), flat(20.0, limit=3.0))
    assert shortages(plan, most=1)[0].limits == (("", GRID),)


def test_hydrogen_carries_the_sun_into_the_night() -> None:
    sun = np.zeros(48)
    sun[16:32] = 1.0
    store = Hydrogen("h", 10.0, 100.0, 2.0)
    plan = one(np.full(48, 1.0), flat(50.0), Solar("sun", sun, 12.0), store)
    assert plan.flow("m/buy").max() == 0.0
    taken, given = plan.flow("m/h/electrolyser").sum(), plan.flow("m/h/fuel_cell").sum()
    assert given == pytest.approx(taken * 0.6 * 0.5, rel=1e-6)


def test_heat_comes_from_cheap_hours_through_the_buffer() -> None:
    price = np.where(np.arange(48) < 12, 10.0, 40.0)
    heat = HeatPump("hp", np.full(48, 3.0), np.full(48, 3.0), 10.0, 1000.0, loss=0.0)
    plan = one(ZEROS, Grid(price, None, ZEROS), heat)
    assert plan.flow("m/hp/power")[12:].max() == 0.0
    assert plan.cost == pytest.approx(3.0 * 24 / 3.0 * 10.0)


def test_the_processing_unit_runs_only_where_its_work_is_worth_more() -> None:
    price = np.where(np.arange(48) < 24, 5.0, 30.0)
    plan = one(np.ones(48), Grid(price, None, ZEROS), Processing("u", 4.0, 8.0))
    assert plan.flow("m/u/work") == pytest.approx(np.where(np.arange(48) < 24, 4.0, 0.0))


def test_a_line_of_ones_own_carries_the_sun_of_one_meter_to_another() -> None:
    meters = (
        Meter("a", ZEROS, flat(20.0), (Solar("sun", np.ones(48), 10.0),)),
        Meter("b", np.full(48, 4.9), flat(20.0)),
    )
    plan = optimal(System(meters, (Wire("w", "a", "b", 100.0, 0.98),)))
    assert plan.flow("b/buy").max() == 0.0
    assert plan.flows["w/sent"] == pytest.approx(np.full(48, 5.0))


def test_sizes_keep_a_limit_of_area_over_all_meters() -> None:
    def meter(name: str) -> Meter:
        return Meter(name, np.full(48, 10.0), flat(50.0), (Solar("sun", np.ones(48), Choice(name, 0, 100, 1.0)),))

    limit = Limit("area", {"a": 5.0, "b": 5.0}, 50.0)
    plan = optimal(System((meter("a"), meter("b")), limits=(limit,)))
    assert sum(plan.sizes.values()) == pytest.approx(10.0)


def test_a_price_on_carbon_moves_purchases_to_clean_hours() -> None:
    kg = np.where(np.arange(48) < 24, 0.8, 0.1)
    grid = Grid(np.full(48, 20.0), None, kg)
    system = System((Meter("m", np.full(48, 5.0), grid, (Battery("b", 300.0, 50.0, wear=0.1),)),))
    plain, priced = (optimal(replace(system, yen_per_kg=price)) for price in (0.0, 100.0))
    assert (priced.flow("m/buy") * kg).sum() < 0.5 * (plain.flow("m/buy") * kg).sum()


@pytest.mark.parametrize(
    ("values", "code"),
    [(np.ones(47), "ED-02"), (np.full(48, np.nan), "ED-03"), (np.full(48, -1.0), "ED-03")],
)
def test_bad_series_are_refused_with_their_place(values: np.ndarray, code: str) -> None:
    with pytest.raises(StudyError) as refused:
        one(np.ones(48), flat(1.0), Solar("屋根", values, 1.0))
    assert refused.value.code == code
    assert "屋根" in str(refused.value)


@given(st.lists(st.floats(0, 50), min_size=48, max_size=48), st.floats(0, 40), st.floats(0, 20))
@settings(max_examples=15, deadline=None)
def test_more_battery_never_costs_more(load: list[float], kwh: float, kw: float) -> None:
    grid = flat(20.0, contract=Contract(1500.0, np.zeros(48, np.int64)))
    without = one(np.array(load), grid).cost
    with_battery = one(np.array(load), grid, Battery("b", kwh, kw)).cost
    assert with_battery <= without + 1e-4
