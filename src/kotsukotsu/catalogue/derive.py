"""What follows from the published rows: amounts per base unit, and the exact family of fuel factors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import ROUND_HALF_UP, Context, Decimal
from operator import attrgetter

from kotsukotsu import texts
from kotsukotsu.catalogue.exact import carbon_thirds, factor_thirds, per_item, product, ratio
from kotsukotsu.catalogue.model import Carbon, Conversion, Factor, HeatValue, Item, Status
from kotsukotsu.errors import CatalogueError, UnitError

EXACT = ".exact"
SHOWN = Decimal("0.000001")
_DISPLAY = Context(prec=60)
_COMPUTED = ("thirds", "conversion")
# dataclasses.replace would take half of the time of loading.
_printed = attrgetter(*(f.name for f in fields(Factor) if not f.kw_only and f.name not in _COMPUTED))
_build: Callable[..., Factor] = Factor


def with_thirds(
    factors: Iterable[Factor], items: Mapping[str, Item], conversions: Sequence[Conversion]
) -> list[Factor]:
    """The factors with their amount per base unit of the item.

    Raises
    ------
    CatalogueError
        CA-10 unknown item, CA-11 unknown unit or one that no conversion joins to the item's.
    """
    found = []
    for factor in factors:
        amount, conversion = _amount(factor, factor.per, items, conversions)
        try:
            thirds = factor_thirds(factor.value, factor.mass, amount)
        except UnitError:
            raise _unit_error(factor, factor.mass) from None
        found.append(_build(*_printed(factor), thirds, conversion, file=factor.file, line=factor.line))
    return found


def exact_factors(
    carbon: Iterable[Carbon],
    heat_values: Iterable[HeatValue],
    items: Mapping[str, Item],
    conversions: Sequence[Conversion],
    statuses: Mapping[str, Status],
) -> list[Factor]:
    """One factor of the exact family for each carbon content.

    Raises
    ------
    CatalogueError
        CA-12 if no heat value, or more than one, is in force for as long as the carbon content.
    """
    heats: dict[tuple[str, str], list[HeatValue]] = {}
    for heat in heat_values:
        if not heat.kind:
            heats.setdefault((heat.item, heat.regime), []).append(heat)
    found = []
    for row in carbon:
        fitting = [heat for heat in heats.get((row.item, row.regime), ()) if _same_time(heat, row)]
        if len(fitting) != 1:
            raise CatalogueError("CA-12", file=row.file, line=row.line, id=row.factor_id, number=len(fitting))
        amount, conversion = _amount(row, fitting[0].per, items, conversions)
        try:
            thirds = carbon_thirds(fitting[0], row, amount)
        except UnitError as error:
            raise _unit_error(row, str(error.data["unit"])) from None
        found.append(_exact(row, fitting[0], thirds, conversion, statuses))
    return found


def _amount(
    row: Factor | Carbon, per: str, items: Mapping[str, Item], conversions: Sequence[Conversion]
) -> tuple[Decimal, str]:
    if row.item not in items:
        kind = texts.label("catalogue.kind.item")
        raise CatalogueError("CA-10", file=row.file, line=row.line, kind=kind, value=row.item)
    amount = per_item(items[row.item].unit, per, row.item, row.valid_from, conversions)
    if amount is None:
        raise _unit_error(row, per)
    return amount


def _unit_error(row: Factor | Carbon, unit: str) -> CatalogueError:
    return CatalogueError("CA-11", file=row.file, line=row.line, unit=unit, item=row.item)


def _same_time(heat: HeatValue, row: Carbon) -> bool:
    return (heat.valid_from, heat.valid_to) == (row.valid_from, row.valid_to)


def _exact(row: Carbon, heat: HeatValue, thirds: Decimal, conversion: str, statuses: Mapping[str, Status]) -> Factor:
    shown = _DISPLAY.divide(product(heat.value, ratio(heat.energy, row.per), row.value, Decimal(11)), Decimal(3))
    return Factor(
        factor_id=row.factor_id + EXACT,
        regime=row.regime,
        item=row.item,
        supplier=row.supplier,
        menu="",
        kind="any" if row.supplier else "",
        family="exact",
        gas="CO2",
        value=shown.quantize(SHOWN, rounding=ROUND_HALF_UP, context=_DISPLAY),
        mass=row.mass,
        per=heat.per,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source_fy=None,
        edition=row.edition,
        source=row.source,
        locator=row.locator,
        status=_status(heat.status, row.status, statuses),
        note=f"{heat.value} {heat.energy}/{heat.per} × {row.value} {row.mass}C/{row.per} × 44/12",
        thirds=thirds,
        conversion=conversion,
        file=row.file,
        line=row.line,
    )


def _status(heat: str, carbon: str, statuses: Mapping[str, Status]) -> str:
    """Derived, or the weaker of the two where one of them is weaker than that."""
    known = [status for status in (heat, carbon, "derived") if status in statuses]
    return max(known, key=lambda status: statuses[status].order, default=carbon)
