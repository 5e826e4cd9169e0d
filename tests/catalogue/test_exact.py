"""Amounts per base unit are exact products; the division by three is left to the figure."""

from datetime import date
from decimal import Decimal, Inexact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.catalogue.exact import factor_thirds, per_item, product
from kotsukotsu.catalogue.load import load

CATALOGUE = load()
FACTORS = {factor.factor_id: factor for factor in CATALOGUE.factors}


@pytest.mark.parametrize(
    ("factor_id", "working"),
    [
        ("gasoline.sekorei3.2010", Decimal(3) * Decimal("2.32") / 1000),
        ("kerosene.shk.2023", Decimal(3) * Decimal("2.50") / 1000),
        ("A0267.2013.basic", Decimal(3) * Decimal("0.000678")),
        ("city_gas.sekorei3.2010", Decimal(3) * Decimal("2.23") / 1000),
        ("city_gas.shk.2023", Decimal(3) * Decimal("2.05") / 1000),
        ("heat.shk.2023", Decimal(3) * Decimal("0.0532") / 1000),
        ("kerosene.sekorei3.2010.exact", Decimal("36.7") * Decimal("0.0185") * 11 / 1000),
        ("lpg.shk.2023.exact", Decimal("50.1") * Decimal("0.0163") * 11 / 1000),
        ("city_gas.shk.2023.exact", Decimal("40.0") * Decimal("0.0140") * 11 / 1000),
        ("city_gas.sekorei3.2010.exact", Decimal("44.8") * Decimal("0.0136") * 11 / 1000),
        ("other.sf6_switchgear_use", Decimal(3) * Decimal("0.001") / 1000),
    ],
)
def test_thirds_are_three_times_the_tonnes_per_base_unit(factor_id: str, working: Decimal) -> None:
    assert working == FACTORS[factor_id].thirds


def test_every_factor_but_the_zeros_has_thirds_and_no_negative_one() -> None:
    for factor in CATALOGUE.factors:
        assert (factor.thirds > 0) == (factor.value > 0), factor.factor_id


def test_exact_family_is_shown_rounded_but_kept_unrounded() -> None:
    kerosene = FACTORS["kerosene.sekorei3.2010.exact"]
    assert (str(kerosene.value), kerosene.status) == ("2.489483", "derived")
    assert kerosene.thirds / 3 != kerosene.value / 1000


def test_exact_factor_of_an_uncertain_carbon_content_is_not_called_derived() -> None:
    assert FACTORS["city_gas.sekorei3.2010.exact"].status == "number-confirmed"


def test_factor_at_standard_state_rests_on_a_named_conversion() -> None:
    assert FACTORS["city_gas.sekorei3.2010"].conversion == "city_gas.metered_as_nm3"
    assert FACTORS["city_gas.shk.2023"].conversion == ""


def test_product_refuses_to_round() -> None:
    with pytest.raises(Inexact):
        product(Decimal("1." + "1" * 40), Decimal("1." + "1" * 40))


def test_lpg_in_cubic_metres_has_no_default_way_to_kilograms() -> None:
    assert per_item("m3", "kg", "lpg", date(2024, 4, 1), CATALOGUE.conversions) is None


@given(st.decimals(min_value=0, max_value=1000, places=9))
def test_thirds_are_linear_in_the_factor_without_rounding(value: Decimal) -> None:
    assert factor_thirds(value, "kg", Decimal("0.001")) * 1_000_000 == value * 3
