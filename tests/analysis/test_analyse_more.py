"""``kotsukotsu analyse``: weather, scale, unusual values, proposals and savings, each only where asked for."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kotsukotsu.cli.main import application
from kotsukotsu.periods import FiscalYear
from tests.analysis_weather.made import MEANS

DEMO = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
RUNNER = CliRunner()
GAP = "2023-12"


def call(command, *options):
    return RUNNER.invoke(application([command]), [command, *map(str, options)])


def as_json(city, *options):
    done = call("analyse", city, *options, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def warmth(fy, month):
    """The means of a town in Hokkaido, 1 °C warmer in FY2023."""
    return MEANS[(month.month - 4) % 12] + (fy == 2023)


@pytest.fixture
def heated(town):
    """The town, with kerosene that follows the cold: 10 a day and 2 for each degree below 15 °C, nothing else."""
    for fy in (2021, 2022, 2023):
        for month in FiscalYear(fy).months():
            length = (month.end - month.start).days
            degrees = max(0.0, 15 - warmth(fy, month))
            town.month("kerosene", str(month), round(length * (10 + 2 * degrees), 1), use="boiler")
            for n in range(length):
                day = month.start.replace(day=n + 1).isoformat()
                town.add("weather", station="石狩", day=day, temperature=warmth(fy, month), quality=8)
    return town


def test_a_warm_winter_is_an_effect_of_its_own_and_the_sum_stays(heated):
    city = heated.write()
    plain, found = as_json(city, "--fy", 2023), as_json(city, "--fy", 2023, "--weather")
    effects = {name: Decimal(value) for name, value in found["effects_tonnes_co2e"].items()}
    # Of the months below 15 °C, April, May and October to March, each day needs 2 L less: 244 days in FY2023, of which
    # one is the 29th of February, so that 62 L at -0.5 °C are more; kerosene is 2.4889 kg/L.
    assert effects["weather"] < 0
    assert Decimal(plain["effects_tonnes_co2e"]["weather"]) == 0
    assert found["change_tonnes_co2e"] == plain["change_tonnes_co2e"]
    assert sum(effects.values()) == pytest.approx(Decimal(found["change_tonnes_co2e"]))
    assert effects["weather"] + effects["amount"] == pytest.approx(Decimal(plain["effects_tonnes_co2e"]["amount"]))
    (line,) = [one for one in found["weather"] if one["item"] == "kerosene"]
    assert (line["station"], line["form"], line["is_used"], line["unit"]) == ("石狩", "3PH", True, "L")
    assert float(line["balance_points_c"][0]) == pytest.approx(15, abs=1)
    assert float(line["normalised"]) > float(line["quantity"])


def test_without_weather_the_city_is_told_what_to_do(town):
    found = as_json(town.write(), "--fy", 2023, "--weather")
    assert (found["weather"], [one["code"] for one in found["findings"]]) == ([], ["WE-19"])


def test_the_scale_of_a_facility_is_an_effect_of_its_own(town):
    for fy, area in ((2022, 1000), (2023, 2000)):
        town.add("intensity_bases", facility_id="f1", fiscal_year=fy, base="延床面積", value=area, unit="m2")
    found = as_json(town.write(), "--fy", 2023, "--base", "延床面積")
    effects = {name: round(Decimal(value), 6) for name, value in found["effects_tonnes_co2e"].items()}
    # 市役所: the same use at twice the area, 50 t to 40 t: L(40, 50) = 44.814201, times ln 2 = 31.062837.
    assert (effects["base"], effects["amount"]) == (Decimal("31.062837"), Decimal("-31.062837"))


def test_a_base_that_does_not_exist_is_said(town):
    found = as_json(town.write(), "--fy", 2023, "--base", "利用者数")
    assert "AN-11" in [one["code"] for one in found["findings"]]


def test_what_is_not_asked_for_is_not_there(town):
    found = as_json(town.write(), "--fy", 2023)
    assert [found[name] for name in ("weather", "saving", "unusual", "proposals")] == [None] * 4


def test_a_proposal_goes_through_import_into_the_ledger_as_an_estimate(heated, tmp_path):
    heated.tables["activities"] = [
        row for row in heated.tables["activities"] if (row["item"], row["start"]) != ("kerosene", f"{GAP}-01")
    ]
    city, file = heated.write(), tmp_path / "推計.csv"
    before = (city / "activities.csv").read_bytes()
    found = as_json(city, "--fy", 2023, "--estimates", file)
    assert (city / "activities.csv").read_bytes() == before  # nothing enters by itself
    (row,) = found["proposals"]
    assert (row["start"], row["basis"], row["use"]) == ("2023-12-01", "estimated", "boiler")
    taken = call("import", file, "--into", city, "--actor", "温暖化対策課")
    assert taken.exit_code == 0, taken.output
    with (city / "activities.csv").open(encoding="utf-8", newline="") as lines:
        entered = list(csv.DictReader(lines))[-1]
    assert (entered["basis"], entered["quantity"], entered["posted_by"]) == (
        "estimated", row["quantity"], "温暖化対策課",
    )  # fmt: skip
    assert "推計：他の年度" in entered["note"]
    assert as_json(city, "--fy", 2023, "--estimates", file)["proposals"] == []


def test_a_month_that_stands_empty_is_corrected_by_the_proposal(heated, tmp_path):
    for row in heated.tables["activities"]:
        if (row["item"], row["start"]) == ("kerosene", f"{GAP}-01"):
            row["quantity"] = None
    city, file = heated.write(), tmp_path / "推計.csv"
    (row,) = as_json(city, "--fy", 2023, "--estimates", file, "--method", "degree_days")["proposals"]
    assert "3PH" in row["note"]
    taken = json.loads(call("import", file, "--into", city, "--format", "json").stdout)
    assert (taken["counts"]["corrects"], taken["rows"][0]["replaces"]) == (1, row["replaces"])


def test_a_saving_is_shown_with_its_interval(heated):
    options = ("--facility", "f1", "--item", "kerosene", "--measure-began", "2023-04-01")
    found = as_json(heated.write(), "--fy", 2023, *options)["saving"]
    assert (found["unit"], found["periods"], found["confidence"]) == ("L", 12, "0.9")
    assert (abs(Decimal(found["saving"])) < 1, found["margin"]) == (True, "0")  # the bills follow the cold exactly
    assert Decimal(found["saving"]) == Decimal(found["expected"]) - Decimal(found["actual"])


@pytest.mark.parametrize(
    "options",
    [
        ("--measure-began", "2023-04-01"),
        ("--measure-began", "2023-04-01", "--facility", "f1"),
        ("--measure-began", "2023-04-01", "--measure-done", "2023-03-01", "--facility", "f1", "--item", "kerosene"),
        ("--estimates", "x.csv", "--method", "guess"),
    ],
)
def test_wrong_use_is_said(town, options):
    assert call("analyse", town.write(), "--fy", 2023, *options).exit_code == 2


def test_every_part_asked_for_stands_in_the_page_the_workbook_and_the_terminal(heated, tmp_path):
    city, page, book = heated.write(), tmp_path / "a.html", tmp_path / "a.xlsx"
    options = (
        "--fy", 2023, "--weather", "--unusual", "--estimates", tmp_path / "e.csv", "--facility", "f1", "--item",
        "kerosene", "--measure-began", "2023-04-01",
    )  # fmt: skip
    assert call("analyse", city, *options, "--format", "html", "--out", page).exit_code == 0
    assert call("analyse", city, *options, "--format", "xlsx", "--out", book).exit_code == 0
    shown = call("analyse", city, *options).stdout
    text = page.read_text("utf-8")
    for part in ("平年の気象での使用量", "対策の後の節約量", "外れ値と水準の変化", "推計の案"):
        assert part in text
        assert part in shown
    assert {"気象", "対策の効果", "外れ値", "推計の案"} <= set(openpyxl.load_workbook(book).sheetnames)


def test_the_outlier_of_the_demo_city_is_explained_and_its_months_stand_together(tmp_path):
    found = as_json(DEMO, "--fy", 2024, "--unusual", "--item", "lpg")["unusual"]
    assert {(one["facility"], one["code"]) for one in found} == {("f193", "C-08")}
    assert len(found) == 12
    page = tmp_path / "a.html"
    call("analyse", DEMO, "--fy", 2024, "--unusual", "--item", "lpg", "--format", "html", "--out", page)
    assert "2023-04～2024-03" in page.read_text("utf-8")
