"""Waste burnt: plastics and synthetic fibre in it by the city's own composition survey.

CO2 is counted for the dry plastics and synthetic fibre only (施行令第3条第1項第1号); CH4 and N2O are counted for all
waste, wet. Dry plastics = wet waste x (1 - moisture) x their share in the dry waste; synthetic fibre = wet waste x
the fibre's share, which the city gives or takes from the manual (catalogue ``rules.csv``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Group
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row

BURNT = ("waste_incinerated_continuous", "waste_incinerated_semi_continuous", "waste_incinerated_batch")
PLASTIC = "waste_plastic_incinerated"
FIBRE = "waste_synthetic_fibre_incinerated"
MANUAL = "manual"


def composition(wastes: Sequence[Row], group: Group) -> Row | None:
    """The one composition in force for the group's month, or for its whole fiscal year."""
    first = group.month.start if group.month else FiscalYear(group.fiscal_year).start
    last = group.month.start if group.month else FiscalYear(group.fiscal_year).months()[-1].start
    fitting = [row for row in wastes if row["facility_id"] == group.facility_id and _covers(row, first, last)]
    return fitting[0] if len(fitting) == 1 else None


def _covers(row: Row, first: date, last: date) -> bool:
    return bool(row["valid_from"] <= first and last < row["valid_to"])


def parts(group: Group, row: Row, fibre_of_manual: Decimal) -> Iterable[Group]:
    """The dry plastics and the synthetic fibre in a group of waste burnt. [unit of the group, dry]"""
    dry = exact.difference(Decimal(1), row["moisture"])
    yield replace(group, item=PLASTIC, use="", share=exact.product(group.share, dry, row["plastic_share"]))
    given = row["synthetic_fibre_share"]
    fibre = fibre_of_manual if given == MANUAL else Decimal(given)
    yield replace(group, item=FIBRE, use="", share=exact.product(group.share, fibre))
