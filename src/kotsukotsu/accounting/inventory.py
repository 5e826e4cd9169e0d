"""The inventory of a fiscal year: totals by any of the keys, each with its status, and both series."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.comparable import BaseYear
from kotsukotsu.accounting.contracts import contract_problems
from kotsukotsu.accounting.emissions import Emissions, Emitter, in_plan
from kotsukotsu.accounting.membership import departments_in
from kotsukotsu.accounting.model import ESTIMATED, Group, Line
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.model import Item
from kotsukotsu.catalogue.policy import Policy, policy_at
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City

KEPT = ("total", "base_total", "comparable_total", "_rows")  # what is added up of all lines, once
IN_UNIT = {"t": Decimal(1), "kg": Decimal(1000)}
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One line of the inventory.

    Attributes
    ----------
    keys : mapping
        The values of the columns asked for.
    quantity : Decimal or None
        Sum of the quantity, where the row speaks of one item. [unit]
    gas : str
        Empty where the row adds several gases.
    tonnes : Decimal or None
        Of the gas, None where the row adds several. [t]
    tonnes_co2e, comparable_tonnes_co2e : Decimal
        Emission with the factors in force and with the base year's; the latter None where there is none. [t-CO2e]
    status : str
        The least trusted status among the factors.
    """

    keys: Mapping[str, str]
    quantity: Decimal | None
    unit: str
    gas: str
    tonnes: Decimal | None
    tonnes_co2e: Decimal
    comparable_tonnes_co2e: Decimal | None
    status: str
    has_estimates: bool


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Totals of the facilities that were open throughout both years. [t-CO2e]"""

    fiscal_year: int
    base_fy: int
    facilities: int
    tonnes_co2e: Decimal
    base_tonnes_co2e: Decimal

    @property
    def change(self) -> Decimal:
        """Change since the base year. [t-CO2e]"""
        return exact.difference(self.tonnes_co2e, self.base_tonnes_co2e)


class Inventory:
    """All lines of a fiscal year and of the base year, and the questions one asks of them."""

    def __init__(
        self,
        city: City,
        law: Law,
        policy: Policy,
        fy: int,
        lines: Sequence[Line],
        base: Emissions,
        groups: Sequence[Group],
    ) -> None:
        self.city, self.law, self.policy, self.fy = city, law, policy, fy
        self.all_lines = tuple(lines)
        self.lines = in_plan(lines)
        self.base_problems = base.problems
        self.base_lines = () if base.problems else in_plan(base.lines)
        self.groups = tuple(groups)
        self._base = BaseYear(self.base_lines, law, policy_at(city.settings, city.base_fy), city.base_fy)
        self._departments = {year: departments_in(city, year) for year in (fy, city.base_fy)}
        self._columns = _columns(city, self._departments)

    @cached_property
    def total(self) -> Decimal:
        """総排出量. [t-CO2e]"""
        return self.total_of(self.lines)

    @cached_property
    def base_total(self) -> Decimal | None:
        """総排出量 of the base year, None if it could not be computed. [t-CO2e]"""
        return self.total_of(self.base_lines) if self.base_lines else None

    @cached_property
    def comparable_total(self) -> Decimal | None:
        """比較排出量, None if a row has no factor of the base year. [t-CO2e]"""
        return self._comparable(self.lines)

    @cached_property
    def _rows(self) -> dict[Key, list[InventoryRow]]:
        """Totals of its own lines by the columns that were asked for."""
        return {}

    @staticmethod
    def total_of(lines: Iterable[Line]) -> Decimal:
        """Emission of some lines. [t-CO2e]"""
        return _tonnes(line.thirds_co2e for line in lines)

    def unconfirmed(self) -> list[Line]:
        """Lines whose factor was not read in an official text and so must be said to be so."""
        warned = {name for name, status in self.law.catalogue.statuses.items() if status.warns}
        return [line for line in self.lines if line.status in warned and line.thirds]

    def printed_total(self, tonnes: Iterable[Decimal | None]) -> Decimal | None:
        """A total as the policy prints it, in its unit; None if a part is not known. [unit of the rounding]"""
        rounding = self.policy.rounding
        parts = list(tonnes)
        known = [exact.product(part, IN_UNIT[rounding.unit]) for part in parts if part is not None]
        return rounding.total(known) if len(known) == len(parts) else None

    def rows(self, by: Sequence[str] = ("item", "gas"), lines: Iterable[Line] | None = None) -> list[InventoryRow]:
        """Totals by the columns `by`, in the catalogue's order of items, else by name.

        Parameters
        ----------
        by : sequence of str
            Of `COLUMNS`: item, gas, facility, department, sector, month, body, use, supplier.
        lines : iterable of Line, optional
            Other lines than the city's own, such as those of a body kept apart.
        """
        if lines is not None:
            return self._added_up(by, lines)
        if (key := tuple(by)) not in self._rows:
            self._rows[key] = self._added_up(by, self.lines)
        return list(self._rows[key])

    def _added_up(self, by: Sequence[str], lines: Iterable[Line]) -> list[InventoryRow]:
        grouped: dict[Key, list[Line]] = {}
        columns = [self._columns[name] for name in by]
        for line in lines:
            grouped.setdefault(tuple([column(line) for column in columns]), []).append(line)
        ordered = sorted(grouped.items(), key=lambda entry: self._order(by, entry[0]))
        return [self._row(dict(zip(by, key, strict=True)), found) for key, found in ordered]

    def _row(self, keys: Mapping[str, str], lines: Sequence[Line]) -> InventoryRow:
        gases = {line.gas for line in lines}
        items = {line.item for line in lines}
        one_gas = gases.pop() if len(gases) == 1 else ""
        one_item = items.pop() if len(items) == 1 else ""
        return InventoryRow(
            keys=keys,
            quantity=_quantity(lines) if one_item else None,
            unit=self.law.catalogue.items[one_item].unit if one_item else "",
            gas=one_gas,
            tonnes=_tonnes(line.thirds for line in lines) if one_gas else None,
            tonnes_co2e=self.total_of(lines),
            comparable_tonnes_co2e=self._comparable(lines),
            status=self.status(lines),
            has_estimates=any(line.group.basis == ESTIMATED for line in lines),
        )

    def status(self, lines: Iterable[Line]) -> str:
        """The least trusted status among the factors of some lines."""
        order = self.law.catalogue.statuses
        return max((line.status for line in lines), key=lambda name: order[name].order, default="")

    def _comparable(self, lines: Iterable[Line]) -> Decimal | None:
        parts = [self._base.thirds_co2e(line) for line in lines]
        return None if any(part is None for part in parts) else _tonnes(part for part in parts if part is not None)

    def _order(self, by: Sequence[str], key: Key) -> tuple[object, ...]:
        items = self.law.catalogue.items
        return tuple((_place(name, value, items), value) for name, value in zip(by, key, strict=True))

    def apart(self) -> list[InventoryRow]:
        """Bodies whose emissions are not in the city's total, such as a 一部事務組合."""
        return self.rows(("body",), [line for line in self.all_lines if not line.in_plan])

    def part(self, facilities: Collection[str], base: Collection[str] | None = None) -> Inventory:
        """The same of some facilities: what is asked of a city can be asked of a department or of one facility.

        Parameters
        ----------
        base : collection of str, optional
            The facilities of the base year; the same ones if left out.
        """
        made = copy(self)
        for name in KEPT:
            made.__dict__.pop(name, None)
        made.all_lines = tuple(line for line in self.all_lines if line.group.facility_id in facilities)
        made.lines = in_plan(made.all_lines)
        of_base = facilities if base is None else base
        made.base_lines = tuple(line for line in self.base_lines if line.group.facility_id in of_base)
        made.groups = tuple(group for group in self.groups if group.facility_id in facilities)
        return made

    def department_of(self, facility_id: str) -> str:
        """Id of the department that a facility had at the end of the year; empty where the register names none."""
        return self._departments[self.fy].get(facility_id, "")

    def like_for_like(self) -> LikeForLike | None:
        """Totals of the facilities that were open throughout both years and have rows in both.

        None where the base year could not be computed.
        """
        if not self.base_lines:
            return None
        both = {line.group.facility_id for line in self.lines} & {line.group.facility_id for line in self.base_lines}
        steady = {
            row["facility_id"]
            for row in self.city.table("facilities")
            if row["facility_id"] in both and _open_throughout(row, self.fy, self.city.base_fy)
        }
        return LikeForLike(
            self.fy,
            self.city.base_fy,
            len(steady),
            self.total_of(line for line in self.lines if line.group.facility_id in steady),
            self.total_of(line for line in self.base_lines if line.group.facility_id in steady),
        )


