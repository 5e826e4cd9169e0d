"""The fast path over all municipalities says the same as the exact one."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import numpy as np
import pytest

from kotsukotsu.analysis.batch import NAMES, Sums, effects_of
from kotsukotsu.analysis.batch_benchmark import made_sums, measured
from kotsukotsu.analysis.decomposition import NOTHING, decomposed
from tests.analysis.uses import use_of


def sums(rows):
    columns = list(zip(*rows, strict=True))
    codes = [np.array(column, dtype=np.int64) for column in columns[:5]]
    return Sums(*codes, *(np.array(column, dtype=np.float64) for column in columns[5:]))


def exact(found, place, item, year):
    rows = [
        (int(found.supply[i]), int(found.gas[i]), found.quantity[i], found.tonnes[i], found.gwp[i])
        for i in np.flatnonzero((found.place == place) & (found.item == item) & (found.year == year))
    ]
    if not rows:
        return NOTHING
    names = ("CO2", "CH4")
    amounts = {str(supply): Decimal(quantity) for supply, _, quantity, _, _ in rows}
    factors = {
        (str(supply), names[gas]): round(Decimal(tonnes) / Decimal(quantity), 18)
        for supply, gas, quantity, tonnes, _ in rows
    }
    return use_of(amounts, factors, {names[gas]: Decimal(gwp) for _, gas, _, _, gwp in rows})


def test_it_agrees_with_the_exact_path_for_every_place_step_and_cause():
    with localcontext(Context(prec=200)):
        _compare()


def _compare():
    made = made_sums(bodies=4, years=3, seed=7)
    found = effects_of(made)
    for place in range(4):
        for step in range(2):
            whole = dict.fromkeys(NAMES, Decimal(0))
            for item in range(int(made.item.max()) + 1):
                pair = (exact(made, place, item, year) for year in (step, step + 1))
                for name, value in decomposed(*pair).items():
                    whole[name] += value
            expected = [float(whole[name]) for name in NAMES]
            assert found.effects[place, step] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_effects_of_a_chain_add_up_to_the_whole_change():
    found = effects_of(made_sums(bodies=20, years=5))
    assert found.whole().sum(axis=1) == pytest.approx(found.change.sum(axis=1), rel=1e-9)
    assert found.worst_rest() < 1e-9


def test_a_supply_whose_factor_becomes_zero_takes_the_change():
    found = effects_of(sums([(0, 0, 0, 0, 0, 100, 50, 1), (0, 0, 0, 0, 1, 120, 0, 1)]))
    assert found.effects[0, 0].tolist() == [0, 0, -50, 0]


def test_an_item_that_begins_is_effect_of_the_amount():
    rows = [(0, 0, 0, 0, 0, 100, 50, 1), (0, 0, 0, 0, 1, 100, 50, 1), (0, 1, 0, 0, 1, 10, 7, 1)]
    assert effects_of(sums(rows)).effects[0, 0].tolist() == [7, 0, 0, 0]


def test_a_negative_quantity_counts_whole_as_amount_and_is_marked():
    found = effects_of(sums([(0, 0, 0, 0, 0, 100, 50, 1), (0, 0, 0, 0, 1, -10, -5, 1)]))
    assert found.effects[0, 0].tolist() == [-55, 0, 0, 0]
    assert found.irregular.tolist() == [[True]]


def test_a_combination_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        effects_of(sums([(0, 0, 0, 0, 0, 1, 1, 1), (0, 0, 0, 0, 0, 2, 2, 1), (0, 0, 0, 0, 1, 2, 2, 1)]))


def test_the_benchmark_measures_a_run_whose_rest_is_small():
    found = measured(bodies=10, years=3)
    assert found.worst_rest < 1e-9
    assert found.sums > 100
    assert found.seconds > 0
