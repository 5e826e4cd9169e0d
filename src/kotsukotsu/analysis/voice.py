"""How an office speaks of its places, items, years and tonnes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.analysis.logarithms import CONTEXT
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import Rounding, minus, printed
from kotsukotsu.schema.city import City

SCALES = {"t": Decimal(1), "kg": Decimal(1000)}
ENERGY = ("electricity", "fuel", "city_gas", "heat")
Names = Mapping[str, Callable[[str], str]]  # for each column of the inventory, what to write for a code of it


@dataclass(frozen=True, slots=True)
class Voice:
    """How an office speaks of its places, items and years.

    Attributes
    ----------
    item, facility : callable
        Name of a code.
    unit_of : callable
        Base unit of an item.
    energy : collection of str
        Items of which one says that they are used (使用量); the others have an activity (活動量).
    year, base, base_short : str
        Names of the later and of the earlier year; the latter as it stands in the sentences after the first.
    """

    item: Callable[[str], str]
    facility: Callable[[str], str]
    unit_of: Callable[[str], str]
    energy: Collection[str]
    year: str
    base: str
    base_short: str
    rounding: Rounding

    @property
    def unit(self) -> str:
        """Unit in which emissions are printed."""
        return self.rounding.unit

    def tonnes(self, value: Decimal) -> str:
        """The size of an emission as printed. [t-CO2e in, unit of the rounding out]"""
        rounded = self.rounding.figure(CONTEXT.multiply(abs(value), SCALES[self.unit]))
        return printed(rounded, max(self.rounding.digits, 0))

    def signed(self, value: Decimal) -> str:
        """An emission as printed; one below 0, such as a refund's, keeps its sign. [t-CO2e in, printed unit out]"""
        return f"{minus()}{self.tonnes(value)}" if value < 0 and not self.is_nothing(value) else self.tonnes(value)

    def is_nothing(self, value: Decimal) -> bool:
        """Whether it prints as 0."""
        return not self.rounding.figure(CONTEXT.multiply(value, SCALES[self.unit]))


def voice_of(city: City, catalogue: Catalogue, names: Names, rounding: Rounding, fy: int, against: int) -> Voice:
    """How a city speaks of the two years."""
    base, is_base = FiscalYear(against).name, against == city.base_fy
    return Voice(
        item=names["item"], facility=names["facility"], unit_of=lambda item: catalogue.items[item].unit,
        energy=frozenset(key for key, item in catalogue.items.items() if item.group in ENERGY),
        year=FiscalYear(fy).name,
        base=texts.label("an.base_year", year=base) if is_base else base,
        base_short=texts.label("an.base_year.short") if is_base else FiscalYear(against).short_name,
        rounding=rounding,
    )  # fmt: skip
