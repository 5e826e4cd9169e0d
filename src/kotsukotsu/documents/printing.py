"""A figure as it is printed: exact value, rounded value, text, unit and status, by the rounding of the policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu import texts, units
from kotsukotsu.accounting import exact
from kotsukotsu.rounding import Rounding, printed

HUNDRED = Decimal(100)
SCALES = {"t": Decimal(1), "kg": Decimal(1000)}
PERCENT = Rounding(digits=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a document.

    Attributes
    ----------
    exact, printed : Decimal or None
        Before and after rounding; None where there is no value, which is not 0. [unit]
    text : str
        As printed, with commas and the office's sign for minus.
    unit : str
        Unit as printed.
    status : str
        Name of the least trusted status among the factors, empty where no factor is involved.
    """

    exact: Decimal | None
    printed: Decimal | None
    text: str
    unit: str
    status: str = ""

    def __str__(self) -> str:
        return self.text


class Printer:
    """Makes figures by one policy's rounding.

    Examples
    --------
    >>> printer = Printer(Rounding())
    >>> str(printer.emission(Decimal("14786.848"))), str(printer.change(Decimal(10), Decimal("15.5")))
    ('14,787', '△6')
    >>> str(printer.rate(Decimal(70), Decimal(100))), str(printer.rate(Decimal(70), None)), str(printer.emission(None))
    ('△30.0', '－', '－')
    """

    def __init__(self, rounding: Rounding) -> None:
        self.rounding = rounding
        self.unit = f"{rounding.unit}-CO2e"
        self.scale = SCALES[rounding.unit]

    def emission(self, tonnes: Decimal | None, status: str = "") -> Figure:
        """An emission. [t-CO2e in, the policy's unit out]"""
        return self.figure(None if tonnes is None else exact.product(tonnes, self.scale), status)

    def figure(self, value: Decimal | None, status: str = "") -> Figure:
        """An emission that is in the policy's unit already. [the policy's unit]"""
        return _figure(value, self.rounding, self.unit, status)

    def total(self, tonnes: Decimal, parts: Iterable[Decimal], status: str = "") -> Figure:
        """A total of emissions, where the policy says so as the sum of the printed parts. [t-CO2e in]"""
        found = self.emission(tonnes, status)
        if self.rounding.sum == "unrounded":
            return found
        value = self.rounding.total(exact.product(part, self.scale) for part in parts)
        return replace(found, printed=value, text=printed(value, self.rounding.digits))

    def change(self, now: Decimal | None, before: Decimal | None) -> Figure:
        """Change of an emission; what is absent in one of the years was not emitted then. [t-CO2e in]"""
        if now is None and before is None:
            return self.emission(None)
        return self.emission(exact.difference(now or Decimal(0), before or Decimal(0)))

    def share(self, part: Decimal | None, whole: Decimal | None) -> Figure:
        """A part of a whole. [%]"""
        if part is None or not whole:
            return _figure(None, PERCENT, "%")
        return _figure(exact.product(exact.quotient(part, whole), HUNDRED), PERCENT, "%")

    def rate(self, now: Decimal | None, before: Decimal | None) -> Figure:
        """Change in per cent of what was; none from nothing or from less. [%]"""
        if now is None or before is None or before <= 0:
            return _figure(None, PERCENT, "%")
        return self.share(exact.difference(now, before), before)

    def quantity(self, value: Decimal | None, unit: str) -> Figure:
        """An activity: whole numbers from 100 on, one decimal below. [unit]"""
        digits = 0 if value is None or abs(value) >= HUNDRED or value == int(value) else 1
        return _figure(value, Rounding(digits=digits), unit_name(unit) if unit else "")


def unit_name(code: str) -> str:
    """A unit as a reader knows it: 台・年, vehicle-years."""
    key = f"unit.{code}"
    return texts.label(key) if key in texts.entries() else units.find(code).name_ja


def decimals(value: Decimal | None, digits: int, unit: str = "") -> Figure:
    """A number with a fixed count of decimals, half up. [unit]

    >>> str(decimals(Decimal("1234.56"), 1)), str(decimals(None, 1))
    ('1,234.6', '－')
    """
    return _figure(value, Rounding(digits=digits), unit)


def _figure(value: Decimal | None, rounding: Rounding, unit: str, status: str = "") -> Figure:
    if value is None:
        return Figure(None, None, texts.none(), unit, status)
    rounded = rounding.figure(value)
    return Figure(value, rounded, printed(rounded, rounding.digits), unit, status)
