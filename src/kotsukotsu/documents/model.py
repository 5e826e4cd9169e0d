"""What a document says of a city, as plain data: every place that prints a number takes it from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu.documents.printing import Figure
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import Rounding

COMPLETE, INCOMPLETE, PRINTED, ABSENT = "complete", "incomplete", "printed", "absent"
Names = Mapping[str, Callable[[str], str]]  # for each column of the inventory, what to write for a code of it


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a table: an item, facility, department, sector or gas.

    Attributes
    ----------
    belongs : str
        Chart group of an item, name of a facility's department, else empty.
    tonnes, base, change : Figure
        Of the year, of the base year and the difference; none where there were no rows. [t-CO2e]
    comparable : Figure
        Of the year with the base year's factors. [t-CO2e]
    share, cumulative : Figure
        Of the year's total; summed in the order of the list. [%]
    rate : Figure
        Change since the base year. [%]
    quantity : Figure
        Where the line speaks of one item.
    """

    code: str
    name: str
    belongs: str
    quantity: Figure
    tonnes: Figure
    share: Figure
    cumulative: Figure
    base: Figure
    change: Figure
    rate: Figure
    comparable: Figure


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year of the series.

    Attributes
    ----------
    state : str
        `COMPLETE`, `INCOMPLETE` (a quantity is missing), `PRINTED` (only a printed total is left) or `ABSENT`.
    rate : Figure
        Change since the base year; none for a year that is not complete. [%]
    sectors, items : mapping
        Code to emission, where the year has rows of it. [t-CO2e]
    groups : mapping
        Chart group to emission, at most six. [t-CO2e]
    """

    fy: int
    label: str
    era: str
    state: str
    total: Figure
    rate: Figure
    comparable: Figure
    sectors: Mapping[str, Figure]
    items: Mapping[str, Figure]
    groups: Mapping[str, Figure]
    findings: tuple[Finding, ...]

    @property
    def is_incomplete(self) -> bool:
        """Whether the year's total is not to be compared."""
        return self.state == INCOMPLETE


@dataclass(frozen=True, slots=True)
class StatusLine:
    """How much of the year rests on factors of one status. [t-CO2e]"""

    name: str
    warns: bool
    tonnes: Figure
    share: Figure
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steady:
    """Like for like: the facilities that were open throughout both years. [t-CO2e]"""

    facilities: int
    tonnes: Figure
    base: Figure
    rate: Figure


@dataclass(frozen=True, slots=True)
class Totals:
    """The year beside the base year. [t-CO2e], rates and shares [%]

    Attributes
    ----------
    comparable : Figure
        The year's total with the base year's factors.
    by_use, by_factors : Figure
        Change since the base year at the base year's factors, and the rest: factors and GWP.
    unconfirmed : Figure
        What rests on factors that were not read in an official text.
    """

    total: Figure
    base: Figure
    change: Figure
    rate: Figure
    comparable: Figure
    comparable_rate: Figure
    by_use: Figure
    by_factors: Figure
    steady: Steady | None
    unconfirmed: Figure
    unconfirmed_share: Figure


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a document places; figures are of `year`, the latest complete one (else the latest).

    Attributes
    ----------
    made : date
        Day on which the document was made.
    base_label : str
        The base year as printed.
    facilities : tuple of Part
        Largest first; those without rows in the year last.
    apart : tuple of Part
        Bodies that the total leaves out.
    policy : tuple of pairs
        What the figures rest on, as label and text.
    sectors_named, items_named, groups_named : mapping
        Code to name of everything in the series, in the order of printing.
    """

    city: str
    code: str
    invented: bool
    made: date
    unit: str
    rounding: Rounding
    catalogue: str
    policy: tuple[tuple[str, str], ...]
    year: Year
    base_fy: int
    base_label: str
    totals: Totals
    years: tuple[Year, ...]
    sectors_named: Mapping[str, str]
    items_named: Mapping[str, str]
    groups_named: Mapping[str, str]
    groups: tuple[Part, ...]
    items: tuple[Part, ...]
    facilities: tuple[Part, ...]
    departments: tuple[Part, ...]
    sectors: tuple[Part, ...]
    gases: tuple[Part, ...]
    apart: tuple[Part, ...]
    statuses: tuple[StatusLine, ...]

    @property
    def is_base(self) -> bool:
        """Whether the year is the base year itself, which has no change."""
        return self.year.fy == self.base_fy

    @property
    def emitting(self) -> tuple[Part, ...]:
        """Facilities with rows in the year."""
        return tuple(part for part in self.facilities if part.tonnes.exact is not None)

    def reach(self, per_cent: Decimal) -> int:
        """How many of the largest facilities make at least this share of the total."""
        enough = (rank for rank, part in enumerate(self.emitting, 1) if (part.cumulative.exact or 0) >= per_cent)
        return next(enough, len(self.emitting))
