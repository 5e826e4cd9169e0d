from __future__ import annotations

import csv
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.planning.kpis import aims, current, registered_kw, reproduced
from kotsukotsu.planning.portfolio import PlanningError

D = Decimal
PRINTED = Path(__file__).parents[2] / "examples" / "ishikari" / "printed"
FACTOR = D("0.25")


@pytest.fixture(scope="module")
def renewables() -> list[dict[str, str]]:
    with (PRINTED / "renewables.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def kpi() -> dict:
    told = tomllib.loads((PRINTED / "headline.toml").read_text(encoding="utf-8"), parse_float=D)
    return told["kpi"]


def test_pv_kpi_of_ishikari_reproduces_its_127_tonnes(renewables, kpi) -> None:
    # 84 + 88.8 + 264 + 72 = 508.8 kW planned; x 1,000 kWh/kW x 0.25 t/MWh = 127.2 t, printed 127.
    added = registered_kw(renewables, "pv", "planned_kw")
    assert added == D("508.8")
    assert registered_kw(renewables, "pv", "installed_kw") + added == kpi["pv_kw"]["fy2030"]
    found = reproduced(D(kpi["pv_kw"]["effect_tco2"]), FACTOR, added, D(kpi["pv_yield_kwh_per_kw"]) / 1000)
    assert found.tonnes == D("127.2")
    assert found.agrees


def test_power_kpi_of_ishikari_rests_on_electricity_that_the_plan_does_not_print(kpi) -> None:
    # 1,993 t at 0.25 t/MWh are 7,970 to 7,974 MWh moved; the plan prints neither them nor the 20 facilities.
    found = reproduced(D(kpi["re_power_facilities"]["effect_tco2"]), FACTOR, None)
    assert found.implied == (D(7970), D(7974))
    assert found.tonnes is None
    assert found.agrees is None
    assert reproduced(D(1993), FACTOR, D(7972)).agrees


def test_printed_effect_that_its_assumptions_do_not_give_is_found() -> None:
    assert reproduced(D(127), FACTOR, D(600)).agrees is False


def test_factor_of_zero_is_refused() -> None:
    with pytest.raises(PlanningError, match="KP-02"):
        reproduced(D(1), D(0), D(1))


def test_aims_are_those_of_the_government_plan() -> None:
    found = {(aim.kpi, aim.aim_fy): aim.aim_pct for aim in aims()}
    assert found["pv_sites", 2030] == 50
    assert found["pv_sites", 2040] == 100
    assert found["renewable_power", 2030] == 60
    assert found["decarbonised_power", 2040] == 80
    assert found["led", 2030] == found["electrified_cars", 2030] == 100


def car(bought: date | None, sold: date | None) -> dict:
    return {"acquired_on": bought, "disposed_on": sold, "fuel": "gasoline"}


STATED = {"kpi": "led", "fiscal_year": 2024, "numerator": D(30), "denominator": D(40), "source": "施設台帳"}
CARS = [car(date(2020, 4, 1), None), car(date(2020, 4, 1), date(2024, 4, 1)), car(None, None)]


def test_stated_counts_give_todays_value_and_what_is_missing() -> None:
    found, _ = current(2024, date(2025, 3, 31), [STATED], [])
    led = next(each for each in found if each.aim.kpi == "led")
    assert (led.pct, led.missing, led.origin) == (D(75), D(10), "施設台帳")


def test_counts_of_another_year_are_not_taken() -> None:
    found, findings = current(2025, date(2026, 3, 31), [STATED], [])
    assert all(each.pct is None for each in found)
    assert "led" in {each.data["kpi"] for each in findings}


def test_vehicle_register_gives_the_cars_held_but_no_count_of_hybrids() -> None:
    found, findings = current(2024, date(2025, 3, 31), [], CARS)
    cars = next(each for each in found if each.aim.kpi == "electrified_cars")
    assert (cars.numerator, cars.denominator, cars.pct, cars.missing) == (None, D(2), None, None)
    assert all(each.code == "KP-01" and each.message() for each in findings)
