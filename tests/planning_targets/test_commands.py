"""`kotsukotsu plan` and `kotsukotsu verify` as a user gives them."""

from __future__ import annotations

import json
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kotsukotsu.cli.main import application, main

EXAMPLES = Path(__file__).parents[2] / "examples"
ISHIKARI = EXAMPLES / "ishikari"


@pytest.fixture
def cli(monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["kotsukotsu", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        return status, *capsys.readouterr()

    return run


def year(town, fy, kerosene, **more):
    # kerosene 2.5 t-CO2/kL and its CH4 and N2O; the test compares years, never a factor
    town.year("kerosene", fy, kerosene, use="household", **more)


@pytest.fixture
def small(town):
    """Five years in which one fuel falls by a tenth of the first year each year, and a second facility."""
    town.policy = ['gwp = "AR5"']  # the same in every year, so that the years differ by use alone
    town.facility("f2", "小学校", use="小学校", floor_area_m2=1000, closed_on="2028-04-01")
    for index, fy in enumerate(range(2013, 2018)):
        year(town, fy, 100_000 - 10_000 * index)
        year(town, fy, 20_000, facility_id="f2")
    return town


def plan(cli, town, *more):
    status, out, err = cli("plan", town.write(), "--fy", 2017, "--format", "json", *more)
    assert (status, err) == (0, "")
    return json.loads(out)


def test_plan_gives_milestones_of_the_base_year(cli, small):
    body = plan(cli, small)
    base = Decimal(body["base_tonnes_co2e"])
    assert [one["fiscal_year"] for one in body["milestones"]] == [2030, 2035, 2040, 2050]
    assert Decimal(body["milestones"][0]["tonnes_co2e"]) == base / 2
    # 120,000 L fall by 10,000 a year; the half, 60,000, is met from 80,000 in FY2017 two years later
    assert body["milestones"][0]["met_by_trend"] == 2019
    # The path of 120,000 L to the half in 17 years: 17 x 120 - 60 / 17 x 153 = 1,500 thousand in FY2014 to FY2030, of
    # which 110 + 100 + 90 + 80 were used: 1,120 are left.
    assert float(body["milestones"][0]["remaining_tonnes_co2e"]) == pytest.approx(float(base) * 1120 / 120, rel=1e-12)


def test_plan_takes_the_citys_own_milestones(cli, small):
    path = small.write() / "municipality.toml"
    path.write_text(path.read_text("utf-8") + "[[milestone]]\nfiscal_year = 2028\nreduction_pct = 62.5\n", "utf-8")
    status, out, _ = cli("plan", small.path, "--fy", 2017, "--format", "json")
    body = json.loads(out)
    assert (status, [(one["fiscal_year"], one["reduction_pct"]) for one in body["milestones"]]) == (0, [(2028, "62.5")])
    assert body["sectors"] is None  # the national plan has no sector values for FY2028


def test_plan_refuses_a_milestone_without_a_rate(cli, small):
    path = small.write() / "municipality.toml"
    path.write_text(path.read_text("utf-8") + "[[milestone]]\nfiscal_year = 2028\n", "utf-8")
    status, out, err = cli("plan", small.path, "--fy", 2017)
    assert (status, out, "TG-06" in err) == (2, "", True)


def test_plan_projects_a_range_with_the_known_closure(cli, small):
    body = plan(cli, small)
    frozen = body["bau"]["methods"]["今の使用量のまま"][0]
    # from FY2028 the school's 20,000 of FY2017's 80,000 L are gone
    assert Decimal(frozen["middle"]) == pytest.approx(Decimal(body["tonnes_co2e"]) * 3 / 4)
    low, high = (Decimal(body["bau"]["range"][0][key]) for key in ("low", "high"))
    assert low < high == Decimal(frozen["high"])


def test_plan_uses_the_assumed_population(cli, small):
    (small.write() / "assumptions.csv").write_text(
        "kind,fiscal_year,value,low,high,source\n"
        "population,2017,60000,,,住民基本台帳\npopulation,2030,54000,48000,60000,人口推計\n", "utf-8",
    )  # fmt: skip
    small.tables["facilities"][1].pop("closed_on")
    body = plan(cli, small)
    # 54,000/60,000 = 0.9
    assert Decimal(body["bau"]["methods"]["人口に比例"][0]["middle"]) == Decimal(body["tonnes_co2e"]) * 9 / 10


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("population,2030,54000,,,", "F-04"),
        ("populaton,2030,54000,,,推計", "F-03"),
        ("population,2030,五万,,,推計", "F-03"),
    ],
)
def test_an_assumption_without_source_kind_or_number_is_refused(cli, small, row, code):
    (small.write() / "assumptions.csv").write_text(f"kind,fiscal_year,value,low,high,source\n{row}\n", "utf-8")
    status, out, err = cli("plan", small.path, "--fy", 2017)
    assert (status, out, code in err, "assumptions.csv" in err) == (2, "", True, True)


