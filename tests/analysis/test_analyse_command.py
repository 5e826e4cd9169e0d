"""``kotsukotsu analyse``: every form of output, parts of a city, and what it refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kotsukotsu.cli.main import application
from kotsukotsu.errors import ScopeError

DEMO = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
RUNNER = CliRunner()
TABLES = ("facility", "item", "department", "sector", "use")


def analyse(city, *options):
    return RUNNER.invoke(application(["analyse"]), ["analyse", str(city), *map(str, options)])


def as_json(city, *options):
    done = analyse(city, *options, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_json_of_a_small_town_is_as_worked_by_hand(town):
    found = as_json(town.write(), "--fy", 2023)
    assert (found["fiscal_year"], found["against"], found["place"]) == (2023, 2022, "見本市")
    # 70 t → 68 t: 学校 -10, 学園 +16, 図書館 +3, 市役所 -10, 保育所 -1.
    numbers = ("base_tonnes_co2e", "tonnes_co2e", "change_tonnes_co2e")
    assert [found[name] for name in numbers] == ["70", "68", "-2"]
    effects = {name: round(Decimal(value), 6) for name, value in found["effects_tonnes_co2e"].items()}
    # 図書館: L(8, 5) = 6.382947, merged 4.424309, factor -1.424309.
    assert {name: value for name, value in effects.items() if value} == {
        "merged": Decimal("10.424310"), "factor": Decimal("-12.424310"),
    }  # fmt: skip
    assert abs(Decimal(found["residual_tonnes_co2e"])) < Decimal("1E-40")
    assert [(row["key"], row["tonnes_co2e"], row["change_tonnes_co2e"], row["is_main"], row["is_new"])
            for row in found["facility"]] == [
        ("f1", "40", "-10", True, False), ("f3", "16", "16", True, True), ("f4", "8", "3", True, False),
        ("f5", "4", "-1", False, False), ("f2", None, "-10", False, False),
    ]  # fmt: skip
    assert [row["name"] for row in found["department"]][:2] == ["管財課", "（なし）"]
    assert [row["key"] for row in found["use"]] == ["庁舎", "小学校", "図書館", "保育所"]
    assert found["index"][0]["use_index"] == {"2022": "100", "2023": "121.428571428571428571428571429"}
    assert found["sentences"][1]["text"] == "電気（買電）の排出係数が下がったため、排出量は12 t減少しました。"
    assert found["facility_sentences"]["f3"][1]["text"] == "学園の統合に伴い、排出量は16 t増加しました。"
    assert [finding["code"] for finding in found["findings"]] == []


def test_the_document_has_every_part(town):
    found = as_json(town.write(), "--fy", 2023)
    assert list(found) == [
        "city", "fiscal_year", "policy", "catalogue", "place", "against", "base_tonnes_co2e", "tonnes_co2e",
        "change_tonnes_co2e", "effects_tonnes_co2e", "residual_tonnes_co2e", "chain", "reach_percent",
        "sentences", *TABLES, "index", "intensity", "facility_sentences", "weather", "normal_years", "saving",
        "unusual", "proposals", "energy_intensity", "complete", "findings",
    ]  # fmt: skip


def test_a_facility_a_department_and_an_item_can_be_looked_at_alone(town):
    city = town.write()
    assert as_json(city, "--fy", 2023, "--facility", "f1")["change_tonnes_co2e"] == "-10"
    below = as_json(city, "--fy", 2023, "--department", "d1")
    assert ([row["key"] for row in below["facility"]], below["place"]) == (["f1", "f2"], "総務部")
    assert as_json(city, "--fy", 2023, "--item", "electricity")["change_tonnes_co2e"] == "-2"


def test_the_share_of_the_main_facilities_is_a_parameter(town):
    found = as_json(town.write(), "--fy", 2023, "--reach", 50)
    assert [row["key"] for row in found["facility"] if row["is_main"]] == ["f1"]


def test_the_terminal_shows_causes_facilities_and_sentences(town):
    done = analyse(town.write(), "--fy", 2023)
    assert done.exit_code == 0
    assert all(text in done.stdout for text in ("統合", "排出係数", "市役所", "主要施設", "電気（買電）"))


def test_a_year_that_cannot_be_computed_stays_open_in_the_series(town):
    town.municipality["base_fy"] = 2022
    town.own("electricity", "0.6", supplier="青電気", valid_from="2020-04-01", valid_to="2021-04-01")
    for fy in (2020, 2021):
        town.year("electricity", fy, 1000)
    found = as_json(town.write(), "--fy", 2023, "--against", 2020)
    assert found["index"][0]["emission_index"]["2021"] is None
    assert "AN-07" in [finding["code"] for finding in found["findings"]]


def test_a_year_with_missing_quantities_is_said_before_any_sentence(town):
    town.month("kerosene", "2023-05", None)
    city = town.write()
    assert as_json(city, "--fy", 2023)["complete"] is False
    shown = analyse(city, "--fy", 2023).stdout
    assert shown.index("量の足りない行がある") < shown.index("排出量は")


def test_what_is_missing_elsewhere_does_not_make_a_part_incomplete(town):
    town.month("kerosene", "2023-05", None)
    city = town.write()
    assert as_json(city, "--fy", 2023, "--facility", "f4")["complete"] is True
    assert as_json(city, "--fy", 2023, "--facility", "f1")["complete"] is False


def test_a_chain_of_years_adds_up_to_the_whole_change(town):
    town.own("electricity", "0.6", supplier="青電気", valid_from="2021-04-01", valid_to="2022-04-01")
    town.year("electricity", 2021, 90000)
    found = as_json(town.write(), "--fy", 2023, "--against", 2021, "--chain")
    steps = found["chain"]
    assert [(step["from"], step["to"]) for step in steps] == [(2021, 2022), (2022, 2023)]
    effects = sum(Decimal(value) for step in steps for value in step["effects_tonnes_co2e"].values())
    assert abs(effects - Decimal(found["change_tonnes_co2e"])) < Decimal("1E-20")


def test_wrong_codes_are_refused_together_with_the_known_ones_most_like_them(town):
    done = analyse(town.write(), "--fy", 2023, "--facility", "f01", "--item", "coal")
    assert isinstance(done.exception, ScopeError)
    said = str(done.exception)
    assert "施設「f01」、項目「coal」はありません" in said
    assert "「f01」に近い施設：f1（" in said
    assert "「coal」に近い項目：charcoal（木炭）、coal_tar（" in said


def test_a_code_like_no_other_is_answered_with_codes_of_the_table(town):
    said = str(analyse(town.write(), "--fy", 2023, "--department", "NOPE").exception)
    assert "所管課「NOPE」はありません。所管課の例：" in said


def test_a_facility_that_opened_since_is_analysed_without_a_base(town):
    found = as_json(town.write(), "--fy", 2023, "--facility", "f3")
    assert (found["change_tonnes_co2e"], found["facility"][0]["is_new"]) == ("16", True)


def test_a_base_year_without_rows_is_refused_and_said(town):
    town.municipality["base_fy"] = 2013
    done = analyse(town.write(), "--fy", 2023)
    assert [(one.code, one.data["fiscal_year"]) for one in done.exception.findings] == [("AN-10", 2013)]
    assert done.exception.data["fiscal_year"] == 2013


def test_a_part_without_rows_in_both_years_is_refused(town):
    town.facility("f6", "倉庫")
    done = analyse(town.write(), "--fy", 2023, "--facility", "f6")
    assert [one.code for one in done.exception.findings] == ["AN-10"]


@pytest.mark.parametrize(
    "options", [("--against", 2023), ("--against", 2030), ("--format", "pdf"), ("--format", "xlsx")]
)
def test_wrong_use_is_said(town, options):
    assert analyse(town.write(), "--fy", 2023, *options).exit_code == 2


def test_the_workbook_has_a_sheet_for_every_table_and_numbers_as_numbers(town, tmp_path):
    out = tmp_path / "analysis.xlsx"
    assert analyse(town.write(), "--fy", 2023, "--format", "xlsx", "--out", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [
        "増減の要因", "施設別", "項目別", "所管課別", "部門別", "用途別", "項目別の要因", "施設別の要因", "指数",
        "面積当たり", "施設ごとの文", "確かめること",
    ]  # fmt: skip
    cells = {row[0].value: row[1].value for row in book["増減の要因"].iter_rows()}
    assert (cells["統合"], cells["合計"]) == (10, -2)


def test_the_page_needs_nothing_else_and_every_chart_has_its_table(town, tmp_path):
    out = tmp_path / "analysis.html"
    assert analyse(town.write(), "--fy", 2023, "--format", "html", "--out", out).exit_code == 0
    page = out.read_text("utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    figures = page.split("<figure")[1:]
    assert len(figures) == 14
    assert all("<svg" in figure and "<table" in figure.split("</figure>")[0] for figure in figures)
    assert "<details" not in figures[0].split("</figure>")[0], "the causes stand beside their table"


def test_a_part_with_one_facility_has_a_page_too(town, tmp_path):
    out = tmp_path / "one.html"
    options = ("--fy", 2023, "--facility", "f1", "--format", "html", "--out", out)
    assert analyse(town.write(), *options).exit_code == 0
    page = out.read_text("utf-8")
    assert "市役所" in page
    assert "非エネルギー起源の排出（その行がない）、一般廃棄物の焼却（その行がない）" in page


def test_the_demo_city_is_analysed_from_its_base_year():
    found = as_json(DEMO, "--fy", 2024, "--against", 2013)
    effects = {name: Decimal(value) for name, value in found["effects_tonnes_co2e"].items()}
    assert abs(sum(effects.values()) - Decimal(found["change_tonnes_co2e"])) < Decimal("1E-20")
    assert {name: round(value) for name, value in effects.items() if value} == {
        "opened": 177, "closed": -2, "merged": -367, "moved": 0, "amount": -2863, "mix": -2039, "factor": -1091,
        "gwp": -29,
    }  # fmt: skip
    assert sum(row["is_main"] for row in found["facility"]) == 67
    assert next(list(one["emission_index"]) for one in found["index"]) == [str(fy) for fy in range(2013, 2025)]
    assert {finding["code"] for finding in found["findings"]} == {"AN-08", "A-17"}
    assert found["complete"] is True
