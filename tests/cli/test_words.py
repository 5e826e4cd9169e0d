"""What people see: their language, and tables that fit 100 columns, a Japanese sign counted as two."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from kotsukotsu.cli.main import COMMANDS

CITY = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
JAPANESE = re.compile(r"[\u3000\u3001\u3040-\u30ff\u4e00-\u9fff（）：－～]")
SIGNS = "△※（）、"  # how an office writes a minus, a remark


@pytest.fixture
def english(town):
    """A city whose own words are all English."""
    town.municipality["name"] = "Sampleton"
    town.tables["facilities"][0]["name"] = "City hall"
    town.facility("cars", "Vehicles", use="Fleet")
    town.own("electricity", "0.5", source="Invoice")
    for fy in (2013, 2024):
        town.year("electricity", fy, 1000)
        town.year("lpg", fy, 1000)
        town.year("lpg", fy, 1000, basis="estimated", use="household", note="By floor area")
        town.year("car_air_conditioner", fy, 3, unit="vehicle_year", facility_id="cars")
        town.year("distance_gasoline_passenger", fy, 1000, facility_id="cars")
    town.year("gasoline", 2024, None)
    town.year("gasoline", 2024, 5, facility_id="f9")
    town.add("bodies", body_id="union", name="Union", in_plan="no", facility_id="cars", share="0.5")
    return town.write()


@pytest.mark.parametrize(
    "arguments",
    [
        ["inventory", "--fy", 2024],
        ["inventory", "--fy", 2024, "--by", "sector,gas"],
        ["inventory", "--fy", 2013],
        ["inventory", "--fy", 2024, "--by", "facility,department,body,month,use,supplier"],
        ["energy", "--fy", 2024],
        ["check", "--today", "2025-06-01"],
    ],
    ids=lambda arguments: " ".join(map(str, arguments)),
)
def test_english_output_of_an_english_city_holds_no_japanese(cli, english, arguments):
    done = cli(arguments[0], english, *arguments[1:], lang="en")
    leaks = [line for line in done.lines if JAPANESE.search(line) or "vehicle_year" in line]
    assert leaks == []


@pytest.mark.parametrize(
    "arguments", [["items"], ["catalogue", "check"], ["catalogue", "show", "kerosene", "--fy", 2024]]
)
def test_english_output_of_the_catalogue_holds_no_japanese(cli, arguments):
    leaks = [line for line in cli(*arguments, lang="en").lines if JAPANESE.search(line)]
    assert leaks == []


def test_errors_are_english_too(cli, english):
    for arguments in (["inventory", english, "--fy", 2030], ["inventory", english, "--fy", 2024, "--by", "x"]):
        done = cli(*arguments, lang="en")
        assert done.status in (1, 2)
        assert not JAPANESE.search(done.out + done.err), done.err


@pytest.mark.parametrize(
    "arguments", [["inventory", "--fy", 2024], ["energy", "--fy", 2024], ["check", "--today", "2025-06-01"]]
)
def test_japanese_output_holds_no_english_sentence(cli, english, arguments):
    done = cli(arguments[0], english, *arguments[1:])
    assert JAPANESE.search(done.out)
    for line in done.lines:
        bare = line.replace("Sampleton", "").replace("City hall", "").replace("Vehicles", "").replace("Union", "")
        bare = re.sub(
            r"[a-z0-9_]+\.(csv|toml)|not_occurring|estimated|kotsukotsu( \w+)+|gas_engine|diesel_engine", "", bare
        )
        assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", bare), line


@pytest.mark.parametrize(
    ("lang", "arguments"),
    [
        ("ja", ["inventory", CITY, "--fy", 2025]),
        ("en", ["inventory", CITY, "--fy", 2025]),
        ("ja", ["inventory", CITY, "--fy", 2024, "--by", "facility,sector,gas"]),
        ("ja", ["trace", CITY, "--fy", 2024, "--facility", "f120"]),
        ("en", ["trace", CITY, "--fy", 2024, "--facility", "f120"]),
        ("ja", ["energy", CITY, "--fy", 2024]),
        ("ja", ["items"]),
        ("en", ["items"]),
        ("ja", ["catalogue", "show", "city_gas", "--fy", 2025]),
        ("ja", ["catalogue", "coverage", "--supplier", "A0267"]),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(map(str, value)).replace(str(CITY), "CITY"),
)
def test_no_line_is_wider_than_100_columns(cli, lang, arguments):
    done = cli(*arguments, lang=lang)
    assert done.out
    assert [line for line in done.lines if cell_len(line) > 100] == []


def test_no_line_of_findings_is_wider_than_100_columns(cli):
    done = cli("check", CITY, "--fy", 2025, "--today", "2026-06-01")
    assert [line for line in done.lines if cell_len(line) > 100] == []


@pytest.mark.parametrize(
    ("lang", "day"), [("ja", "令和6年4月1日～令和7年3月31日"), ("en", "1 April 2024 – 31 March 2025")]
)
def test_a_trace_writes_days_as_an_office_does(cli, lang, day):
    said = cli("trace", CITY, "--fy", 2024, "--facility", "f120", lang=lang).out
    assert re.findall(r"\d{4}-\d{2}-\d{2}", said) == []
    assert day in said


def test_an_invented_city_says_so(cli):
    assert "架空" in cli("inventory", CITY, "--fy", 2013).out
    assert "invented" in cli("inventory", CITY, "--fy", 2013, lang="en").out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_help_is_in_the_language_of_the_interface(lang):
    environment = {**os.environ, "KOTSUKOTSU_LANG": lang}
    done = subprocess.run(
        [Path(sys.executable).parent / "kotsukotsu", "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    for command in COMMANDS:
        assert command in done.stdout
    assert bool(JAPANESE.search(done.stdout)) == (lang == "ja")
