"""Index series: emission and use of every item with the base year as 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.uses import quantity_of
from kotsukotsu.analysis.where import per_cent

Series = Mapping[int, Decimal | None]  # fiscal year to a value; None where there is none


@dataclass(frozen=True, slots=True)
class ItemIndex:
    """The series of one item.

    Attributes
    ----------
    emission, use : mapping
        Fiscal year to emission [t-CO2e] and quantity [base unit of the item].
    emission_index, use_index : mapping
        The same with the base year as 100; None for every year where the base year has none. [1]
    """

    item: str
    emission: Series
    use: Series
    emission_index: Series
    use_index: Series


def index(values: Series, base: int) -> dict[int, Decimal | None]:
    """A series with its base year as 100; a year without a value stays open, and all do without a base above 0. [%]

    Examples
    --------
    >>> series = {2013: Decimal(50), 2014: None, 2015: Decimal(60)}
    >>> index(series, 2013), index({2013: None, 2014: Decimal(3)}, 2013)
    ({2013: Decimal('100'), 2014: None, 2015: Decimal('120')}, {2013: None, 2014: None})
    """
    whole = values.get(base)
    return {fy: None if value is None or whole is None else per_cent(value, whole) for fy, value in values.items()}


def index_by_item(lines: Mapping[int, Sequence[Line] | None], base: int) -> list[ItemIndex]:
    """The series of every item of some years.

    Parameters
    ----------
    lines : mapping
        Fiscal year to its lines; None for a year that could not be computed. A year without rows of an item has no
        value of it, which is not 0.
    """
    items = dict.fromkeys(line.item for found in lines.values() for line in found or ())
    return [_item(item, lines, base) for item in items]


def _item(item: str, lines: Mapping[int, Sequence[Line] | None], base: int) -> ItemIndex:
    own = {fy: [line for line in found or () if line.item == item] for fy, found in lines.items()}
    emission = {
        fy: exact.whole(exact.total(line.thirds_co2e for line in found)) if found else None for fy, found in own.items()
    }
    use = {fy: quantity_of(found) if found else None for fy, found in own.items()}
    return ItemIndex(item, emission, use, index(emission, base), index(use, base))
