"""Exact products: nothing is rounded between the published digits and a figure.

A carbon content becomes carbon dioxide by 44/12 = 11/3, which is no finite decimal; so everything is kept as
three times the tonnes, and the division is left to the figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded
from functools import cache

from kotsukotsu import units
from kotsukotsu.catalogue.model import Carbon, Conversion, HeatValue

CONTEXT = Context(prec=60, traps=[Inexact, Rounded, InvalidOperation, DivisionByZero, Overflow])
ratio = cache(units.ratio)
same_dimension = cache(units.same_dimension)


def product(*values: Decimal) -> Decimal:
    """The exact product.

    Raises
    ------
    decimal.Inexact
        If sixty digits are too few.
    """
    total = Decimal(1)
    for value in values:
        total = CONTEXT.multiply(total, value)
    return total


def factor_thirds(value: Decimal, mass: str, per_item: Decimal) -> Decimal:
    """Three times the tonnes per base unit of the item [t/3].

    Parameters
    ----------
    value : Decimal
        The factor. [mass/per]
    mass : str
        Unit of mass.
    per_item : Decimal
        How many `per` make one base unit of the item. [per/unit]
    """
    return product(Decimal(3), value, ratio(mass, "t"), per_item)


def carbon_thirds(heat: HeatValue, carbon: Carbon, per_item: Decimal) -> Decimal:
    """Three times the tonnes of CO2 per base unit: heat value x carbon x 11 [t/3].

    References
    ----------
    .. [1] 地球温暖化対策の推進に関する法律施行令 第3条第1項第1号イ（44/12 を乗じる）.
    """
    energy = ratio(heat.energy, carbon.per)
    return product(heat.value, energy, carbon.value, ratio(carbon.mass, "t"), Decimal(11), per_item)


def per_item(
    unit: str, per: str, item: str, day: date, conversions: Iterable[Conversion]
) -> tuple[Decimal, str] | None:
    """How many `per` make one base unit of an item, and the conversion used (empty for none) [per/unit].

    None if the two have different dimensions and no default conversion is in force on `day`.
    """
    if same_dimension(unit, per):
        return ratio(unit, per), ""
    for row in conversions:
        if row.item == item and row.default and _covers(row, day) and _joins(row, unit, per):
            amount = product(ratio(unit, row.from_unit), row.value, ratio(row.to_unit, per))
            return amount, row.conversion_id
    return None


def _covers(row: Conversion, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)


def _joins(row: Conversion, unit: str, per: str) -> bool:
    return same_dimension(unit, row.from_unit) and same_dimension(row.to_unit, per)
