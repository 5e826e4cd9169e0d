"""Energy by the Energy Act: heat of each item, crude oil = GJ x 0.0258."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.accounting.energy import energy

DAY = ['heat = { electricity = "day", city_gas = "other" }']


def found(town, fy):
    session = town.session()
    return energy(session.city, session.law, fy, session.groups(fy))


def gigajoules(town, fy):
    lines, findings = found(town, fy)
    assert findings == []
    return {line.group.item: line.heat_gj for line in lines}


@pytest.mark.parametrize(("fy", "expected"), [(2022, "9.97"), (2023, "8.64")])
def test_electricity_changed_its_heat_value_in_fy2023(town, fy, expected):
    town.policy = DAY
    town.year("electricity", fy, 1, unit="千kWh")
    assert gigajoules(town, fy) == {"electricity": Decimal(expected)}


def test_before_fy2023_the_kind_of_electricity_must_be_chosen(town):
    town.year("electricity", 2022, 1000)
    lines, findings = found(town, 2022)
    assert (lines, [finding.code for finding in findings]) == ([], ["A-14"])


@pytest.mark.parametrize(
    ("item", "unit", "fy", "expected"),
    [
        ("gasoline", "kL", 2022, "34.6"), ("gasoline", "kL", 2023, "33.4"), ("kerosene", "kL", 2023, "36.5"),
        ("lpg", "t", 2022, "50.8"), ("lpg", "t", 2023, "50.1"), ("wood", "t", 2023, "13.2"),
        ("city_gas", "千m3", 2023, "45"), ("heat", "GJ", 2022, "1.36"), ("heat", "GJ", 2023, "1.19"),
        ("electricity_own", "千kWh", 2023, "3.6"),
    ],
)  # fmt: skip
def test_heat_of_one_unit(town, item, unit, fy, expected):
    town.policy = DAY
    town.year(item, fy, 1, unit=unit)
    assert gigajoules(town, fy) == {item: Decimal(expected)}


def test_crude_oil_is_heat_times_0_0258(town):
    town.year("gasoline", 2023, 1000, unit="kL")
    (line,), _ = found(town, 2023)
    assert line.crude_oil_kl == 1000 * Decimal("33.4") * Decimal("0.0258")


def test_power_sold_certificates_distance_and_waste_are_no_energy_used(town):
    town.year("electricity_sold", 2023, 1000)
    town.year("non_fossil_certificate", 2023, 1000, unit="kWh")
    town.year("distance_gasoline_passenger", 2023, 1000)
    town.year("sewage", 2023, 1000, unit="m3")
    assert gigajoules(town, 2023) == {}


def codes(town, fy):
    return [finding.code for finding in found(town, fy)[1]]


def test_a_year_without_rows_has_no_energy_of_zero(town):
    town.year("gasoline", 2013, 1)
    assert codes(town, 2020) == ["A-11"]


def test_a_missing_quantity_is_said(town):
    town.year("gasoline", 2023, None)
    town.year("gasoline", 2023, 1000)
    assert codes(town, 2023) == ["A-15"]


def test_contracts_that_would_count_energy_twice_are_refused(town):
    town.contract("甲電力")
    town.contract("乙電力")
    town.year("electricity", 2023, 1000)
    assert codes(town, 2023) == ["A-12"]


def test_shares_of_a_meter_do_not_multiply_energy(town):
    town.facility("f2", "図書館")
    for to, share in (("f1", "0.6"), ("f2", "0.4")):
        town.add("apportionments", facility_id="f1", item="electricity", to_facility_id=to, share=share)
    town.year("electricity", 2023, 1000)
    lines, _ = found(town, 2023)
    assert sum(line.heat_gj for line in lines) == Decimal("8.64")


def test_what_became_energy_in_fy2023_is_said_to_be_left_out_before(town):
    """令和4年改正（2023年4月1日施行）: own solar power and wood were no energy of the Act before."""
    town.policy = DAY
    for item, unit in (("electricity_own", "千kWh"), ("wood", "t"), ("electricity", "千kWh")):
        town.year(item, 2022, 1, unit=unit)
    lines, findings = found(town, 2022)
    assert [line.group.item for line in lines] == ["electricity"]
    assert sorted((one.code, one.data["item"]) for one in findings) == [
        ("A-26", "木材"), ("A-26", "自家発電の自家消費（太陽光など）"),
    ]  # fmt: skip


def test_the_intensity_counts_non_fossil_fuels_by_eight_tenths(town):
    town.policy = DAY
    town.year("wood", 2023, 1, unit="t")
    town.year("electricity_own", 2023, 1, unit="千kWh")
    counted = {line.group.item: line.intensity_kl / line.crude_oil_kl for line in found(town, 2023)[0]}
    assert counted == {"wood": Decimal("0.8"), "electricity_own": Decimal(1)}


def test_a_year_is_computed_by_the_rules_of_another(town):
    town.policy = DAY
    town.year("electricity", 2023, 1, unit="千kWh")
    town.year("wood", 2023, 1, unit="t")
    session = town.session()
    lines, _ = energy(session.city, session.law, 2023, session.groups(2023), 2022)
    assert {line.group.item: line.heat_gj for line in lines} == {"electricity": Decimal("9.97")}