def test_progress_of_the_same_factors_is_all_use(cli, small):
    found = plan(cli, small)["progress"]
    assert Decimal(found["gap_of_factors_tonnes_co2e"]) == pytest.approx(0, abs=Decimal("1e-9"))
    assert found["gap_of_use_tonnes_co2e"] is not None
    assert Decimal(found["gap_tonnes_co2e"]) < 0  # below the straight path


def test_progress_knows_the_supplier_from_the_contract(cli, town):
    # the same electricity every year; the supplier's factor falls from 0.8 to 0.7, then the city buys elsewhere for
    # 0.4 [kg/kWh]: of 1,000 MWh -100 t outside its control, -300 t by its contracts
    town.policy = ["electricity_year = 'same'"]
    town.year("electricity", 2013, 1_000_000)
    town.year("electricity", 2014, 1_000_000)
    town.year("electricity", 2015, 1_000_000)
    for supplier, fy, value in (("甲", 2013, "0.8"), ("甲", 2014, "0.7"), ("乙", 2015, "0.4")):
        town.contract(supplier, valid_from=f"{fy}-04-01", valid_to=f"{fy + 1}-04-01")
        town.own("electricity", value, supplier=supplier, valid_from=f"{fy}-04-01", valid_to=f"{fy + 1}-04-01")
    status, out, err = cli("plan", town.write(), "--fy", 2015, "--format", "json")
    assert (status, err) == (0, "")
    found = json.loads(out)["progress"]
    assert Decimal(found["gap_outside_control_tonnes_co2e"]) == pytest.approx(-100)
    assert Decimal(found["gap_of_contracts_tonnes_co2e"]) == pytest.approx(-300)
    assert Decimal(found["gap_of_factors_tonnes_co2e"]) == pytest.approx(-400)


def test_progress_against_the_planned_effect(cli, small):
    (small.write() / "assumptions.csv").write_text(
        "kind,fiscal_year,value,low,high,source\n"
        "planned_bau,2017,300,,,計画\nplanned_effect,2017,40,,,計画\n", "utf-8",
    )  # fmt: skip
    body = plan(cli, small)
    assert Decimal(body["progress"]["behind_plan_tonnes_co2e"]) == Decimal(body["tonnes_co2e"]) - 260


def test_the_projection_that_the_plan_prints_stands_beside_ours(cli):
    body = json.loads(cli("plan", ISHIKARI, "--format", "json")[1])
    assert body["bau"]["methods"]["計画に印刷された推計"] == [
        {"fiscal_year": 2030, "low": "13972", "middle": "13972", "high": "13972"}
    ]


@pytest.fixture(scope="module")
def demo_plan():
    """What the terminal says of the invented city's plan, without its line breaks."""
    done = CliRunner().invoke(application(["plan"]), ["plan", str(EXAMPLES / "kotsukotsu-shi"), "--fy", "2024"])
    assert done.exit_code == 0
    return re.sub(r"\s+", "", done.stdout)


def test_the_two_readings_of_what_factors_did_are_said_to_be_two(demo_plan):
    assert "係数の分の見方は二つあり、値は一致しません。△3,300tは" in demo_plan
    assert "△1,321tは、基準年度から一年ずつ要因に分けて足した値です" in demo_plan


def test_a_range_of_one_method_is_said_to_be_none(demo_plan):
    assert "一つの方法だけ令和17（2035）年度9,52010,27910,971" in demo_plan
    assert "すべての方法の幅令和12（2030）年度12,21012,86915,065" in demo_plan
    assert "令和17（2035）年度、令和32（2050）年度は「これまでの傾向（2013～2024年度、90%の幅）」だけ" in demo_plan
    assert "一本の線" not in demo_plan  # today's use meets assumed factors here


