"""``kotsukotsu energy``: the account under its old name, and the studies of a site."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

EXAMPLES = Path(__file__).parents[2] / "examples"
HALL = EXAMPLES / "energy" / "city-hall"
CITY = EXAMPLES / "kotsukotsu-shi"
PLAIN = re.compile(r"-?\d+(\.\d*[1-9])?")


def site(tmp_path, **changes):
    """A copy of the city hall in which one text of a file is another."""
    folder = tmp_path / "site"
    shutil.copytree(HALL, folder)
    for name, (old, new) in changes.items():
        path = folder / name.replace("__", ".")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_first_word_that_is_no_study_is_a_city(cli):
    one, other = (cli(*words, CITY, "--fy", 2024, "--format", "json") for words in (["energy"], ["energy", "account"]))
    assert one.status == other.status == 0
    assert one.json == other.json
    assert Decimal(one.json["total_heat_gj"]) > 0


def test_options_may_stand_before_the_city(cli):
    assert cli("energy", "--fy", 2024, CITY, "--format", "json").status == 0


def test_the_bill_of_the_example_adds_up_and_its_numbers_are_strings(cli):
    done = cli("energy", "bill", HALL, "--format", "json")
    assert done.status == 0
    (meter,) = done.json["meters"]
    for month in meter["months"]:
        lines = [Decimal(line["yen"]) for line in month["lines"]]
        assert abs(sum(lines) - Decimal(month["total_yen"])) < 1
        assert all(PLAIN.fullmatch(line["yen"]) for line in month["lines"])
    assert sum(Decimal(month["total_yen"]) for month in meter["months"]) == Decimal(done.json["total_yen"])
    assert meter["total_kwh"] == "1440000"
    assert done.json["synthetic"] is True
    assert [finding["code"] for finding in done.json["findings"]] == ["ST-07"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_terminal_says_what_is_synthetic_and_fits_100_columns(cli, lang):
    done = cli("energy", "bill", HALL, lang=lang)
    assert done.status == 0
    assert ("合成" if lang == "ja" else "synthetic") in done.out
    assert max(cell_len(line) for line in done.lines) <= 100


def test_page_and_workbook_need_a_file_and_say_the_same_total(cli, tmp_path):
    assert cli("energy", "bill", HALL, "--format", "html").status == 2
    total = Decimal(cli("energy", "bill", HALL, "--format", "json").json["total_yen"])
    cli("energy", "bill", HALL, "--format", "html", "--out", tmp_path / "x.html")
    cli("energy", "bill", HALL, "--format", "xlsx", "--out", tmp_path / "x.xlsx")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert f"{total:,.0f}" in page
    assert "<script" not in page
    assert page.count("<figure>") == 4
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert f"<v>{total:.0f}</v>" in "".join(
            book.read(name).decode() for name in book.namelist() if "sheets/" in name
        )


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("ST-01", {"site__toml": ("fiscal_year", "year")}),
        ("ST-02", {"site__toml": ("fiscal_year = 2024", 'fiscal_year = "R6"')}),
        ("F-07", {"site__toml": ("[site]", "[site")}),
        ("TF-01", {"buildings__csv": ("example-high-season", "nowhere")}),
        ("ST-04", {"buildings__csv": ("m1,example-high-season,98,470", "m1,example-low,98,470")}),
        ("ST-05", {"buildings__csv": ("library,", "hall,")}),
        ("ST-06", {"buildings__csv": ("470; 462", "470、462")}),
        ("F-03", {"bills__csv": ("2024-04-01,", "2024-4-1,")}),
        ("PF-02", {"bills__csv": ("hall,2024-04-01", "hall,2023-04-01")}),
        ("PF-03", {"bills__csv": (",131,", ",13,")}),
        ("TF-02", {"site__toml": ("2024 ", "2019 "), "bills__csv": ("2025-", "2020-")}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_site_with_a_fault_is_refused_in_words_and_nothing_is_printed(cli, tmp_path, code, changes):
    if code == "TF-02":
        changes = {"site__toml": ("fiscal_year = 2024", "fiscal_year = 2019")}
        folder = site(tmp_path, **changes)
        bills = folder / "bills.csv"
        bills.write_text(
            bills.read_text(encoding="utf-8").replace("2024-", "2019-").replace("2025-", "2020-"), encoding="utf-8"
        )
    else:
        folder = site(tmp_path, **changes)
    done = cli("energy", "bill", folder)
    assert (done.status, done.out) == (2, "")
    assert code in done.err.replace("\n", "")


def test_an_unknown_meter_and_an_empty_folder_are_refused(cli, tmp_path):
    assert "ST-03" in cli("energy", "bill", HALL, "--meter", "m9").err
    assert "F-01" in cli("energy", "bill", tmp_path).err


WIND = EXAMPLES / "energy" / "wind-and-schools"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What `match` leaves on disk, once for all tests."""
    return tmp_path_factory.mktemp("match")


