"""The plan's objective against the bill engine; the sums of the picture of flows."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.documents.energy.charts.sankey import bands
from kotsukotsu.energy.bill import Terms, bill
from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.slots import year
from kotsukotsu.energy.tariff.prices import prices
from tests.energy.tariffs import plain
from tests.energy_studies.sites import load, weather


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


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 6), st.randoms())
@settings(max_examples=30, deadline=None)
def test_bands_add_up_to_the_bars(sources: int, sinks: int, slots: int, chance) -> None:
    given_ = np.array([[0.1 + chance.random() for _ in range(slots)] for _ in range(sources)])
    taken = np.array([[0.1 + chance.random() for _ in range(slots)] for _ in range(sinks)])
    taken *= given_.sum(axis=0) / taken.sum(axis=0)
    flow = bands(given_, taken)
    assert flow.sum(axis=1) == pytest.approx(given_.sum(axis=1))
    assert flow.sum(axis=0) == pytest.approx(taken.sum(axis=1))
