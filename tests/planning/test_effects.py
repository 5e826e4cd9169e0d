from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.planning.effects import EffectError, Site, Worked, careful, effects
from kotsukotsu.planning.measures import library

D = Decimal

# 100 kWh at 0.4 kg and 10 L of kerosene at 2.5 kg: 40 + 25 = 65 kg.
SITE = Site(
    use={"electricity": D(100), "kerosene": D(10)},
    factors={"electricity": D("0.0004"), "kerosene": D("0.0025"), "city_gas": D("0.002")},
    heat={"electricity": D("3.6"), "kerosene": D(36), "city_gas": D(45)},
    clean={},
)
LED = Worked("led", 0, "use", "share", ("electricity",), "", D("0.1"), D(1))
INSULATION = Worked("insulation", 4, "use", "share", ("kerosene",), "", D("0.2"), D(1))
HEAT_PUMP = Worked("heat_pump", 8, "fuel", "switch", ("kerosene",), "electricity", D("0.3"), D(1))
PV = Worked("pv", 12, "supply", "amount", ("electricity",), "", D(20), D(2))
MENU = Worked("menu", 14, "supply", "menu", ("electricity",), "", D(1), D("0.5"))
ALL = [LED, INSULATION, HEAT_PUMP, PV, MENU]


def kilograms(*measures: Worked, site: Site = SITE) -> dict[str, D]:
    return {each.key: each.tonnes * 1000 for each in effects(site, measures)[0]}


def test_less_use_saves_its_share() -> None:
    assert kilograms(LED) == {"led": D(4)}


def test_own_generation_after_less_use_is_worth_its_kilowatt_hours() -> None:
    assert kilograms(PV, LED) == {"led": D(4), "pv": D(16)}


def test_own_generation_beyond_the_use_saves_nothing_more() -> None:
    # 40 kWh from PV, 30 used.
    small = Site({"electricity": D(30)}, SITE.factors, SITE.heat, {})
    assert kilograms(PV, site=small) == {"pv": D(12)}


def test_heat_pump_replaces_what_insulation_leaves_and_adds_its_electricity() -> None:
    # 8 L left = 20 kg; 8 x 36 MJ x 0.3 / 3.6 = 24 kWh = 9.6 kg.
    assert kilograms(HEAT_PUMP, INSULATION) == {"insulation": D(5), "heat_pump": D("10.4")}


def test_menu_works_on_what_everything_else_leaves() -> None:
    # 100 - 10 + 24 - 40 = 74 kWh, half of them at 0.4 kg.
    assert kilograms(*ALL)["menu"] == D("14.8")


@given(st.permutations(ALL))
def test_order_in_which_measures_are_named_does_not_matter(mixed: list[Worked]) -> None:
    assert kilograms(*mixed) == kilograms(*ALL)


@given(st.lists(st.sampled_from(ALL), unique_by=lambda each: each.key))
def test_effects_add_up_to_the_whole_difference(chosen: list[Worked]) -> None:
    found, after = effects(SITE, chosen)
    assert sum((each.tonnes for each in found), D(0)) == SITE.tonnes - after.tonnes
    assert after.tonnes >= 0


@given(st.lists(st.sampled_from([LED, INSULATION, PV, MENU]), unique_by=lambda each: each.key, min_size=2))
def test_together_measures_save_no_more_than_each_alone(chosen: list[Worked]) -> None:
    together = sum(kilograms(*chosen).values())
    assert together <= sum(kilograms(each)[each.key] for each in chosen)


@given(st.lists(st.sampled_from(ALL), unique_by=lambda each: each.key, min_size=1))
def test_careful_numbers_never_promise_more_than_the_effects_in_order(chosen: list[Worked]) -> None:
    promised = sum(careful(SITE, each, [other for other in ALL if other is not each]) for each in chosen)
    assert promised <= sum(each.tonnes for each in effects(SITE, chosen)[0])


QUANTITIES = st.decimals("0.1", 1_000_000, places=3)
WOOD = Worked("wood", 10, "fuel", "switch", ("kerosene",), "wood", D("0.9"), D("0.5"), to_use="boiler")
EXACT = D("1E-24")  # a switch divides heats, and the test itself multiplies to 28 digits


def times(site: Site, ratio: int) -> Site:
    return replace(site, use={item: quantity * ratio for item, quantity in site.use.items()})


def sized(measures: list[Worked], ratio: int) -> list[Worked]:
    """Only what is counted in kW grows with the facility; a share of it stays that share."""
    return [replace(each, size=each.size * ratio) if each.formula == "amount" else each for each in measures]