def test_match_shows_the_ladder_and_refuses_the_claim_with_its_reasons(cli, told):
    done = cli("energy", "match", WIND, "--claim", "half_hour", "--format", "json", "--supplies", told)
    assert done.status == 1
    shares = [Decimal(rung["share"]) for rung in done.json["ladder"]]
    assert shares[0] == 1
    assert shares == sorted(shares, reverse=True)
    assert Decimal("0.4") < shares[-1] < Decimal("0.6")
    assert done.json["carbon"][0]["tonnes_co2"] == "1369.5"
    assert [reason["code"] for reason in done.json["claim"]["reasons"]] == ["MC-01", "MC-04"]
    assert done.json["claim"]["share"] == done.json["claim"]["certified_tonnes_co2"] == "0"
    assert (told / "supplies.csv").exists()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_match_fits_100_columns_and_without_a_claim_ends_well(cli, lang):
    done = cli("energy", "match", WIND, lang=lang)
    assert done.status == 0
    assert max(cell_len(line) for line in done.lines) <= 100
    assert ("とは言えません" if lang == "ja" else "may not be claimed") in done.out


def test_match_draws_every_chart_with_its_table(cli, told):
    cli("energy", "match", WIND, "--format", "html", "--out", told / "m.html")
    page = (told / "m.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == page.count('<figure><div class="shown"><h3>') == 5
    assert page.count("</table></div></details></figure>") + page.count("</details></figure>") >= 5
    assert "data:image/png" in page
    assert "http://" not in page.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("wrong", [["--claim", "week"], ["--rule", "equal"], ["--format", "pdf"]])
def test_match_used_wrongly_gives_status_2(cli, wrong):
    assert cli("energy", "match", WIND, *wrong).status == 2


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_fund_shows_twenty_years_that_fit_100_columns(cli, lang):
    done = cli("energy", "fund", HALL, lang=lang)
    assert done.status == 0
    assert max(cell_len(line) for line in done.lines) <= 100
    assert all(str(year) in done.out for year in range(2024, 2044))


def test_fund_as_data_can_be_added_up_line_by_line(cli):
    (agreement,) = cli("energy", "fund", HALL, "--format", "json").json["agreements"]
    balance = Decimal(0)
    for line in agreement["years"]:
        number = {name: Decimal(value) for name, value in line.items() if isinstance(value, str) and name != "source"}
        assert number["saving_yen"] == number["used_kwh"] * (number["avoided_price"] - number["price"])
        balance += number["to_fund_yen"] - number["spent_yen"]
        assert number["balance_yen"] == balance
    assert [line["settled"] for line in agreement["years"]] == [True] + [False] * 19


def test_fund_warns_of_years_that_cost_more_than_they_save(cli, tmp_path):
    folder = site(tmp_path, ppas__csv=(",16.5,1.0,", ",22,4.0,"), spending__csv=("1200000", "1200"))
    path = folder / "spending.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    done = cli("energy", "fund", folder, "--format", "json")
    assert [finding["code"] for finding in done.json["findings"]] == ["FD-08", "ST-07"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["energy", "bill", str(HALL)], 2, "ST-08"),
        (["energy", str(CITY), "--fy", "2024"], 0, "GJ"),
        (["--help"], 0, "energy"),
    ],
    ids=["bill", "account", "help"],
)
def test_without_the_extra_packages_a_study_says_so_and_everything_else_works(arguments, status, said):
    code = (
        "import sys; sys.modules['jpholiday'] = None; sys.argv = ['kotsukotsu', *sys.argv[1:]];"
        "from kotsukotsu.cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
