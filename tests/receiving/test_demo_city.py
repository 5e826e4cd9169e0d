"""The yearly job on the demo city: the inbox comes in once, forms go out and come back, everything is written."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kotsukotsu.cli.main import application
from kotsukotsu.ledger.current import as_of
from kotsukotsu.periods import JST
from kotsukotsu.sessions import receiving
from kotsukotsu.store import folder

SHIPPED = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
NOW = datetime(2026, 4, 20, 9, 0, tzinfo=JST)
KEY = ("facility_id", "item", "start", "end")


def run(*words):
    return CliRunner().invoke(application([words[0]]), [str(word) for word in words])


def take_all(city, pattern="0*"):
    desk = receiving.Desk(city, "検査係")
    receipts = []
    for path in sorted((city / "inbox").glob(pattern)):
        receipts.append(desk.judge(path, "", NOW))
        desk.take_in(receipts[-1])
    return receipts


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A copy of the demo city with its whole inbox taken in."""
    copy = tmp_path_factory.mktemp("demo") / "city"
    shutil.copytree(SHIPPED, copy)
    take_all(copy)
    return copy


def current(city):
    return {tuple(str(row[name]) for name in KEY): row for row in as_of(folder.read_table(city, "activities"), None)}


def expected(city):
    with (city / "inbox" / "expected" / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_inbox_gives_the_true_values_but_for_its_deliberate_mistakes(city):
    rows = current(city)
    differing = []
    for row in expected(city):
        found = rows.get(tuple(row[name] for name in KEY))
        value = None if found is None else found["quantity"]
        if value != Decimal(row["quantity"]):
            differing.append((row["facility_id"], row["item"], row["start"], value, Decimal(row["quantity"])))
    kilolitres = [entry for entry in differing if entry[3] is not None]
    absent = [entry for entry in differing if entry[3] is None]
    assert [entry[1] for entry in kilolitres] == ["diesel"]
    assert kilolitres[0][3] * 1000 == kilolitres[0][4]
    assert {entry[1] for entry in absent} == {"kerosene"}
    assert len({entry[0] for entry in absent}) == 1  # the hall whose name needs a person's word


def test_no_bill_of_the_inbox_counts_twice(city):
    series: dict[tuple, list] = {}
    for row in as_of(folder.read_table(city, "activities"), None):
        if str(row["start"]) >= "2025-04-01" and row["basis"] != "not_occurring":
            series.setdefault((row["facility_id"], row["item"]), []).append(row)
    overlapping = [
        (one["facility_id"], one["item"])
        for rows in series.values()
        for one, other in combinations(rows, 2)
        if one["start"] < other["end"]
        and other["start"] < one["end"]
        and "検査係" in (one["posted_by"], other["posted_by"])
    ]
    assert overlapping == []


def test_the_same_file_twice_changes_nothing(city):
    before = (city / "activities.csv").read_bytes()
    assert [receipt.appended for receipt in take_all(city)] == [[]] * 8
    assert (city / "activities.csv").read_bytes() == before


def test_older_lines_keep_every_byte(city):
    assert (city / "activities.csv").read_bytes().startswith((SHIPPED / "activities.csv").read_bytes())


def test_an_uncertain_name_is_taken_in_once_a_person_has_confirmed_it(city, tmp_path):
    copy = tmp_path / "city"
    shutil.copytree(city, copy)
    path = copy / "profiles" / "会館の灯油_月.toml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith('"高崎谷会館"'))
    text = text.replace(line + "\n", "").replace("[facilities]\n", f"[facilities]\n{line}\n")
    path.write_text(text, encoding="utf-8")
    (receipt,) = take_all(copy, "08*")
    own = [fate for fate in receipt.result.fates if fate.raw.facility == "高崎谷会館"]
    assert {fate.kind for fate in own} == {"new", "same"}
    assert receipt.result.rejected == []


def test_a_rejected_row_comes_back_with_its_reason_beside_it(city):
    book = openpyxl.load_workbook(city / "rejected" / "04_消防_灯油.xlsx")
    texts = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value]
    assert any("ほうき星消防団詰所」は登録されていません" in text for text in texts)


