"""``kotsukotsu energy dispatch`` and ``survive`` on the example site."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
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
    kwh, known = ({name: float(value) for name, value in told[key].items()} for key in ("kwh", "known_by"))
    assert known["self_consumption"] == pytest.approx(100 * (508_800 - kwh["sell"]) / 508_800, abs=0.01)
    assert known["curtailed"] == pytest.approx(508_800 - kwh["sun"], abs=0.1)
    assert known["cycles"] == pytest.approx(kwh["battery_out"] / 300)
    used = kwh["load"] + kwh["cars_in"] + kwh["unit"] - kwh["cars_out"]
    assert known["self_sufficiency"] == pytest.approx(100 * (1 - kwh["buy"] / used)) == float(told["not_bought_pct"])
    assert told["boiler_heat_kwh"] == told["heat_kwh"]  # no heat pump is planned
    assert Decimal(told["fuel_yen"]) == Decimal(told["fuel_without_yen"]) > 7_000_000


def test_outages_are_told_by_hours_and_loads_on_a_screen_of_100_columns(cli):
    done = cli("energy", "survive", HALL)
    assert done.status == 0
    assert "10回に9回は" in done.out
    assert max(cell_len(line) for line in done.lines) <= 100


def test_outages_cost_what_is_lost_in_them_and_backup_generators_are_as_sure_as_their_parts(cli):
    told = cli("energy", "survive", HALL, "--format", "json").json
    # a day without power once in ten years, 500,000 yen an hour, twenty years at 2 %
    worth = 0.1 * 24 * 500_000 * sum(1.02**-year for year in range(1, 21))
    assert Decimal(told["outage_cost_without_yen"]) == pytest.approx(Decimal(worth), rel=Decimal("1e-9"))
    assert 0 < Decimal(told["outage_cost_yen"]) < Decimal(told["outage_cost_without_yen"])
    one = 0.98 * 0.99 * 0.998**72  # one generator of two is enough for 45 kW
    assert float(told["backup_probability"]) == pytest.approx(1 - (1 - one) ** 2, abs=0.01)
    assert {"section": "critical", "key": "非常照明", "value": "4", "source": "例示", "status": "example"} in told[
        "assumed"
    ]


def test_sizes_that_were_chosen_are_taken_up_by_the_studies_that_follow_if_they_are_those_of_the_meter(cli, tmp_path):
    file = tmp_path / "size.json"
    sizes = {"sun": 508.8, "battery_kwh": 3000, "battery_kw": 300, "fuel_cell_kw": 5}
    told = {"site": "市庁舎の小さな電力網", "fiscal_year": 2024, "meter": "m1", "best": {"sizes": sizes}}
    file.write_text(json.dumps(told), encoding="utf-8")
    planned = cli("energy", "survive", HALL, "--format", "json").json
    chosen = cli("energy", "survive", HALL, "--sizes", file, "--format", "json").json
    assert Decimal(chosen["without_cars"]["p10_hours"]) > Decimal(planned["without_cars"]["p10_hours"])
    cell = next(one for one in chosen["assumed"] if one["key"] == "fuel_cell_kw")
    assert (cell["value"], cell["source"], cell["status"]) == ("5", "size.json", "computed")
    assert "3,000 kWh" in cli("energy", "survive", HALL, "--sizes", file).out
    for wrong in (told | {"meter": "m2"}, told | {"best": {"sizes": {"sun": -1}}}, {"best": 1}):
        file.write_text(json.dumps(wrong), encoding="utf-8")
        done = cli("energy", "dispatch", HALL, "--sizes", file)
        assert done.status == 2
        assert "ED-17" in done.err


def test_a_study_of_one_of_many_meters_says_whose_it_is(cli):
    done = cli("energy", "survive", WIND, "--meter", "m02")
    assert "学校02（受電点 m02）だけの値です" in done.out
    assert "72 時間を10回に9回もたせられる負荷はありません" in done.out
    assert cli("energy", "survive", WIND, "--meter", "m02", "--format", "json").json["meter"] == "m02"
    assert "学校01（受電点 m01）だけの値です" in cli("energy", "dispatch", WIND).out
    assert "だけの値です" not in cli("energy", "survive", HALL).out


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


@pytest.mark.parametrize("command", ["size", "survive"])
def test_hours_of_an_outage_that_are_no_half_hours_are_refused(cli, command):
    done = cli("energy", command, HALL, "--hours", "7.2")
    assert done.status == 2
    assert "7.5" in done.err


def test_a_day_outside_of_the_year_is_refused(cli):
    assert cli("energy", "dispatch", HALL, "--day", "2020-01-01").status == 2


def test_a_school_behind_a_weak_line_is_told_the_half_hours_that_no_size_serves(cli):
    done = cli("energy", "size", WIND, "--power", "12", "--area", "60", "--format", "json")
    assert done.status == 0
    told = done.json
    assert told["best"]["sizes"]["sun"] == "10"
    assert {"battery_kwh"} <= set(told["reached"])
    starts = [short["start"] for short in told["lacking"]]
    assert len(starts) == len(set(starts)) > 10
    assert not set(starts) & {short["end"] for short in told["lacking"]}
    assert sum(Decimal(short["kwh"]) for short in told["lacking"]) == pytest.approx(Decimal(told["best"]["short_kwh"]))
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
