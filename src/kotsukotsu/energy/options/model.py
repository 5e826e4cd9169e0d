"""An option: what is built and who pays for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.schema import Row

FILE = "options.csv"
OWN, SUBSIDISED, PPA = "own", "subsidised", "ppa"
FORMS = (OWN, SUBSIDISED, PPA)
BASE = "base"
# What is with or without in a pair: the sizes that belong together, and whether `assumptions.csv` knows their price.
COMPONENTS = {
    "sun": ("sun_kw",), "battery": ("battery_kwh", "battery_kw"), "cars": ("car_discharge_kw",), "unit": ("unit_kw",),
    "hydrogen": ("electrolyser_kw", "tank_kwh", "fuel_cell_kw"), "heat": ("heat_pump_kw", "buffer_kwh"),
}  # fmt: skip
PRICED = ("sun", "battery")
NEW = ("sun_kw", "battery_kwh", "battery_kw")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What stands at the site; `car_discharge_kw` is what one shared car gives back to the building. [kW, kWh]"""

    sun_kw: float
    battery_kwh: float
    battery_kw: float
    car_discharge_kw: float
    unit_kw: float
    electrolyser_kw: float
    tank_kwh: float
    fuel_cell_kw: float
    heat_pump_kw: float = 0.0
    buffer_kwh: float = 0.0

    def without(self, component: str) -> Sizes:
        """All but one component."""
        return replace(self, **dict.fromkeys(COMPONENTS[component], 0.0))

    @property
    def components(self) -> list[str]:
        """What there is of it."""
        return [name for name, parts in COMPONENTS.items() if any(getattr(self, part) for part in parts)]


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the table.

    Attributes
    ----------
    form : str
        Bought by the city, bought with a subsidy, or another's, whose electricity is bought (PPA).
    extra_yen, extra_upkeep_yen : float
        For what is not sun or battery: at once, and every year. [yen]
    """

    option_id: str
    name: str
    form: str
    sizes: Sizes
    extra_yen: float = 0.0
    extra_upkeep_yen: float = 0.0
    source: str = ""

    @property
    def needs(self) -> set[str]:
        """For what assumptions are needed."""
        there = [name for name in PRICED if name in self.sizes.components]
        found = set(there)
        if self.form == PPA:
            found |= {"ppa"} | ({"ppa_battery"} if "battery" in there else set())
        else:
            found |= {f"{name}_own" for name in there}
            found |= {"subsidised"} if self.form == SUBSIDISED and there else set()
        return found


def options(rows: Iterable[Row], meter_id: str, standing: Sizes) -> tuple[Option, ...]:
    """The options of a meter; an empty size of what is not sun or battery is as it stands there.

    Raises
    ------
    StudyError
        OP-01 no option, OP-07 a number used twice, OP-08 a size below zero, or a battery without power or content,
        OP-09 a PPA without sun, OP-10 other sizes than those that stand there, without their cost.
    """
    found: dict[str, Option] = {}
    for row in rows:
        if row["meter_id"] != meter_id:
            continue
        if row["option_id"] in (*found, BASE):
            raise StudyError("OP-07", file=FILE, option=row["option_id"])
        found[row["option_id"]] = _option(row, standing)
    if not found:
        raise StudyError("OP-01", file=FILE, meter=meter_id)
    return tuple(found.values())


def base(standing: Sizes, name: str) -> Option:
    """Nothing new: no sun, no battery, the rest as it stands."""
    return Option(BASE, name, OWN, replace(standing, **dict.fromkeys(NEW, 0.0)))


def richest(found: Sequence[Option]) -> Option:
    """The first of those with the most components."""
    return max(found, key=lambda one: len(one.sizes.components))


def _option(row: Row, standing: Sizes) -> Option:
    given = {part.name: row[part.name] for part in fields(Sizes) if row[part.name] is not None}
    sizes = replace(standing, **{name: float(value) for name, value in given.items()})
    _check(row, given, sizes)
    extra, upkeep = (float(row[name] or Decimal(0)) for name in ("extra_yen", "extra_upkeep_yen"))
    return Option(row["option_id"], row["name"], row["form"], sizes, extra, upkeep, row["source"])


def _check(row: Row, given: dict[str, Decimal], sizes: Sizes) -> None:
    name = row["option_id"]
    for part, value in given.items():
        if value < 0:
            raise StudyError("OP-08", file=FILE, option=name, column=part, value=value)
    if bool(sizes.battery_kwh) != bool(sizes.battery_kw):
        raise StudyError("OP-08", file=FILE, option=name, column="battery_kw", value=given["battery_kw"])
    if row["form"] == PPA and not sizes.sun_kw:
        raise StudyError("OP-09", file=FILE, option=name)
    if set(given) - set(NEW) and None in (row["extra_yen"], row["extra_upkeep_yen"]):
        raise StudyError("OP-10", file=FILE, option=name)
