"""An agreement and its fund, year by year, against sums worked by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.fund import Menu, Ppa, Settlement, Spent, ledger, served
from kotsukotsu.sessions.energy_fund import agreements
from kotsukotsu.sessions.energy_site import EnergySite

SITE = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
D = Decimal
PPA = Ppa("p", "契約", 2024, 3, D(16), D(20), D(9), D(1000), D(100), D(0), D(0), D(0), D("0.3"))


def settled(used="1100", avoided="21"):
    return Settlement(D(used), D(avoided), D(50), "meter")


def test_a_year_is_used_times_the_difference_of_the_prices_and_a_share_goes_to_the_fund():
    first, *_, last = ledger(PPA, {}, [Spent(2025, "照明", D(1500), "見積")])
    assert (first.avoided_yen, first.paid_yen, first.saving_yen) == (20_000, 16_000, 4_000)
    assert (first.to_fund_yen, first.kept_yen, first.balance_yen) == (1_200, 2_800, 1_200)
    assert last.balance_yen == 3 * 1_200 - 1_500


def test_prices_and_generation_change_from_year_to_year():
    changed = replace(PPA, escalator_pct=D(10), avoided_pct=D(5), degradation_pct=D(1))
    third = ledger(changed, {}, [])[2]
    assert (third.price, third.avoided_price, third.used_kwh) == (D("19.36"), D("22.05"), 980)


def test_a_year_of_loss_gives_the_fund_nothing_and_takes_nothing_from_it():
    lines = ledger(replace(PPA, escalator_pct=D(20)), {}, [])
    assert [line.saving_yen for line in lines] == [4_000, 800, -3_040]
    assert [line.to_fund_yen for line in lines] == [1_200, 240, 0]
    assert lines[2].kept_yen == -3_040
    assert lines[2].balance_yen == 1_440


def test_a_settlement_replaces_its_own_year_only():
    lines = ledger(PPA, {2025: settled()}, [])
    assert [line.saving_yen for line in lines] == [4_000, 5_500, 4_000]
    assert [(line.settled, line.source) for line in lines] == [(False, ""), (True, "meter"), (False, "")]


def test_the_fund_gets_whole_yen():
    assert ledger(replace(PPA, used_kwh=D(1001)), {}, [])[0].to_fund_yen == 1_201  # 4,004 x 0.3 = 1,201.2


TERMS = st.decimals(-5, 5, places=1)


@settings(max_examples=80, deadline=None)
@given(TERMS, TERMS, st.decimals(0, 30, places=2), st.decimals(0, 1, places=2))
def test_the_parts_of_every_year_add_up_and_the_fund_is_never_below_zero(up, avoided, price, share):
    changed = replace(PPA, years=20, escalator_pct=up, avoided_pct=avoided, price=price, fund_share=share)
    before = D(0)
    for line in ledger(changed, {}, []):
        assert line.to_fund_yen + line.kept_yen == line.saving_yen == line.avoided_yen - line.paid_yen
        assert 0 <= line.to_fund_yen <= max(D(0), line.saving_yen)
        assert line.balance_yen == before + line.to_fund_yen - line.spent_yen
        before = line.balance_yen


@pytest.mark.parametrize(
    ("code", "ppa", "years", "spent"),
    [
        ("FD-01", replace(PPA, fund_share=D(30)), {}, []),
        ("FD-01", replace(PPA, years=0), {}, []),
        ("FD-01", replace(PPA, price=D(-1)), {}, []),
        ("FD-02", PPA, {}, [Spent(2024, "x", D(1201), "s")]),
        ("FD-03", PPA, {2023: settled()}, []),
        ("FD-03", PPA, {}, [Spent(2027, "x", D(1), "s")]),
        ("FD-05", PPA, {}, [Spent(2024, "x", D(-5), "s")]),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(code, ppa, years, spent):
    with pytest.raises(EnergyError, match=code):
        ledger(ppa, years, spent)


def menu(households=10, kwh="30", usual="30", price="25"):
    return Menu("m", "昼", households, D(kwh), D(usual), D(price))


def test_households_get_what_is_over_and_never_more_than_they_can_use():
    (enough,) = served(D(1000), [menu()], D(9))
    assert (enough.kwh, enough.each_yen, enough.all_yen) == (300, 150, 1500)
    assert (enough.paid_yen, enough.to_generator_yen, enough.rest_yen) == (7500, 2700, 4800)
    (half,) = served(D(150), [menu()], D(9))
    assert (half.kwh, half.each_yen) == (150, 75)
    (none,) = served(D(0), [menu()], D(9))
    assert (none.kwh, none.each_yen) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.tuples(st.integers(1, 50), st.integers(0, 400)), min_size=1, max_size=4))
def test_menus_together_never_get_more_than_is_over(surplus, given_menus):
    found = served(D(surplus), [menu(households, str(kwh)) for households, kwh in given_menus], D(9))
    assert sum(one.kwh for one in found) <= surplus


@pytest.mark.parametrize("wrong", [menu(households=0), menu(kwh="-1"), menu(price="31")])
def test_a_menu_that_helps_nobody_is_refused(wrong):
    with pytest.raises(EnergyError, match="FD-04"):
        served(D(10), [wrong], D(9))


@pytest.fixture(scope="module")
def agreement():
    (found,) = agreements(EnergySite(SITE))
    return found


def test_the_avoided_price_is_the_fall_of_the_bill_for_each_kilowatt_hour(agreement):
    fall = agreement.without.total - agreement.with_.total
    assert abs(agreement.ppa.avoided_price * agreement.ppa.used_kwh - fall) < 50
    assert agreement.ppa.used_kwh + agreement.ppa.surplus_kwh == 508_800
    energy_only = agreement.without.by_kind()["energy"] - agreement.with_.by_kind()["energy"]
    assert fall > energy_only


def test_a_year_of_the_example_is_what_a_pocket_calculator_says(agreement):
    """FY2027: 463,423.256 x 0.995^3 kWh, 23.4814 x 1.008^3 and 16.5 x 1.01^3 yen; three tenths in whole yen."""
    before, year = agreement.lines[2:4]
    assert (year.used_kwh, year.avoided_price, year.price) == (456_507, D("24.0495"), D("17.0000"))
    assert year.saving_yen == D("10978765.0965") - 7_760_619
    assert (year.to_fund_yen, year.kept_yen) == (965_443, D("2252703.0965"))
    assert year.balance_yen == before.balance_yen + 965_443 == 2_920_495


def test_a_site_without_agreement_or_generation_is_refused(tmp_path):
    shutil.copytree(SITE, tmp_path / "a")
    for name in ("ppas", "settlements", "spending", "menus"):
        (tmp_path / "a" / f"{name}.csv").unlink()
    with pytest.raises(EnergyError, match="FD-06"):
        agreements(EnergySite(tmp_path / "a"))
    shutil.copytree(SITE, tmp_path / "b")
    (tmp_path / "b" / "generators.csv").unlink()
    with pytest.raises(EnergyError, match="FD-07"):
        agreements(EnergySite(tmp_path / "b"))
