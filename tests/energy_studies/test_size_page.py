"""The page of sizes from options given by hand; choosing them is tested beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest

from kotsukotsu.documents.energy.given import Given
from kotsukotsu.documents.energy.size_model import CO2, Asked, Chosen, Last, Option, Outcome
from kotsukotsu.documents.energy.size_study import study
from kotsukotsu.energy.dispatch.explain import EMPTY, GRID, Shortage
from kotsukotsu.energy.slots import year
from kotsukotsu.energy.survival import Survival
from kotsukotsu.periods import FiscalYear

SIZES = {"sun": 100.0, "battery_kwh": 50.0, "battery_kw": 20.0}
NOTHING = Option(
    "何も置かない", dict.fromkeys(SIZES, 0.0), 1_000_000.0, 0.0, (100.0,), 20.0, Survival(np.zeros(10), 168.0)
)
BEST = Option("費用が最小の規模", SIZES, 600_000.0, 200_000.0, (70.0,), 12.0, Survival(np.full(10, 8.5), 168.0))
CASH = [-2_000_000.0, *[300_000.0] * 20]
FOUND = Chosen(
    [NOTHING, BEST],
    BEST,
    CASH,
    1.0,
    0.05,
    6.67,
    9.5,
    97,
    None,
    [(0.0, BEST), (10_000.0, replace(BEST, tonnes=11.0))],
    2_000_000.0,
)
SITE = SimpleNamespace(name="庁舎", synthetic=True, fiscal_year=FiscalYear(2024), calendar=year(2024))
LIMITS = {"sun": (0.0, 100.0), "battery_kwh": (0.0, 400.0), "battery_kw": (0.0, 90.0)}
OUTCOME = Outcome(LIMITS, ["sun"], {"sun": 3251.4, "invest": 0.5}, [Last("", 70.0, [0, 48], 19_844.0)], 0.95, ())


def test_options_are_ranked_and_the_saving_is_against_nothing() -> None:
    told = study(SITE, FOUND, (), date(2026, 1, 1))
    assert [option["name"] for option in told.data["options"]] == [BEST.name, NOTHING.name]
    assert "200,000" in told.sentences[0]
    assert told.data["best"]["cost_yen"] == "800000"


def test_every_open_size_stands_in_the_table_with_its_limits_and_only_what_is_built_in_the_sentence() -> None:
    more = {"fuel_cell_kw": 2.25, "tank_kwh": 0.0}
    best = replace(BEST, sizes=SIZES | more)
    nothing = replace(NOTHING, sizes=dict.fromkeys(SIZES | more, 0.0))
    outcome = replace(OUTCOME, gains={}, limits=LIMITS | {"fuel_cell_kw": (2.0, 50.0), "tank_kwh": (0.0, 900.0)})
    found = replace(FOUND, options=[nothing, best], best=best, outcome=outcome)
    told = study(SITE, found, (), date(2026, 1, 1))
    rows = {str(row[0]): [str(cell) for cell in row[1:]] for row in told.parts[0].tables[0].rows}
    assert rows["燃料電池 kW"] == ["2.3", "0.0", "2", "50"]
    assert rows["水素のタンク kWh"] == ["0.0", "0.0", "0", "900"]
    assert "燃料電池 2.3 kW" in told.sentences[0]
    assert "タンク" not in told.sentences[0]


def test_every_chart_has_its_table_and_the_cash_flow_adds_up() -> None:
    charts = [chart for part in study(SITE, FOUND, (), date(2026, 1, 1)).parts for chart in part.charts]
    assert [chart.ident for chart in charts] == ["options", "cash", "front"]
    last = charts[1].table.rows[-1]
    assert float(last[2].exact) == pytest.approx(sum(CASH))


def test_what_cannot_serve_everything_is_never_the_cheapest_and_says_what_it_lacks() -> None:
    weak = replace(NOTHING, running=1.0, short=120.0)
    told = study(SITE, replace(FOUND, options=[weak, BEST]), (), date(2026, 1, 1))
    assert told.data["options"][0]["name"] == BEST.name
    assert told.data["options"][1]["short_kwh"] == "120"
    rows = told.parts[0].charts[0].table.rows
    assert "年 120 kWh 足りない" in str(rows[1][0])


def test_every_number_of_the_site_stands_with_its_source_or_with_none() -> None:
    given = (Given("costs", "sun_yen", 250_000.0, "見積 A", "confirmed"), Given("costs", "rate", 0.02, "", ""))
    told = study(SITE, replace(FOUND, given=given), (), date(2026, 1, 1))
    assert [[str(cell) for cell in (row[0], row[3], row[4])] for row in told.parts[-1].tables[0].rows] == [
        ["太陽光の費用", "見積 A", "確認済み"], ["割引率", "出典なし", "未確認"],
    ]  # fmt: skip
    assert [one.code for one in told.findings] == ["ED-13"]
    assert told.findings[0].data["bare"] == 1
    assert "出典のないものは 1 個（割引率）、" in told.findings[0].message()
    many = study(SITE, replace(FOUND, given=(given[1],) * 4), (), date(2026, 1, 1)).findings[0].message()
    assert "4 個（割引率、割引率、割引率 など）" in many
    none = study(SITE, replace(FOUND, given=(replace(given[0], status="example"),)), (), date(2026, 1, 1)).findings[0]
    assert "出典のないものは 0 個、" in none.message()


def test_a_gap_is_told_only_where_it_was_computed() -> None:
    assert "--prove" in study(SITE, FOUND, (), date(2026, 1, 1)).sentences[2]
    assert "0.0050" in study(SITE, replace(FOUND, gap=0.00005), (), date(2026, 1, 1)).sentences[2]


def test_limits_the_last_kilowatt_co2_for_the_money_and_outages_are_sentences() -> None:
    found = replace(FOUND, asked=Asked(hours=24.0, invest=2_000_000.0), outcome=OUTCOME)
    size, money, last, carbon, outage = study(SITE, found, (), date(2026, 1, 1)).sentences[3:]
    assert "上限 100 kW" in size
    assert "3,251 円" in size
    assert "2,000,000 円" in money
    assert "5,000 円" in money  # half a yen for each, told for 10,000 yen
    assert "4月1日 0:00" in last
    assert "ほかに 1 回" in last
    assert "19,844 円" in last
    saved = (NOTHING.tonnes - BEST.tonnes) * 1000 / 2
    assert f"{saved:,.0f} kg" in carbon
    assert "95.0％で、大切な負荷が 24 時間" in outage


def test_what_a_limit_would_save_in_yen_is_not_told_where_least_co2_is_asked_for() -> None:
    found = replace(FOUND, asked=Asked(CO2, invest=2_000_000.0), outcome=OUTCOME)
    told = study(SITE, found, (), date(2026, 1, 1)).sentences
    assert "CO2 を最も小さく" in told[0]
    assert not any("あと" in sentence for sentence in told)


def test_a_dearer_best_says_that_it_is_dearer() -> None:
    dear = replace(FOUND, best=replace(BEST, running=1_100_000.0))
    assert "300,000 円高く" in study(SITE, dear, (), date(2026, 1, 1)).sentences[0]


def test_what_cannot_be_met_is_a_table_of_half_hours_with_the_limits_that_were_reached() -> None:
    limits = (("", GRID), ("battery", EMPTY))
    short = [Shortage("m", 49, "", 4.25, limits), *(Shortage("m", slot, "", 1.0, limits[:1]) for slot in (46, 47))]
    short += [Shortage("m", slot, "", 0.25, limits[1:]) for slot in (50, 51, 95, 96, 97)]
    found = replace(FOUND, front=[], asked=Asked(power=20.0, invest=2_000_000.0), outcome=replace(OUTCOME, short=short))
    made = study(SITE, found, (), date(2026, 1, 1))
    assert [part.ident for part in made.parts] == ["lacking", "given"]
    when, kwh, why = made.parts[0].tables[0].rows[0]
    assert when == "4月2日 0:30～2:00"
    assert kwh.exact == Decimal("4.75")
    assert [row[0] for row in made.parts[0].tables[0].rows[1:]] == ["4月1日 23:00～24:00", "4月2日 23:30～4月3日 1:00"]
    assert "30分が 8 回" in made.sentences[0]
    assert why == "受電できる電力が上限、蓄電池が空"
    assert made.data["lacking"][0]["limits"] == [["", "grid"], ["battery", "empty"]]
    assert not any("円安く" in sentence for sentence in made.sentences)


def test_several_meters_are_told_each_with_its_maximum_and_what_goes_between_them() -> None:
    sizes = {"m01:sun": 60.0, "m02:sun": 0.0, "m02:battery_kwh": 5.0}
    best = replace(BEST, sizes=sizes, contracts=(49.0, 53.0))
    nothing = replace(NOTHING, sizes=dict.fromkeys(sizes, 0.0), contracts=(55.0, 55.0))
    lasts = [Last("m01", 49.0, [0], 20_072.0), Last("m02", 53.0, [48], 20_072.0)]
    outcome = Outcome(dict.fromkeys(sizes, (0.0, 60.0)), ["m01:sun"], {}, lasts, None, ())
    found = replace(FOUND, options=[nothing, best], best=best, outcome=outcome, place="m01 甲、m02 乙",
                    sent=[("m01", "m02", 11_503.0)])  # fmt: skip
    told = study(SITE, found, (), date(2026, 1, 1))
    assert "m01 太陽光 60 kW、m02 蓄電池の容量 5.0 kWh" in told.sentences[0]
    assert any(said.startswith("m02：最大需要電力 53 kW は、4月2日 0:00") for said in told.sentences)
    assert any("m01 から m02 へ、年 11,503 kWh" in said for said in told.sentences)
    assert told.data["sent_kwh"] == {"m01>m02": "11503"}
    assert [last["meter"] for last in told.data["last_kw"]] == ["m01", "m02"]
    assert told.data["best"]["contract_kw"] == "102"


def test_the_building_is_named_at_a_site_of_several_meters() -> None:
    assert "学校01" in study(SITE, replace(FOUND, place="学校01"), (), date(2026, 1, 1)).banners[0]
