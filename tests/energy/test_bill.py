"""Bills against published ones, by hand, and against the optimiser's prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu import schema
from kotsukotsu.energy.bill import Terms, bill
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.room import excess, of_power, room
from kotsukotsu.energy.slots import calendar, year
from kotsukotsu.energy.tariff.load import shipped, with_own
from kotsukotsu.energy.tariff.prices import prices
from tests.energy import tariffs

APRIL = calendar(date(2024, 4, 1), date(2024, 5, 1))
MAY = calendar(date(2024, 5, 1), date(2024, 6, 1))
EXAMPLES = [
    "example-high-season",
    "example-high-tou",
    "example-high-agreed",
    "example-low",
    "example-consigned",
    "example-consigned-sent",
    "example-high-spot",
]


def shape(cal, kwh, kw):
    """A flat use of `kwh` in all, with one half-hour at `kw`."""
    values = np.full(len(cal), (kwh - kw / 2) / (len(cal) - 1))
    values[100] = kw / 2
    return values


def amounts(found, month=0):
    return {line.kind: line.amount for line in found.months[month].lines}


def test_the_example_of_a_retailer_is_reproduced():
    """Source: a retailer's published example: 150 kW x 1,000 yen, power factor 100 %, 47,000 kWh x 5 yen,
    fuel adjustment -0.5 yen, levy 3.49 yen."""
    book = tariffs.plain(
        "actual,,,,yes,0,0,2,0,0,truncate,included,yes,fuel,",
        "demand,,,1000 energy,,,5",
        adjustments=tariffs.dated(tariffs.ADJUSTMENTS, "fuel,2024-05-01,2024-06-01,-0.5"),
        rates=tariffs.dated(tariffs.RATES, "levy,2024-05-01,2025-05-01,3.49"),
    )
    found = bill(book, "t", shape(MAY, 47_000, 150), MAY, Terms(power_factor=Decimal(100)))
    assert amounts(found) == {"demand": 127_500, "energy": 235_000, "fuel": -23_500, "levy": 164_030}
    assert found.total == 503_030


def test_the_blended_tariff_of_reopt_is_reproduced():
    """Source: REopt.jl, test of blended rates: 10,000 kWh over 8,760 h at 0.1 and 10 per kW-month."""
    cal = year(2022)
    book = tariffs.plain("actual,,,,no,,,,,,truncate,included,no,,", "demand,,,10 energy,,,0.1")
    found = bill(book, "t", np.full(len(cal), 10_000 / len(cal)), cal).by_kind()
    assert round(found["energy"], 2) == 1000
    assert round(found["demand"], 2) == Decimal("136.99")


def above_what_was_agreed():
    """640 kW in April under a contract for 600 kW, with surcharge and tax."""
    book = tariffs.plain(
        "agreed,,1.5,,yes,0,0,2,0,0,truncate,excluded,no,,",
        "demand,,,1000 energy,,,10",
        rates=tariffs.dated(tariffs.RATES, "tax,2019-10-01,,10"),
    )
    terms = Terms(power_factor=Decimal(95), agreed_kw=Decimal(600))
    return bill(book, "t", shape(APRIL, 100_000, 640), APRIL, terms)


def test_a_month_of_an_agreed_contract_pays_what_it_is_above_with_the_surcharge_and_tax():
    found = above_what_was_agreed()
    assert amounts(found) == {"demand": 540_000, "excess": 54_000, "energy": 1_000_000, "tax": 159_400}
    assert found.total == 1_753_400


def test_an_agreed_power_is_set_by_no_month_and_a_kilowatt_above_it_costs_its_month_alone():
    """1,000 yen x 0.9 x 1.5 and 10 % of tax; 40 kW above in April cost 59,400 yen."""
    found = above_what_was_agreed()
    left = room(found)
    assert left.agreed
    assert left.last_month is None
    assert (left.left_kw, left.yen_per_kw) == (-40, 1485)
    assert excess(found) == (1, 59_400)
    assert of_power(found) == 653_400


def test_a_kilowatt_above_the_maximum_costs_a_year_of_demand_and_network_with_tax():
    book = tariffs.plain(
        "actual,,,,yes,0,0,2,0,0,truncate,excluded,no,,",
        "demand,,,1000 network_demand,,,560 energy,,,10",
        rates=tariffs.dated(tariffs.RATES, "tax,2019-10-01,,10"),
    )
    cal, terms = year(2023), Terms(power_factor=Decimal(80))
    load = np.full(len(cal), 50.0)
    found, more = (bill(book, "t", load + above / 2, cal, terms) for above in (0, 1))
    assert room(found).yen_per_kw == (1050 + 560) * 12 * Decimal("1.1")
    paid = [sum(one.by_kind()[kind] for kind in ("demand", "network_demand")) for one in (found, more)]
    assert paid[1] - paid[0] == (1050 + 560) * 12


def test_a_month_without_use_pays_half_of_the_demand_charge():
    book = tariffs.plain("actual,,,0.5,no,0,0,2,0,0,truncate,included,no,,", "demand,,,1000 energy,,,10")
    found = bill(book, "t", np.zeros(len(APRIL)), APRIL, Terms(earlier=(Decimal(80),)))
    assert amounts(found) == {"demand": 40_000, "energy": 0}


def test_prices_of_season_and_time_of_day_meet_the_right_half_hours():
    book = tariffs.plain(
        "none,,,,no,,,,,,truncate,included,no,,",
        "energy,s,day,3 energy,o,day,2 energy,,night,1",
        seasons=tariffs.SEASONS + "t,s,7,9\nt,o,10,6\n",
        hours=tariffs.HOURS + "t,,weekday,8:00,22:00,day\nt,,weekday,0:00,8:00,night\nt,,weekday,22:00,24:00,night\n"
        "t,,holiday,0:00,24:00,night\n",
    )
    cal = year(2024)
    found = bill(book, "t", np.ones(len(cal)), cal)
    july = {(line.season, line.period): line.quantity for line in found.months[3].lines}
    assert july == {("s", "day"): 26 * 28, ("s", "night"): 26 * 20 + 5 * 48}  # five days off: 4 Sundays and 海の日
    assert found.months[0].lines[0].price == 2


@pytest.mark.parametrize(
    ("method", "digits", "expected"), [("truncate", 0, 123), ("half-up", 0, 124), ("truncate", 2, "123.50")]
)
def test_yen_are_rounded_by_the_rule_of_the_tariff(method, digits, expected):
    book = tariffs.plain(f"none,,,,no,,,,,{digits},{method},included,no,,", "energy,,,1")
    found = bill(book, "t", shape(APRIL, 123.5, 0.2), APRIL)
    assert found.total == Decimal(expected)
    assert found.unrounded == Decimal("123.5")


def test_every_line_is_quantity_times_price_times_share_and_names_its_source():
    cal = year(2024)
    found = bill(shipped(), "example-high-tou", np.linspace(1, 90, len(cal)), cal, Terms(power_factor=Decimal(98)))
    for month in found.months:
        for line in month.lines:
            assert abs(line.amount - line.quantity * line.price * line.share) < Decimal(1)
            assert line.source
            assert line.status == "unconfirmed" if line.kind == "levy" else line.status == "example"
    assert found.statuses == ("example", "unconfirmed")


@pytest.mark.parametrize("tariff", EXAMPLES)
def test_the_bill_agrees_with_the_prices_of_an_optimiser_to_the_yen(tariff):
    """Two pieces of code, one table: what is left is the rounding of kWh and kW that the bill makes."""
    cal = year(2023)
    own = {"tariffs": _unrounded(tariff), **_rows_of(tariff)}
    book = with_own(own)
    load = np.random.default_rng(1).gamma(2, 20, len(cal))
    market = np.random.default_rng(2).gamma(4, 3, len(cal)) if tariff == "example-high-spot" else None
    terms = Terms(power_factor=Decimal(95), agreed_kw=Decimal(1000), spot=market)
    found = bill(book, tariff, load, cal, terms)
    seen = prices(book, tariff, cal, terms.power_factor, market)
    powers = [float(month.contract.kw) if month.contract else 0.0 for month in found.months]
    objective = float(seen.energy @ load + seen.demand @ np.asarray(powers) + seen.fixed.sum())
    assert abs(objective - float(found.unrounded)) < 1


def _unrounded(tariff):
    cells = next(row for row in shipped().rows["tariffs"] if row["tariff_id"] == tariff)
    blank = dict.fromkeys(("kw_digits", "kwh_digits", "line_digits", "levy_digits", "total_digits"))
    return _text("tariffs", [{**cells, **blank}])


def _rows_of(tariff):
    return {name: _text(name, shipped().of(name, tariff)) for name in ("prices", "seasons", "hours")}


def _text(name, rows):
    return schema.write(rows, f"energy/{name}")


def test_a_gap_of_the_tariff_is_refused_with_tariff_component_and_day():
    book = tariffs.plain("none,,,,no,,,,,,truncate,included,yes,,", "energy,,,1", rates=tariffs.RATES)
    with pytest.raises(EnergyError, match="TF-02") as caught:
        bill(book, "t", np.ones(len(APRIL)), APRIL)
    assert "2024-04-01" in caught.value.text()
    assert "再エネ賦課金" in caught.value.text()
    assert "rates.csv" in caught.value.text()


def test_levy_runs_from_may_to_april():
    cal = year(2024)
    found = bill(shipped(), "example-low", np.ones(len(cal)), cal)
    levies = [line.price for month in found.months for line in month.lines if line.kind == "levy"]
    assert levies == [Decimal("1.40")] + [Decimal("3.49")] * 11


def test_no_levy_of_a_year_that_is_not_known_is_borrowed_from_another():
    cal = year(2026)
    with pytest.raises(EnergyError, match="TF-02"):
        bill(shipped(), "example-low", np.ones(len(cal)), cal)


def test_a_site_enters_the_next_levy_and_corrects_a_shipped_one():
    cal = calendar(date(2026, 3, 1), date(2026, 6, 1))
    next_ = tariffs.RATES + "levy,2026-05-01,2027-05-01,4.18,press release,confirmed\n"
    whole = next_ + "levy,2025-05-01,2026-05-01,3.99,bill,confirmed\n"
    for text, expected in ((next_, ["3.98", "3.98", "4.18"]), (whole, ["3.99", "3.99", "4.18"])):
        found = bill(with_own({"rates": text}), "example-low", np.ones(len(cal)), cal)
        levies = [line.price for month in found.months for line in month.lines if line.kind == "levy"]
        assert levies == [Decimal(value) for value in expected]


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("TF-03", {"prices": tariffs.dated(tariffs.PRICES, "t,energy,,,1,2000-01-01,", "t,energy,,,2,2010-01-01,")}),
        ("TF-04", {"prices": tariffs.dated(tariffs.PRICES, "t,energy,,,1,2000-01-02,")}),
        ("TF-05", {"seasons": tariffs.SEASONS + "t,s,4,2\n"}),
        ("TF-06", {"seasons": tariffs.SEASONS + "t,s,4,3\nt,o,3,3\n"}),
        ("TF-07", {"hours": tariffs.HOURS + "t,,all,0:00,24:15,x\n"}),
    ],
)
def test_a_tariff_that_does_not_say_one_price_for_each_half_hour_is_refused(code, more):
    cal = year(2024)
    with pytest.raises(EnergyError, match=code):
        bill(tariffs.plain("none,,,,no,,,,,,truncate,included,no,,", "energy,,,1", **more), "t", np.ones(len(cal)), cal)


@pytest.mark.parametrize(
    ("code", "values", "cal"),
    [
        ("BL-01", np.ones(10), APRIL),
        ("BL-02", np.full(1440, np.nan), APRIL),
        ("BL-02", np.full(1440, -1.0), APRIL),
        ("BL-03", np.ones(48), calendar(date(2024, 4, 1), date(2024, 4, 2))),
    ],
)
def test_half_hours_that_make_no_bill_are_refused(code, values, cal):
    with pytest.raises(EnergyError, match=code):
        bill(shipped(), "example-low", values, cal)


def test_a_tariff_with_power_factor_is_refused_without_one():
    with pytest.raises(EnergyError, match="TF-10"):
        bill(shipped(), "example-high-season", np.ones(len(APRIL)), APRIL)
    with pytest.raises(EnergyError, match="TF-11"):
        bill(shipped(), "example-high-spot", np.ones(len(APRIL)), APRIL, Terms(power_factor=Decimal(95)))
    with pytest.raises(EnergyError, match="TF-01"):
        bill(shipped(), "nowhere", np.ones(len(APRIL)), APRIL)


LOADS = st.lists(st.integers(0, 500_000), min_size=30, max_size=30)


def days_of(load):
    return np.repeat(np.asarray(load) / 1000, 48)


@settings(max_examples=25, deadline=None)
@given(LOADS, st.integers(0, 29))
def test_more_use_never_costs_less(load, at):
    more = [*load[:at], load[at] + 1000, *load[at + 1 :]]
    before, after = (bill(shipped(), "example-low", days_of(one), APRIL) for one in (load, more))
    assert after.total >= before.total


@settings(max_examples=25, deadline=None)
@given(LOADS)
def test_classes_add_up_to_the_months_and_months_to_the_year(load):
    book = tariffs.plain("actual,,,,no,,,,,,truncate,included,no,,", "demand,,,1000 energy,,,10")
    found = bill(book, "t", days_of(load), APRIL)
    assert found.kwh == sum(load) * 48 / Decimal(1000)
    assert found.total == sum(line.amount for line in found.months[0].lines) == found.unrounded
    assert found.months[0].contract.kw == max(load) * 2 / Decimal(1000)


@settings(max_examples=20, deadline=None)
@given(LOADS, st.integers(50, 100))
def test_a_better_power_factor_never_costs_more(load, per_cent):
    one, other = (
        bill(shipped(), "example-high-season", days_of(load), APRIL, Terms(power_factor=Decimal(value)))
        for value in (per_cent, per_cent - 1)
    )
    assert one.total <= other.total
