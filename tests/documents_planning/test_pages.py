"""Pages, workbooks and charts of a plan and of a choice of measures, from the example cities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from kotsukotsu.documents.planning import pages, portfolio_tables, tables, workbooks
from kotsukotsu.documents.planning.charts import lines, portfolio, shares
from kotsukotsu.findings import Finding
from kotsukotsu.planning.refined import refined
from kotsukotsu.planning.scenarios import Scenario, side_by_side
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.optimise_result import Answer
from kotsukotsu.sessions.optimise_setting import Asked, setting_of
from kotsukotsu.sessions.plan_view import plan_view
from kotsukotsu.sessions.potential import potential_of
from kotsukotsu.sessions.session import Session

EXAMPLES = Path(__file__).parents[2] / "examples"
MADE = date(2026, 6, 1)
D = Decimal


@pytest.fixture(scope="module")
def session():
    return Session(EXAMPLES / "kotsukotsu-shi")


@pytest.fixture(scope="module")
def city(session):
    return plan_view(session, 2024, "commercial", way="potential").outlook(MADE)


@pytest.fixture(scope="module")
def ishikari():
    return plan_view(Session(EXAMPLES / "ishikari"), None, "commercial").outlook(MADE)


@pytest.fixture(scope="module")
def chosen(session):
    asked = Asked("3000万", 2030, D(50), None, 2024, None, D("0.04"))
    setting, base = setting_of(session, asked, MADE)
    found = refined(setting, seconds=5)
    kpis, notes = kpis_of(session.city, 2024, base.inventory)
    names = namers(session.city, session.law.catalogue)
    sides = side_by_side(setting, [Scenario("half", budget_ratio=D("0.01"))], found, seconds=5)
    return Answer(setting, base, found.outcome, found.unmet, names, kpis, notes).proposal(sides, MADE)


def texts_of(svg: str) -> set[str]:
    return {node.text or "" for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}


def test_page_of_ishikari_shows_printed_and_computed_side_by_side(ishikari):
    beside = {(row[0], row[1]): (str(row[2]), str(row[3]), row[5]) for row in tables.compared(ishikari).rows}
    commercial = [value for (sector, _), value in beside.items() if sector == "業務（公共施設）"]
    assert ("8,838", "8,837.2", "丸めた値どうしの計算") in commercial
    assert pages.outlook(ishikari).count("<figure") == 3


def test_page_says_which_years_rest_on_one_method_and_what_a_flat_line_is(ishikari):
    page = pages.outlook(ishikari)
    assert "一つの方法だけ" in page
    assert page.count("「今の使用量のまま」だけによる値で、方法どうしの幅ではありません") == 2  # chart and its table
    assert page.count("いまの使用量と係数をそのまま延ばした一本の線です") == 2
    assert "計画で見込んだ効果との差は出していません" in page


def test_page_says_that_the_two_figures_on_factors_answer_two_questions(city, ishikari):
    assert "係数の分の見方は二つあり、値は一致しません" in pages.outlook(city)
    assert "係数の分の見方は二つ" not in pages.outlook(ishikari)


def test_kpi_of_ishikari_is_reproduced_or_says_what_is_not_published(ishikari):
    pv, power = tables.printed_kpis(ishikari).rows
    assert (str(pv[3]), str(pv[4]), pv[6]) == ("127", "127.2", "一致（印刷の桁で）")
    assert "508.8 kW × 1000 kWh/kW × 0.25" in pv[5]
    assert (str(power[3]), str(power[4]), power[6]) == ("1,993", "－", "入力が公表されていない")
    assert "7,970〜7,974 MWh" in power[5]


def test_targets_by_potential_add_up_to_the_citys_and_fall_where_measures_are(city, session):
    needed = city.now.tonnes - city.aims[0].level
    reductions = {one.facility_id: one.reduction for one in city.facilities}
    assert needed <= sum(reductions.values()) < needed + 1
    potential = potential_of(session, session.inventory(2024))
    assert {key for key, value in reductions.items() if value} <= {key for key, value in potential.items() if value}
    total = tables.facilities(city).totals[0]
    assert total[2].exact == sum(reductions.values())


def test_measures_of_one_exclusive_group_do_not_count_twice(town):
    town.year("kerosene", 2024, 100_000, use="household")
    for key, measure in (("a", "insulation"), ("b", "zeb")):  # 15 % and 50 % of the fuel, one or the other
        more = {"group": "envelope", "cost_yen": 1, "running_yen": 0}
        town.add("measures", measure_id=key, facility_id="f1", measure=measure, **more)
    one = Session(town.write())
    inventory = one.inventory(2024)
    assert potential_of(one, inventory)["f1"] == pytest.approx(inventory.total / 2)


def test_path_chart_names_base_year_today_and_each_milestone(city):
    said = texts_of(lines.outlook(city).pictures[0])
    assert {"21,001", "14,787", "10,500（△50%）", "7,350（△65%）"} <= said
    assert lines.outlook(city).table.rows


def test_indicator_chart_shows_numerator_and_denominator(city):
    chart = shares.kpis(city.kpis)
    assert any("5／63" in text for text in texts_of(chart.pictures[0]))
    assert len(chart.table.rows) == len(city.kpis)


def test_the_title_of_the_indicators_tells_of_unknown_ones_only_where_there_are_any(city):
    given = list(city.kpis)
    assert shares.kpis(given).title == "目標に届いた指標は 6 のうち 0"
    assert shares.kpis([replace(given[0], numerator=None), *given[1:]]).title.endswith("分からない指標 1）")


def test_the_page_begins_with_the_emission_without_and_with_the_measures_as_drawn(chosen):
    first = portfolio_tables.sentences(chosen)[0]
    left = chosen.setting.before(chosen.year) - chosen.plan.saved[chosen.year]
    assert f"選んだ対策で {float(left):,.0f} t-CO2e" in first


def test_wedges_add_up_to_what_the_plan_saves(chosen):
    table = portfolio_tables.wedges(chosen)
    for column, saved in enumerate(chosen.plan.saved, start=1):
        assert table.totals[0][column].exact == pytest.approx(saved)
        assert sum(row[column].exact for row in table.rows) == pytest.approx(saved)


def test_curve_goes_from_the_cheapest_tonne_to_the_dearest(chosen):
    costs = [row[3].exact for row in portfolio_tables.curve(chosen).rows]
    assert costs == sorted(costs)
    assert portfolio_tables.curve(chosen).rows[-1][4].exact == pytest.approx(sum(one.saved for one in chosen.chosen))


def test_budget_table_keeps_within_each_years_budget(chosen):
    for row in portfolio_tables.budget(chosen).rows:
        assert row[4].exact <= row[1].exact * D("1.000001")
        assert row[4].exact == pytest.approx(row[2].exact - row[3].exact)


def test_every_chart_has_its_table_and_pictures_that_can_be_read(chosen, city):
    drawn = [portfolio.wedges(chosen), portfolio.curve(chosen), portfolio.budget(chosen), portfolio.scenarios(chosen)]
    for chart in (*drawn, lines.outlook(city), shares.sectors(city), shares.kpis(chosen.kpis)):
        assert chart.table.rows, chart.ident
        assert all(texts_of(picture) for picture in chart.pictures)


def test_pages_stand_alone_and_say_that_the_city_is_invented(chosen, city):
    for page in (pages.proposal(chosen), pages.outlook(city)):
        assert "架空" in page
        assert "<script" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")


def test_workbooks_hold_numbers_with_a_sheet_for_each_table(chosen, city):
    for made, first in ((workbooks.proposal(chosen), "選ばれた対策"), (workbooks.outlook(city), "目標の年度と排出量")):
        book = openpyxl.load_workbook(BytesIO(made))
        assert book.sheetnames[0] == first
        assert all(isinstance(cell, int | float) for cell in _numbers(book[first]))
    assert "前提を変えた場合" in openpyxl.load_workbook(BytesIO(workbooks.proposal(chosen))).sheetnames


def _numbers(sheet):
    found = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert found
    return found


def test_scenario_without_a_plan_says_so(chosen):
    row = portfolio_tables.scenarios(chosen).rows[0]
    assert row[0] == "half"
    assert (row[5] == "目標に届かない") == (str(row[2]) == "－")


def test_a_page_shows_the_first_findings_of_a_code_and_counts_the_rest(city):
    page = pages.outlook(replace(city, findings=[*[Finding("TG-42")] * 7, Finding("TG-41", data={"plan": "国の計画"})]))
    assert page.count(">TG-42<") == 5
    assert "ほかに 2 件" in page
    assert ">TG-41<" in page
