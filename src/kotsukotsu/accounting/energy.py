"""Energy used, in heat and in crude oil, by the rules of the Energy Act (省エネ法施行規則第4条).

What counts as energy is dated: own solar power, wood and other non-fossil energy do from the amendment of 2022
(in force 2023-04-01, ``energy_act_items.csv``).
"""

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
    intensity_kl : Decimal
        What of it the 原単位 counts: non-fossil fuels less than whole. [kL]
    status : str
        Status of the heat value.
    """

    group: Group
    body: str
    in_plan: bool
    heat_gj: Decimal
    crude_oil_kl: Decimal
    intensity_kl: Decimal
    status: str


def energy(
    city: City, law: Law, fy: int, groups: Sequence[Group], rules: int | None = None
) -> tuple[list[EnergyLine], list[Finding]]:
    """Heat and crude-oil equivalent of each group of energy use, and what has no heat value.

    Parameters
    ----------
    fy : int
        The fiscal year of the use.
    rules : int, optional
        The fiscal year whose heat values and whose energies count; `fy` unless given.

    Returns
    -------
    tuple
        Lines; findings: errors for which there is no total (A-11 no row, A-12 A-13 A-24 shares, A-14 an item without
        exactly one heat value in force), A-15 rows without a quantity, and A-26 an item that is no energy of the Act
        yet.
    """
    ruling = fy if rules is None else rules
    policy = policy_at(city.settings, ruling)
    crude_oil = law.catalogue.energy_act_number(CRUDE_OIL)
    lines: list[EnergyLine] = []
    without: dict[str, int] = {}
    membership = Membership(city, fy)
    for group in _energy_groups(law, groups, fy, ruling):
        heat_status = heat_of_unit(law, policy, group.item, ruling)
        if heat_status is None or group.quantity is None:
            without[group.item] = without.get(group.item, 0) + group.rows
            continue
        ratio, weight = ratio_to_base(law.catalogue, policy, group.item, group.unit, fy), _weight(law, group.item)
        for member in membership.of(group.facility_id):
            heat = exact.product(group.quantity, group.share, member.share, ratio, heat_status[0])
            oil = exact.product(heat, crude_oil)
            counted = exact.product(oil, weight)
            lines.append(EnergyLine(group, member.body, member.in_plan, heat, oil, counted, heat_status[1]))
    return lines, [
        *contract_problems(city, law, groups, fy),
        *_lacking(law, groups, ruling, without),
        *_not_yet(law, _used(groups, fy), ruling),
    ]


def _lacking(law: Law, groups: Sequence[Group], fy: int, without: Mapping[str, int]) -> Iterable[Finding]:
    """A-11 no row at all, A-14 rows without a single heat value, A-15 rows without a quantity."""
    if not groups:
        yield Finding("A-11", data={"fiscal_year": fy})
    for item, rows in without.items():
        yield Finding("A-14", data={"item": law.catalogue.items[item].name, "rows": rows, "fiscal_year": fy})
    missing: dict[str, list[Group]] = {}
    for group in groups:
        if group.missing and group.basis != NOT_OCCURRING and _is_energy(law, group.item, fy):
            missing.setdefault(group.item, []).append(group)
    for item, found in missing.items():
        counts = {
            "rows": sum(group.missing for group in found),
            "facilities": len({group.facility_id for group in found}),
        }
        yield Finding("A-15", data={"item": law.catalogue.items[item].name, "fiscal_year": fy, **counts})


def _not_yet(law: Law, groups: Iterable[Group], fy: int) -> Iterable[Finding]:
    """A-26 what is used and becomes energy of the Act later."""
    for item in dict.fromkeys(group.item for group in groups if _is_named(law, group.item)):
        if not _is_energy(law, item, fy):
            start = law.catalogue.energy_act_items[item].valid_from
            yield Finding("A-26", data={"item": law.catalogue.items[item].name, "fiscal_year": fy, "start": start})


def _energy_groups(law: Law, groups: Iterable[Group], fy: int, rules: int) -> Iterable[Group]:
    return (group for group in _used(groups, fy) if _is_energy(law, group.item, rules))


def _used(groups: Iterable[Group], fy: int) -> Iterable[Group]:
    for group in groups:
        if group.quantity is not None and group.basis != NOT_OCCURRING and group.fiscal_year == fy:
            yield group


def _is_named(law: Law, item: str) -> bool:
    known = law.catalogue.items.get(item)
    return known is not None and known.group in ENERGY_GROUPS and item not in OUTSIDE


def _is_energy(law: Law, item: str, fy: int) -> bool:
    dated = law.catalogue.energy_act_items.get(item)
    return _is_named(law, item) and (dated is None or dated.valid_from <= FiscalYear(fy).start)


def _weight(law: Law, item: str) -> Decimal:
    """How much of an item the 原単位 counts. [1]"""
    dated = law.catalogue.energy_act_items.get(item)
    return law.catalogue.energy_act_number(dated.weight) if dated and dated.weight else Decimal(1)


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