def inventory(
    city: City, law: Law, fy: int, groups: Sequence[Group], base_of: Callable[[], Emissions] | None = None
) -> Inventory:
    """The inventory of a fiscal year.

    Parameters
    ----------
    groups : sequence of Group
        Those of the fiscal year and of the base year.
    base_of : callable, optional
        Gives `emissions_of` the base year where that is known already; every year is compared with it.

    Raises
    ------
    FactorError
        A-00 with one finding for each kind of row that cannot be computed, or if the year has no row at all.

    Notes
    -----
    A base year that cannot be computed does not stop the year's own total: there is then no comparison, and
    `base_problems` says why.
    """
    own = [group for group in groups if group.fiscal_year == fy]
    if not own:
        raise FactorError("A-00", [Finding("A-11", data={"fiscal_year": fy})], count=1, fiscal_year=fy)
    emissions = emissions_of(city, law, fy, own)
    problems = emissions.problems
    if not problems and not emissions.lines:
        problems = (Finding("A-20", data={"fiscal_year": fy}),)
    if problems:
        raise FactorError("A-00", problems, count=len(problems), fiscal_year=fy)
    base = emissions
    if fy != city.base_fy:
        base = base_of() if base_of else emissions_of(city, law, city.base_fy, groups)
    return Inventory(city, law, policy_at(city.settings, fy), fy, emissions.lines, base, own)


