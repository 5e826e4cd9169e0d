"""Units and their exact ratios; a heat value or a GWP is law and stands in the catalogue.

The table is ``units.csv``: unit, dimension, exact ratio to the base unit of its dimension, name, aliases, source.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.errors import UnitError


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of the table; `ratio` base units make one of this unit."""

    unit: str
    dimension: str
    ratio: Decimal
    name_ja: str
    source: str

    @property
    def name(self) -> str:
        """The unit in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.unit


@cache
def _tables() -> tuple[dict[str, Unit], dict[str, str]]:
    table: dict[str, Unit] = {}
    names: dict[str, str] = {}
    with (Path(__file__).parent / "units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            unit = Unit(row["unit"], row["dimension"], Decimal(row["ratio"]), row["name_ja"], row["source"])
            table[unit.unit] = unit
            for name in (unit.unit, unit.name_ja, *row["aliases"].split(";")):
                names.setdefault(_plain(name), unit.unit)
    return table, names


@lru_cache(maxsize=1 << 12)
def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).replace(" ", "").replace(",", "")


def all_units() -> tuple[Unit, ...]:
    """Every unit of the table."""
    return tuple(_tables()[0].values())


def find(name: str) -> Unit:
    """The unit that a person wrote.

    Raises
    ------
    UnitError
        U-01 if no unit has this name.

    Examples
    --------
    >>> find("㎥").unit, find("千kWh").ratio, find("ｋＬ").unit
    ('m3', Decimal('1000'), 'kL')
    """
    table, names = _tables()
    try:
        return table[names[_plain(name)]]
    except KeyError:
        raise UnitError("U-01", unit=name) from None


def is_known(name: str) -> bool:
    """Whether a person's word is a unit."""
    return _plain(name) in _tables()[1]


@lru_cache(maxsize=1 << 12)
def ratio(source: str, target: str) -> Decimal:
    """How many `target` make one `source`; exact. [target/source]

    Raises
    ------
    UnitError
        U-01 for an unknown unit, U-02 for units of different dimensions.

    Examples
    --------
    >>> ratio("千kWh", "kWh"), ratio("t", "kg"), ratio("L", "kL")
    (Decimal('1000'), Decimal('1000'), Decimal('0.001'))
    """
    one, other = find(source), find(target)
    if one.dimension != other.dimension:
        raise UnitError("U-02", unit=source, expected=target)
    return one.ratio / other.ratio


@lru_cache(maxsize=1 << 12)
def same_dimension(source: str, target: str) -> bool:
    """Whether one unit converts exactly into the other."""
    return is_known(source) and is_known(target) and find(source).dimension == find(target).dimension
