"""Targets by rate and by sector; numbers worked by hand stand in the comments."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.catalogue.load import load
from kotsukotsu.planning.targets import (
    NationalRate,
    PlanError,
    by_sector,
    editions,
    milestones,
    national_rates,
    uniform,
    with_gap_on,
)

BASE = {"commercial": Decimal(1000), "transport": Decimal(100), "n2o": Decimal(0)}
RATES = {
    "commercial": NationalRate(Decimal(200), Decimal(120), "plan", "confirmed"),  # 40 %
    "transport": NationalRate(Decimal(80), Decimal(60), "plan", "confirmed"),  # 25 %
}
TONNES = st.decimals(0, 100_000, places=3)


def test_milestones_are_those_of_the_government_plan_and_net_zero():
    found = [(one.fiscal_year, one.reduction_pct) for one in milestones(load())]
    assert found == [(2030, 50), (2035, 65), (2040, 79), (2050, 100)]


def test_a_milestone_leaves_what_the_rate_leaves():
    # 19,720 x (1 - 0.50) = 9,860; x 0.35 = 6,902; x 0.21 = 4,141.2; net zero leaves nothing
    levels = [one.level(Decimal(19720)) for one in milestones(load())]
    assert levels == [Decimal(9860), Decimal(6902), Decimal("4141.2"), 0]


def test_the_uniform_rate_is_the_same_for_every_sector():
    found = uniform(BASE, Decimal(50))
    assert [(part.sector, part.reduction) for part in found.sectors] == [
        ("commercial", 500), ("transport", 50), ("n2o", 0),
    ]  # fmt: skip
    assert found.total.level == 550
    assert found.sectors[2].pct is None


def test_the_sector_method_uses_unrounded_national_values():
    # 1,000 x 80/200 = 400; 100 x 20/80 = 25; 425 of 1,100 is 38.6 %
    found = by_sector(BASE, RATES)
    assert [part.reduction for part in found.sectors] == [400, 25, 0]
    assert found.total.pct is not None
    assert round(found.total.pct, 1) == Decimal("38.6")


def test_the_gap_goes_on_the_chosen_sector_alone():
    # 50 % of 1,100 is 550; 425 are there; 125 more: commercial 525
    found = with_gap_on(by_sector(BASE, RATES), "commercial", Decimal(50))
    assert [part.reduction for part in found.sectors] == [525, 25, 0]
    assert found.gap(Decimal(50)) == 0


def test_without_a_gap_nothing_changes():
    targets = by_sector(BASE, RATES)
    assert with_gap_on(targets, "commercial", Decimal(30)) == targets


def test_the_stated_total_wins_over_the_sum_of_its_sectors():
    assert by_sector(BASE, RATES, Decimal(1102)).gap(Decimal(50)) == 126


def test_a_sector_cannot_save_more_than_it_emits():
    with pytest.raises(PlanError, match="TG-04"):
        with_gap_on(by_sector(BASE, RATES), "transport", Decimal(50))


def test_a_sector_that_does_not_exist_is_refused():
    with pytest.raises(PlanError, match="TG-03"):
        with_gap_on(by_sector(BASE, RATES), "vehicles", Decimal(50))


def test_a_sector_with_emissions_needs_a_rate():
    with pytest.raises(PlanError, match="TG-02"):
        by_sector({"ch4": Decimal(1)}, RATES)


def test_a_negative_base_is_refused():
    with pytest.raises(PlanError, match="TG-05"):
        uniform({"ch4": Decimal(-1)}, Decimal(50))


def test_an_edition_without_values_of_the_year_is_refused():
    catalogue = load()
    plan = editions(catalogue, 2013, 2030)[-1]
    with pytest.raises(PlanError, match="TG-01"):
        national_rates(catalogue, plan, 2013, 2040)


def test_both_editions_of_the_national_plan_answer_for_fy2030():
    catalogue = load()
    assert [plan.split()[1] for plan in editions(catalogue, 2013, 2030)] == ["2021-10-22", "2025-02-18"]
    rates = national_rates(catalogue, editions(catalogue, 2013, 2030)[0], 2013, 2030)
    assert rates["sf6"] == rates["hfcs"]  # 代替フロン等4ガス is one national sector


@given(st.lists(TONNES, min_size=1, max_size=6), st.integers(0, 100))
def test_uniform_rate_equals_the_sector_method_when_all_rates_are_equal(values, pct):
    base = {f"s{index}": value for index, value in enumerate(values)}
    rate = NationalRate(Decimal(100), Decimal(100 - pct), "plan", "confirmed")
    assert by_sector(base, dict.fromkeys(base, rate)) == uniform(base, Decimal(pct))
