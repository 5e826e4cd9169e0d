"""The memory of the demand charge against published tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.energy.bill import Terms
from kotsukotsu.energy.contracts import Contracted, billed, priced
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.room import excess
from kotsukotsu.energy.slots import year
from kotsukotsu.energy.tariff import contract, power_factor
from tests.energy import tariffs

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


TAXED = tariffs.dated(tariffs.RATES, "tax,2019-10-01,,10")


def two_tariffs():
    """`t` by the maximum at 1,000 yen and 10 yen; `u`, agreed, at 1,200 yen and 9 yen without tax."""
    rows = [
        "t,high,actual,,,0.5,no,0,0,2,0,0,truncate,included,no,,",
        "u,high,agreed,,1.5,0.5,yes,0,0,2,0,0,truncate,excluded,no,,",
    ]
    lines = ["t,demand,,,1000", "t,energy,,,10", "u,demand,,,1200", "u,energy,,,9"]
    return tariffs.book({
        "tariffs": tariffs.HEAD + "".join(f"{row[0]},{row[0]},s,{row[2:]},test,example\n" for row in rows),
        "prices": tariffs.PRICES + "".join(f"{line},2000-01-01,,test,example\n" for line in lines), "rates": TAXED,
    })  # fmt: skip


def months_of(kw):
    """Half-hours of FY2023, which has a leap day: a maximum in each month over a flat 10 kWh."""
    cal = year(2023)
    load = np.full(len(cal), 10.0)
    for month, most in enumerate(kw):
        load[np.flatnonzero(cal.month_index == month)[700]] = most / 2
    return cal, load


def test_a_contract_that_changes_within_the_year_is_billed_by_each_in_its_months():
    """By hand: half-hours x 10 kWh; by the maximum until September, from October agreed at 90 kW, 95 %, 10 % of tax."""
    cal, load = months_of([80, 70, 60, 60, 60, 60, 100, 85, 85, 85, 85, 85])
    contracts = [
        Contracted(date(2023, 4, 1), "t", Terms(earlier=decimals([95, 50]))),
        Contracted(date(2023, 10, 1), "u", Terms(power_factor=Decimal(95), agreed_kw=Decimal(90))),
    ]
    found = billed(two_tariffs(), contracts, load, cal)
    assert [tariff.tariff_id for tariff in found.tariffs] == ["t", "u"]
    assert [int(month.contract.kw) for month in found.months] == [95] * 6 + [90] * 6
    assert [month.contract.set_by for month in found.months] == [-2] * 6 + [None] * 6
    assert found.months[0].total == 95_000 + (30 * 48 * 10 - 10 + 40) * 10
    assert found.months[6].maximum.slot == np.argmax(load)
    october = Decimal(90 * 1200 * 9) / 10 + Decimal(10 * 1200 * 9 * 15) / 100 + (31 * 48 * 10 - 10 + 50) * 9
    assert found.months[6].total == int(october + int(october / 10))
    assert excess(found) == (1, Decimal(16200) * Decimal("1.1"))
    february = (
        Decimal(90 * 1200 * 9) / 10 + (Decimal(29 * 48 * 10 - 10) + Decimal("42.5")).quantize(1, "ROUND_HALF_UP") * 9
    )
    assert found.months[10].total == int(february + int(february / 10))


def test_the_next_contract_remembers_the_maxima_of_the_one_before():
    cal, load = months_of([80, 120, *[60] * 10])
    alone = [Contracted(date(2023, 4, 1), "t", Terms())]
    again = [*alone, Contracted(date(2024, 1, 1), "t", Terms())]
    one, two = (billed(two_tariffs(), contracts, load, cal) for contracts in (alone, again))
    assert one.total == two.total
    assert [month.contract for month in one.months] == [month.contract for month in two.months]
    assert two.months[-1].contract.set_by == 1
    seen = priced(two_tariffs(), again, cal)
    assert float(two.unrounded) == pytest.approx(
        float(seen.energy @ load + seen.demand @ [float(month.contract.kw) for month in two.months]), abs=20
    )
