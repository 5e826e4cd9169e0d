"""What happened to facilities comes out first; the rest is decomposed; sums hold at every level."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.analysis.causes import Cause, Causes, causes, chained
from kotsukotsu.analysis.decomposition import EFFECTS, decomposed
from tests.analysis.conftest import found_in
from tests.analysis.uses import uses

TINY = Decimal("1E-24")  # these tests add with 28 digits


def near(value, expected, rest=1e-9):
    return abs(float(value) - expected) < rest


def effects(found, facility):
    return {name: value for name, value in found.of({facility}).effects().items() if value}


def test_a_facility_open_throughout_is_decomposed(found):
    # 100,000 kWh × 0.5 → 0.4 kg: 50 t → 40 t, all factors.
    assert {name: round(value, 9) for name, value in effects(found, "f1").items()} == {"factor": -10}


def test_a_merger_takes_the_whole_change_of_those_that_opened_and_closed(found):
    # 学校 20,000 × 0.5 = 10 t, closed; 学園 40,000 × 0.4 = 16 t, opened. Both notes say 統合.
    assert (effects(found, "f2"), effects(found, "f3")) == ({"merged": -10}, {"merged": 16})


def test_a_facility_that_took_over_another_has_the_effect_of_its_amount_under_merged(found):
    # 10,000 × 0.5 = 5 t → 20,000 × 0.4 = 8 t. L(8, 5) = 3 / ln 1.6; merged L ln 2, factor L ln 0.8.
    mean = 3 / math.log(1.6)
    told = effects(found, "f4")
    assert sorted(told) == ["factor", "merged"]
    assert near(told["merged"], mean * math.log(2))
    assert near(told["factor"], mean * math.log(0.8))


def test_a_move_before_the_two_years_is_no_cause(found):
    assert list(effects(found, "f5")) == ["factor"]


def test_without_a_word_in_the_note_it_is_opened_or_closed(town):
    for row in town.tables["facilities"]:
        row.pop("note", None)
    found = found_in(town)
    assert (effects(found, "f2"), effects(found, "f3")) == ({"closed": -10}, {"opened": 16})
    assert found.findings == ()


def test_a_facility_that_moved_into_a_new_building_is_moved(town):
    town.tables["facilities"][2]["note"] = "学校内から移転"
    assert effects(found_in(town), "f3") == {"moved": 16}


def test_rows_in_one_year_without_a_date_are_counted_and_said(town):
    town.tables["facilities"][1] = {"facility_id": "f2", "name": "学校"}
    found = found_in(town)
    assert effects(found, "f2") == {"closed": -10}
    assert [(finding.code, finding.data["facility"], finding.data["fiscal_year"]) for finding in found.findings] == [
        ("AN-01", "学校", 2022)
    ]
    assert "学校" in found.findings[0].message("ja")
    assert found.findings[0].advice("en")


def test_the_opened_and_closed_are_those_that_like_for_like_leaves_out(town, found):
    same = town.session().inventory(2023).like_for_like()
    steady = [cause for cause in found.causes if not (cause.event and cause.event.is_whole)]
    assert len({cause.facility for cause in steady}) == same.facilities
    assert abs(sum(cause.change for cause in steady) - same.change) < TINY


def test_the_effects_add_up_at_every_level(town, found):
    latest = town.session().inventory(2023)
    assert abs(found.change - (latest.total - latest.base_total)) < TINY
    assert abs(found.residual()) < TINY
    for name in EFFECTS:
        parts = [one.effects()[name] for one in found.by(lambda cause: cause.facility).values()]
        assert abs(sum(parts) - found.effects()[name]) < TINY


def test_a_change_of_supplier_is_mix(town):
    town.tables["supplies"] = [row for row in town.tables["supplies"] if row["facility_id"] != "f1"]
    town.contract("青電気", valid_to="2023-04-01")
    town.contract("緑電気", valid_from="2023-04-01")
    # 100,000 kWh × 0.5 → × 0.3 of another supplier.
    assert {name: round(value, 9) for name, value in effects(found_in(town), "f1").items()} == {"mix": -20}


def test_doubling_every_use_doubles_every_effect(town, found):
    for row in town.tables["activities"]:
        row["quantity"] *= 2
    twice = found_in(town).effects()
    assert all(abs(twice[name] - 2 * value) < TINY for name, value in found.effects().items())


def test_the_order_of_facilities_and_rows_does_not_matter(town, found):
    for table in ("facilities", "activities", "supplies"):
        town.tables[table].reverse()
    assert found_in(town).effects() == found.effects()


def test_a_chain_of_years_adds_up_to_the_whole_change(town):
    town.own("electricity", "0.45", supplier="青電気", valid_from="2021-04-01", valid_to="2022-04-01")
    for facility, quantity in (("f1", 90000), ("f2", 25000), ("f5", 11000)):
        town.year("electricity", 2021, quantity, facility_id=facility)
    session = town.session()
    years = [session.inventory(fy).lines for fy in (2021, 2022, 2023)]
    facilities = session.city.table("facilities")
    steps = [causes(years[step], years[step + 1], facilities) for step in (0, 1)]
    whole = causes(years[0], years[2], facilities)
    assert abs(sum(chained(steps).values()) - whole.change) < TINY
    for name, value in chained(steps).items():
        assert abs(value - sum(step.effects()[name] for step in steps)) < TINY


def test_a_warmer_winter_is_taken_out_of_the_amount(town):
    for row in town.tables["activities"]:
        if row["facility_id"] == "f5" and row["start"].startswith("2023"):
            row["quantity"] = 8000
    place = ("f5", "electricity")
    found = found_in(town, drivers={"weather": {place: (Decimal(100), Decimal(80))}})
    told = effects(found, "f5")
    assert near(told["weather"], (3.2 - 5) / math.log(3.2 / 5) * math.log(0.8))
    assert abs(told.get("amount", Decimal(0))) < TINY


@pytest.mark.parametrize("value", ["0", "-3"])
def test_a_driver_that_is_not_positive_is_left_out_and_said(town, found, value):
    drivers = {"base": {("f1", "electricity"): (Decimal(10), Decimal(value))}}
    told = found_in(town, drivers=drivers)
    assert told.effects() == found.effects()
    assert [(finding.code, finding.data["facility"]) for finding in told.findings] == [("AN-03", "市役所")]


def test_a_negative_year_is_said_and_counted_as_amount(town, found):
    town.year("kerosene", 2022, 100, facility_id="f5")
    town.year("kerosene", 2023, -50, facility_id="f5")
    told = found_in(town)
    kerosene = told.of(items={"kerosene"})
    assert kerosene.effects()["amount"] == kerosene.change < 0
    assert [(finding.code, finding.data["item"]) for finding in told.findings] == [("AN-02", "kerosene")]
    assert abs(told.residual()) < TINY


def test_a_year_without_lines_must_be_named():
    with pytest.raises(ValueError, match="no lines"):
        causes([], [], [])
    assert causes([], [], [], years=(2022, 2023)).change == 0


PLACES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(("electricity", "lpg")), uses(), uses()),
    max_size=6, unique_by=lambda one: one[:2],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(places=PLACES, order=st.randoms(use_true_random=False))
def test_any_facilities_in_any_order_add_up_to_the_change(places, order):
    made = [Cause(*place, decomposed(*place[2:]), None, {}) for place in places]
    found = Causes(2024, 2013, tuple(made))
    order.shuffle(made)
    shuffled = Causes(2024, 2013, tuple(made))
    scale = 1 + found.before + found.after
    assert abs(found.residual()) <= Decimal("1E-30") * scale
    assert all(abs(shuffled.effects()[name] - value) <= TINY * scale for name, value in found.effects().items())
    parts = [one.change for one in found.by(lambda cause: cause.facility).values()]
    assert abs(sum(parts) - found.change) <= TINY * scale
