"""The commands that others build on, as architecture.md has them: JSON, numbers as strings, exit statuses."""

from __future__ import annotations

import csv
import re
from decimal import Decimal

import pytest

PLAIN = re.compile(r"-?\d+(\.\d*[1-9])?")
TOP = [
    "city",
    "fiscal_year",
    "policy",
    "catalogue",
    "rows",
    "total_tonnes_co2e",
    "comparable_total_tonnes_co2e",
    "like_for_like",
    "complete",
    "findings",
]
BEYOND = {"base_year", "apart", "status"}
ROW = ["quantity", "unit", "gas", "tonnes", "tonnes_co2e", "comparable_tonnes_co2e", "status"]
NUMBERS = ("quantity", "tonnes", "tonnes_co2e", "comparable_tonnes_co2e")


@pytest.fixture
def town(town):
    town.facility("f2", "小学校", department_id="d1")
    town.add("departments", department_id="d1", name="学校課")
    town.contract("北海道電力")
    town.policy = ["electricity_year = 2012"]
    for fy in (2013, 2014):
        town.year("electricity", fy, "1234.5")
        town.year("kerosene", fy, "0.000001", facility_id="f2", use="household")
    town.write()
    return town


def inventory(cli, town, *more, fy=2014):
    return cli("inventory", town.path, "--fy", fy, "--format", "json", *more)


def test_inventory_has_the_keys_of_the_contract(cli, town):
    done = inventory(cli, town)
    assert (done.status, done.err) == (0, "")
    assert [key for key in done.json if key not in BEYOND] == TOP
    assert set(done.json) - set(TOP) == BEYOND
    assert done.json["city"] == {"code": "012351", "name": "見本市"}
    assert done.json["fiscal_year"] == 2014
    assert done.json["complete"] is True


@pytest.mark.parametrize("by", ["item", "item,gas", "facility,item", "department,sector,month", "body", "use,supplier"])
def test_rows_have_the_columns_asked_for_and_those_of_the_contract(cli, town, by):
    for row in inventory(cli, town, "--by", by).json["rows"]:
        expected = list(dict.fromkeys([*by.split(","), *ROW, "has_estimates"]))
        assert list(row) == expected or set(row) == set(expected)


def test_numbers_are_strings_in_plain_notation_with_all_their_digits(cli, town):
    body = inventory(cli, town).json
    for row in body["rows"]:
        for name in NUMBERS:
            assert isinstance(row[name], str)
            assert PLAIN.fullmatch(row[name]), row
    kerosene = next(row for row in body["rows"] if (row["item"], row["gas"]) == ("kerosene", "N2O"))
    assert kerosene["tonnes"] == "0.000000000000020919"
    assert Decimal(body["total_tonnes_co2e"]) == sum(Decimal(row["tonnes_co2e"]) for row in body["rows"])
    assert PLAIN.fullmatch(body["comparable_total_tonnes_co2e"])


def test_a_row_of_several_gases_has_no_gas_and_no_mass(cli, town):
    row = inventory(cli, town, "--by", "facility").json["rows"][1]
    assert (row["gas"], row["tonnes"], row["quantity"]) == (None, None, "0.000001")


def test_like_for_like_names_both_years(cli, town):
    found = inventory(cli, town).json["like_for_like"]
    assert (found["fiscal_year"], found["base_fy"], found["facilities"]) == (2014, 2013, 2)


def test_rows_that_cannot_be_computed_give_status_1_and_the_same_keys(cli, town):
    town.year("electricity", 2014, 5, facility_id="f2")
    town.year("city_gas", 2014, 5, unit="樽")
    town.write()
    done = inventory(cli, town)
    assert done.status == 1
    assert set(done.json) == {*TOP, *BEYOND}
    assert done.json["rows"] == []
    assert done.json["total_tonnes_co2e"] is done.json["comparable_total_tonnes_co2e"] is None
    assert done.json["complete"] is False
    assert [finding["code"] for finding in done.json["findings"]] == ["A-05", "A-01"]
    for finding in done.json["findings"]:
        assert set(finding) == {"code", "severity", "where", "message", "advice", "data"}
        assert finding["data"]["rows"] == 1
        assert finding["data"]["facility_ids"] in ("f1", "f2")


