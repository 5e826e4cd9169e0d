"""Generators matched to buildings: nothing is given twice, and nothing is claimed that no certificate stands behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.match.allocate import RULES, match
from kotsukotsu.energy.match.battery import Battery, lifted
from kotsukotsu.energy.match.carbon import Factor, saved
from kotsukotsu.energy.match.certificates import Certificate, check, ledger
from kotsukotsu.energy.match.claim import claim
from kotsukotsu.energy.match.ladder import ladder
from kotsukotsu.energy.match.model import Generation, kwh, watt_hours
from kotsukotsu.energy.match.supplies import Customer, Retailer, factors, supplies
from kotsukotsu.energy.slots import calendar, year

DAY = calendar(date(2024, 4, 1), date(2024, 4, 2))
WIND = Generation("g", "風車", np.ones(48, np.int64), Decimal(0))
CO2 = Factor(Decimal("0.000415"), "plan", "unconfirmed")


def series(values, cal=DAY):
    made = np.zeros(len(cal), np.int64)
    made[: len(values)] = values
    return made


def made(sent, loads, rule="contract", shares=("0.5", "0.5"), loss="0", cal=DAY, **more):
    generator = Generation("g", "風車", series(sent, cal), Decimal(loss), **more)
    named = {f"b{number}": series(load, cal) for number, load in enumerate(loads)}
    return match(cal, [generator], named, rule, {"g": [Decimal(share) for share in shares]})


def got(found):
    return found.allocated[0][:, 0].tolist()


@pytest.mark.parametrize(
    ("rule", "sent", "loads", "expected"),
    [
        ("contract", 100, [80, 20], [50, 20]),
        ("demand", 100, [80, 20], [80, 20]),
        ("demand", 50, [80, 20], [40, 10]),
        ("water", 100, [80, 20], [80, 20]),
        ("water", 90, [80, 20], [70, 20]),
        ("contract", 0, [80, 20], [0, 0]),
        ("water", 1000, [80, 20], [80, 20]),
        ("demand", 5, [0, 0], [0, 0]),
    ],
)
def test_each_rule_by_hand(rule, sent, loads, expected):
    assert got(made([sent], [[load] for load in loads], rule)) == expected


def test_losses_are_taken_before_anything_is_given():
    assert got(made([1000], [[900], [900]], loss="4.5")) == [477, 477]


def test_a_second_generator_covers_what_the_first_left():
    one, two = (Generation(name, name, series([60]), Decimal(0)) for name in ("g", "h"))
    found = match(DAY, [one, two], {"b": series([100])}, "demand")
    assert found.allocated[:, 0, 0].tolist() == [60, 40]


WH = st.integers(0, 10**7)


@settings(max_examples=150, deadline=None)
@given(st.lists(WH, min_size=3, max_size=3), st.lists(st.lists(WH, min_size=3, max_size=3), min_size=1, max_size=6),
       st.sampled_from(RULES), st.data())  # fmt: skip
def test_no_half_hour_gives_away_more_than_arrived_or_more_than_a_building_used(sent, loads, rule, data):
    parts = data.draw(st.lists(st.integers(0, 1000), min_size=len(loads), max_size=len(loads)))
    shares = [Decimal(part) / (sum(parts) or 1) for part in parts]
    shares = [share.quantize(Decimal("1E-12"), "ROUND_DOWN") for share in shares]
    found = made(sent, loads, rule, shares, loss="3.7")
    check(found)
    assert (found.allocated >= 0).all()
    (account,) = ledger(found, []).accounts()
    assert account.issued == account.lost + account.allocated + account.left
    assert kwh(int(found.matched.sum())) == account.allocated


@settings(max_examples=60, deadline=None)
@given(st.lists(WH, min_size=48, max_size=48), st.lists(WH, min_size=48, max_size=48))
def test_the_finer_the_comparison_the_less_is_covered(sent, load):
    shares = [one.share for one in ladder(made(sent, [load], "demand"))]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


def test_the_ladder_by_hand():
    """1 Wh generated at 0:00, 1 Wh used at 0:30: matched by the hour, not by the half-hour."""
    assert [one.share for one in ladder(made([1000], [[0, 1000]], "demand"))] == [1, 1, 1, 1, 0]


def test_the_plans_1370_tonnes_are_those_of_the_yearly_comparison():
    """Source: the plan of Ishikari: 3,300,000 kWh x factor = 1,370 t, which gives 0.415 t/MWh."""
    cal = year(2024)
    flat = np.full(len(cal), 3_480_000_000 // len(cal))
    use = np.zeros(len(cal), np.int64)
    use[::2] = 3_300_000_000 // (len(cal) // 2)
    found = made(flat, [use], "demand", cal=cal)
    by_level = {one.level: one for one in saved(ladder(found), CO2)}
    assert round(by_level["year"].tonnes) == 1369
    assert round(by_level["year"].tonnes, -1) == 1370
    assert by_level["half_hour"].tonnes < by_level["year"].tonnes * Decimal("0.6")
    assert by_level["half_hour"].factor == CO2


def test_planned_solar_power_saves_127_tonnes():
    """Source: the plan of Ishikari: 508.8 kW x 1,000 kWh/kW x 0.25 t/MWh = 127 t."""
    assert round(Decimal("508.8") * 1000 * Decimal("0.25") / 1000) == 127


def test_losses_make_the_yearly_cover_thinner_than_it_looks():
    """3,400,000 kWh (the wind farm's FY2022) less 4.5 % are less than 3,300,000 kWh."""
    cal = year(2024)
    flat = np.full(len(cal), 3_400_000_000 // len(cal))
    found = made(flat, [np.full(len(cal), 3_300_000_000 // len(cal))], "demand", loss="4.5", cal=cal)
    assert ladder(found)[0].share < Decimal("0.985")


def test_a_battery_moves_what_is_over_to_where_some_is_wanting():
    found = made([2000], [[0, 1000]], "demand")
    perfect, none = (Battery(Decimal(size), Decimal("0.5"), Decimal(1)) for size in ("1", "0"))
    assert [rung.share for _, rung in lifted(found, [none, perfect])] == [0, 1]
    ((_, lossy),) = lifted(found, [Battery(Decimal(1), Decimal("0.5"), Decimal("0.25"))])
    assert lossy.covered == Decimal("0.5")
    ((_, slow),) = lifted(found, [Battery(Decimal("0.001"), Decimal(2), Decimal(1))])
    assert slow.covered == Decimal("0.25")


def test_a_battery_never_lifts_above_the_generation():
    chance = np.random.default_rng(3)
    found = made(chance.integers(0, 2000, 48), [chance.integers(0, 2000, 48)], "demand")
    sizes = [Battery(Decimal(size), Decimal(4), Decimal("0.9")) for size in ("0.001", "0.01", "1")]
    shares = [rung.share for _, rung in lifted(found, sizes)]
    assert shares == sorted(shares)
    assert shares[-1] <= ladder(found)[0].share


def certificate(kwh_="1", **changes):
    first = Certificate("c1", "g", date(2024, 4, 1), date(2024, 4, 2), Decimal(kwh_), "non_fit", True, "cancelled", "s")
    return replace(first, **changes)


def codes(found, held, level="year", scheme="non_fit"):
    found = replace(found, generators=tuple(replace(one, scheme=scheme) for one in found.generators))
    said = claim(ledger(found, held), held, level)
    return said.is_whole, [reason.code for reason in said.reasons], said.share


def test_a_claim_of_100_per_cent_needs_tracked_and_cancelled_certificates():
    found = made([1000], [[500], [500]])
    assert codes(found, [certificate()]) == (True, [], 1)
    assert codes(found, [])[:2] == (False, ["MC-01"])
    assert codes(found, [], scheme="fit")[:2] == (False, ["MC-06"])
    assert codes(found, [certificate(tracked=False)]) == (False, ["MC-02"], 0)
    assert codes(found, [certificate(state="allocated")]) == (False, ["MC-03"], 0)
    assert codes(found, [certificate(kind="fit")]) == (False, ["MC-07"], 0)
    assert codes(found, [certificate(kind="fit")], scheme="fit") == (True, [], 1)
    assert codes(found, [certificate("0.4")]) == (False, ["MC-05"], Decimal("0.4"))


def test_a_year_may_be_covered_of_which_the_half_hours_are_not():
    found = made([2000], [[500, 500], [500, 500]])
    held = [certificate("2")]
    assert codes(found, held) == (True, [], 1)
    assert codes(found, held, "half_hour") == (False, ["MC-04"], Decimal("0.5"))


def test_own_generation_behind_the_meter_needs_no_certificate():
    found = made([1000], [[500], [500]], own=True)
    assert codes(found, []) == (True, [], 1)
    assert supplies(ledger(found, []), {"b0": Customer("f0", (Retailer(date.min, "小売", None),))})[0]["share"] == 1


def test_a_planned_generator_proves_nothing_and_reaches_no_inventory():
    found = made([1000], [[500], [500]], own=True)
    found = replace(found, generators=tuple(replace(one, is_planned=True) for one in found.generators))
    assert codes(found, []) == (False, ["MC-08"], 0)
    pair = replace(found, generators=(*found.generators, replace(found.generators[0], generator_id="h", name="屋根")),
                   allocated=np.repeat(found.allocated, 2, axis=0) // 2)  # fmt: skip
    (told,) = [one for one in claim(ledger(pair, []), [], "year").reasons if one.code == "MC-08"]
    assert "風車、屋根" in told.message()
    with pytest.raises(EnergyError, match="MT-12"):
        ledger(found, [certificate()])
    with pytest.raises(EnergyError, match="MT-13"):
        supplies(ledger(found, []), {"b0": Customer("f0", (Retailer(date.min, "小売", None),))})


def test_a_certificate_of_another_kind_makes_no_power_free_of_carbon():
    found = made([1000], [[500], [500]])
    wrong = [certificate(kind="fit")]
    assert not ledger(found, wrong).cancelled.any()
    assert factors(ledger(found, wrong), wrong) == []


def test_every_reason_is_said_in_words():
    said = claim(ledger(made([1000], [[900], [900]]), []), [], "half_hour")
    assert [reason.code for reason in said.reasons] == ["MC-01", "MC-04"]
    assert "30分" in said.reasons[1].message()


@pytest.mark.parametrize(
    ("code", "held"),
    [
        ("MT-07", [certificate(generator_id="x")]),
        ("MT-08", [certificate(), certificate()]),
        ("MT-09", [certificate("1.001")]),
        ("MT-11", [certificate(start=date(2024, 3, 1))]),
        ("MT-14", [certificate("-0.1")]),
    ],
)
def test_certificates_that_cannot_be_are_refused(code, held):
    with pytest.raises(EnergyError, match=code):
        ledger(made([1000], [[500], [500]]), held)


def test_an_allocation_of_others_that_gives_too_much_is_refused():
    found = made([1000], [[500], [500]])
    with pytest.raises(EnergyError, match="MT-05"):
        check(replace(found, allocated=found.allocated + 1))


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("MT-01", lambda: watt_hours(np.asarray([np.nan]), "p")),
        ("MT-01", lambda: watt_hours(np.asarray([-1.0]), "p")),
        ("MT-02", lambda: made([1], [[1], [1]], shares=("0.6", "0.5"))),
        ("MT-02", lambda: made([1], [[1], [1]], shares=("-0.1", "0.5"))),
        ("MT-03", lambda: made([1], [[1], [1]], shares=("0.5",))),
        ("MT-04", lambda: made([1], [[1], [1]], "equal")),
        ("MT-06", lambda: match(year(2024), [WIND], {"b": series([1])}, "demand")),
    ],
)  # fmt: skip
def test_what_cannot_be_matched_is_refused(code, call):
    with pytest.raises(EnergyError, match=code):
        call()


def test_supply_contracts_share_out_each_month_once_and_only_what_certificates_stand_behind():
    found = ledger(made([1000, 1000], [[600, 0], [0, 600]]), [certificate("0.75")])
    rows = supplies(
        found,
        {
            "b0": Customer("f0", (Retailer(date.min, "小売", "m"),)),
            "b1": Customer("f1", (Retailer(date.min, "小売", None),)),
        },
    )
    by_facility = {}
    for row in rows:
        by_facility.setdefault(row["facility_id"], []).append((row["supplier"], row["share"]))
    assert by_facility["f0"] == [("風車", Decimal("0.833333333")), ("小売", Decimal("0.166666667"))]
    assert by_facility["f1"] == [("風車", Decimal("0.416666666")), ("小売", Decimal("0.583333334"))]
    assert [row["source"] for row in factors(found, [certificate("0.75")])] == ["c1"]
    assert factors(found, [certificate(state="issued")]) == []
    with pytest.raises(EnergyError, match="MT-10"):
        supplies(found, {"b0": Customer("f0", (Retailer(date.min, "", None),))})


def test_the_rest_of_a_building_is_of_the_retailer_of_its_month():
    cal = year(2024)
    found = ledger(match(cal, [replace(WIND, sent=series([1], cal))], {"b0": series([1], cal)}, "demand"), [])
    own = Customer("f0", (Retailer(date.min, "前", "m"), Retailer(date(2024, 10, 1), "後", None)))
    rows = supplies(found, {"b0": own})
    assert [(row["supplier"], row["menu"]) for row in rows] == [("前", "m")] * 6 + [("後", None)] * 6
