"""The real catalogue as the benchmark uses it: whose factor exists in which year, and the same factors as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.in_force import BOTH, Demand, Law
from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.model import Factor
from kotsukotsu.catalogue.policy import Policy

POLICY = Policy()
YEARS = range(2013, 2025)
NO_END = date(2200, 1, 1)  # what a pandas timestamp can hold
ITEMS = {  # the units that bills of an item are in
    "electricity": ("kWh", "MWh"),
    "city_gas": ("m3",),
    "kerosene": ("L",),
    "heavy_oil_a": ("L", "kL"),
    "gasoline": ("L",),
}
RETAILERS = ("A0267", "A0268", "A0269", "A0270", "A0271", "A0272", "A0273", "A0274", "A0275", "A0276")
SUPPLIERS = {"city_gas": ("", "G-13A")}  # "" where the decree's one value served everyone


@dataclass(frozen=True)
class Contract:
    """Who supplies an item in a fiscal year to facilities of a class, and the unit of the bills."""

    kind: int
    item: str
    fy: int
    supplier: str
    menu: str
    unit: str


@dataclass(frozen=True)
class Published:
    """A factor of the catalogue per unit of the bill. [t/unit]"""

    item: str
    supplier: str
    menu: str
    unit: str
    start: date
    end: date
    tonnes: Decimal


@cache
def law() -> Law:
    return Law(load())


@cache
def contracts() -> list[Contract]:
    """Ten classes of facilities; where a retailer's value of the year is not at hand, the substitute value is named."""
    return [
        Contract(kind, item, fy, _supplier(kind, item, fy), "", names[kind % len(names) if kind in (0, 5) else 0])
        for kind in range(len(RETAILERS))
        for item, names in ITEMS.items()
        for fy in YEARS
    ]


def _supplier(kind: int, item: str, fy: int) -> str:
    wanted = (RETAILERS[kind], "substitute") if item == "electricity" else SUPPLIERS.get(item, ("",))
    for supplier in wanted:
        if len(law().in_force(Demand(item, "", supplier, "", fy, None), "CO2", POLICY)) == 1:
            return supplier
    raise LookupError(f"{item} {fy}")


def published() -> list[Published]:
    """All factors of the catalogue for these items that the policy may use, for the engines that know no law."""
    return [
        Published(row.item, row.supplier, row.menu, unit, row.valid_from, row.valid_to or NO_END, _per_unit(row, unit))
        for row in law().catalogue.factors
        if row.item in ITEMS and row.gas == "CO2" and _usable(row)
        for unit in ITEMS[row.item]
    ]


def _per_unit(row: Factor, unit: str) -> Decimal:
    thirds = exact.product(row.thirds, units.ratio(unit, law().catalogue.items[row.item].unit))
    return exact.exact_quotient(thirds, Decimal(3))


def _usable(row: Factor) -> bool:
    kinds = (POLICY.electricity_kind, "any") if row.supplier else ("",)
    return row.regime in (POLICY.regime, BOTH) and row.family in ("", POLICY.fuel_factors) and row.kind in kinds
