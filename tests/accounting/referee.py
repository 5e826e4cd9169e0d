"""The inventory once more, as a plain loop over rows written from the law's tables; no code of the library's own.

One city, `month_of = "end"`, no shares, no corrections: kg per unit, by item and gas, and warming potentials.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

# 施行令第3条第1項・別表第1（平成22年〜）; heating stoves 別表; vehicles; sewage
FUELS = {"gasoline": "2.32", "kerosene": "2.49", "diesel": "2.58", "heavy_oil_a": "2.71", "lpg": "3.00"}
OTHERS = {
    ("kerosene", "household"): {"CH4": "0.000348650", "N2O": "0.000020919"},
    ("lpg", "household"): {"CH4": "0.000228600", "N2O": "0.000004572"},
    ("distance_gasoline_passenger", ""): {"CH4": "0.000010", "N2O": "0.000029"},
    ("sewage", ""): {"CH4": "0.00088", "N2O": "0.00016"},
    ("car_air_conditioner", ""): {"HFC-134a": "0.010"},
}
ELECTRICITY = {2013: "0.688", 2014: "0.678"}  # 北海道電力, results of FY2012 and FY2013
GWP = {2013: {"CH4": 21, "N2O": 310, "HFC-134a": 1300}, 2014: {"CH4": 21, "N2O": 310, "HFC-134a": 1300}}
UNITS = {"kL": 1000, "千kWh": 1000, "t": 1000}


def year_of(day: date) -> int:
    return day.year if day.month > 3 else day.year - 1


def co2e(rows: list[dict], fy: int) -> dict[tuple[str, str, str], Decimal]:
    """Tonnes CO2e by facility, item and gas."""
    found: dict[tuple[str, str, str], Decimal] = {}
    for row in rows:
        last = date.fromisoformat(row["end"]) - timedelta(days=1)
        if row["quantity"] is None or year_of(last) != fy:
            continue
        factors = dict(OTHERS.get((row["item"], row.get("use") or ""), {}))
        if row["item"] in FUELS:
            factors["CO2"] = FUELS[row["item"]]
        if row["item"] == "electricity":
            factors["CO2"] = ELECTRICITY[fy]
        for gas, factor in factors.items():
            amount = Decimal(str(row["quantity"])) * UNITS.get(row["unit"], 1) * Decimal(factor) / 1000
            key = row["facility_id"], row["item"], gas
            found[key] = found.get(key, Decimal(0)) + amount * GWP[fy].get(gas, 1)
    return found
