"""What the registers of a city count for its KPIs: plants, surveys of buildings, vehicles, contracts of electricity.

A thing that a register leaves open is neither done nor missing: the numerator is then not known, and what it lacks is
named. A count is never zero because nobody has looked.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.schema import Row

# Electric drives as 政府実行計画 counts them: battery, plug-in hybrid, fuel cell and hybrid.
ELECTRIFIED = frozenset(("bev", "phev", "fcv", "hybrid"))
HUNDREDTH = Decimal("0.01")
Contract = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Registers:
    """Tables of a city and what it bought in the year looked at.

    Attributes
    ----------
    on : date
        Day of the count, such as the last of the fiscal year.
    bought : mapping
        Supplier and menu to electricity bought in the year. [kWh]
    driven : set of str
        Facilities that counted a distance driven in the year.
    """

    fiscal_year: int
    on: date
    facilities: Sequence[Row] = ()
    vehicles: Sequence[Row] = ()
    renewables: Sequence[Row] = ()
    surveys: Sequence[Row] = ()
    mixes: Sequence[Row] = ()
    bought: Mapping[Contract, Decimal] = field(default_factory=dict)
    driven: AbstractSet[str] = frozenset()

    @property
    def open_facilities(self) -> list[str]:
        """Facilities in use on the day, in the order of their register."""
        return [row["facility_id"] for row in self.facilities if _within(row, "opened_on", "closed_on", self.on)]

    def names(self, facilities: Iterable[str]) -> tuple[str, ...]:
        """Facilities by their names; by their ids where the register does not know them."""
        known = {row["facility_id"]: row["name"] for row in self.facilities}
        return tuple(known.get(key) or key for key in facilities)

    def surveyed(self, column: str) -> dict[str, Any]:
        """What the latest survey that tells a column says of each surveyed facility in use; None if none tells it."""
        in_use = set(self.open_facilities)
        found: dict[str, Any] = {}
        for row in sorted(self.surveys, key=lambda row: row["surveyed_on"]):
            if row["surveyed_on"] <= self.on and row["facility_id"] in in_use:
                said = row[column]
                found[row["facility_id"]] = found.get(row["facility_id"]) if said is None else said
        return found


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a count goes.

    Attributes
    ----------
    register : str
        What is counted from: ``surveys.csv`` asks for every facility in use, ``vehicles.csv`` for those that counted a
        distance driven.
    asked, counted : int
        How many it asks for, and how many of them it knows.
    unasked : tuple of str
        Names of those that it does not know; they are in neither number of the count.
    """

    register: str
    asked: int
    counted: int
    unasked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Numerator and denominator of a KPI, each None where the register does not tell.

    Attributes
    ----------
    lacking : tuple of str
        What the register leaves open, so that the numerator is not known: ids of facilities or vehicles, contracts.
    reach : Reach or None
        None where every purchase is counted.
    """

    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    lacking: tuple[str, ...] = ()
    reach: Reach | None = None


def count(kpi: str, registers: Registers) -> Count | None:
    """What the registers tell of a KPI; None where there is no such register or it is empty."""
    return _COUNTS[kpi](registers) if kpi in _COUNTS else None


def _pv_sites(registers: Registers) -> Count | None:
    """Buildings on which PV can stand, and those of them on which it stands."""
    said = registers.surveyed("pv_suitable")
    suitable = {key for key, answer in said.items() if answer == "yes"}
    if not suitable:
        return None
    standing = {
        row["facility_id"]
        for row in registers.renewables
        if row["kind"] == "pv" and row["installed_kw"] and _within(row, "installed_on", "removed_on", registers.on)
    }
    origin = texts.listed(("surveys.csv", "renewables.csv"))
    return _count(len(suitable & standing), len(suitable), origin, said, registers)


def _led(registers: Registers) -> Count | None:
    """Facilities with lighting, and those in which all of it is LED."""
    said = registers.surveyed("lighting")
    lit = [answer for answer in said.values() if answer not in (None, "none")]
    return _count(lit.count("led"), len(lit), "surveys.csv", said, registers) if lit else None


def _count(numerator: int, denominator: int, origin: str, said: Mapping[str, Any], registers: Registers) -> Count:
    """Both numbers, neither of them known while a surveyed facility is left open."""
    lacking = tuple(key for key, answer in said.items() if answer is None)
    if lacking:
        return Count(None, None, origin, lacking)
    reach = _reach("surveys.csv", registers.open_facilities, said, registers)
    return Count(Decimal(numerator), Decimal(denominator), origin, reach=reach)


def _reach(register: str, asked: Sequence[str], known: Container[str], registers: Registers) -> Reach:
    unasked = [key for key in asked if key not in known]
    return Reach(register, len(asked), len(asked) - len(unasked), registers.names(unasked))


def _cars(registers: Registers) -> Count | None:
    """Vehicles held for which an electrified one exists, and those that are one."""
    held = [
        row for row in registers.vehicles
        if _within(row, "acquired_on", "disposed_on", registers.on) and row["alternative"] != "no"
    ]  # fmt: skip
    if not held:
        return None
    unknown = tuple(row["vehicle_id"] for row in held if row["drive"] is None)
    electrified = sum(1 for row in held if row["drive"] in ELECTRIFIED)
    listed = {row["facility_id"] for row in registers.vehicles}
    reach = _reach("vehicles.csv", sorted(registers.driven), listed, registers)
    return Count(None if unknown else Decimal(electrified), Decimal(len(held)), "vehicles.csv", unknown, reach)


def _power(column: str) -> Callable[[Registers], Count | None]:
    def found(registers: Registers) -> Count | None:
        """Electricity bought [kWh], and what of it comes from such sources by the mixes published for the year.

        Nothing is told where a contract bought less than nothing: a credit stands without the bill that it corrects.
        """
        if not registers.bought or min(registers.bought.values()) < 0:
            return None
        mixes = {
            (row["supplier"], row["menu"] or ""): row[column]
            for row in registers.mixes
            if row["fiscal_year"] == registers.fiscal_year
        }
        lacking = tuple(_contract(*key) for key in registers.bought if mixes.get(key) is None)
        clean = [
            exact.product(kwh, mixes[key], HUNDREDTH)
            for key, kwh in registers.bought.items()
            if mixes.get(key) is not None
        ]
        total = exact.total(registers.bought.values())
        return Count(None if lacking else exact.total(clean), total, "power_mixes.csv", lacking)

    return found


def _contract(supplier: str, menu: str) -> str:
    return f"{supplier} {menu}".strip()


def _within(row: Row, begin: str, stop: str, on: date) -> bool:
    begun = row[begin] is None or row[begin] <= on
    return begun and (row[stop] is None or row[stop] > on)


_COUNTS: Mapping[str, Callable[[Registers], Count | None]] = {
    "pv_sites": _pv_sites,
    "led": _led,
    "electrified_cars": _cars,
    "renewable_power": _power("renewable_pct"),
    "decarbonised_power": _power("decarbonised_pct"),
}
