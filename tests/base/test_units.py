from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu import units
from kotsukotsu.errors import UnitError

ALL = units.all_units()


@pytest.mark.parametrize("unit", ALL, ids=lambda unit: unit.unit)
def test_every_unit_is_found_by_its_name_and_converts_to_itself(unit):
    assert units.find(unit.unit) == units.find(unit.name_ja) == unit
    assert units.ratio(unit.unit, unit.unit) == 1
    assert unit.source


def test_every_dimension_has_one_base_unit():
    for dimension in {unit.dimension for unit in ALL}:
        bases = [unit.unit for unit in ALL if unit.dimension == dimension and unit.ratio == 1]
        assert len(bases) == 1 or dimension == "area_year", (dimension, bases)


def test_ratios_there_and_back_are_exact():
    for one in ALL:
        for other in ALL:
            if one.dimension == other.dimension:
                assert units.ratio(one.unit, other.unit) * units.ratio(other.unit, one.unit) == 1


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("㎥", "m3"),
        ("ｋＷｈ", "kWh"),
        ("千ＫＷＨ", "千kWh"),
        ("㍑", "L"),
        ("1,000kWh", "千kWh"),
        ("N㎥", "Nm3"),
        (" kL ", "kL"),
    ],
)
def test_a_unit_is_known_however_an_office_writes_it(written, unit):
    assert units.find(written).unit == unit


@pytest.mark.parametrize("name", ["", "樽", "kWh/m2", "k", "M3N2"])
def test_an_unknown_unit_is_an_error_by_its_name(name):
    with pytest.raises(UnitError) as error:
        units.find(name)
    assert (error.value.code, error.value.data) == ("U-01", {"unit": name})
    assert not units.is_known(name)


@pytest.mark.parametrize(("one", "other"), [("kWh", "GJ"), ("m3", "Nm3"), ("L", "m3"), ("kg", "L"), ("m2", "m2_year")])
def test_units_of_different_kinds_never_convert(one, other):
    with pytest.raises(UnitError) as error:
        units.ratio(one, other)
    assert error.value.code == "U-02"
    assert not units.same_dimension(one, other)


def test_mega_and_milli_are_not_confused():
    assert units.ratio("MWh", "kWh") == Decimal(1000)
    with pytest.raises(UnitError):
        units.find("mWs")