def test_a_dry_run_shows_every_row_and_writes_nothing(tmp_path):
    copy = tmp_path / "city"
    shutil.copytree(SHIPPED, copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    file = copy / "inbox" / "03_保育所の電気.xls"
    result = run("import", file, "--into", copy, "--dry-run", "--format", "json")
    body = json.loads(result.stdout)
    assert body["counts"]["new"] == 10
    assert len(body["rows"]) == sum(body["counts"].values())
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_rejected_rows_set_the_exit_status_and_a_missing_file_is_said_in_words(tmp_path):
    copy = tmp_path / "city"
    shutil.copytree(SHIPPED, copy)
    assert run("import", copy / "inbox" / "04_消防_灯油.ods", "--into", copy).exit_code == 1
    assert run("import", copy / "inbox" / "03_保育所の電気.xls", "--into", copy).exit_code == 0
    missing = run("import", copy / "nothing.xlsx", "--into", copy)
    assert missing.exception.code == "IM-00"
    assert "nothing.xlsx" in str(missing.exception)


def test_a_broken_file_leaves_the_city_as_it_was(tmp_path):
    copy = tmp_path / "city"
    shutil.copytree(SHIPPED, copy)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes((copy / "inbox" / "01_学校の電気_令和7年度.xlsx").read_bytes()[:4000])
    before = sorted((path, path.stat().st_size) for path in copy.rglob("*"))
    result = run("import", broken, "--into", copy)
    assert result.exit_code != 0
    assert sorted((path, path.stat().st_size) for path in copy.rglob("*")) == before


def test_a_form_goes_out_with_last_years_values_and_comes_back_exactly(city, tmp_path):
    copy = tmp_path / "city"
    shutil.copytree(SHIPPED, copy)
    assert run("form", copy, "--fy", 2025, "--out", tmp_path / "forms", "--department", "d41").exit_code in (0, 2)
    assert run("form", copy, "--fy", 2025, "--out", tmp_path / "forms").exit_code == 0
    paths = sorted((tmp_path / "forms").glob("*.xlsx"))
    departments = {row["department_id"] for row in folder.read_table(copy, "facilities") if row["department_id"]}
    assert 5 < len(paths) <= len(departments)
    path = next(path for path in paths if "診療所" in path.name)
    book = openpyxl.load_workbook(path)
    sheet = book["入力"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    entry = next(row for row in sheet.iter_rows(min_row=5) if row[heads["3月"] - 1].protection.locked is False)
    entry[heads["3月"] - 1].value = 4321
    book.save(path)
    result = run("import", path, "--into", copy, "--format", "json")
    rows = [row for row in json.loads(result.stdout)["rows"] if row["fate"] in ("new", "corrects")]
    assert [(row["quantity"], row["start"], row["end"]) for row in rows] == [("4321", "2026-03-01", "2026-04-01")]


def test_the_demo_writes_page_workbook_and_data_that_agree(city, tmp_path):
    copy = tmp_path / "city"
    shutil.copytree(SHIPPED, copy)
    shutil.rmtree(copy / "inbox")
    result = run("demo", copy, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    total = json.loads(run("inventory", copy, "--fy", 2024, "--format", "json").stdout)["total_tonnes_co2e"]
    printed = f"{Decimal(total).quantize(Decimal(1)):,}"
    assert printed in (tmp_path / "out" / "inventory.html").read_text(encoding="utf-8")
    with (tmp_path / "out" / "inventory.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["fiscal_year"] == "2024"]
    assert sum(Decimal(row["tonnes_co2e"]) for row in rows) == Decimal(total)
    book = openpyxl.load_workbook(tmp_path / "out" / "inventory.xlsx", read_only=True)
    assert "データ" in book.sheetnames