def test_the_terminal_shows_the_indicators(demo_plan):
    assert "調達する電力の再エネ比率6,671,44517,276,913kWh38.6602030年度" in demo_plan
    assert "kpis.csvからも分からない" not in demo_plan


def test_the_invented_city_is_measured_by_its_planned_effects(demo_plan):
    # 20,100 t without measures, less 5,700 t planned; 14,787 t were emitted
    assert "計画で見込んだ効果のとおりなら残るはずの量より+387t" in demo_plan


def test_of_a_printed_plan_the_flat_line_the_empty_indicators_and_the_missing_effects_are_explained(cli):
    said = re.sub(r"\s+", "", cli("plan", ISHIKARI)[1])
    assert "「今の使用量のまま」は、いまの使用量と係数をそのまま延ばした一本の線です" in said
    assert "令和17（2035）年度、令和22（2040）年度、令和32（2050）年度は「今の使用量のまま」だけ" in said
    assert "計画で見込んだ効果との差は出していません" in said
    assert "－は、台帳からもkpis.csvからも分からない指標です" in said
    assert "係数の分の見方は二つ" not in said


def test_the_methods_behind_a_range_are_named_for_programs(cli):
    found = json.loads(cli("plan", ISHIKARI, "--format", "json")[1])["bau"]["range"]
    assert [one["methods"] for one in found[:2]] == [["今の使用量のまま", "計画に印刷された推計"], ["今の使用量のまま"]]


@pytest.mark.parametrize("way", ["rate", "intensity"])
def test_facility_targets_add_up_to_what_is_missing(cli, small, way):
    body = plan(cli, small, "--facilities", way)
    missing = Decimal(body["tonnes_co2e"]) - Decimal(body["milestones"][0]["tonnes_co2e"])
    asked = sum(Decimal(one["reduction_tonnes_co2e"]) for one in body["facilities"])
    assert asked == missing.to_integral_value("ROUND_CEILING")


@pytest.mark.parametrize("way", ["rate", "intensity"])
def test_net_zero_asks_the_facilities_for_all_that_they_emit_and_no_more(cli, small, way):
    path = small.write() / "municipality.toml"
    path.write_text(path.read_text("utf-8") + "[[milestone]]\nfiscal_year = 2050\nreduction_pct = 100\n", "utf-8")
    status, out, err = cli("plan", small.path, "--fy", 2017, "--format", "json", "--facilities", way)
    assert (status, err) == (0, "")
    body = json.loads(out)
    assert Decimal(body["tonnes_co2e"]) % 1 != 0  # rounded up it would be more than is emitted
    asked = [Decimal(one["reduction_tonnes_co2e"]) for one in body["facilities"]]
    assert sum(asked) == Decimal(body["tonnes_co2e"])
    assert [Decimal(one["target_tonnes_co2e"]) for one in body["facilities"]] == [0, 0]


def test_a_sector_that_cannot_take_the_gap_is_told_in_printed_tonnes(cli):
    said = re.sub(r"\s+", "", cli("plan", EXAMPLES / "kotsukotsu-shi", "--fy", 2024, "--gap-on", "transport")[2])
    assert "部門「transport」の排出量126.6tでは、必要な削減1,923.1tをまかなえません" in said


def test_plan_without_a_base_year_says_what_is_missing(cli, town):
    year(town, 2017, 1)
    status, out, err = cli("plan", town.write(), "--fy", 2017)
    assert (status, out, "TG-34" in err) == (2, "", True)


@pytest.mark.parametrize("litres", [0, -50_000])
@pytest.mark.parametrize("way", ["", "rate", "potential"])
def test_plan_says_of_a_base_year_of_nothing_that_no_target_follows_from_it(cli, town, litres, way):
    year(town, 2013, litres)
    year(town, 2017, 1000)
    status, out, err = cli("plan", town.write(), "--fy", 2017, *(("--facilities", way) if way else ()))
    assert (status, out, "TG-35" in err, "2013" in err) == (2, "", True, True)


def test_plan_with_a_base_year_that_cannot_be_computed_gives_the_reason(cli, small):
    small.year("electricity", 2013, 5)
    status, out, err = cli("plan", small.write(), "--fy", 2017)
    assert (status, out, "A-01" in err) == (1, "", True)


