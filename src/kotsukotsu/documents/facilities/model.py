"""What a sheet says of one facility, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Table


@dataclass(frozen=True, slots=True)
class Cost:
    """What a facility paid for an item in a fiscal year; `missing` rows name no cost. [yen]"""

    yen: Decimal
    missing: int


@dataclass(frozen=True, slots=True)
class YearOf:
    """A fiscal year of a facility; no total where it has no rows. [t-CO2e]"""

    fy: int
    label: str
    short: str
    total: Figure
    groups: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class MonthOf:
    """A month of each of the sheet's `month_years`; none where it has no rows. [t-CO2e]"""

    label: str
    tonnes: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """Emission per floor area among the buildings of the same use. [kg-CO2e/m2]

    Attributes
    ----------
    quarter : int
        1 for the quarter with the lowest values to 4 for the highest.
    """

    use: str
    count: int
    quarter: int
    value: Figure
    lower: Figure
    median: Figure
    upper: Figure
    least: Figure
    most: Figure


@dataclass(frozen=True, slots=True)
class Review:
    """What the department says of the year: text and who said it when."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One facility.

    Attributes
    ----------
    facts : tuple of pairs
        Use, area, department and so on, as label and text.
    total, before, base : Figure
        Emission of the year, the year before and the base year. [t-CO2e]
    intensity : Figure
        Emission per floor area; none without an area. [kg-CO2e/m2]
    peers : Peers or None
        None where fewer than four buildings can be compared.
    causes : tuple of str
        Sentences on the change since the year before, then since the base year.
    explained : tuple of str
        What the department explained of single items.
    items, years, months, measures, countermeasures : Table
        The figures of the charts, and what is planned.
    rise : Decimal
        Change since the year before; a facility without rows in a year did not emit in it. [t-CO2e]
    """

    code: str
    name: str
    facts: tuple[tuple[str, str], ...]
    rank: str
    share: Figure
    total: Figure
    before: Figure
    base: Figure
    rate_before: Figure
    rate_base: Figure
    intensity: Figure
    peers: Peers | None
    causes: tuple[str, ...]
    explained: tuple[str, ...]
    reviews: tuple[Review, ...]
    year_list: tuple[YearOf, ...]
    month_list: tuple[MonthOf, ...]
    items: Table
    years: Table
    months: Table
    measures: Table
    countermeasures: Table
    rise: Decimal
    largest_month: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """All facilities, and what is the same on each sheet."""

    city: str
    title: str
    year: str
    before: str
    month_years: tuple[str, ...]
    base: str
    unit: str
    footer: str
    invented: bool
    groups: Mapping[str, str]
    sheets: tuple[Sheet, ...]
