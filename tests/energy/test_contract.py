"""The memory of the demand charge against published tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.tariff import contract, power_factor

# Source: 東京電力「実量制」の説明にある15か月の表。
MAXIMA = [60, 63, 65, 59, 57, 57, 61, 60, 58, 56, 57, 58, 59, 58, 57]
POWERS = [60, 63, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 61]
# Source: REopt.jl, tests of demand lookback. January to December.
PEAKS = [200, 100, 100, 400, 100, 500, 100, 100, 100, 100, 100, 300]
RATES = [10, 10, 20, 50, 20, 10, 20, 20, 20, 20, 20, 5]
KW = st.lists(st.decimals(0, 1000, places=0), min_size=1, max_size=24)


def decimals(values):
    return [Decimal(value) for value in values]


def test_the_table_of_tepco_is_reproduced():
    found = contract.actual(decimals(MAXIMA))
    assert [int(one.kw) for one in found] == POWERS
    assert found[13].set_by == 2
    assert found[14].set_by == 6


def test_months_before_the_first_count_for_eleven_months():
    found = contract.actual(decimals([50] * 12), earlier=decimals([80, 70]))
    assert [int(one.kw) for one in found] == [80] * 10 + [70, 50]
    assert found[0].set_by == -2


@given(KW, st.integers(0, 12))
def test_a_contract_is_never_below_the_month_and_is_always_one_of_the_maxima(maxima, memory):
    found = contract.actual(maxima, memory)
    for month, one in enumerate(found):
        assert one.kw >= maxima[month]
        assert one.kw == maxima[one.set_by]
        assert month - memory <= one.set_by <= month


@given(KW, st.data())
def test_a_higher_maximum_never_lowers_a_contract(maxima, data):
    at = data.draw(st.integers(0, len(maxima) - 1))
    higher = [*maxima[:at], maxima[at] + 1, *maxima[at + 1 :]]
    pairs = zip(contract.actual(maxima), contract.actual(higher), strict=True)
    assert all(after.kw >= before.kw for before, after in pairs)


def test_an_agreed_power_stays_and_what_is_above_it_is_told():
    found = contract.agreed(decimals([600, 480]), Decimal(550), "t")
    assert [(one.kw, above) for one, above in found] == [(550, 50), (550, 0)]
    with pytest.raises(EnergyError, match="TF-08"):
        contract.agreed(decimals([1]), None, "t")


@pytest.mark.parametrize(("per_cent", "share"), [(85, "1"), (95, "0.9"), (98, "0.87"), (100, "0.85"), (70, "1.15")])
def test_each_per_cent_of_power_factor_is_one_per_cent_of_the_demand_charge(per_cent, share):
    assert power_factor.factor(Decimal(per_cent)) == Decimal(share)


@pytest.mark.parametrize("wrong", ["-1", "100.1", "0.95e3"])
def test_a_power_factor_outside_0_to_100_is_refused(wrong):
    with pytest.raises(EnergyError, match="TF-09"):
        power_factor.factor(Decimal(wrong))


@pytest.mark.parametrize(("kwh", "kvarh", "expected"), [(100, 0, 100), (100, 33, 95), (3, 4, 60), (0, 0, 85)])
def test_the_power_factor_is_of_energy_and_reactive_energy(kwh, kvarh, expected):
    assert power_factor.power_factor(Decimal(kwh), Decimal(kvarh)) == expected
