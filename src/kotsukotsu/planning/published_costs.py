"""Costs of measures that somebody has published, to compare an estimate with; nothing is computed from them.

A cost by kW or by car is of no use to a measure whose size is a part of a facility, and one example is no mean.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.rounding import printed

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PublishedCost:
    """A cost as published.

    Attributes
    ----------
    low, high : Decimal
        Both the same where it is one figure. [yen/unit]
    source, status : str
        Who says so, and how far it has been confirmed.
    """

    measure: str
    what_ja: str
    what_en: str
    low: Decimal
    high: Decimal
    unit_ja: str
    unit_en: str
    source: str
    status: str

    @property
    def yen(self) -> str:
        """The figure, or from and to. [yen/unit]"""
        return (
            printed(self.low)
            if self.low == self.high
            else f"{printed(self.low)}{texts.label('sign.to')}{printed(self.high)}"
        )

    @property
    def words(self) -> str:
        """What, how much for which unit, and who says so, in the language of the interface."""
        is_japanese = texts.language() == "ja"
        what, unit = (self.what_ja, self.unit_ja) if is_japanese else (self.what_en, self.unit_en)
        return texts.label("measures.published", what=what, yen=self.yen, unit=unit, source=self.source)


@cache
def published_costs() -> Mapping[str, tuple[PublishedCost, ...]]:
    """Published costs by measure; a measure of which none has been found is not named."""
    with (DATA / "published_costs.csv").open(encoding="utf-8", newline="") as file:
        found = [
            PublishedCost(
                low=Decimal(row["low_yen"]), high=Decimal(row["high_yen"]), **{key: row[key] for key in TEXTS}
            )
            for row in csv.DictReader(file)
        ]
    return {one.measure: tuple(other for other in found if other.measure == one.measure) for one in found}


TEXTS = ("measure", "what_ja", "what_en", "unit_ja", "unit_en", "source", "status")


def told(measure: str) -> str:
    """What is published of a measure's cost, or that nothing has been found."""
    found = published_costs().get(measure)
    return "".join(one.words for one in found) if found else texts.label("measures.published.none")
