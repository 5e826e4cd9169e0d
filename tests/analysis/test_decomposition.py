"""The change of one facility's item is split exactly, as by hand and as by another program."""

from __future__ import annotations

import math
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kotsukotsu.analysis.decomposition import (
    AMOUNT,
    BASE,
    FACTOR,
    GWP,
    MIX,
    NOTHING,
    WEATHER,
    Use,
    added,
    change,
    decomposed,
)
from kotsukotsu.analysis.logarithms import log_mean
from tests.analysis.uses import number, referee, use_of, uses

EVERY = (AMOUNT, MIX, FACTOR, GWP)


def near(value, expected, rest="1E-4"):
    return abs(value - Decimal(expected)) < Decimal(rest)


def test_a_partial_change_of_supplier_as_worked_by_hand():
    # E0 = 100 × 0.5 = 50. E1 = 60 × 0.4 + 60 × 0.3 = 42, F1 = 0.35. Change -8.
    # L(42, 50) = -8 / ln 0.84 = 45.8838; amount = 45.8838 × ln 1.2 = 8.3656.
    # L(0.35, 0.5) = -0.15 / ln 0.7 = 0.420551; weight = 109.1041.
    # A: 0.5 → 0.2, L = -0.3 / ln 0.4 = 0.327407; mix L ln 0.5 = -0.226941, factor L ln 0.8 = -0.073059.
    # B: 0 → 0.15, all mix. mix = 109.1041 × (0.15 - 0.226941) = -8.3946; factor = -7.9710.
    before = use_of({"A": 100}, {("A", "CO2"): "0.5"})
    after = use_of({"A": 60, "B": 60}, {("A", "CO2"): "0.4", ("B", "CO2"): "0.3"})
    found = decomposed(before, after)
    assert near(found[AMOUNT], "8.3656")
    assert near(found[MIX], "-8.3946")
    assert near(found[FACTOR], "-7.9710")
    assert found[GWP] == 0


def test_only_the_quantity_changes():
    found = decomposed(use_of({"A": 50}, {("A", "CO2"): 2}), use_of({"A": 80}, {("A", "CO2"): 2}))
    assert near(found[AMOUNT], 60, "1E-40")
    assert [found[name] for name in (MIX, FACTOR, GWP)] == [0, 0, 0]


def test_a_revised_gwp_is_an_effect_of_its_own():
    # 1000 × (2 + 0.01 × 25) = 2250 → 1000 × (2 + 0.01 × 28) = 2280: + 30.
    factors = {("A", "CO2"): 2, ("A", "CH4"): "0.01"}
    found = decomposed(use_of({"A": 1000}, factors, {"CH4": 25}), use_of({"A": 1000}, factors, {"CH4": 28}))
    assert near(found[GWP], 30, "1E-40")
    assert found[AMOUNT] == found[MIX] == found[FACTOR] == 0


@pytest.mark.parametrize("turned", [False, True])
def test_an_item_that_begins_or_ends_is_effect_of_the_amount(turned):
    used = use_of({"A": 10, "B": 30}, {("A", "CO2"): 2, ("B", "CO2"): 1})
    pair = (used, NOTHING) if turned else (NOTHING, used)
    assert decomposed(*pair) == {AMOUNT: Decimal(-50 if turned else 50)}


def test_a_change_of_supplier_does_not_hide_a_change_of_the_quantity():
    # 100 × 0.5 = 50 → 200 × 0.25 = 50: the quantity doubled, the supplier made up for it.
    # L(50, 50) ln 2 = 34.657 on both sides; in one flat product all of it would be "mix", - 50 + 50.
    found = decomposed(use_of({"A": 100}, {("A", "CO2"): "0.5"}), use_of({"B": 200}, {("B", "CO2"): "0.25"}))
    assert near(found[AMOUNT], "34.6574")
    assert near(found[MIX], "-34.6574")
    assert found[FACTOR] == 0


def test_a_factor_that_becomes_zero_takes_the_whole_change():
    # A wind farm under the same contract: 100 × 0.5 → 120 × 0. The limit leaves nothing for the amount.
    before, after = use_of({"A": 100}, {("A", "CO2"): "0.5"}), use_of({"A": 120}, {("A", "CO2"): 0})
    found = decomposed(before, after)
    assert (found[AMOUNT], found[MIX], found[FACTOR]) == (0, 0, -50)


def test_a_supplier_without_emissions_takes_the_whole_change_as_mix():
    before, after = use_of({"A": 100}, {("A", "CO2"): "0.5"}), use_of({"B": 120}, {("B", "CO2"): 0})
    assert decomposed(before, after)[MIX] == -50


def test_a_new_gas_of_the_same_supply_is_effect_of_the_factors():
    before = use_of({"A": 10}, {("A", "CO2"): 2})
    after = use_of({"A": 10}, {("A", "CO2"): 2, ("A", "CH4"): "0.1"})
    assert near(decomposed(before, after)[FACTOR], 28, "1E-40")


