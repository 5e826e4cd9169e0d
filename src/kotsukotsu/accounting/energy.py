"""Energy used, in heat and in crude oil, by the rules of the Energy Act (省エネ法施行規則第4条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.contracts import contract_problems
from kotsukotsu.accounting.expand import ratio_to_base
from kotsukotsu.accounting.membership import Membership
from kotsukotsu.accounting.model import NOT_OCCURRING, Group
from kotsukotsu.catalogue.exact import per_item
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.model import HeatValue
from kotsukotsu.catalogue.policy import Policy, policy_at
from kotsukotsu.errors import UnitError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema.city import City

REGIME = "energy_act"
CRUDE_OIL = "crude_oil_equiv"
PRIMARY, AS_REPORTED = "primary_energy", "confirmed"
ENERGY_GROUPS = ("electricity", "fuel", "city_gas", "heat", PRIMARY)
OUTSIDE = ("electricity_sold", "non_fossil_certificate")


@dataclass(frozen=True, slots=True)
class EnergyLine:
    """Energy of one group of rows.

    Attributes
    ----------
    body, in_plan
        Who reports it, and whether it is in the city's plan.
    heat_gj : Decimal
        Heat by the Energy Act. [GJ]
    crude_oil_kl : Decimal
        Crude-oil equivalent. [kL]
    status : str
        Status of the heat value.
    """

    group: Group
    body: str
    in_plan: bool
    heat_gj: Decimal
    crude_oil_kl: Decimal
    status: str


def energy(city: City, law: Law, fy: int, groups: Sequence[Group]) -> tuple[list[EnergyLine], list[Finding]]:
    """Heat and crude-oil equivalent of each group of energy use, and what has no heat value.

    Returns
    -------
    tuple
        Lines; findings: errors for which there is no total (A-11 no row, A-12 A-13 A-24 shares, A-14 an item without
        exactly one heat value in force), and A-15 rows without a quantity.
    """
    policy = policy_at(city.settings, fy)
    crude_oil = next(row.value for row in law.catalogue.energy_act if row.key == CRUDE_OIL)
    lines: list[EnergyLine] = []
    without: dict[str, int] = {}
    membership = Membership(city, fy)
    for group in _energy_groups(law, groups, fy):
        heat_status = heat_of_unit(law, policy, group.item, fy)
        if heat_status is None or group.quantity is None:
            without[group.item] = without.get(group.item, 0) + group.rows
            continue
        ratio = ratio_to_base(law.catalogue, policy, group.item, group.unit, fy)
        for member in membership.of(group.facility_id):
            heat = exact.product(group.quantity, group.share, member.share, ratio, heat_status[0])
            oil = exact.product(heat, crude_oil)
            lines.append(EnergyLine(group, member.body, member.in_plan, heat, oil, heat_status[1]))
    return lines, [*contract_problems(city, groups, fy), *_lacking(law, groups, fy, without)]


def _lacking(law: Law, groups: Sequence[Group], fy: int, without: Mapping[str, int]) -> Iterable[Finding]:
    """A-11 no row at all, A-14 rows without a single heat value, A-15 rows without a quantity."""
    if not groups:
        yield Finding("A-11", data={"fiscal_year": fy})
    for item, rows in without.items():
        yield Finding("A-14", data={"item": law.catalogue.items[item].name, "rows": rows, "fiscal_year": fy})
    missing: dict[str, list[Group]] = {}
    for group in groups:
        if group.missing and group.basis != NOT_OCCURRING and _is_energy(law, group.item):
            missing.setdefault(group.item, []).append(group)
    for item, found in missing.items():
        counts = {
            "rows": sum(group.missing for group in found),
            "facilities": len({group.facility_id for group in found}),
        }
        yield Finding("A-15", data={"item": law.catalogue.items[item].name, "fiscal_year": fy, **counts})


def _energy_groups(law: Law, groups: Iterable[Group], fy: int) -> Iterable[Group]:
    for group in groups:
        used = group.quantity is not None and group.basis != NOT_OCCURRING
        if used and group.fiscal_year == fy and _is_energy(law, group.item):
            yield group


def _is_energy(law: Law, item: str) -> bool:
    known = law.catalogue.items.get(item)
    return known is not None and known.group in ENERGY_GROUPS and item not in OUTSIDE


def heat_of_unit(law: Law, policy: Policy, item: str, fy: int) -> tuple[Decimal, str] | None:
    """Heat of one base unit of an item, and its status; None if no single heat value applies. [GJ]"""
    known = law.catalogue.items[item]
    if known.group == PRIMARY:
        return units.ratio(known.unit, "GJ"), AS_REPORTED
    value = heat_value(law, item, fy, policy.heat.get(item, ""))
    return None if value is None else (_heat_per_unit(law, value, fy), value.status)


def _heat_per_unit(law: Law, value: HeatValue, fy: int) -> Decimal:
    """Heat of one base unit of the item, by the default conversion where the heat value has another volume. [GJ]"""
    unit = law.catalogue.items[value.item].unit
    amount = per_item(unit, value.per, value.item, FiscalYear(fy).start, law.catalogue.conversions)
    if amount is None:
        raise UnitError("U-02", unit=unit, expected=value.per)
    return exact.product(amount[0], value.value, units.ratio(value.energy, "GJ"))


def heat_value(law: Law, item: str, fy: int, kind: str) -> HeatValue | None:
    """The one heat value of the Energy Act in force for an item and a fiscal year, of no kind or of this kind."""
    day = FiscalYear(fy).start
    fitting: Sequence[HeatValue] = [
        value
        for value in law.catalogue.heat_values
        if value.regime == REGIME
        and value.item == item
        and value.kind in ("", kind)
        and value.valid_from <= day
        and (value.valid_to is None or day < value.valid_to)
    ]
    return fitting[0] if len(fitting) == 1 else None
