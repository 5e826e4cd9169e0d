"""Two years of which only the print remains: the plan of 石狩市 is its own referee."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kotsukotsu.analysis.printed_years import Kind, printed_years
from kotsukotsu.analysis.scope import Scope
from kotsukotsu.cli.main import application

EXAMPLES = Path(__file__).parents[2] / "examples"
ISHIKARI = EXAMPLES / "ishikari"
CITY = Scope("市")
YEARS = ("--fy", 2024, "--against", 2013)


def row(year, tonnes, facility="", sector="", item="", gas=""):
    return {
        "fiscal_year": year, "sector": sector, "item": item, "gas": gas, "facility_id": facility,
        "tonnes_co2e": Decimal(tonnes), "source": "計画", "note": "",
    }  # fmt: skip


def analyse(city, *options):
    return CliRunner().invoke(application(["analyse"]), ["analyse", str(city), *map(str, options)])


@pytest.fixture(scope="module")
def ishikari():
    done = analyse(ISHIKARI, "--fy", 2024, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_figure_9_comes_out_as_printed_but_for_the_rounding_of_the_print(ishikari):
    with (ISHIKARI / "printed" / "main_facilities.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    (places,) = ishikari["facilities"]
    assert len(places["rows"]) == len(printed) == 48
    for ours, theirs in zip(places["rows"], printed, strict=True):
        assert ours["tonnes_co2e"] == theirs["fy2024_tco2"]
        assert abs(Decimal(ours["share_percent"]) - Decimal(theirs["share_pct"])) <= Decimal("0.06")
        assert abs(Decimal(ours["cumulative_percent"]) - Decimal(theirs["cumulative_share_pct"])) <= Decimal("0.15")
    assert all(one["is_main"] for one in places["rows"])
    changes = {(one["tonnes_co2e"], one["base_tonnes_co2e"]): one["change_tonnes_co2e"] for one in places["rows"]}
    for theirs in printed:
        change = Decimal(changes[theirs["fy2024_tco2"], theirs["fy2013_tco2"]])
        assert abs(change - Decimal(theirs["change_tco2"])) <= 1


def test_the_total_has_an_index_and_parts_that_hold_each_other_are_not_added(ishikari):
    assert ishikari["total"]["index"].startswith("72.652")
    assert (ishikari["printed_only"], ishikari["facilities"][0]["whole_tonnes_co2e"]) == (True, "10004")
    assert {one["sector"]: one["tonnes_co2e"] for one in ishikari["parts"]}["エネルギー起源CO2"] == "10004"
    assert [one["code"] for one in ishikari["findings"]] == ["AN-14"]


def test_the_terminal_says_what_the_print_does_not_tell_and_what_else_reads_the_folder():
    said = analyse(ISHIKARI, "--fy", 2024, "--against", 2013).stdout.replace("\n", "").replace(" ", "")
    assert "増減の要因、使用量の指数、気象、外れ値、面積当たりは出せません" in said
    assert "plan（目標と道筋）、verify（検算）、plan-document（計画の文書）" in said
    assert "北石狩衛生センター（ごみ処理施設）2,3951,76417.617.6△63173.7" in said


def test_of_one_facility_only_its_line_is_shown_with_its_share_of_the_whole():
    said = analyse(ISHIKARI, "--fy", 2024, "--facility", "198").stdout
    assert "花川南中学校       259       356        3.6       39.6    97  137.5" in said
    assert "学校給食センター" not in said
    assert "印刷された内訳" not in said
    assert "最も" not in said


def test_the_page_and_the_workbook_have_every_table(tmp_path):
    page, book = tmp_path / "a.html", tmp_path / "a.xlsx"
    assert analyse(ISHIKARI, "--fy", 2024, "--format", "html", "--out", page).exit_code == 0
    assert analyse(ISHIKARI, "--fy", 2024, "--format", "xlsx", "--out", book).exit_code == 0
    assert "北石狩衛生センター（ごみ処理施設）が17.6%を占める" in page.read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(book)["施設別"]
    assert [cell.value for cell in sheet[4]] == [
        1,
        "北石狩衛生センター（ごみ処理施設）",
        2395,
        1764,
        17.6,
        17.6,
        -631,
        73.7,
    ]


def test_records_without_an_emission_are_no_rows_and_kinds_are_ranked_apart():
    found = json.loads(analyse(EXAMPLES / "kosen", "--fy", 2020, "--format", "json").stdout)
    assert [one["item"] for one in found["facilities"]] == ["electricity_primary", "fuel_heat"]
    assert [one["whole_tonnes_co2e"] for one in found["facilities"]] == [None, None]
    assert found["total"]["tonnes_co2e"] is None


def test_shares_are_of_the_printed_total_of_the_kind_else_of_the_facilities_together():
    rows = [row(2020, 5, "a"), row(2024, 30, "a"), row(2024, 10, "b")]
    (places,) = printed_years(rows, 2024, 2020, CITY).places
    assert (places.whole, [str(one.share) for one in places.rows]) == (None, ["75", "25"])
    (places,) = printed_years([*rows, row(2024, 80)], 2024, 2020, CITY).places
    assert (places.whole, [str(one.share) for one in places.rows]) == (Decimal(80), ["37.5", "12.5"])


def test_a_figure_printed_twice_with_two_values_is_not_used_and_said():
    rows = [row(2020, 5, "a"), row(2024, 30, "a"), row(2024, 31, "a"), row(2024, 10, "b"), row(2024, 10, "b")]
    found = printed_years(rows, 2024, 2020, CITY)
    assert [one.code for one in found.findings] == ["AN-14", "AN-15"]
    assert [(one.key, one.latest) for one in found.places[0].rows] == [("b", 10), ("a", None)]


def test_years_without_print_are_not_compared():
    assert printed_years([row(2020, 5)], 2024, 2020, CITY) is None


def test_an_item_asked_for_leaves_the_others_out():
    rows = [row(year, tonnes, "a", item=item) for year in (2020, 2024) for item, tonnes in (("x", 1), ("y", 2))]
    found = printed_years(rows, 2024, 2020, Scope("x", item="x"))
    assert [one.kind for one in found.places] == [Kind("", "x", "")]


@pytest.fixture
def half_printed(town):
    """FY2024 by its rows: 500 t of electricity at one of two facilities, 100 t at the other; FY2013 printed."""
    town.own("electricity", "0.5", valid_from="2012-04-01", valid_to="2031-04-01")
    town.facility("f2", name="北の支所")
    town.year("electricity", 2024, 1_000_000)
    town.year("electricity", 2024, 200_000, facility_id="f2")
    return town


def printed_at(folder, *lines):
    (folder / "printed").mkdir()
    head = "fiscal_year,sector,item,gas,facility_id,tonnes_co2e,source,note"
    (folder / "printed" / "totals.csv").write_text("\n".join((head, *lines, "")), encoding="utf-8")
    return folder


def test_a_printed_year_stands_beside_a_computed_one_as_far_as_the_print_goes(half_printed):
    folder = printed_at(half_printed.write(), "2013,,,,,800,前の計画,", "2013,,electricity,,,750,前の計画,")
    found = json.loads(analyse(folder, *YEARS, "--format", "json").stdout)
    assert (found["printed_only"], found["computed_fiscal_year"]) == (False, 2024)
    assert [found["total"][name] for name in ("base_tonnes_co2e", "tonnes_co2e", "index")] == ["800", "600", "75"]
    parts = {one["item"] or one["gas"]: (one["base_tonnes_co2e"], one["tonnes_co2e"]) for one in found["parts"]}
    assert parts == {"electricity": ("750", "600"), "CO2": (None, "600")}
    (places,) = found["facilities"]
    assert [(one["key"], one["tonnes_co2e"], one["change_tonnes_co2e"]) for one in places["rows"]] == [
        ("f1", "500", None), ("f2", "100", None),
    ]  # fmt: skip
    assert [one["code"] for one in found["findings"]] == ["AN-16"]
    said = analyse(folder, *YEARS).stdout.replace("\n", "").replace(" ", "")
    assert "2013年度は印刷のとおり、2024年度は計算した値" in said
    assert "800tから200t（25.0%）減少しました" in said
    assert "最も減った" not in said


def test_a_computed_earlier_year_shows_only_what_the_later_print_shows_too(half_printed):
    folder = printed_at(half_printed.write(), "2025,,,,,540,公表,")
    found = json.loads(analyse(folder, "--fy", 2025, "--against", 2024, "--format", "json").stdout)
    assert (found["total"]["base_tonnes_co2e"], found["total"]["tonnes_co2e"]) == ("600", "540")
    assert (found["parts"], found["facilities"], found["computed_fiscal_year"]) == ([], [], 2024)


def test_of_an_earlier_year_with_nothing_at_all_the_later_is_shown_alone():
    found = json.loads(analyse(ISHIKARI, "--fy", 2024, "--against", 2020, "--format", "json").stdout)
    assert [one["code"] for one in found["findings"]] == ["AN-17"]
    assert found["total"]["base_tonnes_co2e"] is None
    assert found["facilities"][0]["rows"][0]["share_percent"].startswith("17.63")


def test_a_year_with_neither_rows_nor_print_is_refused_as_ever():
    done = analyse(ISHIKARI, "--fy", 2023)
    assert [one.code for one in done.exception.findings] == ["A-11"]
