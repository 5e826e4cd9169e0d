"""Floor area and other bases: the effect of scale, and 原単位 with its five-year average."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kotsukotsu.analysis.bases import base_driver, floor_area, units
from kotsukotsu.periods import FiscalYear

PLACES = [("f1", "electricity"), ("f1", "kerosene"), ("f2", "electricity")]


def row(facility, fy, value, base="延床面積"):
    return {"facility_id": facility, "fiscal_year": fy, "base": base, "value": Decimal(value), "unit": "m2"}


def codes(findings):
    return [finding.code for finding in findings]


def test_a_facility_with_both_years_drives_all_its_items():
    found, findings = base_driver([row("f1", 2022, 100), row("f1", 2023, 120)], "延床面積", PLACES, 2022, 2023)
    both = (Decimal(100), Decimal(120))
    assert (found, findings) == ({("f1", "electricity"): both, ("f1", "kerosene"): both}, [])


def test_one_of_the_years_is_not_enough_and_said():
    found, findings = base_driver([row("f1", 2022, 100)], "延床面積", PLACES, 2022, 2023)
    assert (found, codes(findings)) == ({}, ["AN-12"])


def test_a_base_that_nobody_has_is_said():
    assert codes(base_driver([row("f1", 2022, 100)], "利用者数", PLACES, 2022, 2023)[1]) == ["AN-11"]


def test_two_values_of_a_year_count_neither_and_the_same_value_twice_is_one():
    twice = [row("f1", 2022, 100), row("f1", 2022, 101), row("f1", 2023, 120)]
    assert codes(base_driver(twice, "延床面積", PLACES, 2022, 2023)[1]) == ["AN-13", "AN-12"]
    same = [row("f1", 2022, 100), row("f1", 2022, 100), row("f1", 2023, 120)]
    assert codes(base_driver(same, "延床面積", PLACES, 2022, 2023)[1]) == []


def building(area, opened=None, closed=None):
    return {"floor_area_m2": None if area is None else Decimal(area), "opened_on": opened, "closed_on": closed}


def test_the_floor_area_of_a_year_is_that_of_its_last_day():
    rows = [
        building(100), building(None), building(10, opened=date(2024, 3, 31)), building(20, opened=date(2024, 4, 1)),
        building(40, closed=date(2024, 3, 31)), building(80, closed=date(2024, 4, 1)),
    ]  # fmt: skip
    assert floor_area(rows, FiscalYear(2023)) == 190


def test_the_energy_per_floor_area_and_per_a_base_of_the_city_have_each_their_average():
    # 100 kL a year; the area doubles in the last year, the visitors stay: fourth root of a half is 84.1 %.
    energy = dict.fromkeys(range(2020, 2025), Decimal(100))
    buildings = [building(50), building(50, opened=date(2024, 4, 1))]
    rows = [row("", fy, 1000, "利用者数") for fy in energy]
    (area, visitors), findings = units(rows, buildings, energy, 2024)
    assert (area.base, area.found.printed, area.denominator[2024]) == ("", Decimal("84.1"), 100)
    assert (visitors.base, visitors.found.printed, findings) == ("利用者数", Decimal("100.0"), [])


def test_a_year_without_energy_leaves_no_average_and_is_said_once():
    energy = dict.fromkeys(range(2021, 2025), Decimal(100))
    (area,), findings = units([], [building(50)], energy, 2024)
    assert (area.found, codes(findings), findings[0].data) == (None, ["AN-06"], {"fiscal_year": 2020})
