"""The law through the command line: shown, checked, covered, updated whole or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.catalogue.load import SHIPPED
from kotsukotsu.catalogue.update import build_update, install, read_update

LIST = "factors/electricity-fy2024.csv"
OLD, NEW = ",CO2,0.000526,t,kWh", ",CO2,0.000527,t,kWh"
RESIDUAL = "メニューF(残差)"


def shipped(name):
    return (SHIPPED / name).read_text(encoding="utf-8")


@pytest.fixture
def updates(tmp_path):
    return tmp_path / "updates"


@pytest.fixture
def file(tmp_path):
    """An update that changes two factors of one retailer."""
    assert shipped(LIST).count(OLD) >= 2
    return zipped(tmp_path, {LIST: shipped(LIST).replace(OLD, NEW, 2).encode()})


def zipped(folder, files):
    path = folder / "update.zip"
    path.write_bytes(build_update(files, title="令和6年度実績 訂正", edition="2027.1", created="2027-01-20"))
    return path


def residual(cli, updates):
    rows = cli("catalogue", "show", "electricity", "--fy", 2025, "--format", "json", updates=updates).json["factors"]
    return {row["value"] for row in rows if (row["supplier"], row["menu"]) == ("A0267", RESIDUAL)}


def test_show_gives_factors_with_source_place_and_status(cli):
    body = cli("catalogue", "show", "kerosene", "--fy", 2024, "--format", "json").json
    assert (body["item"], body["fiscal_year"]) == ("kerosene", 2024)
    row = next(row for row in body["factors"] if row["factor_id"] == "kerosene.sekorei3.2010")
    assert (row["value"], row["mass"], row["per"], row["regime"]) == ("2.49", "kg", "L", "sekorei3")
    for key in ("source", "locator", "status", "valid_from", "file", "line"):
        assert row[key]


def test_show_names_no_factor_beyond_the_editions(cli):
    body = cli("catalogue", "show", "kerosene", "--fy", 2026, "--format", "json").json
    assert body["factors"] == []
    assert "coverage" in cli("catalogue", "show", "kerosene", "--fy", 2026).out


def test_check_says_that_the_shipped_catalogue_is_sound(cli):
    done = cli("catalogue", "check")
    assert (done.status, done.err) == (0, "")
    assert "誤りはありません" in done.out


def test_coverage_shows_years_and_what_is_not_at_hand(cli):
    body = cli("catalogue", "coverage", "--item", "electricity", "--supplier", "A0267", "--format", "json").json
    series = [row for row in body["series"] if row["kind"] == "basic"]
    years = {year for row in series for year in row["years"]}
    gaps = {year for row in series for gap in row["gaps"] for year in range(gap["from_fy"], gap["to_fy"] + 1)}
    assert {2012, 2013, 2024} <= years
    assert not years & gaps or len(series) > 1
    assert any(row["gaps"] for row in series)
    assert any(row["breaks"] for row in series)


def test_coverage_finds_a_supplier_by_part_of_its_name(cli):
    body = cli("catalogue", "coverage", "--supplier", "北海道電力", "--format", "json").json
    assert {"A0267"} <= {row["supplier"] for row in body["series"]}


def test_update_shows_what_changes_and_changes_it(cli, file, updates):
    assert residual(cli, updates) == {"0.000526"}
    done = cli("catalogue", "update", file, "--yes", updates=updates)
    assert done.status == 0
    assert "0.000526 → 0.000527" in done.out
    assert residual(cli, updates) == {"0.000527"}


def test_an_installed_update_reaches_the_inventory(cli, file, updates, town):
    town.municipality["base_fy"] = 2025
    town.contract("A0267", menu=RESIDUAL)
    town.year("electricity", 2025, 1000)
    town.write()
    totals = []
    for _ in range(2):
        body = cli("inventory", town.path, "--fy", 2025, "--format", "json", updates=updates).json
        totals.append((body["catalogue"], Decimal(body["total_tonnes_co2e"])))
        cli("catalogue", "update", file, "--yes", updates=updates)
    assert totals == [(shipped("VERSION").strip(), Decimal("0.526")), ("2027.1", Decimal("0.527"))]


def test_update_that_is_not_confirmed_changes_nothing(cli, file, updates, monkeypatch):
    monkeypatch.setattr("typer.confirm", lambda _: False)
    done = cli("catalogue", "update", file, updates=updates)
    assert done.status == 0
    assert not updates.exists()


BROKEN = {
    "a number that is none": (OLD, ",CO2,0.0005x6,t,kWh", "CA-03"),
    "an unknown unit": (OLD, ",CO2,0.000526,t,樽", "CA-11"),
    "a cell too many": (OLD, OLD + ",", "CA-04"),
    "an unknown source": ("electricity-fy2024,", "electricity-fy2099,", "CA-10"),
}


def line_of(text, broken):
    return next(number for number, line in enumerate(broken.splitlines(), 1) if line not in text.splitlines())


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_update_is_refused_with_file_and_line_and_nothing_changes(cli, tmp_path, updates, name):
    old, new, code = BROKEN[name]
    broken = shipped(LIST).replace(old, new, 1)
    done = cli("catalogue", "update", zipped(tmp_path, {LIST: broken.encode()}), "--yes", updates=updates)
    assert done.status == 2
    assert code in done.err
    told = done.err.replace("\n", "").replace(" ", "")
    assert f"{LIST}{line_of(shipped(LIST), broken)}行目" in told
    assert not updates.exists()


def test_a_file_that_is_no_update_is_refused(cli, tmp_path, updates):
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    done = cli("catalogue", "update", tmp_path / "x.zip", "--yes", updates=updates)
    assert (done.status, done.out) == (2, "")
    assert "UP-01" in done.err


@pytest.mark.parametrize("command", ["inventory", "trace", "energy", "check"])
def test_a_city_with_a_broken_catalogue_stops_with_file_and_line(cli, town, tmp_path, updates, command):
    town.year("gasoline", 2013, 1)
    name = "factors/fuels-decree-2010.csv"
    install(read_update(zipped(tmp_path, {name: shipped(name).encode()}).read_bytes()), updates)
    (path,) = updates.rglob(name)
    path.write_text(shipped(name).replace("2.32,kg,L", "2.3x2,kg,L", 1), encoding="utf-8")
    more = [] if command == "check" else ["--fy", 2013]
    done = cli(command, town.write(), *more, updates=updates)
    assert (done.status, done.out) == (2, "")
    assert "factors/fuels-decree-2010.csv 3行目" in done.err.replace("\n  ", "")
    assert "2.3x2" in done.err
