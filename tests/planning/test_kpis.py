from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu import schema
from kotsukotsu.planning.kpis import Kpi, aims, current, reproduced
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.planning.registers import Registers

D = Decimal
PRINTED = Path(__file__).parents[2] / "examples" / "ishikari" / "printed"
FACTOR = D("0.25")


@pytest.fixture(scope="module")
def renewables() -> list[dict]:
    text = (PRINTED.parent / "renewables.csv").read_text(encoding="utf-8")
    return schema.read(text, "renewables", "renewables.csv")


@pytest.fixture(scope="module")
def kpi() -> dict:
    told = tomllib.loads((PRINTED / "headline.toml").read_text(encoding="utf-8"), parse_float=D)
    return told["kpi"]


def test_pv_kpi_of_ishikari_reproduces_its_127_tonnes(renewables, kpi) -> None:
    # 84 + 88.8 + 264 + 72 = 508.8 kW planned; x 1,000 kWh/kW x 0.25 t/MWh = 127.2 t, printed 127.
    added, there = (sum(row[column] or 0 for row in renewables if row["kind"] == "pv")
                    for column in ("planned_kw", "installed_kw"))  # fmt: skip
    assert added == D("508.8")
    assert there + added == kpi["pv_kw"]["fy2030"]
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


STATED = {"kpi": "led", "fiscal_year": 2024, "numerator": D(30), "denominator": D(40), "source": "施設台帳"}
DAY = date(2025, 3, 31)


def rows(table: str, *given: dict) -> list[dict]:
    names = [column.column for column in schema.columns(table)]
    return [{**dict.fromkeys(names), **row} for row in given]


def of(kpi: str, registers: Registers, stated=()) -> Kpi:
    return next(each for each in current(registers, stated)[0] if each.aim.kpi == kpi)


def codes(registers: Registers, stated=()) -> set[tuple[str, str]]:
    return {(each.code, each.data["name"]) for each in current(registers, stated)[1]}


def test_stated_counts_give_todays_value_and_what_is_missing() -> None:
    led = of("led", Registers(2024, DAY), [STATED])
    assert (led.pct, led.missing, led.origin) == (D(75), D(10), "施設台帳")


def test_counts_of_another_year_are_not_taken() -> None:
    found, findings = current(Registers(2025, date(2026, 3, 31)), [STATED])
    assert all(each.pct is None for each in found)
    assert {each.code for each in findings} == {"KP-01"}
    assert len(findings) == len({each.aim.kpi for each in found})
    assert all(each.message() and each.advice() for each in findings)


CARS = rows(
    "vehicles",
    {"vehicle_id": "a", "drive": "hybrid", "acquired_on": date(2020, 4, 1)},
    {"vehicle_id": "b", "drive": "combustion"},
    {"vehicle_id": "sold", "drive": "bev", "disposed_on": date(2024, 4, 1)},
    {"vehicle_id": "fire engine", "drive": "combustion", "alternative": "no"},
    {"vehicle_id": "later", "drive": "bev", "acquired_on": date(2025, 4, 1)},
)


def test_electrified_cars_are_those_held_with_hybrids_and_without_those_that_have_no_alternative() -> None:
    cars = of("electrified_cars", Registers(2024, DAY, vehicles=CARS))
    assert (cars.numerator, cars.denominator, cars.pct, cars.origin) == (D(1), D(2), D(50), "vehicles.csv")


def test_drive_that_is_not_known_leaves_the_count_open_and_names_the_vehicle() -> None:
    registers = Registers(2024, DAY, vehicles=[*CARS, *rows("vehicles", {"vehicle_id": "old"})])
    cars = of("electrified_cars", registers)
    assert (cars.numerator, cars.denominator, cars.pct) == (None, D(3), None)
    lacking = next(each for each in current(registers, [])[1] if each.code == "KP-03")
    assert lacking.data["shown"] == "old"


