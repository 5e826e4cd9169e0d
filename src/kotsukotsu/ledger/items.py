"""What the ledger needs to know of an item; the caller takes it from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Measure = Literal["flow", "stock"]


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Facts about one item.

    Attributes
    ----------
    item : str
        Code, for example ``electricity``.
    name : str
        Name for people.
    unit : str
        Base unit.
    measure : str
        ``flow``, an amount used over a period, or ``stock``, given once per fiscal year (vehicles, persons).
    counts : bool
        Whether the item enters the total emissions.
    other_units : frozenset of str
        Units of another dimension that a dated conversion of the catalogue accepts (LPG in m3).
    """

    item: str
    name: str
    unit: str
    measure: Measure = "flow"
    counts: bool = True
    other_units: frozenset[str] = frozenset()
