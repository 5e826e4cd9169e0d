"""A city's registers for its KPIs, and the electricity it bought in a year."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.planning.effects import ELECTRICITY
from kotsukotsu.planning.kpis import Kpi, current
from kotsukotsu.planning.registers import Contract, Registers
from kotsukotsu.schema.city import City

DISTANCE = "distance_"  # how the items of distances driven begin (schema ``vehicles``)


def kpis_of(city: City, fy: int, inventory: Inventory | None) -> tuple[list[Kpi], list[Finding]]:
    """Every aim with the value of a fiscal year; without an inventory nothing is known of the electricity bought."""
    return current(registers_of(city, fy, inventory), city.table("kpis"))


def registers_of(city: City, fy: int, inventory: Inventory | None) -> Registers:
    """The registers on the last day of a fiscal year."""
    return Registers(
        fiscal_year=fy,
        on=last_day(FiscalYear(fy).end),
        facilities=city.table("facilities"),
        vehicles=city.table("vehicles"),
        renewables=city.table("renewables"),
        surveys=city.table("surveys"),
        mixes=city.table("power_mixes"),
        bought={} if inventory is None else _bought(inventory),
        driven=frozenset() if inventory is None else _driven(inventory),
    )


def _driven(inventory: Inventory) -> frozenset[str]:
    """Facilities with a distance driven by cars."""
    rows = inventory.rows(("facility", "item"))
    return frozenset(row.keys["facility"] for row in rows if row.keys["item"].startswith(DISTANCE) and row.quantity)


def _bought(inventory: Inventory) -> dict[Contract, Decimal]:
    """Electricity bought by supplier and menu; a contract without a supplier stands under its own empty name. [kWh]"""
    found: dict[Contract, list[Decimal]] = {}
    for line in inventory.lines:
        if line.item == ELECTRICITY and line.gas == "CO2":
            found.setdefault((line.group.supplier, line.group.menu), []).append(line.amount)
    return {key: exact.total(parts) for key, parts in found.items()}
