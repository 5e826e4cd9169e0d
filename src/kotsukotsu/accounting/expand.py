"""The quantity of a ledger's unit in the base unit of its item."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.model import Catalogue, Conversion, Factor
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.errors import PolicyError, UnitError
from kotsukotsu.periods import FiscalYear

OWN_CONVERSION = re.compile(r"(\d+(?:\.\d+)?) ([^/ ]+)/([^/ ]+)", re.ASCII)


def ratio_to_base(catalogue: Catalogue, policy: Policy, item: str, unit: str, fy: int) -> Decimal:
    """How many base units of the item make one `unit`. [base unit/unit]

    Units of one dimension convert exactly; between dimensions (LPG in m3, gas in Nm3) only by the dated conversion
    that the policy names, or by the catalogue's default.

    Raises
    ------
    UnitError
        U-01 unknown unit, U-02 no conversion applies.
    PolicyError
        P-02 the policy names a conversion that does not exist.
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


def converted(factor: Factor, policy: Policy, catalogue: Catalogue) -> Factor:
    """The factor with the status of the conversion that it rests on, which is the policy's where it names one."""
    if not factor.conversion:
        return factor
    default = next(row for row in catalogue.conversions if row.conversion_id == factor.conversion)
    chosen = conversion_named(catalogue, policy, factor.item) or default
    if (default.from_unit, default.to_unit) != (chosen.from_unit, chosen.to_unit):
        chosen = default
    thirds = exact.product(factor.thirds, exact.exact_quotient(chosen.value, default.value))
    status = catalogue.weaker(factor.status, chosen.status)
    return replace(factor, thirds=thirds, conversion=chosen.conversion_id, status=status)


def as_billed(factor: Factor, catalogue: Catalogue, unit: str, ratio: Decimal) -> Factor:
    """The factor for a bill in the factor's own kind of volume, whatever a base unit of it is taken to be.

    A factor per Nm3 serves a bill in Nm3 as published: the `ratio` base units of one `unit` cancel out.
    """
    base = catalogue.items[factor.item].unit
    if not factor.conversion or units.same_dimension(unit, base) or not units.same_dimension(unit, factor.per):
        return factor
    default = next(row for row in catalogue.conversions if row.conversion_id == factor.conversion)
    per_base = exact.product(
        units.ratio(base, default.from_unit), default.value, units.ratio(default.to_unit, factor.per), ratio
    )
    thirds = exact.quotient(exact.product(factor.thirds, units.ratio(unit, factor.per)), per_base)
    return replace(factor, thirds=thirds, conversion="")


def _candidates(catalogue: Catalogue, policy: Policy, item: str) -> list[Conversion]:
    named = conversion_named(catalogue, policy, item)
    return [named] if named else [row for row in catalogue.conversions if row.item == item and row.default]


def conversion_named(catalogue: Catalogue, policy: Policy, item: str) -> Conversion | None:
    """The conversion that the policy names for an item: an id of the catalogue, or a value of the city's own."""
    name = policy.conversions.get(item)
    if name is None:
        return None
    known = [row for row in catalogue.conversions if (row.item, row.conversion_id) == (item, name)]
    return known[0] if known else _of_city(item, name)


def _of_city(item: str, text: str) -> Conversion:
    """A value written as ``2.183406 kg/m3``: how many kg make one m3 in this city."""
    match = OWN_CONVERSION.fullmatch(text)
    if not match or not (units.is_known(match[2]) and units.is_known(match[3])):
        raise PolicyError("P-02", key="conversions", value=text, choices="lpg.2_183 / 2.183406 kg/m3")
    return Conversion(text, item, match[3], match[2], Decimal(match[1]), None, None, False, "city", "derived", "")


def _in_force(conversion: Conversion, fy: int) -> bool:
    day = FiscalYear(fy).start
    return (conversion.valid_from is None or conversion.valid_from <= day) and (
        conversion.valid_to is None or day < conversion.valid_to
    )