def test_the_same_is_said_in_words_on_standard_error(cli, town):
    town.year("electricity", 2014, 5, facility_id="f2")
    done = cli("inventory", town.write(), "--fy", 2014)
    assert (done.status, done.out) == (1, "")
    assert "A-01" in done.err
    assert "supplies.csv" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["inventory"],
        ["inventory", "{town}"],
        ["inventory", "{town}", "--fy", "令和6"],
        ["inventory", "{town}", "--fy", "99999"],
        ["inventory", "{town}", "--fy", "2014", "--by", "colour"],
        ["inventory", "{town}", "--fy", "2014", "--format", "pdf"],
        ["inventory", "{town}", "--fy", "2014", "--format", "xlsx"],
        ["inventory", "{town}/nowhere", "--fy", "2014"],
        ["trace", "{town}", "--fy", "2014", "--facility", "f77"],
        ["trace", "{town}", "--fy", "2014", "--item", "sunshine"],
        ["trace", "{town}", "--fy", "2014", "--format", "csv"],
        ["energy", "{town}", "--fy", "2014", "--format", "csv"],
        ["check", "{town}", "--format", "xml"],
        ["check", "{town}/nowhere"],
        ["items", "--format", "xml"],
        ["catalogue", "show", "sunshine", "--fy", "2024"],
        ["catalogue", "show", "gasoline", "--fy", "0"],
        ["catalogue", "update", "{town}/nowhere.zip"],
        ["catalogue", "burn"],
        ["burn"],
    ],
    ids=" ".join,
)
def test_wrong_use_gives_status_2_and_nothing_on_standard_output(cli, town, arguments):
    done = cli(*(argument.replace("{town}", str(town.path)) for argument in arguments))
    assert (done.status, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err


def test_an_unknown_policy_gives_status_2_in_words(cli, town):
    town.policy = ['gwp = "AR6"']
    done = cli("inventory", town.write(), "--fy", 2014)
    assert done.status == 2
    assert "AR6" in done.err
    assert "SAR / AR4 / AR5" in done.err.replace("\n", "")


def test_check_gives_status_1_if_a_finding_is_an_error_and_lists_every_check(cli, town):
    done = cli("check", town.path, "--today", "2015-06-01", "--format", "json")
    assert done.status == 0
    assert set(done.json) == {"city", "checks"}
    for check in done.json["checks"]:
        assert set(check) == {"check", "status", "findings", "reason"}
        assert check["status"] in ("clear", "found", "not_run")
    town.year("gasoline", 2014, -5)
    done = cli("check", town.write(), "--today", "2015-06-01", "--format", "json")
    assert done.status == 1
    assert "C-10" in [finding["code"] for check in done.json["checks"] for finding in check["findings"]]


def test_trace_gives_every_row_with_factor_article_status_and_the_sum(cli, town):
    done = cli("trace", town.path, "--fy", 2014, "--format", "json")
    assert done.status == 0
    assert done.json["agrees"] is True
    assert done.json["sum_tonnes_co2e"] == done.json["inventory_tonnes_co2e"]
    assert done.json["sum_tonnes_co2e"] == inventory(cli, town).json["total_tonnes_co2e"]
    for row in done.json["rows"]:
        assert {"activity_id", "facility_id", "item", "quantity", "unit", "gas", "gwp", "tonnes", "tonnes_co2e"} <= set(
            row
        )
        assert {"factor_id", "value", "unit", "source", "locator", "status"} <= set(row["factor"])


@pytest.mark.parametrize(
    "filters", [["--facility", "f1"], ["--item", "kerosene"], ["--facility", "f2", "--item", "kerosene"]]
)
def test_a_part_of_the_trace_is_that_part_of_the_inventory(cli, town, filters):
    done = cli("trace", town.path, "--fy", 2014, "--format", "json", *filters)
    rows = inventory(cli, town, "--by", "facility,item").json["rows"]
    named = {name.removeprefix("--"): value for name, value in zip(filters[::2], filters[1::2], strict=True)}
    part = [row for row in rows if all(row[key] == value for key, value in named.items())]
    assert Decimal(done.json["sum_tonnes_co2e"]) == sum(Decimal(row["tonnes_co2e"]) for row in part)


def test_a_facility_without_rows_in_the_year_has_a_trace_of_nothing(cli, town):
    town.facility("f3", "倉庫")
    done = cli("trace", town.write(), "--fy", 2014, "--facility", "f3", "--format", "json")
    assert (done.status, done.json["rows"]) == (0, [])


def test_energy_has_totals_as_strings(cli, town):
    town.policy += ['heat = { electricity = "day" }']
    done = cli("energy", town.write(), "--fy", 2014, "--format", "json")
    assert done.status == 0
    assert Decimal(done.json["total_heat_gj"]) == Decimal("1.2345") * Decimal("9.97") + Decimal("36.7") * Decimal(
        "1E-9"
    )
    assert Decimal(done.json["total_crude_oil_kl"]) == Decimal(done.json["total_heat_gj"]) * Decimal("0.0258")


def test_items_lists_every_item_with_its_unit(cli):
    rows = cli("items", "--format", "json").json["items"]
    units = {row["item"]: row["unit"] for row in rows}
    expected = {
        "electricity": "kWh",
        "gasoline": "L",
        "kerosene": "L",
        "diesel": "L",
        "heavy_oil_a": "L",
        "heavy_oil_bc": "L",
        "jet_fuel": "L",
        "lpg": "kg",
        "lng": "kg",
        "city_gas": "m3",
        "heat": "MJ",
    }
    assert expected.items() <= units.items()


def test_as_of_gives_the_figures_of_that_moment(cli, town):
    town.tables["activities"][2]["posted_at"] = "2015-05-01T00:00:00+09:00"
    town.year("electricity", 2014, 1, posted_at="2015-06-01T00:00:00+09:00", replaces="A3")
    town.write()
    quantities = [
        inventory(cli, town, "--as-of", moment).json["rows"][0]["quantity"] for moment in ("2015-05-31", "2015-06-01")
    ]
    assert quantities == ["1234.5", "1"]


def test_a_year_of_which_only_printed_figures_remain_is_shown_as_such(cli, town):
    town.add("printed/totals", fiscal_year=2005, tonnes_co2e="12345.6", source="第1次計画 p.12")
    town.add("printed/totals", fiscal_year=2005, sector="業務", tonnes_co2e="10000", source="第1次計画 p.12")
    town.write()
    done = inventory(cli, town, fy=2005)
    assert done.status == 0
    assert (done.json["total_tonnes_co2e"], done.json["status"]) == ("12345.6", "printed")
    assert {row["status"] for row in done.json["rows"]} == {"printed"}
    assert [finding["code"] for finding in done.json["findings"]] == ["A-19"]
    words = cli("inventory", town.path, "--fy", 2005)
    assert "12,346" in words.out
    assert "第1次計画" in words.out.replace("\n", "")


def test_a_printed_total_never_stands_in_for_rows_that_exist(cli, town):
    town.add("printed/totals", fiscal_year=2014, tonnes_co2e="99999", source="計画")
    town.write()
    assert inventory(cli, town).json["status"] != "printed"


def test_a_year_without_anything_is_refused(cli, town):
    done = inventory(cli, town, fy=2020)
    assert (done.status, [finding["code"] for finding in done.json["findings"]]) == (1, ["A-11"])


def test_csv_holds_the_same_numbers_as_json(cli, town, tmp_path):
    done = cli("inventory", town.path, "--fy", 2014, "--format", "csv")
    rows = list(csv.DictReader(done.out.splitlines()))
    for one, other in zip(rows, inventory(cli, town).json["rows"], strict=True):
        assert {name: one[name] for name in (*ROW, "item")} == {name: other[name] for name in (*ROW, "item")}
    cli("inventory", town.path, "--fy", 2014, "--format", "csv", "--out", tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def months(town, *numbers):
    for number in numbers:
        town.month("gasoline", f"2014-{number:02d}", 10)


def codes(done):
    return [finding["code"] for finding in done.json["findings"]]


def test_a_missing_month_makes_the_total_incomplete(cli, town):
    months(town, 4, 5, 7, 8)
    town.write()
    done = inventory(cli, town)
    assert done.status == 0
    assert done.json["complete"] is False
    assert "C-01" in codes(done)


def test_a_correction_of_a_row_of_long_ago_hides_no_missing_month(cli, town):
    town.act("gasoline", "2005-04-01", "2005-05-01", 10, key="old")
    town.act("gasoline", "2014-06-01", "2014-07-01", 10, key="new", replaces="old")
    months(town, 4, 5, 8)
    town.write()
    done = inventory(cli, town)
    assert (done.status, done.json["complete"]) == (0, False)
    assert "C-01" in codes(done)


def test_a_month_taken_back_is_missing_again_only_from_then_on(cli, town):
    months(town, 4, 5, 6)
    town.act("gasoline", "2014-05-01", "2014-06-01", None, replaces="A6", posted_at="2015-05-01T00:00:00+09:00")
    town.write()
    before, after = (inventory(cli, town, "--as-of", day) for day in ("2015-04-30", "2015-05-01"))
    assert ("A-15" in codes(before), "A-15" in codes(after)) == (False, True)
