"""Years of options on two weeks of the synthetic hall: begun at the anchor or from nothing, the plan costs the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kotsukotsu.energy.dispatch.model import Battery, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.options.again import Again
from kotsukotsu.energy.options.compare import compared
from kotsukotsu.energy.options.model import OWN, PPA, Option, base
from kotsukotsu.energy.options.years import World, Years, _system
from kotsukotsu.energy.refusals import StudyError
from tests.energy_options.places import BOTH, STANDING, SUN, known, place


@pytest.mark.parametrize("sizes", [STANDING, SUN, BOTH, replace(BOTH, unit_kw=0.0, sun_kw=300.0)])
def test_a_plan_begun_at_the_anchor_costs_what_it_costs_from_nothing(sizes) -> None:
    here = place()
    again = Again(_system(here, BOTH, World(1.0, 0.5, 7.0)))
    asked = _system(here, sizes, World(0.9, 0.2, 5.0))
    assert again.optimal(asked).cost == pytest.approx(optimal(asked).cost, rel=1e-9)


def test_a_system_of_another_shape_is_planned_from_nothing() -> None:
    here = place()
    again = Again(_system(here, BOTH, World(1.0, 0.5, 7.0)))
    (meter,) = _system(here, BOTH, World(1.0, 0.5, 7.0)).meters
    assets = tuple(replace(one, efficiency=0.8) if isinstance(one, Battery) else one for one in meter.assets)
    worse = System((replace(meter, assets=assets),))
    assert again.optimal(worse).cost == pytest.approx(optimal(worse).cost, rel=1e-9)


def test_another_load_is_planned_anew_with_and_without_the_option() -> None:
    here = place()
    years = Years(here, BOTH, known(), lambda: None)
    now, base_now = (years.year(sizes, known()) for sizes in (BOTH, STANDING))
    more, base_more = (years.year(sizes, known(load_level="1.2")) for sizes in (BOTH, STANDING))
    kwh = float(here.meter.load.sum()) / 2
    assert base_more.bought_kwh - base_now.bought_kwh == pytest.approx(0.2 * kwh, rel=0.05)
    assert more.bought_kwh > now.bought_kwh
    (meter,) = _system(here, BOTH, World(1.0, 0.5, 7.0, 1.2)).meters
    assert meter.load == pytest.approx(1.2 * here.meter.load)
    fresh = Years(here, BOTH, known(load_level="1.2"), lambda: None).year(BOTH, known(load_level="1.2"))
    assert more.bill_yen - more.sold_yen - more.work_yen == pytest.approx(
        fresh.bill_yen - fresh.sold_yen - fresh.work_yen, abs=2
    )


def test_the_programme_and_the_bill_agree_and_energy_is_kept(study) -> None:
    for one in study.ranked:
        assert one.year.gap_yen == pytest.approx(0.0, abs=0.01)
        assert one.year.sold_kwh <= one.year.sun_kwh + 1e-6
    sunny = next(one for one in study.ranked if one.option.option_id == "a").year
    possible = float(place().meter.assets[0].per_kw.sum()) * 80 / 2
    assert sunny.sun_kwh + sunny.unused_kwh == pytest.approx(possible)


def test_the_battery_keeps_what_is_promised_for_an_outage() -> None:
    here = place()
    short, long = (Years(here, BOTH, known(battery_reserve=kept), lambda: None).year(BOTH, known(battery_reserve=kept))
                   for kept in ("0", "0.9"))  # fmt: skip
    assert long.outage.hours.min() > short.outage.hours.min()
    # 8 kW from nine tenths of 60 kWh and a fuel cell of 1 kW: at least (54 x 0.95) / 7 hours, in whole half-hours
    assert long.outage.hours.min() >= 7.0
    assert long.bill_yen >= short.bill_yen


def test_forms_of_one_size_have_one_year_and_the_fair_price_makes_them_equal(study) -> None:
    own, subsidised, ppa = (way.found for way in study.forms)
    assert own.year is subsidised.year is ppa.year
    assert subsidised.npv - own.npv == pytest.approx(400)
    assumed = study.assumed.changed("ppa_yen_per_kwh", Decimal(study.fair[OWN]))
    again = compared(place(), (ppa.option,), base(STANDING, "今"), assumed, "npv")
    assert again.one.npv == pytest.approx(own.npv, rel=1e-6)


def test_a_pair_is_the_option_without_that_part(study) -> None:
    by_part = {pair.component: pair for pair in study.pairs}
    assert set(by_part) == {"sun", "battery", "cars", "unit", "hydrogen"}
    sunny = next(one for one in study.ranked if one.option.option_id == "a")
    assert by_part["battery"].without.year is sunny.year
    assert all(pair.saved_yen >= -1 for pair in study.pairs)
    assert [pair.component for pair in study.pairs if not pair.has_price] == ["cars", "unit", "hydrogen"]


def test_ranges_move_what_they_should(study) -> None:
    by_key = {one.key: one for one in study.swings}
    assert set(by_key) == {"sun_yen_per_kw", "sun_yield", "co2_kg_per_kwh"}
    price = by_key["sun_yen_per_kw"]
    assert price.npvs[0] - price.npvs[1] == pytest.approx(80 * 8000)  # all of the subsidy is used up at both ends
    assert study.assumed.rows["sun_yen_per_kw"].low < price.turns_at
    assert price.firsts[1] is not None
    assert by_key["sun_yield"].npvs[0] < study.one.npv < by_key["sun_yield"].npvs[1]
    assert by_key["sun_yield"].firsts == (None, None)
    assert by_key["co2_kg_per_kwh"].width == 0
    assert by_key["co2_kg_per_kwh"].tonnes[1] == pytest.approx(by_key["co2_kg_per_kwh"].tonnes[0] * 2.5)


def test_what_cannot_be_compared_is_refused() -> None:
    found = (Option("c", "契約", PPA, BOTH),)
    for assumed, wanted, code in (
        (known(ppa_years="3"), None, "OP-11"),
        (replace(known(), rows={key: row for key, row in known().rows.items() if key != "ppa_rise"}), None, "OP-02"),
        (known(), "z", "OP-12"),
    ):
        with pytest.raises(StudyError) as refused:
            compared(place(), found, base(STANDING, "今"), assumed, "npv", wanted)
        assert refused.value.code == code
