"""Energy used, in heat and in crude oil, by the rules of the Energy Act (省エネ法施行規則第4条)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.expand import ratio_to_base
from kotsukotsu.accounting.model import NOT_OCCURRING, Group
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.model import HeatValue
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema.city import City

REGIME = "energy_act"
CRUDE_OIL = "crude_oil_equiv"
ELECTRICITY, OTHER = "electricity", "other"
ENERGY_GROUPS = ("electricity", "fuel", "city_gas", "heat")
OUTSIDE = ("electricity_sold", "non_fossil_certificate")


@dataclass(frozen=True, slots=True)
class EnergyLine:
    """Energy of one group of rows.

    Attributes
    ----------
    heat_gj : Decimal
        Heat by the Energy Act. [GJ]
    crude_oil_kl : Decimal
        Crude-oil equivalent. [kL]
    status : str
        Status of the heat value.
    """

    group: Group
    heat_gj: Decimal
    crude_oil_kl: Decimal
    status: str


def energy(city: City, law: Law, fy: int, groups: Iterable[Group]) -> tuple[list[EnergyLine], list[Finding]]:
    """Heat and crude-oil equivalent of each group of energy use, and what has no heat value.

    Returns
    -------
    tuple
        Lines; findings A-14, one for each item without a heat value in force, whose use is then not in the lines.
    """
    policy = policy_at(city.settings, fy)
    crude_oil = next(row.value for row in law.catalogue.energy_act if row.key == CRUDE_OIL)
    lines: list[EnergyLine] = []
    without: dict[str, int] = {}
    for group in _energy_groups(law, groups, fy):
        kind = policy.electricity_heat if group.item == ELECTRICITY else OTHER
        value = heat_value(law, group.item, fy, kind)
        if value is None or group.quantity is None:
            without[group.item] = without.get(group.item, 0) + group.rows
            continue
        ratio = ratio_to_base(law.catalogue, policy, group.item, group.unit, fy)
        base_unit = law.catalogue.items[group.item].unit
        heat = exact.product(
            group.quantity, group.share, ratio, units.ratio(base_unit, value.per), value.value,
            units.ratio(value.energy, "GJ"),
        )  # fmt: skip
        lines.append(EnergyLine(group, heat, exact.product(heat, crude_oil), value.status))
    findings = [
        Finding("A-14", data={"item": law.catalogue.items[item].name_ja, "rows": rows, "fiscal_year": fy})
        for item, rows in without.items()
    ]
    return lines, findings


def _energy_groups(law: Law, groups: Iterable[Group], fy: int) -> Iterable[Group]:
    for group in groups:
        item = law.catalogue.items.get(group.item)
        used = group.quantity is not None and group.basis != NOT_OCCURRING
        if used and group.fiscal_year == fy and item and item.group in ENERGY_GROUPS and group.item not in OUTSIDE:
            yield group


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