def emissions_of(city: City, law: Law, fy: int, groups: Iterable[Group]) -> Emissions:
    """Lines of a year, by its own groups among some, and everything that stands against its total."""
    own = [group for group in groups if group.fiscal_year == fy]
    emissions = Emitter(city, law, fy).emissions(own)
    return Emissions(emissions.lines, (*contract_problems(city, law, own, fy), *emissions.problems))


def printed_total(city: City, fy: int) -> Row | None:
    """The printed total of a year for which no rows remain."""
    totals = [
        row
        for row in city.printed
        if row["fiscal_year"] == fy and not any(row[key] for key in ("sector", "item", "gas", "facility_id"))
    ]
    return totals[0] if totals else None


def _place(column: str, value: str, items: Mapping[str, Item]) -> int:
    """Items in the catalogue's order, sectors in that of the national plan, others by name."""
    if column == "item" and value in items:
        return items[value].order
    return ORDER.index(value) if column == "sector" else 0


def _columns(city: City, departments: Mapping[int, Mapping[str, str]]) -> Mapping[str, Callable[[Line], str]]:
    uses = {row["facility_id"]: row["use"] or "" for row in city.table("facilities")}
    return {
        "item": lambda line: line.item,
        "gas": lambda line: line.gas,
        "facility": lambda line: line.group.facility_id,
        "department": lambda line: departments[line.group.fiscal_year].get(line.group.facility_id, ""),
        "sector": lambda line: line.sector,
        "month": lambda line: str(line.group.month) if line.group.month else "",
        "body": lambda line: line.body,
        "use": lambda line: uses.get(line.group.facility_id, ""),
        "supplier": lambda line: line.group.supplier,
    }


COLUMNS = ("item", "gas", "facility", "department", "sector", "month", "body", "use", "supplier")


def _quantity(lines: Sequence[Line]) -> Decimal:
    """Sum over the groups; a group's several gases share one quantity."""
    counted: dict[int, str] = {}
    return exact.total(line.amount for line in lines if counted.setdefault(id(line.group), line.gas) == line.gas)


def _tonnes(thirds: Iterable[Decimal]) -> Decimal:
    return exact.whole(exact.total(thirds))


def _open_throughout(facility: Row, *years: int) -> bool:
    from_day, to_day = facility["opened_on"], facility["closed_on"]
    first, last = min(years), max(years)
    return (from_day is None or from_day.isoformat() <= f"{first}-04-01") and (
        to_day is None or to_day.isoformat() >= f"{last + 1}-04-01"
    )
