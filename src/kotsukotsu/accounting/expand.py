"""The quantity of a ledger's unit in the base unit of its item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.model import Catalogue, Conversion, Factor
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.errors import UnitError
from kotsukotsu.periods import FiscalYear


def ratio_to_base(catalogue: Catalogue, policy: Policy, item: str, unit: str, fy: int) -> Decimal:
    """How many base units of the item make one `unit`.

    Units of one dimension convert exactly; between dimensions (LPG in m3, gas in Nm3) only by the dated conversion
    that the policy names, or by the catalogue's default.

    Raises
    ------
    UnitError
        U-01 unknown unit, U-02 no conversion applies.
    """
    base = catalogue.items[item].unit
    if units.same_dimension(unit, base):
        return units.ratio(unit, base)
    source = units.find(unit)
    for conversion in _candidates(catalogue, policy, item):
        if (
            units.same_dimension(conversion.from_unit, source.unit)
            and units.same_dimension(conversion.to_unit, base)
            and _in_force(conversion, fy)
        ):
            return exact.product(
                units.ratio(unit, conversion.from_unit), conversion.value, units.ratio(conversion.to_unit, base)
            )
    raise UnitError("U-02", unit=unit, expected=base)


def rescaled(factor: Factor, policy: Policy, catalogue: Catalogue) -> Factor:
    """The factor with the conversion that the policy names in place of the catalogue's default (Nm3 of metered gas)."""
    if not factor.conversion or factor.item not in policy.conversions:
        return factor
    by_id = {conversion.conversion_id: conversion for conversion in catalogue.conversions}
    default, chosen = by_id[factor.conversion], by_id[policy.conversions[factor.item]]
    if (default.from_unit, default.to_unit) != (chosen.from_unit, chosen.to_unit):
        return factor
    ratio = exact.exact_quotient(chosen.value, default.value)
    status = catalogue.weaker(factor.status, chosen.status)
    return replace(factor, thirds=exact.product(factor.thirds, ratio), conversion=chosen.conversion_id, status=status)


def _candidates(catalogue: Catalogue, policy: Policy, item: str) -> list[Conversion]:
    named = policy.conversions.get(item)
    return [
        row
        for row in catalogue.conversions
        if row.item == item and (row.conversion_id == named if named else row.default)
    ]


def _in_force(conversion: Conversion, fy: int) -> bool:
    day = FiscalYear(fy).start
    return (conversion.valid_from is None or conversion.valid_from <= day) and (
        conversion.valid_to is None or day < conversion.valid_to
    )