FACILITIES = rows(
    "facilities", *({"facility_id": key} for key in "abc"), {"facility_id": "d", "closed_on": date(2024, 4, 1)}
)
SURVEYS = rows(
    "surveys",
    {"facility_id": "a", "surveyed_on": date(2020, 4, 1), "pv_suitable": "no", "lighting": "other"},
    {"facility_id": "a", "surveyed_on": date(2024, 4, 1), "pv_suitable": "yes", "lighting": "led"},
    {"facility_id": "b", "surveyed_on": date(2024, 4, 1), "pv_suitable": "yes", "lighting": "part"},
    {"facility_id": "c", "surveyed_on": date(2024, 4, 1), "pv_suitable": "no", "lighting": "none"},
    {"facility_id": "d", "surveyed_on": date(2024, 4, 1), "pv_suitable": "yes", "lighting": "led"},
)
PLANTS = rows(
    "renewables",
    {"facility_id": "a", "kind": "pv", "installed_kw": D(10)},
    {"facility_id": "b", "kind": "pv", "planned_kw": D(20)},
    {"facility_id": "b", "kind": "battery", "installed_kw": D(5)},
    {"facility_id": "c", "kind": "pv", "installed_kw": D(3)},
)


def test_pv_and_led_come_from_the_latest_survey_of_facilities_in_use_and_from_the_plants() -> None:
    registers = Registers(2024, DAY, FACILITIES, renewables=PLANTS, surveys=SURVEYS)
    assert (of("pv_sites", registers).numerator, of("pv_sites", registers).denominator) == (D(1), D(2))
    assert (of("led", registers).numerator, of("led", registers).denominator) == (D(1), D(2))


def test_a_survey_that_leaves_a_building_open_is_named_and_an_older_answer_stands() -> None:
    again = rows("surveys", {"facility_id": "b", "surveyed_on": date(2025, 1, 1), "pv_suitable": "no"})
    registers = Registers(2024, DAY, FACILITIES, renewables=PLANTS, surveys=[*SURVEYS, *again])
    assert (of("led", registers).numerator, of("led", registers).denominator) == (D(1), D(2))
    assert (of("pv_sites", registers).numerator, of("pv_sites", registers).denominator) == (D(1), D(1))
    blank = rows("surveys", {"facility_id": "c", "surveyed_on": date(2024, 4, 1)})
    registers = Registers(2024, DAY, FACILITIES, surveys=[*SURVEYS[:3], *blank])
    for kpi in ("pv_sites", "led"):
        assert (of(kpi, registers).numerator, of(kpi, registers).denominator) == (None, None)
    lacking = [each.data["shown"] for each in current(registers, [])[1] if each.code == "KP-03"]
    assert lacking == ["c", "c"]


def test_plant_that_came_later_or_is_gone_does_not_count() -> None:
    later = rows(
        "renewables", {"facility_id": "a", "kind": "pv", "installed_kw": D(1), "installed_on": date(2025, 4, 1)}
    )
    gone = rows("renewables", {"facility_id": "a", "kind": "pv", "installed_kw": D(1), "removed_on": date(2025, 3, 31)})
    for plants in (later, gone):
        assert of("pv_sites", Registers(2024, DAY, FACILITIES, renewables=plants, surveys=SURVEYS)).numerator == 0


MIXES = rows(
    "power_mixes",
    {"supplier": "甲", "fiscal_year": 2024, "renewable_pct": D(20), "decarbonised_pct": D(30)},
    {"supplier": "甲", "menu": "緑", "fiscal_year": 2024, "renewable_pct": D(100)},
    {"supplier": "甲", "fiscal_year": 2023, "renewable_pct": D(90)},
)


def test_renewable_share_of_bought_electricity_is_weighed_by_the_kwh_of_each_menu_in_the_same_year() -> None:
    # 600 kWh x 20 % + 400 kWh x 100 % = 520 of 1,000 kWh.
    registers = Registers(2024, DAY, mixes=MIXES, bought={("甲", ""): D(600), ("甲", "緑"): D(400)})
    power = of("renewable_power", registers)
    assert (power.numerator, power.denominator, power.pct, power.missing) == (D(520), D(1000), D(52), D(80))


