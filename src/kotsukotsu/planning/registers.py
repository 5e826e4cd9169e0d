"""What the registers of a city count for its KPIs: plants, surveys of buildings, vehicles, contracts of electricity.

A thing that a register leaves open is neither done nor missing: the numerator is then not known, and what it lacks is
named. A count is never zero because nobody has looked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

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
    """

    fiscal_year: int
    on: date
    facilities: Sequence[Row] = ()
    vehicles: Sequence[Row] = ()
    renewables: Sequence[Row] = ()
    surveys: Sequence[Row] = ()
    mixes: Sequence[Row] = ()
    bought: Mapping[Contract, Decimal] = field(default_factory=dict)

    @property
    def open_facilities(self) -> set[str]:
        """Facilities in use on the day."""
        return {row["facility_id"] for row in self.facilities if _within(row, "opened_on", "closed_on", self.on)}

    @property
    def surveyed(self) -> dict[str, Row]:
        """The latest survey of each facility in use."""
        rows = sorted(
            (row for row in self.surveys if row["surveyed_on"] <= self.on), key=lambda row: row["surveyed_on"]
        )
        in_use = self.open_facilities
        return {row["facility_id"]: row for row in rows if row["facility_id"] in in_use}


@dataclass(frozen=True, slots=True)
class Count:
    """Numerator and denominator of a KPI, each None where the register does not tell.

    Attributes
    ----------
    lacking : tuple of str
        What the register leaves open, so that the numerator is not known: ids of facilities or vehicles, contracts.
    """

    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    lacking: tuple[str, ...] = ()


def count(kpi: str, registers: Registers) -> Count | None:
    """What the registers tell of a KPI; None where there is no such register or it is empty."""
    return _COUNTS[kpi](registers) if kpi in _COUNTS else None


def _pv_sites(registers: Registers) -> Count | None:
    """Buildings on which PV can stand, and those of them on which it stands."""
    suitable = {key for key, row in registers.surveyed.items() if row["pv_suitable"] == "yes"}
    if not suitable:
        return None
    standing = {
        row["facility_id"]
        for row in registers.renewables
        if row["kind"] == "pv" and row["installed_kw"] and _within(row, "installed_on", "removed_on", registers.on)
    }
    return Count(Decimal(len(suitable & standing)), Decimal(len(suitable)), "surveys.csv・renewables.csv")


def _led(registers: Registers) -> Count | None:
    """Facilities with lighting, and those in which all of it is LED."""
    lit = {key: row["lighting"] for key, row in registers.surveyed.items() if row["lighting"] not in (None, "none")}
    done = sum(1 for lighting in lit.values() if lighting == "led")
    return Count(Decimal(done), Decimal(len(lit)), "surveys.csv") if lit else None


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
    return Count(None if unknown else Decimal(electrified), Decimal(len(held)), "vehicles.csv", unknown)


def _power(column: str) -> Callable[[Registers], Count | None]:
    def found(registers: Registers) -> Count | None:
        """Electricity bought [kWh], and what of it comes from such sources by the mixes published for the year."""
        if not registers.bought:
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
