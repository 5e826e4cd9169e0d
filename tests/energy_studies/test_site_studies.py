"""The plan's objective against the bill engine; the sums of the picture of flows."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.documents.energy.charts.sankey import bands
from kotsukotsu.energy.bill import Terms, bill
from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, Processing, Solar, System
from kotsukotsu.energy.dispatch.money import electricity
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.readings import readings
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import calendar as span
from kotsukotsu.energy.slots import year
from kotsukotsu.energy.tariff.prices import prices
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_series import to_columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned
from kotsukotsu.store import halfhours
from tests.energy.tariffs import plain
from tests.energy_studies.sites import load, weather

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"


def test_the_objective_equals_the_bill_to_the_yen() -> None:
    """Two pieces of code: the programme's prices, and the bill engine with its lines."""
    calendar = year(2022)
    book = plain(tariff="actual,,,,no,,,,,,truncate,included,no,,", lines="demand,,,1700 energy,,,21.5")
    found = prices(book, "t", calendar)
    kw = load(calendar, weather(calendar, 4)[0], 4)
    contract = Contract(found.demand, calendar.month_index, previous=(250.0, 180.0))
    battery = Battery("b", 200.0, 80.0, wear=0.5)
    grid = Grid(found.energy, None, np.zeros(len(kw)), contract)
    plan = optimal(System((Meter("m", kw, grid, (battery,)),)))
    wear = 0.5 * 0.5 * float(plan.flow("m/b/discharge").sum())
    made = bill(book, "t", plan.flow("m/buy") / 2, calendar, Terms(earlier=(Decimal(250), Decimal(180))))
    assert plan.cost - wear == pytest.approx(float(made.unrounded), abs=1.0)
    assert sum(float(month.contract.kw) for month in made.months) == pytest.approx(
        plan.flow("m/contract").sum(), abs=1e-3
    )


RULES = ["actual,,,0.5", "agreed,,1.5,0.5", "agreed,,,0.5", "none,,,"]


@pytest.mark.parametrize("rule", RULES)
def test_what_a_plan_costs_is_its_bill_to_the_yen_by_every_rule_of_a_contract_and_no_shortage_is_in_it(rule) -> None:
    """Two months behind a line that is too weak: what is lacking has a price that nobody pays."""
    calendar = span(date(2024, 6, 1), date(2024, 8, 1))
    lines = "energy,,,21.5" + (" demand,,,1700" if not rule.startswith("none") else "")
    book = plain(tariff=f"{rule},no,,,,,,truncate,included,no,,", lines=lines)
    found = prices(book, "t", calendar)
    kw = 100 + 60 * np.sin(np.arange(len(calendar)) / 7)
    agreed = 90.0 if rule.startswith("agreed") else None
    excess = float(rule.split(",")[2] or 0)
    contract = Contract(found.demand, calendar.month_index, previous=(120.0,), agreed=agreed, excess=excess)
    grid = Grid(found.energy, np.full(len(kw), 7.0), np.zeros(len(kw)), None if "none" in rule else contract, 150.0)
    meter = Meter("m", kw, grid, (Solar("sun", np.full(len(kw), 0.1), 20.0), Processing("unit", 5.0, 30.0)))
    plan = optimal(System((meter,), yen_per_kg=1.0))
    terms = Terms(agreed_kw=Decimal(90), earlier=() if agreed else (Decimal(120),))
    made = bill(book, "t", plan.flow("m/buy") / 2, calendar, terms)
    assert plan.unserved > 1
    assert electricity(plan, meter) == pytest.approx(float(made.unrounded), abs=1.0)


def test_power_that_sells_for_more_than_it_is_bought_for_is_refused_with_its_half_hour() -> None:
    buy = np.full(48, 20.0)
    grid = Grid(buy, np.where(np.arange(48) == 30, 20.5, 7.0), np.zeros(48))
    with pytest.raises(StudyError, match="ED-12") as caught:
        optimal(System((Meter("m", np.ones(48), grid),)))
    assert "31 番目" in caught.value.text()
    assert "20.50" in caught.value.text()


def test_a_plan_by_the_market_sees_the_prices_that_the_bill_charges(tmp_path) -> None:
    folder = shutil.copytree(HALL, tmp_path / "hall")
    rows = folder / "buildings.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace("example-high-season", "example-high-spot"))
    calendar = year(2024)
    market = np.random.default_rng(2).gamma(4, 3, len(calendar))
    series = readings("東京", calendar.start, market, source="市場", known_at=datetime(2025, 5, 1, tzinfo=JST))
    halfhours.append(folder, 2024, [to_columns(series)], halfhours.PRICES)
    site = planned(EnergySite(folder), None)
    made = site.bill(site.load)
    seen = float(site.prices.energy @ site.load) / 2 + float(site.prices.demand.sum()) * float(site.load.max())
    assert seen == pytest.approx(float(made.unrounded), rel=1e-3)  # whole kW and kWh
    assert "spot" in made.by_kind()


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 6), st.randoms())
@settings(max_examples=30, deadline=None)
def test_bands_add_up_to_the_bars(sources: int, sinks: int, slots: int, chance) -> None:
    given_ = np.array([[0.1 + chance.random() for _ in range(slots)] for _ in range(sources)])
    taken = np.array([[0.1 + chance.random() for _ in range(slots)] for _ in range(sinks)])
    taken *= given_.sum(axis=0) / taken.sum(axis=0)
    flow = bands(given_, taken)
    assert flow.sum(axis=1) == pytest.approx(given_.sum(axis=1))
    assert flow.sum(axis=0) == pytest.approx(taken.sum(axis=1))
