"""Targets of single facilities add up to the city's, whatever the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kotsukotsu.planning.allocation import Site, by_intensity, by_potential, equal_rate
from kotsukotsu.planning.targets import PlanError

SITES = [Site("a", Decimal(100)), Site("b", Decimal(50)), Site("c", Decimal(50))]
TONNES = st.decimals(0, 1000, places=2)


def reductions(found):
    return {one.facility_id: one.reduction for one in found}


def test_equal_rate_gives_everyone_the_same_share():
    # 60 of 200 is 30 %
    assert reductions(equal_rate(SITES, Decimal(60))) == {"a": 30, "b": 15, "c": 15}


def test_units_left_over_go_to_the_largest_remainders_then_to_the_smaller_code():
    # 61 x 100/200 = 30.5; 61 x 50/200 = 15.25 twice: 30 + 15 + 15 = 60, and the one left goes to a
    assert reductions(equal_rate(SITES, Decimal(61))) == {"a": 31, "b": 15, "c": 15}
    # three of the same size and one tonne: the smallest code
    three = [Site(name, Decimal(10)) for name in ("z", "m", "k")]
    assert reductions(equal_rate(three, Decimal(1))) == {"z": 0, "m": 0, "k": 1}


def test_twice_the_intensity_of_the_peers_saves_twice_the_share():
    # t/m2: 1, 1, 2; median 1; weights 100, 100, 100 x 2 = 200: 40 t as 10, 10, 20
    sites = [
        Site("a", Decimal(100), "school", Decimal(100)),
        Site("b", Decimal(100), "school", Decimal(100)),
        Site("c", Decimal(100), "school", Decimal(50)),
    ]
    assert reductions(by_intensity(sites, Decimal(40))) == {"a": 10, "b": 10, "c": 20}


def test_an_odd_floor_area_counts_as_twice_the_median_at_most():
    # c emits 100 times the median per m2; weights 100, 100, 200 as above
    sites = [
        Site("a", Decimal(100), "school", Decimal(100)),
        Site("b", Decimal(100), "school", Decimal(100)),
        Site("c", Decimal(100), "school", Decimal(1)),
    ]
    assert reductions(by_intensity(sites, Decimal(40))) == {"a": 10, "b": 10, "c": 20}


def test_a_facility_without_peers_is_taken_at_the_median_and_says_so():
    found = by_intensity([Site("a", Decimal(100), "pool", Decimal(5)), Site("b", Decimal(300))], Decimal(40))
    assert [(one.reduction, one.ground) for one in found] == [(10, "no_peers"), (30, "no_peers")]


def test_potential_decides_and_a_facility_without_measures_gets_none():
    # 12 over potentials 10 and 30: 3 and 9
    found = by_potential(SITES, {"a": Decimal(10), "b": Decimal(30)}, Decimal(12))
    assert [(one.reduction, one.ground) for one in found] == [(3, "potential"), (9, "potential"), (0, "no_potential")]


def test_more_than_the_potential_is_named_as_such():
    # 80 over 10 and 30: 20 and 60, but b emits 50 only: 50, and a takes 30
    found = by_potential(SITES, {"a": Decimal(10), "b": Decimal(30)}, Decimal(80))
    assert [(one.reduction, one.ground) for one in found][:2] == [(30, "beyond_potential"), (50, "beyond_potential")]


def test_facilities_too_small_for_a_whole_tonne_are_emptied_in_the_order_of_their_codes():
    # 1 t of 0.4 + 0.7 t: nobody can give a whole one; a gives 0.4, b the other 0.6
    found = equal_rate([Site("b", Decimal("0.7")), Site("a", Decimal("0.4"))], Decimal(1))
    assert reductions(found) == {"a": Decimal("0.4"), "b": Decimal("0.6")}


@pytest.mark.parametrize(
    ("reduction", "potential", "code"),
    [
        (Decimal(201), {"a": Decimal(1)}, "TG-10"),
        (Decimal(-1), {"a": Decimal(1)}, "TG-11"),
        (Decimal(10), {"a": Decimal(-1)}, "TG-11"),
        (Decimal(101), {"a": Decimal(1)}, "TG-12"),  # a emits 100
        (Decimal("0.5"), {"a": Decimal(1)}, "TG-13"),
    ],
)
def test_what_cannot_be_divided_is_refused(reduction, potential, code):
    with pytest.raises(PlanError, match=code):
        by_potential(SITES, potential, reduction)


@given(st.lists(TONNES, min_size=1, max_size=12), st.integers(0, 100), st.integers(0, 2))
def test_allocations_add_up_and_nobody_saves_more_than_it_emits(values, pct, digits):
    sites = [Site(f"f{index:02}", value, "school", Decimal(index + 1)) for index, value in enumerate(values)]
    wanted = (sum(values) * pct / 100).quantize(Decimal(1).scaleb(-digits), rounding="ROUND_FLOOR")
    for way in (equal_rate, by_intensity):
        found = way(sites, wanted, digits)
        assert sum(one.reduction for one in found) == wanted
        assert all(0 <= one.reduction <= one.tonnes for one in found)


@given(st.lists(TONNES, min_size=2, max_size=8), st.randoms())
def test_the_order_of_the_facilities_does_not_matter(values, chance):
    sites = [Site(f"f{index:02}", value) for index, value in enumerate(values)]
    wanted = Decimal(int(sum(values) / 3))
    assume(wanted > 0)
    other = list(sites)
    chance.shuffle(other)
    assert reductions(equal_rate(sites, wanted)) == reductions(equal_rate(other, wanted))