def test_plan_of_an_unknown_edition_names_those_there_are(cli, small):
    status, _, err = cli("plan", small.write(), "--fy", 2017, "--national-plan", "1999")
    assert status == 2
    assert "2025-02-18" in err


def test_plan_in_the_terminal_holds_figure_20_and_fits_the_screen(cli):
    status, out, err = cli("plan", ISHIKARI)
    assert (status, err) == (0, "")
    for figure in ("7,939.9", "1,920.1", "8,837.2", "丸めた値どうしの計算", "2021-10-22"):
        assert figure in out
    assert max(map(len, out.splitlines())) <= 100


def test_plan_as_json_holds_printed_beside_computed(cli):
    body = json.loads(cli("plan", ISHIKARI, "--format", "json")[1])
    rows = {(one["sector"], one["column"]): one for one in body["printed_beside_computed"]["rows"]}
    assert rows["total", "A"]["printed"] == "7939"
    assert rows["total", "A"]["computed"].startswith("7939.87")
    assert Decimal(body["sectors"]["gap_tonnes_co2e"]) == Decimal(rows["gap", "B"]["computed"])


def test_a_rate_beside_a_printed_one_does_not_look_as_if_it_rounded_otherwise(cli):
    # 8,837.2 / 13,494 = 65.49 %, printed as 65 %; with one decimal it would be read as 66 %.
    said = re.sub(r"\s+", "", cli("plan", ISHIKARI)[1])
    assert "業務（公共施設）B%6565.49△0.49一致（印刷の桁で）" in said


def test_verify_of_ishikari_ends_with_status_1(cli):
    status, out, err = cli("verify", ISHIKARI)
    assert (status, err) == (1, "")
    for figure in ("4323", "277", "幌量水室", "2989", "19719"):
        assert figure in out


def test_verify_as_json_counts_what_was_checked(cli):
    status, out, _ = cli("verify", ISHIKARI, "--format", "json")
    body = json.loads(out)
    assert (status, body["unexplained"]) == (1, True)
    assert body["checked"] == sum(sum(outcomes.values()) for outcomes in body["outcomes"].values())
    assert sum(outcomes.get("unexplained", 0) for outcomes in body["outcomes"].values()) == 4


def test_verify_of_the_mended_plan_ends_with_status_0(cli, tmp_path):
    folder = shutil.copytree(ISHIKARI, tmp_path / "ishikari")
    text = folder / "printed" / "headline.toml"
    mended = text.read_text("utf-8").replace("fy2024 = 4305", "fy2024 = 4323")
    text.write_text(mended.replace("facilities_in_scope = 304", "facilities_in_scope = 277"), "utf-8")
    assert cli("verify", folder)[0] == 0


def test_verify_compares_printed_totals_with_the_rows(cli, small):
    total = small.total(2017).quantize(Decimal(1))
    for printed, expected in ((total, 0), (total + 1, 1), (total * 1000, 1)):
        small.tables["printed/totals"] = [{"fiscal_year": 2017, "tonnes_co2e": printed, "source": "前の計画"}]
        status, out, _ = cli("verify", small.write(), "--format", "json")
        assert status == expected
        assert json.loads(out)["outcomes"].keys() == {"ledger"}


def test_verify_compares_printed_totals_of_one_facility(cli, small):
    row = next(one for one in small.inventory(2017).rows(("facility",)) if one.keys["facility"] == "f2")
    small.tables["printed/totals"] = [
        {"fiscal_year": 2017, "facility_id": "f2", "tonnes_co2e": row.tonnes_co2e.quantize(Decimal(1)), "source": "表"}
    ]
    assert cli("verify", small.write())[0] == 0


def test_verify_of_a_city_without_printed_figures_says_so(cli, small):
    status, out, _ = cli("verify", small.write())
    assert status == 0
    assert "V-05" in out
    assert "説明できない食い違いはありません" not in out


def test_a_headline_that_cannot_be_read_is_named(cli, small):
    (small.write() / "printed").mkdir()
    (small.path / "printed" / "headline.toml").write_text("[total\n", "utf-8")
    status, out, err = cli("verify", small.path)
    assert (status, out, "printed/headline.toml" in err) == (2, "", True)
