from __future__ import annotations

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.energy.finance import (
    Investment,
    Ppa,
    annuity,
    fair_price,
    flows,
    internal_rate,
    levelised,
    payback,
    ppa_flows,
    present_value,
)
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.reliability import Generators, outage_cost, survival_probability

ROOF = Investment(capex=10_000_000, saving=900_000, kwh=50_000, years=20, upkeep=100_000)


def test_two_generators_and_a_battery_reproduce_the_published_reliability() -> None:
    found = survival_probability([1, 2, 2], Generators(2, 1.0, 0.2), battery_kw=1, battery_kwh=2, content=1)
    assert found == pytest.approx(0.557056, abs=1e-9)


def test_one_generator_must_be_ready_start_and_run() -> None:
    # 0.99^20 x 0.9 x 0.98
    assert survival_probability([1] * 20, Generators(1, 1.0, 0.01, 0.9, 0.98)) == pytest.approx(0.99**20 * 0.882)


def test_published_outage_cost_is_reproduced() -> None:
    assert outage_cost(3, 10, 25, 0.019, 0.0564) == pytest.approx(485.4327, abs=1e-4)


def test_a_battery_bridges_what_one_generator_cannot() -> None:
    alone = survival_probability([1, 1], Generators(1, 1.0, 0.5))
    assert alone == pytest.approx(0.25)
    assert survival_probability([1, 1], Generators(1, 1.0, 0.5), battery_kw=1, battery_kwh=2, content=2) == 1.0


@given(st.floats(0.0, 0.2), st.lists(st.floats(1.0, 1e6), min_size=1, max_size=25))
def test_present_value_equals_the_reference(rate: float, income: list[float]) -> None:
    cash = [-1e6, *income]
    assert present_value(cash, rate) == pytest.approx(float(npf.npv(rate, cash)), rel=1e-9, abs=1e-3)


def test_internal_rate_makes_the_present_value_nothing() -> None:
    rate = internal_rate(flows(ROOF))
    assert rate == pytest.approx(float(npf.irr(flows(ROOF))))
    assert present_value(flows(ROOF), rate) == pytest.approx(0, abs=1e-2)
    assert internal_rate([-100.0, -1.0]) is None


def test_payback_is_counted_within_the_year() -> None:
    assert payback([-100.0, 40.0, 40.0, 40.0]) == 2.5
    assert payback([-100.0, 10.0]) is None


def test_cost_of_a_kilowatt_hour_by_hand() -> None:
    # no interest, no loss: (10,000,000 + 20 x 100,000) / (20 x 50,000) = 12 yen
    assert levelised(ROOF, 0.0) == pytest.approx(12.0)
    with pytest.raises(StudyError):
        levelised(Investment(1.0, 1.0, 0.0, 20), 0.0)


def test_a_subsidy_is_worth_what_it_pays() -> None:
    helped = Investment(10_000_000, 900_000, 50_000, 20, subsidy=5_000_000, upkeep=100_000)
    assert present_value(flows(helped), 0.03) - present_value(flows(ROOF), 0.03) == pytest.approx(5_000_000)


def test_at_the_fair_price_a_ppa_is_worth_as_much_as_owning() -> None:
    price = fair_price(ROOF, 0.03, 20)
    assert price == pytest.approx(levelised(ROOF, 0.03))
    assert present_value(ppa_flows(ROOF, Ppa(price, 20)), 0.03) == pytest.approx(present_value(flows(ROOF), 0.03))


def test_an_annuity_pays_back_a_sum_with_interest() -> None:
    assert annuity(0.03, 20) == pytest.approx(-float(npf.pmt(0.03, 20, 1)))
    assert annuity(0.0, 20) == 0.05