def test_drivers_are_taken_out_of_the_amount():
    # The quantity grows by half, and so does the floor area: nothing is left for the amount.
    before, after = use_of({"A": 100}, {("A", "CO2"): 2}), use_of({"A": 150}, {("A", "CO2"): 2})
    found = decomposed(before, after, {BASE: (Decimal(1000), Decimal(1500))})
    assert near(found[BASE], 100, "1E-40")
    assert near(found[AMOUNT], 0, "1E-40")
    both = decomposed(before, after, {BASE: (Decimal(1), Decimal(2)), WEATHER: (Decimal(2), Decimal(1))})
    assert near(both[BASE] + both[WEATHER], 0, "1E-40")
    assert near(both[AMOUNT], 100, "1E-40")


def test_a_negative_quantity_counts_whole_as_amount():
    before, after = use_of({"A": 100}, {("A", "CO2"): 2}), use_of({"A": -10}, {("A", "CO2"): 2})
    assert not after.is_regular
    assert decomposed(before, after) == {AMOUNT: Decimal(-220)}


def test_a_negative_part_counts_whole_as_amount():
    before = use_of({"A": 100}, {("A", "CO2"): 2})
    after = use_of({"A": 100, "B": -10}, {("A", "CO2"): 2, ("B", "CO2"): 2})
    assert decomposed(before, after) == {AMOUNT: Decimal(-20)}


@settings(max_examples=150, deadline=None)
@given(before=uses(), after=uses())
def test_the_effects_add_up_to_the_change(before: Use, after: Use):
    rest = added(decomposed(before, after).values()) - change(before, after)
    assert abs(rest) <= Decimal("1E-30") * (before.emission + after.emission)


@settings(max_examples=100, deadline=None)
@given(before=uses(zero_factor=False), after=uses(zero_factor=False))
def test_a_plain_float_program_with_a_small_number_for_zero_agrees(before: Use, after: Use):
    assume(before.quantity or after.quantity)
    expected = referee(before, after, 1e-120, float, math.log)
    found = decomposed(before, after)
    scale = float(before.emission + after.emission)
    for name, value in zip(EVERY, expected, strict=True):
        assert float(found.get(name, 0)) == pytest.approx(value, abs=1e-6 * scale)


TINY = Context(prec=60, Emin=-999999999, Emax=999999999)


@settings(max_examples=60, deadline=None)
@given(q0=number("1", "9999"), q1=number("1", "9999"), c0=number("0.1", "3"), keeps=st.booleans())
def test_the_limit_for_a_factor_of_zero_is_where_ever_smaller_numbers_lead(q0, q1, c0, keeps):
    # The limit is approached as 1 / ln δ, too slowly for floats: δ = 10^-400,000,000 in decimals.
    before = use_of({"A": q0}, {("A", "CO2"): c0})
    kept = use_of({"A": q1}, {("A", "CO2"): 0})
    after = kept if keeps else use_of({"B": q1}, {("B", "CO2"): 0})
    delta = Decimal("1E-400000000")
    with localcontext(TINY):
        expected = referee(before, after, delta, Decimal, TINY.ln)
    found = decomposed(before, after)
    for name, value in zip(EVERY, expected, strict=True):
        assert abs(found.get(name, Decimal(0)) - value) <= Decimal("1E-6") * (before.emission + after.emission)


@settings(max_examples=60, deadline=None)
@given(before=uses(), after=uses())
def test_turning_the_years_round_turns_every_effect_round(before: Use, after: Use):
    forth, back = decomposed(before, after), decomposed(after, before)
    scale = before.emission + after.emission
    assert all(abs(forth[name] + back[name]) <= Decimal("1E-30") * scale for name in forth)


@settings(max_examples=60, deadline=None)
@given(before=uses(), after=uses(), times=st.sampled_from((2, 10, 1000)))
def test_multiplying_every_use_multiplies_every_effect(before: Use, after: Use, times: int):
    one = decomposed(before, after)
    more = decomposed(*(Use(use.quantity * times, use.emission * times, use.terms) for use in (before, after)))
    scale = (before.emission + after.emission) * times
    assert all(abs(more[name] - one[name] * times) <= Decimal("1E-24") * scale for name in one)


@settings(max_examples=60, deadline=None)
@given(use=uses())
def test_nothing_changes_where_nothing_changed(use: Use):
    assert not any(decomposed(use, use).values())


@given(one=number("0.001", "1000"), other=number("0.001", "1000"))
def test_the_logarithmic_mean_lies_between_the_geometric_and_the_arithmetic_one(one: Decimal, other: Decimal):
    mean = log_mean(one, other)
    slack = Decimal("1E-25")
    assert (one * other).sqrt() - slack <= mean <= (one + other) / 2 + slack
    assert abs(mean - log_mean(other, one)) < Decimal("1E-40")


def test_the_logarithmic_mean_of_near_equals_does_not_lose_its_digits():
    one, other = Decimal(1), Decimal(1) + Decimal("1E-35")
    assert abs(log_mean(one, other) - one) < Decimal("1E-30")
