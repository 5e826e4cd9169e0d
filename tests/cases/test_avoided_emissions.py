"""Emission avoided by own generation: Mizuho (Tōkyō, FY2025, monthly) and Kyōto's water works (FY2012).

Own generation has no emission of its own; what it avoids is what the same kWh would have emitted if bought.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.base.town import Town
from tests.cases.published import case, figures, number, rounding

MIZUHO, KYOTO = case("13"), case("16")
APRIL = "2025-04"


def mizuho(path, method):
    town = Town(path / "town")
    town.municipality["base_fy"] = 2025
    town.policy = [rounding("kg", 1, method)]
    town.own("electricity", MIZUHO["rows"][0]["factor_printed"])
    for row in MIZUHO["rows"]:
        town.month("electricity", row["month"], number(row["quantity_as_printed"]))
    return {month: mass for (month,), (mass, _) in figures(town, 2025, "month").items()}


@pytest.fixture(scope="module")
def half_up(tmp_path_factory):
    return mizuho(tmp_path_factory.mktemp("case13"), "half-up")


@pytest.mark.parametrize("row", MIZUHO["rows"][1:], ids=lambda row: row["month"])
def test_five_months_of_mizuho_are_as_printed(row, half_up):
    assert half_up[row["month"]] == number(row["emission_as_printed"])


def test_april_of_mizuho_is_printed_a_tenth_too_low(half_up):
    # 7,422.6 kWh x 0.5335 = 3,959.9571 kg, which rounds to 3,960.0; the page has 3,959.9.
    assert half_up[APRIL] == Decimal("3960.0")
    assert half_up[APRIL] - number(MIZUHO["rows"][0]["emission_as_printed"]) == Decimal("0.1")


def test_truncation_gives_mizuhos_april_but_not_all_other_months(tmp_path):
    truncated = mizuho(tmp_path, "truncate")
    right = [row["month"] for row in MIZUHO["rows"] if truncated[row["month"]] == number(row["emission_as_printed"])]
    assert right == ["2025-04", "2025-06", "2025-07", "2025-09"]


def test_kyotos_water_works_are_as_printed(town):
    town.municipality["base_fy"] = 2012
    town.policy = [rounding("t", 1)]
    town.own("electricity", "0.356")
    for number_of, row in enumerate(KYOTO["rows"]):
        town.facility(f"k{number_of}", row["activity_ja"])
        town.year("electricity", 2012, number(row["quantity_as_printed"]), facility_id=f"k{number_of}")
    printed = figures(town, 2012, "facility")
    for number_of, row in enumerate(KYOTO["rows"]):
        assert printed[(f"k{number_of}",)][0] == number(row["emission_as_printed"])


def test_own_generation_itself_is_recorded_without_emission(town):
    town.municipality["base_fy"] = 2025
    town.year("gasoline", 2025, 0)
    town.year("electricity_own", 2025, number("7,422.6"))
    assert town.total(2025) == 0
