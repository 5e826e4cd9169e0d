"""Every year by facility, sector and item: what figures 3 to 15 of a plan are drawn from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.analysis.past import past_of
from kotsukotsu.documents.analysis import charts, past
from kotsukotsu.sessions.analysed import analysed
from kotsukotsu.sessions.session import Session
from tests.analysis.test_analyse_more import DEMO
from tests.base.town import Town

YEARS = (2013, 2014, 2015)


@pytest.fixture(scope="module")
def demo():
    return analysed(Session(DEMO), 2024, 2013, date(2026, 1, 1))


@pytest.fixture
def lines(tmp_path):
    town = Town(tmp_path / "town")
    town.municipality["base_fy"] = 2013
    town.facility("f2", "公用車", use="公用車")
    town.own("electricity", "0.5", supplier="青電気", valid_from="2013-04-01", valid_to="2016-04-01")
    town.contract("青電気")
    for fy, quantity in zip(YEARS, (1000, 2000, 1500), strict=True):
        town.year("electricity", fy, quantity)
    town.year("gasoline", 2013, 100, facility_id="f2")
    session = town.session()
    found = {fy: session.inventory(fy).lines for fy in (2013, 2015)}
    return {**found, 2014: None}


def test_a_year_that_was_not_computed_and_one_without_rows_have_no_value(lines):
    found = past_of(lines, 2013, 2015)
    series = found.by(lambda cell: cell.item)
    assert series["electricity"] == {2013: Decimal("0.5"), 2014: None, 2015: Decimal("0.75")}
    assert (series["gasoline"][2013] > 0, series["gasoline"][2015]) == (True, None)
    assert found.total()[2014] is None
    assert found.use("f1", "electricity") == {2013: 1000, 2014: None, 2015: 1500}


def test_parts_add_up_to_the_total_whatever_the_key(lines):
    found = past_of(lines, 2013, 2015)
    for key in (lambda cell: cell.item, lambda cell: cell.sector, lambda cell: cell.facility):
        for year in (2013, 2015):
            parts = [own[year] for own in found.by(key).values() if own[year] is not None]
            assert sum(parts) == pytest.approx(found.total()[year], rel=Decimal("1E-25"))


def test_a_city_that_burns_no_waste_has_no_figure_of_it(lines):
    assert past_of(lines, 2013, 2015).burnt() == {2013: None, 2014: None, 2015: None}


def test_energy_and_the_rest_are_the_whole(demo):
    whole = demo.report.past.total()
    energy = demo.report.past.total(lambda cell: cell.is_energy)
    rest = demo.report.past.total(lambda cell: not cell.is_energy)
    assert whole[2024] == demo.report.causes.after
    assert energy[2024] + rest[2024] == pytest.approx(whole[2024], rel=Decimal("1E-25"))


def test_every_stack_is_as_high_as_its_total(demo):
    for stack in (past.totals(demo), past.energy(demo), past.others(demo)):
        for year, total in stack.totals.items():
            parts = sum(own[year] for own in stack.parts.values() if own[year] is not None)
            assert parts == pytest.approx(total.exact, rel=Decimal("1E-25"))


def test_shares_of_the_energies_make_a_hundred_and_lpg_is_drawn_apart(demo):
    found = past.rates(demo)
    for number in (0, 1):
        assert sum(one.shares[number].exact or 0 for one in found) == pytest.approx(Decimal(100), rel=Decimal("1E-25"))
    assert "lpg_lng" in [one.group for one in found]
    assert {one.index[2013] for one in found if one.base.exact} == {Decimal(100)}


def test_the_main_facilities_make_the_share_asked_for_and_no_fewer_do(demo):
    rows = [one.row for one in past.main(demo)]
    assert rows[-1].cumulative >= 90 > rows[-2].cumulative
    for one in past.main(demo):
        assert sum(one.parts.values()) == pytest.approx(one.row.latest, rel=Decimal("1E-25"))


def test_facilities_are_looked_at_that_were_there_in_the_base_year(demo):
    found = past.drills(demo)
    assert [one.change.exact > 0 for one in found] == sorted((one.change.exact > 0 for one in found), reverse=True)
    assert "コツコツ学校給食センター" not in [one.name for one in found]  # it opened since


def test_the_plastics_in_the_waste_burnt_are_those_of_the_ledger(demo):
    found = past.waste(demo)[2024]
    emission = demo.report.past.by(lambda cell: cell.item)["waste_plastic_incinerated"][2024]
    assert found.plastics.exact * Decimal("2.77") == pytest.approx(emission, rel=Decimal("1E-20"))


@pytest.mark.parametrize(
    "name", ["totals", "energy", "others", "rates", "shares", "changes", "main", "waste", "causes", "index"]
)
def test_every_chart_says_what_it_finds_and_has_its_table(demo, name):
    chart = getattr(charts, name)(demo)
    assert chart.title
    assert chart.table.rows
    assert all(picture.startswith("<svg") for picture in chart.pictures)
    assert len({len(row) for row in (chart.table.headings, *chart.table.rows)}) == 1


def test_the_charts_of_a_facility(demo):
    one = past.drill(demo, "f120")
    assert "コツコツ市民プール" in charts.of_facility(demo, one).title
    assert charts.electricity(demo, one).table.rows[0][1].exact == 100


def test_a_facility_without_electricity_in_the_base_year_has_no_index(demo):
    rows = Session(DEMO).city.table("facilities")
    opened = next(row["facility_id"] for row in rows if "学校給食センター" in row["name"])
    assert charts.electricity(demo, past.drill(demo, opened)) is None
