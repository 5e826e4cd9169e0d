"""What each facility uses in a year and what that emits, as measures work on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.energy import energy, heat_of_unit
from kotsukotsu.accounting.inventory import Inventory, InventoryRow
from kotsukotsu.accounting.picks import pick
from kotsukotsu.catalogue.in_force import Demand
from kotsukotsu.planning.effects import ELECTRICITY, Site
from kotsukotsu.planning.measures import library
from kotsukotsu.sessions.session import Session
from kotsukotsu.units import ratio

# What a kWh is (1 kW x 3600 s); units.csv keeps electricity and heat apart.
MJ_PER_KWH = Decimal("3.6")
Burnt = dict[tuple[str, str], Decimal]
Factors = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Sites:
    """The facilities of a year; the attributes are those of `effects.Site`, by facility but for `heat`."""

    use: Mapping[str, Mapping[str, Decimal]]
    factors: Mapping[str, Mapping[str, Decimal]]
    heat: Mapping[str, Decimal]
    burnt: Mapping[str, Mapping[tuple[str, str], Decimal]]

    def at(self, facility: str) -> Site:
        """One facility before any measure."""
        return Site(self.use[facility], self.factors[facility], self.heat, {}, self.burnt[facility])


def sites_of(session: Session, inventory: Inventory) -> Sites:
    """Use of each facility and item, and what a unit emits, all gases; items it lacks have the city's mean."""
    use: dict[str, dict[str, Decimal]] = {}
    own: dict[str, Factors] = {}
    for row in inventory.rows(("facility", "item")):
        if row.quantity:
            facility, item = row.keys["facility"], row.keys["item"]
            use.setdefault(facility, {})[item] = row.quantity
            own.setdefault(facility, {})[item] = exact.quotient(row.tonnes_co2e, row.quantity)
    mean = _means(inventory.rows(("item",)))
    factors = {facility: {**mean, **found} for facility, found in own.items()}
    return Sites(use, factors, _heat(session, inventory), _burnt(inventory, use))


def _means(rows: Iterable[InventoryRow]) -> Factors:
    return {row.keys["item"]: exact.quotient(row.tonnes_co2e, row.quantity) for row in rows if row.quantity}


def _brought_in() -> dict[tuple[str, str], None]:
    """Items that measures of the library bring in for a use."""
    return {(each.to_item, each.to_use): None for each in library().values() if each.to_use}


def _burnt(inventory: Inventory, facilities: Iterable[str]) -> dict[str, Burnt]:
    """For each facility what an item brought in for a use emits; pairs without a factor are left out.

    Notes
    -----
    CO2 as the facility's own item emits it, else as the city's does on the mean, else by the law; CH4 and N2O by the
    law for the use, which need not be the use of what the city burns today.
    """
    carbon = [line for line in inventory.lines if line.gas == "CO2"]
    mean = _means(inventory.rows(("item",), carbon))
    own: dict[str, Factors] = {}
    for row in inventory.rows(("facility", "item"), carbon):
        if row.quantity:
            own.setdefault(row.keys["facility"], {})[row.keys["item"]] = exact.quotient(row.tonnes_co2e, row.quantity)
    found: dict[str, Burnt] = {facility: {} for facility in facilities}
    for item, use in _brought_in():
        by_use, whole = (_by_law(inventory, item, use, co2=co2) for co2 in (False, True))
        for facility, pairs in found.items():
            co2 = own.get(facility, {}).get(item, mean.get(item))
            value = whole if co2 is None else None if by_use is None else exact.total((co2, by_use))
            if value is not None:
                pairs[item, use] = value
    return found


def _by_law(inventory: Inventory, item: str, use: str, *, co2: bool) -> Decimal | None:
    """What a unit of an item emits in a use, with or without its CO2; None without a factor. [t-CO2e/unit]"""
    law = inventory.law
    gases = tuple(gas for gas in law.gases(item, use) if co2 or gas != "CO2")
    demand = Demand(item, use, "", "", inventory.fy, None)
    picked = pick(law, inventory.policy, demand, law.catalogue.items[item].unit, gases)
    if picked.problem:
        return None
    thirds = (exact.product(picked.ratio, factor.thirds, gwp.value) for _, factor, gwp in picked.factors)
    return exact.whole(exact.total(thirds))


def _heat(session: Session, inventory: Inventory) -> dict[str, Decimal]:
    """Heat of a unit of each item used or brought in; of electricity its own, not the power plant's. [MJ/unit]"""
    lines, _ = energy(session.city, session.law, inventory.fy, inventory.groups)
    heat: dict[str, list[Decimal]] = {}
    for line in lines:
        if line.in_plan:
            heat.setdefault(line.group.item, []).append(line.heat_gj)
    amounts = {row.keys["item"]: row.quantity for row in inventory.rows(("item",))}
    used = {
        item: exact.quotient(exact.product(exact.total(parts), ratio("GJ", "MJ")), amount)
        for item, parts in heat.items()
        if (amount := amounts.get(item))
    }
    return {**_heat_by_law(inventory), **used, ELECTRICITY: MJ_PER_KWH}


def _heat_by_law(inventory: Inventory) -> dict[str, Decimal]:
    found = {item: heat_of_unit(inventory.law, inventory.policy, item, inventory.fy) for item, _ in _brought_in()}
    return {item: exact.product(heat[0], ratio("GJ", "MJ")) for item, heat in found.items() if heat}