def test_menu_whose_mix_is_not_published_leaves_the_share_open() -> None:
    registers = Registers(2024, DAY, mixes=MIXES, bought={("甲", ""): D(600), ("甲", "緑"): D(400)})
    assert of("decarbonised_power", registers).numerator is None
    assert ("KP-03", "調達する電力の脱炭素電源の比率") in codes(registers)


def test_own_count_that_differs_from_the_registers_is_shown_and_doubted() -> None:
    registers = Registers(2024, DAY, FACILITIES, surveys=SURVEYS)
    assert of("led", registers, [STATED]).numerator == D(30)
    assert ("KP-04", "LED照明の導入割合") in codes(registers, [STATED])
    agreeing = {**STATED, "numerator": D(1), "denominator": D(2)}
    assert ("KP-04", "LED照明の導入割合") not in codes(registers, [agreeing])


def test_facilities_without_a_survey_are_in_neither_number_and_named() -> None:
    more = rows("facilities", {"facility_id": "e", "name": "北小学校"}, {"facility_id": "f"})
    registers = Registers(2024, DAY, [*FACILITIES, *more], renewables=PLANTS, surveys=SURVEYS)
    led = of("led", registers)
    # a, b, c are surveyed of a, b, c, e, f in use; d is closed; c has no lights.
    assert (led.numerator, led.denominator, led.reach.asked, led.reach.counted) == (D(1), D(2), 5, 3)
    assert led.counted_in == "surveys.csv（使っている施設 5 施設のうち 3 施設）"
    said = [each for each in current(registers, [])[1] if each.code == "KP-05"]
    assert [each.data["name"] for each in said] == ["太陽光発電の設置割合", "LED照明の導入割合"]
    assert "surveys.csv にない施設が 2 件あります（北小学校、f）" in said[1].message()
    whole = Registers(2024, DAY, FACILITIES, renewables=PLANTS, surveys=SURVEYS)
    assert of("led", whole).counted_in == "surveys.csv"
    assert "KP-05" not in {code for code, _ in codes(whole)}


def test_facility_that_counts_a_distance_and_holds_no_vehicle_is_named() -> None:
    held = [{**row, "facility_id": "a"} for row in CARS]
    registers = Registers(2024, DAY, FACILITIES, vehicles=held, driven={"a", "b"})
    cars = of("electrified_cars", registers)
    assert (cars.denominator, cars.reach.asked, cars.reach.counted, cars.reach.unasked) == (D(2), 2, 1, ("b",))
    assert ("KP-05", "公用車の電動車の割合") in codes(registers)
    assert ("KP-05", "公用車の電動車の割合") not in codes(Registers(2024, DAY, FACILITIES, vehicles=held, driven={"a"}))


def test_share_of_a_purchase_below_nothing_is_not_known() -> None:
    registers = Registers(2024, DAY, mixes=MIXES, bought={("甲", ""): D(-600), ("甲", "緑"): D(400)})
    assert of("renewable_power", registers).pct is None
    assert ("KP-01", "調達する電力の再エネ比率") in codes(registers)


def test_lines_of_kpis_that_cannot_be_used_are_told_and_left_aside() -> None:
    def line(kpi, numerator, denominator, fy=2024):
        told = {"numerator": None if numerator is None else D(numerator), "denominator": D(denominator)}
        return {"kpi": kpi, "fiscal_year": fy, "source": None, **told}

    rows = [
        line("pv_site", 1, 2), line("zeb", 0, 0), line("zeb", 1, 1), line("led", 257, 87), line("pv_sites", -1, 5),
        line("led", 9, 1, fy=2023),
    ]  # fmt: skip
    found, findings = current(Registers(2024, date(2025, 3, 31)), rows)
    told = [(one.code, one.data["kpi"]) for one in findings if one.code in ("KP-06", "KP-07", "KP-08")]
    assert told == [("KP-06", "pv_site"), ("KP-07", "zeb"), ("KP-08", "led"), ("KP-08", "pv_sites")]
    values = {one.aim.kpi: (one.numerator, one.denominator) for one in found}
    assert (values["zeb"], values["led"]) == ((0, 0), (None, None))
    assert "zeb" not in {one.data.get("kpi") for one in findings if one.code == "KP-01"}
