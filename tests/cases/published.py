"""Cases published by real cities (tests/cases/data), each row as a facility of its own in a small city folder."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.base.town import Town

DATA = Path(__file__).parent / "data"
ITEMS = {
    "electricity": "electricity", "heavy_oil_a": "heavy_oil_a", "gasoline": "gasoline", "diesel": "diesel",
    "kerosene": "kerosene", "lpg_kg": "lpg", "mixed_oil": "gasoline", "nitrous_oxide_anaesthetic": "n2o_anaesthetic",
    "car_ac_hfc134a": "car_air_conditioner", "sewage_treatment_plant": "sewage", "city_gas": "city_gas",
    "septic_or_rural_sewage_persons": "septic_tank", "vehicle_km": "distance_gasoline_passenger",
    "cng": "natural_gas", "pv_generation_ac": "electricity", "pv_generation": "electricity",
    "hydro_generation": "electricity", "lpg_m3": "lpg", "lpg_household_combustion": "lpg", "lpg": "lpg",
}  # fmt: skip


def case(name: str) -> dict[str, Any]:
    """A case as published; numbers as decimals."""
    path = next(DATA.glob(f"{name}_*.json"))
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def number(text: str) -> Decimal:
    """A printed number: 1,787,729.04."""
    return Decimal(text.replace(",", ""))


def item(row: dict[str, Any]) -> str:
    return ITEMS[row["activity_key_guess"]]


def figures(town: Town, fy: int, *by: str) -> dict[tuple[str, ...], tuple[Decimal, Decimal]]:
    """The figures of an inventory as its policy prints them: mass of the gas, and CO2e."""
    result = town.inventory(fy, by_month="month" in by)
    return {
        tuple(row.keys.values()): (result.printed_total([row.tonnes]), result.printed_total([row.tonnes_co2e]))
        for row in result.rows(by)
    }


def rounding(unit: str, digits: int, method: str = "half-up") -> str:
    return f'rounding = {{ unit = "{unit}", digits = {digits}, method = "{method}" }}'
