"""The shipped data against digits typed by hand from the publications."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu import texts
from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.model import Factor

CATALOGUE = load()
FACTORS = {factor.factor_id: factor for factor in CATALOGUE.factors}
with (Path(__file__).parent / "published.csv").open(encoding="utf-8", newline="") as file:
    PUBLISHED = list(csv.DictReader(file))


@pytest.mark.parametrize("expected", PUBLISHED, ids=[row["factor_id"] for row in PUBLISHED])
def test_published_factor_has_its_digits_dates_and_status(expected: dict[str, str]) -> None:
    factor = FACTORS[expected["factor_id"]]
    found = {name: "" if (cell := getattr(factor, name)) is None else str(cell) for name in expected}
    assert expected == found


def _of(**wanted: str) -> list[Factor]:
    return [row for row in CATALOGUE.factors if all(getattr(row, name) == value for name, value in wanted.items())]


@pytest.mark.parametrize(
    ("gas", "name", "value"),
    [
        ("CH4", "SAR", 21),
        ("CH4", "AR4", 25),
        ("CH4", "AR5", 28),
        ("N2O", "SAR", 310),
        ("N2O", "AR4", 298),
        ("N2O", "AR5", 265),
        ("HFC-134a", "AR5", 1300),
        ("SF6", "AR4", 22800),
        ("SF6", "AR5", 23500),
    ],
)
def test_gwp_sets_are_the_same_in_both_regimes(gas: str, name: str, value: int) -> None:
    found = [(row.regime, int(row.value)) for row in CATALOGUE.gwps if (row.gas, row.set) == (gas, name)]
    assert [("sekorei3", value), ("shk", value)] == sorted(found)


def test_gwp_sets_change_a_year_earlier_in_the_order_than_in_the_decree() -> None:
    starts = {(row.regime, row.set): row.valid_from.year for row in CATALOGUE.gwps if row.gas == "CH4"}
    assert starts["sekorei3", "AR4"] == starts["shk", "AR4"] == 2015
    assert (starts["sekorei3", "AR5"], starts["shk", "AR5"]) == (2024, 2023)


def test_nf3_is_outside_the_total_of_the_office_plan_only() -> None:
    outside = {(row.regime, row.gas) for row in CATALOGUE.gwps if not row.in_total}
    assert outside == {("sekorei3", "NF3")}


def test_all_511_retailers_of_the_list_are_there_with_both_kinds() -> None:
    listed = [row for row in _of(item="electricity", source="denki-r6") if row.supplier.startswith("A")]
    assert len({row.supplier for row in listed}) == 511
    assert len(listed) == 2 * 1283


def test_31_retailers_without_a_residual_menu_are_named_and_nothing_is_invented_for_them() -> None:
    named = {row.supplier_id for row in CATALOGUE.suppliers.values() if "残差メニューの印字なし" in row.note}
    residual = {row.supplier for row in CATALOGUE.factors if "残差" in row.menu and row.source_fy == 2024}
    assert len(named) == 31
    assert not named & residual


def test_a_marked_value_belongs_to_its_retailer_alone() -> None:
    marked = [row for row in CATALOGUE.factors if "※" in row.note and row.kind == "basic"]
    assert len(marked) == 26
    assert {str(row.value) for row in marked} == {"0.000422"}
    assert all(row.supplier.startswith("A") for row in marked)


def test_one_printed_value_serves_both_kinds_only_for_values_named_in_a_contract() -> None:
    assert {row.supplier for row in _of(kind="any")} == {"substitute", "national-average"}


def test_default_of_city_gas_needs_a_contract_from_the_year_when_suppliers_count() -> None:
    generic = [row for row in _of(item="city_gas", supplier="", kind="") if row.valid_to is None]
    assert generic == []


def test_boiler_is_a_known_use_without_gases_for_fuels_the_decree_leaves_out() -> None:
    assert CATALOGUE.uses["kerosene", "boiler"] == ()
    assert CATALOGUE.uses["kerosene", "household"] == ("CH4", "N2O")
    assert CATALOGUE.uses["heavy_oil_bc", "boiler"] == ("N2O",)
    assert CATALOGUE.uses["wood", "boiler"] == ("CH4", "N2O")


def test_lpg_density_is_never_a_default() -> None:
    lpg = [(str(row.value), row.default) for row in CATALOGUE.conversions if row.item == "lpg"]
    assert lpg == [("2.183", False), ("1.99", False)]


def test_gas_volume_at_25_degrees_follows_its_formula_to_ten_digits() -> None:
    row = next(row for row in CATALOGUE.conversions if row.conversion_id == "city_gas.nm3_to_25degc")
    exact = Decimal("298.15") / Decimal("273.15") * Decimal("101.325") / 100
    assert row.value == exact.quantize(Decimal("0.000000001"))


def test_records_have_no_gas_and_emissions_have_one() -> None:
    for item in CATALOGUE.items.values():
        assert bool(item.gases) == (item.counts == "emission"), item.item


def test_break_of_the_basic_factor_is_a_dated_row() -> None:
    assert [(row.series, row.from_fy) for row in CATALOGUE.breaks] == [("electricity.basic", 2023)]


def test_energy_act_values_are_data() -> None:
    numbers = {row.key: str(row.value) for row in CATALOGUE.energy_act}
    assert numbers == {
        "crude_oil_equiv": "0.0258",
        "nonfossil_0.8": "0.8",
        "nonfossil_1.2": "1.2",
        "threshold_1500": "1500",
    }


def test_electricity_has_three_old_primary_energy_factors_and_one_new() -> None:
    found = {
        (row.kind, str(row.value), row.valid_from.year)
        for row in CATALOGUE.heat_values
        if (row.item, row.regime) == ("electricity", "energy_act")
    }
    assert found == {("day", "9.97", 2006), ("night", "9.28", 2006), ("other", "9.76", 2006), ("", "8.64", 2023)}


def test_a_range_of_the_national_plan_is_two_values() -> None:
    plan = {row.key: row for row in CATALOGUE.national_plan}
    assert (plan["2025.industry.2040pct"].value, plan["2025.industry.2040pct"].value_high) == (57, 61)
    assert (plan["2021.sink.2030"].value, plan["2021.sink.2030"].value_high) == (Decimal("-47.7"), None)
    assert plan["2021.total.2013"].value != plan["2025.total.2013"].value


def test_every_source_of_the_retailers_list_names_its_terms() -> None:
    note = CATALOGUE.sources["denki-r6"].note
    assert "公共データ利用規約1.0" in note
    assert "環境省・経済産業省「温室効果ガス排出量 算定・報告・公表制度」を加工" in note


def test_no_cell_names_a_path_or_the_people_who_collected_it() -> None:
    for row in (*CATALOGUE.factors, *CATALOGUE.heat_values, *CATALOGUE.gwps, *CATALOGUE.sources.values()):
        words = f"{getattr(row, 'locator', '')} {row.note}"
        assert "/work/" not in words
        assert "brief" not in words


def test_texts_of_the_catalogue_speak_both_languages() -> None:
    for code, entry in texts.entries().items():
        if code.startswith(("CA-", "UP-")):
            assert all(entry.says.values()), code
            assert all(entry.do.values()), code