@given(
    st.lists(st.sampled_from([*ALL, WOOD]), unique_by=lambda each: each.key, min_size=1),
    st.dictionaries(st.sampled_from(["electricity", "kerosene", "city_gas", "wood"]), QUANTITIES, min_size=1),
    st.integers(2, 9),
)
def test_doubling_every_use_doubles_every_effect(chosen: list[Worked], use: dict[str, D], ratio: int) -> None:
    factors, heat = {**SITE.factors, "wood": D("0.00001")}, {**SITE.heat, "wood": D(14)}
    site = Site(use, factors, heat, {"electricity": D("0.25")}, {("wood", "boiler"): D("0.00003")})
    once, more = effects(site, chosen), effects(times(site, ratio), sized(chosen, ratio))
    for before, after in zip(once[0], more[0], strict=True):
        assert (after.key, after.tonnes) == (before.key, pytest.approx(before.tonnes * ratio, rel=EXACT, abs=EXACT))
    assert more[1].tonnes == pytest.approx(once[1].tonnes * ratio, rel=EXACT)
    one, others = chosen[0], chosen[1:]
    careful_of = careful(times(site, ratio), sized([one], ratio)[0], sized(others, ratio))
    assert careful_of == pytest.approx(careful(site, one, others) * ratio, rel=EXACT, abs=EXACT)


def test_effect_falls_with_the_factor_of_electricity() -> None:
    cleaner = Site(SITE.use, {**SITE.factors, "electricity": D("0.0002")}, SITE.heat, {})
    assert kilograms(LED, site=cleaner) == {"led": D(2)}
    assert kilograms(HEAT_PUMP, site=cleaner)["heat_pump"] > kilograms(HEAT_PUMP)["heat_pump"]


def test_wood_brought_in_is_counted_as_that_of_a_boiler_beside_wood_whose_use_nobody_named() -> None:
    # 10 L x 36 MJ = 360 MJ = 24 kg of wood at 0.03 kg; the 6 kg there before stay at zero.
    to_wood = Worked("wood", 10, "fuel", "switch", ("kerosene",), "wood", D(1), D(1), to_use="boiler")
    use, factors = {"kerosene": D(10), "wood": D(6)}, {"kerosene": D("0.0025"), "wood": D(0)}
    site = Site(use, factors, {"kerosene": D(36), "wood": D(15)}, {}, {("wood", "boiler"): D("0.00003")})
    found, after = effects(site, [to_wood])
    assert found[0].tonnes * 1000 == D("24.28")
    assert after.tonnes * 1000 == D("0.72")
    assert after.use["wood"] == 30
    with pytest.raises(EffectError, match="EF-01"):
        effects(Site(use, factors, site.heat, {}), [to_wood])


def test_distance_falls_with_the_petrol_of_the_cars_that_are_replaced() -> None:
    # Half of 10 L at 2.5 kg and half of 100 km at 0.01 kg; 5 x 36 MJ x 0.25 / 3.6 = 12.5 kWh at 0.4 kg come in.
    car = Worked("ev", 11, "fuel", "switch", ("petrol",), "electricity", D("0.25"), D("0.5"), along=("km",))
    factors = {"petrol": D("0.0025"), "km": D("0.00001"), "electricity": D("0.0004")}
    heat = {"petrol": D(36), "electricity": D("3.6")}
    assert kilograms(car, site=Site({"petrol": D(10), "km": D(100)}, factors, heat, {})) == {"ev": D("8.0")}
    assert kilograms(car, site=Site({"km": D(100)}, factors, heat, {})) == {"ev": D(0)}


def test_item_without_factor_is_an_error_not_a_zero() -> None:
    to_wood = Worked("wood", 10, "fuel", "switch", ("kerosene",), "wood", D(1), D(1))
    with pytest.raises(EffectError) as no_heat:
        effects(SITE, [to_wood])
    with pytest.raises(EffectError) as no_factor:
        effects(Site(SITE.use, SITE.factors, {**SITE.heat, "wood": D(14)}, {}), [to_wood])
    assert (no_heat.value.code, no_factor.value.code) == ("EF-02", "EF-01")
    assert no_heat.value.data == {"item": "wood", "measure_id": "wood"}


def test_measure_for_an_item_that_the_facility_lacks_saves_nothing() -> None:
    assert kilograms(INSULATION, site=Site({"electricity": D(5)}, SITE.factors, SITE.heat, {})) == {"insulation": D(0)}


@pytest.mark.parametrize("measure", library().values(), ids=lambda each: each.measure)
def test_every_measure_of_the_library_saves_where_its_items_are_used(measure) -> None:
    use = dict.fromkeys(measure.items, D(1000))
    factors = {item: D("0.002") for item in use} | {"electricity": D("0.0004"), "city_gas": D("0.0005"), "wood": D(0)}
    heat = {item: D(40) for item in use} | {"electricity": D("3.6"), "city_gas": D(45), "wood": D(14)}
    burnt = {("city_gas", "boiler"): D("0.0005"), ("wood", "boiler"): D("0.00003")}
    found, _ = effects(Site(use, factors, heat, {}, burnt), [measure.at("m", D(1))])
    assert found[0].tonnes > 0
    assert measure.assumption
    assert measure.source
    assert measure.status in {"confirmed", "secondary", "unconfirmed"}


def test_shuffled_effects_are_the_same_to_the_last_digit() -> None:
    mixed = random.Random(3).sample(ALL, len(ALL))
    assert effects(SITE, mixed)[1] == effects(SITE, ALL)[1]
