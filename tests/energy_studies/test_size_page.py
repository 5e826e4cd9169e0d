"""The page of sizes from options given by hand; choosing them is tested beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from kotsukotsu.documents.energy.size_study import Chosen, Option, study
from kotsukotsu.periods import FiscalYear

SIZES = {"sun": 100.0, "battery_kwh": 50.0, "battery_kw": 20.0}
NOTHING = Option("何も置かない", dict.fromkeys(SIZES, 0.0), 1_000_000.0, 0.0, 100.0, 20.0, 0.0)
BEST = Option("費用が最小の規模", SIZES, 600_000.0, 200_000.0, 70.0, 12.0, 8.5)
CASH = [-2_000_000.0, *[300_000.0] * 20]
FOUND = Chosen(
    [NOTHING, BEST], BEST, CASH, 1.0, 0.05, 6.67, 9.5, 97, None, [(0.0, BEST), (10_000.0, replace(BEST, tonnes=11.0))]
)
SITE = SimpleNamespace(name="庁舎", synthetic=True, fiscal_year=FiscalYear(2024))


def test_options_are_ranked_and_the_saving_is_against_nothing() -> None:
    told = study(SITE, FOUND, (), date(2026, 1, 1))
    assert [option["name"] for option in told.data["options"]] == [BEST.name, NOTHING.name]
    assert "200,000" in told.sentences[0]
    assert told.data["best"]["cost_yen"] == "800000"


def test_every_chart_has_its_table_and_the_cash_flow_adds_up() -> None:
    charts = [chart for part in study(SITE, FOUND, (), date(2026, 1, 1)).parts for chart in part.charts]
    assert [chart.ident for chart in charts] == ["options", "cash", "front"]
    last = charts[1].table.rows[-1]
    assert float(last[2].exact) == pytest.approx(sum(CASH))


def test_a_gap_is_told_only_where_it_was_computed() -> None:
    assert "--prove" in study(SITE, FOUND, (), date(2026, 1, 1)).sentences[2]
    assert "0.0050" in study(SITE, replace(FOUND, gap=0.00005), (), date(2026, 1, 1)).sentences[2]
