"""The library of measures: a cost is published or the city's own, and where it is published every figure says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.planning.measures import MeasuresError, default_costs, library, planned
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.planning.published_costs import published_costs

EMPTY = dict.fromkeys(
    ("size", "unit", "value", "cost_yen", "running_yen", "earliest_fy", "group", "requires", "subsidy", "renewal_fy",
     "renewal_discount"),
)  # fmt: skip


def line(measure, **more):
    return {**EMPTY, "measure_id": "m1", "facility_id": "f1", "measure": measure, **more}


def test_every_cost_of_the_library_names_its_source_and_every_life_too():
    for one in library().values():
        assert bool(one.cost_source) == bool(one.cost_status) == (one.cost_yen is not None), one.measure
        assert one.running_yen is None, one.measure
        assert one.life_source, one.measure
        assert one.source, one.measure


def test_a_published_cost_counts_by_size_and_is_told_with_its_source():
    (own,) = planned([line("pv_own", size=Decimal(40), running_yen=Decimal(-1))])
    assert (own.cost_yen, own.has_default_cost) == (Decimal(10_000_000), True)
    (said,) = default_costs([own])
    assert "太陽光発電（自己所有） 1件には、1 kW 当たり 250,000 円を当てました（出典：資源エネルギー庁" in said
    assert "二次資料で確認" in said


def test_an_estimate_goes_before_the_published_cost():
    (own,) = planned([line("pv_own", size=Decimal(40), cost_yen=Decimal(7), running_yen=Decimal(-1))])
    assert (own.cost_yen, default_costs([own])) == (Decimal(7), [])


def test_what_is_not_bought_costs_nothing_by_definition():
    (own,) = planned([line("renewable_menu", running_yen=Decimal(5))])
    assert " ".join(default_costs([own])) == (
        "初期費用の見積りのない再エネ比率の高い電力メニュー 1件は 0 円としました"
        "（契約の切り替えで設備を替えないので 0 円とする。定義による）。"
    )


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (
            line("led", running_yen=Decimal(-1)),
            "cost_yen",
            "対策 m1（LED照明への更新、施設 f1）の初期費用（cost_yen）がありません",
        ),
        (line("pv_own", size=Decimal(40)), "running_yen", "年間の費用の増減（running_yen）がありません"),
    ],
)
def test_a_cost_that_nobody_publishes_is_asked_for_with_its_place(row, column, says):
    with pytest.raises(PlanningError, match="ME-03") as refused:
        planned([row])
    assert says in str(refused.value)
    assert f"（{column}）がありません" in str(refused.value)
    assert "measures.csv に見積額を書いてください" in str(refused.value)


def test_a_missing_cost_is_refused_with_what_is_published_of_it_or_that_nothing_is_found():
    said = {}
    for kind in ("wood_boiler", "zeb"):
        with pytest.raises(PlanningError, match="ME-03") as refused:
            planned([line(kind, running_yen=Decimal(0))])
        said[kind] = str(refused.value)
    assert "290kW" in said["wood_boiler"]
    assert "24,000,000 円／一式（奈良県の会議" in said["wood_boiler"]
    assert "公表された費用は見つけていません。" in said["zeb"]


def test_all_that_is_wrong_with_the_measures_is_told_at_once():
    rows = [
        line("led"), line("zeb", measure_id="m2", running_yen=Decimal(0)), line("miracle", measure_id="m3"),
        line("pv_own", measure_id="m4", size=Decimal(-1), unit="kWh"), line("led", measure_id="m4"),
    ]  # fmt: skip
    with pytest.raises(MeasuresError) as refused:
        planned(rows)
    told = sorted((one.code, one.data["measure_id"], one.data.get("column", "")) for one in refused.value.findings)
    assert told == [
        ("ME-01", "m3", ""), ("ME-02", "m4", ""), ("ME-03", "m1", "cost_yen"), ("ME-03", "m1", "running_yen"),
        ("ME-03", "m2", "cost_yen"), ("ME-03", "m4", "cost_yen"), ("ME-03", "m4", "running_yen"),
        ("ME-03", "m4", "running_yen"), ("ME-04", "m4", ""), ("ME-07", "m4", "size"),
    ]  # fmt: skip
    assert "10 件" in str(refused.value)


def test_every_published_cost_is_of_a_measure_of_the_library_and_names_its_source():
    for measure, costs in published_costs().items():
        assert measure in library()
        for one in costs:
            assert 0 < one.low <= one.high, measure
            assert one.source, measure
            assert one.status in ("confirmed", "secondary"), measure
