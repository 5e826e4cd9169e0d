"""Money of an option by hand: every line of the cash flow, present value, payback, cost of a kWh."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kotsukotsu.energy.options.assumptions import assumptions
from kotsukotsu.energy.options.cash import BILL, BOUGHT, CAPITAL, FUEL, OTHER, RENEWAL, SUBSIDY, UPKEEP, cash
from kotsukotsu.energy.options.judged import Judged, dominated, ranked
from kotsukotsu.energy.options.model import OWN, PPA, SUBSIDISED, Option, Sizes, base, options
from kotsukotsu.energy.options.years import Year
from kotsukotsu.energy.refusals import StudyError
from tests.energy_options.places import known

SIZES = Sizes(10.0, 4.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def year(bill: float, bought: float, hours: tuple[float, float] = (0.0, 0.0), **more: float) -> Year:
    """A year in round numbers."""
    outage = SimpleNamespace(p10=hours[0], p50=hours[1])
    named = {"sold_yen": 0.0, "work_yen": 0.0, "sold_kwh": 0.0, "sun_kwh": 0.0, **more}
    return Year(bill_yen=bill, bought_kwh=bought, contract_kw=1.0, unused_kwh=0.0, short_kwh=0.0,
                outage=outage, gap_yen=0.0, **named)  # fmt: skip


BEFORE = year(2000.0, 100.0)
AFTER = year(1000.0, 50.0, sold_yen=80.0, sold_kwh=10.0, sun_kwh=60.0)


def found(form: str, sizes: Sizes = SIZES, **other: str) -> Judged:
    """An option judged by hand."""
    option, assumed = Option("x", "試験の案", form, sizes), known(**other)
    return Judged(option, AFTER, BEFORE, cash(option, AFTER, BEFORE, assumed), assumed)


def test_fuel_that_is_no_longer_burnt_saves_its_price_and_its_emission_and_rises_with_no_tariff() -> None:
    before, after = (
        year(2000.0, 100.0, fuel_yen=600.0, fuel_kg=50.0),
        year(2100.0, 110.0, fuel_yen=150.0, fuel_kg=10.0),
    )
    option, assumed = Option("x", "ヒートポンプ", OWN, Sizes(*[0.0] * 8, 5.0), 900.0, 10.0), known()
    one = Judged(option, after, before, cash(option, after, before, assumed), assumed)
    assert one.cash.lines[FUEL] == (0.0, 450.0, 450.0, 450.0, 450.0)
    assert one.cash.lines[BILL] == pytest.approx((0.0, -100.0, -110.0, -121.0, -133.1))
    assert one.npv == pytest.approx(4 * (450 - 10) - 900 - 464.1)
    assert one.running_yen == 2250.0
    assert one.tonnes == pytest.approx((110 * 0.4 + 10) / 1000)
    assert one.yen_per_tonne == pytest.approx(-one.npv / 4 / ((40 + 50 - 44 - 10) / 1000))
    assert one.whole_worth == pytest.approx(2000 * (1 + 1.1 + 1.21 + 1.331) + 4 * 600 - one.npv)


def test_every_line_of_an_own_plant_is_as_worked_out_by_hand() -> None:
    lines = found(OWN).cash.lines
    assert lines[CAPITAL] == (-(10 * 100 + 4 * 30 + 2 * 20), 0, 0, 0, 0)
    assert set(lines[SUBSIDY]) == {0.0}
    # saved 1000 a year, dearer by a tenth and less by half each year; sales only fall
    assert lines[BILL] == pytest.approx((0, 1000, 550, 302.5, 166.375))
    assert lines[OTHER] == pytest.approx((0, 80, 40, 20, 10))
    assert lines[UPKEEP] == pytest.approx((0, *[-(10 + 2 + 0.5)] * 4))
    assert lines[RENEWAL] == pytest.approx(
        (0, 0, -100, -80, 0)
    )  # inverter after 2 years, battery after 3, none after 4
    assert set(lines[BOUGHT]) == {0.0}


def test_a_subsidy_is_a_share_up_to_its_most_and_not_for_renewals() -> None:
    assert found(SUBSIDISED).cash.lines[SUBSIDY][0] == 400
    assert found(SUBSIDISED, subsidy_most_yen="100000").cash.lines[SUBSIDY][0] == 580
    assert found(SUBSIDISED).cash.lines[RENEWAL] == found(OWN).cash.lines[RENEWAL]


def test_anothers_plant_costs_what_it_gives_here_and_sells_for_itself() -> None:
    lines = found(PPA).cash.lines
    assert set(lines[CAPITAL]) == {0.0}
    assert set(lines[OTHER]) == {0.0}
    assert lines[BOUGHT] == pytest.approx((0, *(-(2 * 50 * 0.5**age + 3 * 4) for age in range(4))))


def test_present_value_payback_and_cost_of_a_kwh() -> None:
    one = found(OWN, power_rise="0", sun_loss="0")
    assert one.npv == pytest.approx(-1160 + 4 * (1000 + 80 - 12.5) - 180)
    assert one.payback == pytest.approx(1 + (1160 - 1067.5) / (1067.5 - 100))
    # sun alone: 1000 and the inverter's 100, 10 a year, for 60 kWh a year
    assert one.lcoe == pytest.approx((1000 + 100 + 40) / 240)
    assert found(PPA, sun_loss="0").lcoe == pytest.approx(2)
    assert one.irr is not None
    assert found(OWN, sun_yen_per_kw="1000").irr is None  # less comes back than was paid


def test_cost_of_everything_is_that_of_nothing_new_less_the_present_value() -> None:
    one = found(OWN, rate="0.05")
    bills = sum(2000 * 1.1 ** (age - 1) / 1.05**age for age in range(1, 5))
    assert one.whole_worth == pytest.approx(bills - one.npv)
    assert one.electricity_worth + one.equipment_worth == pytest.approx(one.whole_worth)


def test_tonnes_and_the_cost_of_one() -> None:
    one = found(OWN)
    assert one.tonnes == pytest.approx(0.02)
    assert one.yen_per_tonne == pytest.approx(-one.npv / 4 / 0.02)


def test_an_option_is_beaten_only_where_nothing_of_it_is_better() -> None:
    def at(name: str, npv: float, bought: float, hours: tuple[float, float]) -> Judged:
        after = year(2000.0 - npv, bought, hours)
        option = Option(name, name, OWN, Sizes(*[0.0] * 8))
        assumed = known(years="1", rate="0", power_rise="0")
        return Judged(option, after, BEFORE, cash(option, after, BEFORE, assumed), assumed)

    cheap, clean, safe = at("a", 300, 80, (1, 2)), at("b", 200, 60, (1, 2)), at("c", -100, 90, (5, 9))
    worse, same = at("d", 100, 80, (1, 1)), at("e", 300, 80, (1, 2))
    everything = [cheap, clean, safe, worse, same]
    assert dominated(everything) == {"d": "a"}
    assert [one.option.option_id for one in ranked(everything, "npv")] == ["a", "e", "b", "d", "c"]
    assert ranked(everything, "co2")[0] is clean
    assert ranked(everything, "hours")[0] is safe


def row(key: str, value: str | None, low: str | None = None, high: str | None = None) -> dict:
    numbers = {name: None if text is None else Decimal(text) for name, text in
               (("value", value), ("low", low), ("high", high))}  # fmt: skip
    return {"key": key, **numbers, "source": "試験", "status": "example"}


@pytest.mark.parametrize(
    ("rows", "settings", "code"),
    [
        ([row("rates", "0.02")], {}, "OP-03"),
        ([row("rate", "0.02"), row("rate", "0.03")], {}, "OP-03"),
        ([row("rate", "2")], {}, "OP-04"),
        ([row("years", "20.5")], {}, "OP-04"),
        ([row("rate", "0.02")], {"costs": {"rate": 0.03}}, "OP-05"),
        ([row("rate", "0.02", "0.03")], {}, "OP-06"),
        ([row("rate", "0.02", None, "0.01")], {}, "OP-06"),
    ],
)
def test_a_doubtful_assumption_is_refused(rows, settings, code) -> None:
    with pytest.raises(StudyError) as refused:
        assumptions(rows, settings)
    assert refused.value.code == code


def test_a_value_that_nobody_knows_is_missing_and_never_nothing() -> None:
    read = assumptions([row("rate", None), row("years", "20")], {})
    assert "rate" in read.missing(set())
    with pytest.raises(StudyError) as refused:
        read["rate"]
    assert "rate" in refused.value.text()


def option_row(**other) -> dict:
    sizes = dict.fromkeys(part.name for part in fields(Sizes))
    given = {"sun_kw": Decimal(10), "battery_kwh": Decimal(4), "battery_kw": Decimal(2)}
    return {"option_id": "a", "name": "甲", "meter_id": "m1", "form": OWN, "extra_yen": None, "extra_upkeep_yen": None,
            "source": "試験", **sizes, **given, **other}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([option_row(meter_id="m2")], "OP-01"),
        ([option_row(), option_row()], "OP-07"),
        ([option_row(option_id="base")], "OP-07"),
        ([option_row(sun_kw=Decimal(-1))], "OP-08"),
        ([option_row(battery_kw=Decimal(0))], "OP-08"),
        ([option_row(form=PPA, sun_kw=Decimal(0))], "OP-09"),
        ([option_row(unit_kw=Decimal(5))], "OP-10"),
    ],
)
def test_a_row_that_is_no_option_is_refused(rows, code) -> None:
    with pytest.raises(StudyError) as refused:
        options(rows, "m1", Sizes(*[0.0] * 8))
    assert refused.value.code == code


def test_what_stands_there_stays_where_the_row_says_nothing() -> None:
    standing = Sizes(0.0, 0.0, 0.0, 6.0, 10.0, 5.0, 200.0, 2.0)
    (plain,) = options([option_row()], "m1", standing)
    assert (plain.sizes.sun_kw, plain.sizes.unit_kw) == (10.0, 10.0)
    (less,) = options(
        [option_row(unit_kw=Decimal(0), extra_yen=Decimal(0), extra_upkeep_yen=Decimal(0))], "m1", standing
    )
    assert less.sizes.components == ["sun", "battery", "cars", "hydrogen"]
    assert base(standing, "今").sizes == standing


def test_needs_follow_the_form() -> None:
    sun = Sizes(10.0, *[0.0] * 7)
    assert Option("a", "", PPA, sun).needs == {"sun", "ppa"}
    assert Option("a", "", SUBSIDISED, sun).needs == {"sun", "sun_own", "subsidised"}
    assert "ppa_battery" in Option("a", "", PPA, SIZES).needs
