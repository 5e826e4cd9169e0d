"""``kotsukotsu energy dispatch`` and ``survive`` on the example site."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

from rich.cells import cell_len

HALL = Path(__file__).parents[2] / "examples" / "energy" / "city-hall"
WIND = HALL.with_name("wind-and-schools")


def test_a_year_of_dispatch_lowers_bill_and_maximum_and_is_reconciled_with_the_bill_engine(cli):
    done = cli("energy", "dispatch", HALL, "--day", "2024-08-01", "--format", "json")
    assert done.status == 0
    told = done.json
    assert Decimal(told["bill_yen"]) < Decimal(told["bill_without_yen"])
    assert Decimal(told["maximum_kw"]) < Decimal(told["maximum_without_kw"])
    # whole kW and whole kWh of each month are all that may differ: half a kW for twelve months, half a kWh a class
    assert abs(Decimal(told["objective_yen"]) - Decimal(told["bill_unrounded_yen"])) < 11_000
    assert told["kwh"]["load"] == "1440000"
    assert told["unserved_kwh"] == "0"
    assert told["boiler_heat_kwh"] == told["heat_kwh"]  # no heat pump is planned
    assert Decimal(told["fuel_yen"]) == Decimal(told["fuel_without_yen"]) > 7_000_000


def test_outages_are_told_by_hours_and_loads_on_a_screen_of_100_columns(cli):
    done = cli("energy", "survive", HALL)
    assert done.status == 0
    assert "10回に9回は" in done.out
    assert max(cell_len(line) for line in done.lines) <= 100


def test_a_fuller_battery_lives_longer(cli):
    half, full = (
        cli("energy", "survive", HALL, "--reserve", share, "--format", "json").json["without_cars"]
        for share in (0.5, 1)
    )
    assert Decimal(full["p50_hours"]) > Decimal(half["p50_hours"])


def test_a_site_without_equipment_is_told_which_line_is_missing(cli, tmp_path):
    folder = shutil.copytree(HALL, tmp_path / "hall")
    settings = folder / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("battery_kwh = 300\n", ""), encoding="utf-8")
    done = cli("energy", "survive", folder)
    assert done.status == 2
    assert "ED-10" in done.err
    assert "battery_kwh" in done.err


def test_a_day_outside_of_the_year_is_refused(cli):
    assert cli("energy", "dispatch", HALL, "--day", "2020-01-01").status == 2


def test_a_school_behind_a_weak_line_is_told_the_half_hours_that_no_size_serves(cli):
    done = cli("energy", "size", WIND, "--power", "12", "--area", "60", "--format", "json")
    assert done.status == 0
    told = done.json
    assert told["best"]["sizes"]["sun"] == "10"
    assert {"battery_kwh"} <= set(told["reached"])
    assert len(told["lacking"]) == 10
    assert all(["", "grid"] in short["limits"] for short in told["lacking"])
    assert told["gains_yen"] == {}
    assert Decimal(told["best"]["short_kwh"]) > 10
    assert Decimal(told["best"]["running_yen"]) < 3_000_000  # a bill, without a price of what is not served


def test_a_meter_that_the_site_does_not_have_is_refused_with_those_that_it_has(cli):
    done = cli("energy", "size", WIND, "--meter", "m99")
    assert done.status == 2
    assert "ST-03" in done.err.replace("\n", "").replace(" ", "")
    assert "m23" in done.err


def test_an_aim_that_is_neither_cost_nor_co2_is_refused(cli):
    assert cli("energy", "size", WIND, "--aim", "best").status == 2
