from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.catalogue.policy import Policy, policy_at
from kotsukotsu.errors import PolicyError
from kotsukotsu.rounding import Rounding

DEFAULTS = {
    "regime": "sekorei3", "fuel_factors": "rounded", "electricity_year": "previous", "electricity_kind": "basic",
    "gwp": "by-year", "month_of": "end",
    "rounding": {"unit": "t", "digits": 0, "method": "half-up", "sum": "unrounded"},
}  # fmt: skip


def at(policy, fy=2024):
    return policy_at({"policy": policy}, fy)


def test_defaults_are_those_of_the_architecture():
    found = policy_at({}, 2024).as_dict()
    assert {key: found[key] for key in DEFAULTS} == DEFAULTS


def test_a_policy_read_back_from_its_own_words_is_the_same():
    chosen = at({"regime": "shk", "electricity_year": 2013, "conversions": {"lpg": "lpg.1_99"}})
    words = chosen.as_dict() | {"electricity_year": 2013}
    assert at(words) == chosen


@pytest.mark.parametrize(
    ("policy", "code", "key"),
    [
        ({"regim": "shk"}, "P-01", "regim"),
        ({"regime": "SHK"}, "P-02", "regime"),
        ({"gwp": "AR6"}, "P-02", "gwp"),
        ({"electricity_year": "2013"}, "P-02", "electricity_year"),
        ({"electricity_year": 13}, "P-02", "electricity_year"),
        ({"electricity_year": True}, "P-02", "electricity_year"),
        ({"rounding": {"digits": 1, "unit": "g"}}, "P-02", "rounding"),
        ({"rounding": {"method": "bankers"}}, "P-02", "rounding"),
        ({"rounding": {"decimals": 1}}, "P-02", "rounding"),
        ({"rounding": {"digits": "1"}}, "P-02", "rounding"),
        ({"rounding": {"digits": 1.5}}, "P-02", "rounding"),
        ({"rounding": "half-up"}, "P-02", "rounding"),
        ({"conversions": "lpg.2_183"}, "P-02", "conversions"),
        ({"conversions": {"lpg": 2.183}}, "P-02", "conversions"),
    ],
)
def test_an_unknown_key_or_value_is_refused_by_name(policy, code, key):
    with pytest.raises(PolicyError) as error:
        at(policy)
    assert (error.value.code, error.value.data["key"]) == (code, key)
    assert key in error.value.text("ja")
    assert key in error.value.text("en")


@pytest.mark.parametrize("change", [{"gwp": "AR5"}, {"gwp": "AR5", "from_fy": "2024"}])
def test_a_change_without_its_year_is_refused(change):
    with pytest.raises(PolicyError) as error:
        at({"change": [change]})
    assert error.value.code == "P-03"


def test_a_change_holds_from_its_year_on_and_the_later_one_wins_in_any_order():
    policy = {"gwp": "SAR", "change": [{"from_fy": 2024, "gwp": "AR5"}, {"from_fy": 2015, "gwp": "AR4"}]}
    assert [at(policy, fy).gwp for fy in (2014, 2015, 2023, 2024)] == ["SAR", "AR4", "AR4", "AR5"]


def test_a_change_leaves_other_keys_as_they_were():
    policy = {"regime": "shk", "change": [{"from_fy": 2024, "month_of": "days"}]}
    assert (at(policy).regime, at(policy).month_of) == ("shk", "days")


@pytest.mark.parametrize(("chosen", "year"), [("previous", 2023), ("same", 2024), (2013, 2013)])
def test_results_year_follows_the_convention(chosen, year):
    assert at({"electricity_year": chosen}).results_year(2024) == year


def test_rounding_is_read_as_it_is_written():
    chosen = at({"rounding": {"unit": "kg", "digits": 2, "method": "truncate", "sum": "rounded"}})
    assert chosen.rounding == Rounding("kg", 2, "truncate", "rounded")


def test_policy_of_two_years_gives_each_year_its_own_factor(town):
    town.policy = ['electricity_year = "previous"', "[[policy.change]]", "from_fy = 2014", "electricity_year = 2012"]
    town.contract("北海道電力")
    for fy in (2013, 2014):
        town.year("electricity", fy, 1000)
    assert [town.total(fy) for fy in (2013, 2014)] == [Decimal("0.688"), Decimal("0.688")]


def test_an_unwritten_policy_is_the_default():
    assert policy_at({"municipality": {}}, 2024) == Policy()
