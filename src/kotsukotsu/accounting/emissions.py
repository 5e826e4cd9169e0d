"""Emission lines: every group of rows with exactly one factor per gas, or a finding that says why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kotsukotsu import texts
from kotsukotsu.accounting import exact, waste
from kotsukotsu.accounting.membership import Membership
from kotsukotsu.accounting.model import NOT_OCCURRING, Group, Line
from kotsukotsu.accounting.picks import Pick, pick
from kotsukotsu.accounting.sectors import sector
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.model import Item
from kotsukotsu.catalogue.policy import Policy, policy_at
from kotsukotsu.findings import Finding
from kotsukotsu.schema.city import City

ZERO = Decimal(0)
FIBRE_RULE = "waste.synthetic_fibre_share"


@dataclass(frozen=True, slots=True)
class Emissions:
    """Lines of the rows that could be computed, and findings for those that could not."""

    lines: tuple[Line, ...]
    problems: tuple[Finding, ...]


class Emitter:
    """Turns groups of one city and one fiscal year into lines."""

    def __init__(self, city: City, law: Law, fy: int) -> None:
        self.city, self.law, self.fy = city, law, fy
        self.policy: Policy = policy_at(city.settings, fy)
        self._picks: dict[tuple[object, ...], Pick] = {}
        self._membership = Membership(city, fy)
        self._weaker = cache(law.catalogue.weaker)
        self._fibre = law.catalogue.rules[FIBRE_RULE].value or ZERO
        self._uses = {row["facility_id"]: row["use"] or "" for row in city.table("facilities")}
        self._problems: dict[tuple[str, ...], list[Group]] = defaultdict(list)

    def emissions(self, groups: Iterable[Group]) -> Emissions:
        """Lines and problems of the groups.

        Notes
        -----
        A group without any quantity (missing) or that does not occur gives no line; that is no zero, and the
        inventory's `complete` says so.
        """
        lines = [line for group in self._with_waste(groups) for line in self._lines(group)]
        return Emissions(tuple(lines), tuple(self._finding(key, rows) for key, rows in self._problems.items()))

    def _with_waste(self, groups: Iterable[Group]) -> Iterable[Group]:
        for group in groups:
            yield group
            if group.item in waste.BURNT and group.quantity is not None:
                row = waste.composition(self.city.table("wastes"), group)
                if row is None:
                    self._problems["A-06", group.item, "", "", str(self.fy), ""].append(group)
                else:
                    yield from waste.parts(group, row, self._fibre)

    def _lines(self, group: Group) -> Iterable[Line]:
        if group.quantity is None or group.basis == NOT_OCCURRING:
            return
        picked = self._pick(group)
        if picked.problem:
            code, detail = picked.problem
            self._problems[code, group.item, group.supplier, group.menu, str(self.fy), detail].append(group)
            return
        for member in self._membership.of(group.facility_id):
            share = exact.product(group.share, member.share)
            amount = exact.product(group.quantity, share, picked.ratio)
            for gas, factor, gwp in picked.factors:
                thirds = exact.product(amount, factor.thirds)
                yield Line(
                    group, group.item, share, amount, gas, factor, thirds, gwp.value, exact.product(thirds, gwp.value),
                    self._sector(group, gas), member.body, member.in_plan,
                    self._weaker(factor.status, gwp.status),
                )  # fmt: skip

    def _sector(self, group: Group, gas: str) -> str:
        return sector(self.law.catalogue.items[group.item].group, gas, self._uses.get(group.facility_id, ""))

    def _pick(self, group: Group) -> Pick:
        key = (group.item, group.use, group.supplier, group.menu, group.unit, group.month)
        if key not in self._picks:
            demand = Demand(group.item, group.use, group.supplier, group.menu, self.fy, group.month)
            self._picks[key] = pick(self.law, self.policy, demand, group.unit)
        return self._picks[key]

    def _finding(self, key: tuple[str, ...], groups: Sequence[Group]) -> Finding:
        code, item, supplier, menu, _, detail = key
        facilities = sorted({group.facility_id for group in groups})
        data: Mapping[str, object] = {
            "item": self._item_name(item),
            "item_id": item,
            "supplier": self._supplier_name(supplier),
            "menu": menu,
            "fiscal_year": self.fy,
            "detail": detail,
            "rows": sum(group.rows for group in groups),
            "facilities": len(facilities),
            "facility_ids": " ".join(facilities),
        }
        return Finding(code, _places(facilities, self.city), dict(data))

    def _item_name(self, item: str) -> Item | str:
        """The item, which says its name in the language of whoever reads it."""
        return self.law.catalogue.items.get(item, item)

    def _supplier_name(self, supplier: str) -> str:
        known = self.law.catalogue.suppliers.get(supplier)
        return known.name if known else supplier


def _places(facilities: Sequence[str], city: City, most: int = 3) -> str:
    names = {row["facility_id"]: row["name"] for row in city.table("facilities")}
    shown = texts.listed(names.get(facility, facility) for facility in facilities[:most])
    return shown + (f" ほか{len(facilities) - most}施設" if len(facilities) > most else "")


def in_plan(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that belong to the city's own 総排出量 (温対法第21条)."""
    return tuple(line for line in lines if line.in_plan)
