"""A name as a person writes it becomes one supplier, or none and a hint."""

import pytest

from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.suppliers import Names

CATALOGUE = load()
ELECTRICITY = Names(CATALOGUE, "electricity")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A0267", "A0267"),
        ("ａ０２６７", "A0267"),
        ("北海道電力", "A0267"),
        ("北海道電力㈱", "A0267"),
        ("北海道電力株式会社", "A0267"),
        (" 北海道電力 (株) ", "A0267"),
        ("東京電力", "A0269"),
        ("東京電力エナジーパートナー", "A0269"),
        ("中部電力", "A0270"),
        ("大阪ガス", "A0048"),
        ("（株）Ｌｏｏｏｐ", "A0021"),
        ("代替値", "substitute"),
        ("東京電力パワーグリッド(株)", "grid-03"),
        ("沖縄電力", "A0276"),
        ("日本瓦斯(株)(日本ガス(株))", "A0190"),
        ("日本瓦斯(株)", "A0440"),
    ],
)
def test_name_is_resolved(written: str, expected: str) -> None:
    assert expected == ELECTRICITY.resolve(written).supplier_id


@pytest.mark.parametrize("written", ["", "全国平均係数", "存在しない電力", "電力", "日本ガス"])
def test_name_that_fits_none_or_several_is_none(written: str) -> None:
    assert ELECTRICITY.resolve(written).supplier_id is None


def test_near_names_are_offered() -> None:
    assert "A0267" in ELECTRICITY.resolve("北海道電力（北電）").candidates
    assert set(ELECTRICITY.resolve("日本ガス").candidates) >= {"A0190"}
    assert ELECTRICITY.resolve("").candidates == ()


def test_gas_and_heat_have_their_own_suppliers() -> None:
    assert Names(CATALOGUE, "city_gas").resolve("北海道瓦斯株式会社").supplier_id == "G-B0002"
    assert Names(CATALOGUE, "heat").resolve("丸の内熱供給").supplier_id == "H-006"
    assert Names(CATALOGUE, "city_gas").resolve("代替値").supplier_id == "substitute"
    assert Names(CATALOGUE, "city_gas").resolve("北海道電力").supplier_id is None
    assert Names(CATALOGUE, "fuel").resolve("北海道電力").supplier_id is None


@pytest.mark.parametrize("group", ["electricity", "city_gas", "heat"])
def test_every_supplier_is_found_by_its_printed_name_id_and_aliases(group: str) -> None:
    kinds = {"electricity": {"electricity", "grid"}, "city_gas": {"gas"}, "heat": {"heat"}}[group]
    names = Names(CATALOGUE, group)
    for row in CATALOGUE.suppliers.values():
        if row.kind in kinds:
            for written in (row.supplier_id, row.name, *row.aliases):
                assert row.supplier_id == names.resolve(written).supplier_id, written
