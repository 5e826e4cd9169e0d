"""The choice of measures under yearly budgets, as data: what may be chosen, and what limits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kotsukotsu.accounting import exact

Form = Literal["cost", "saving"]
COST: Form = "cost"
SAVING: Form = "saving"
ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Option:
    """A measure at a facility that may be started in one of the years, or not at all.

    Attributes
    ----------
    saving : tuple of Decimal
        What it saves in each year of the plan if it works by then. [t-CO2e]
    capex : Decimal
        Paid in the year of its start. [yen]
    running : Decimal
        Added to (below zero: taken from) the yearly costs from the year in which it works. [yen/year]
    earliest : int
        First year in which it can start, 0 for the plan's first.
    lead : int
        Years from its start until it works.
    renewal_year, renewal_discount : int or None, Decimal
        In that year the building is renewed anyway, and this share of the capex falls away. [1]
    programme : str or None
        The subsidy programme that may pay part of it.
    """

    key: str
    facility: str
    kind: str
    saving: tuple[Decimal, ...]
    capex: Decimal
    running: Decimal = ZERO
    earliest: int = 0
    lead: int = 0
    renewal_year: int | None = None
    renewal_discount: Decimal = ZERO
    programme: str | None = None

    def price(self, year: int) -> Decimal:
        """Capex if it starts in a year, before subsidy. [yen]"""
        shared = self.renewal_discount if year == self.renewal_year else ZERO
        return exact.product(self.capex, exact.difference(ONE, shared))

    def saved(self, start: int, year: int) -> Decimal:
        """What it saves in a year if it started in `start`. [t-CO2e]"""
        return self.saving[year] if year >= start + self.lead else ZERO


@dataclass(frozen=True, slots=True)
class Programme:
    """A subsidy programme: its share of the capex, and the most it pays in each year. [1], [yen/year]"""

    key: str
    rate: Decimal
    limits: tuple[Decimal, ...]


@dataclass(frozen=True)
class Problem:
    """Measures to choose from, and everything that limits the choice.

    Attributes
    ----------
    first_fy : int
        Fiscal year of index 0; there are as many years as budgets.
    budgets : tuple of Decimal
        Most that may be spent in a year: capex less subsidy. [yen]
    exclusive : tuple of tuples of keys
        At most one of each group is taken.
    requires : tuple of pairs of keys
        The first starts no earlier than the second, and not without it.
    targets : mapping
        Year index to the least that must be saved in it. [t-CO2e]
    discount_rate : Decimal
        Of the present cost. [1/year]
    """

    options: tuple[Option, ...]
    first_fy: int
    budgets: tuple[Decimal, ...]
    programmes: tuple[Programme, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    discount_rate: Decimal = ZERO
    form: Form = COST

    @property
    def years(self) -> int:
        """Number of years of the plan."""
        return len(self.budgets)

    @cached_property
    def by_key(self) -> Mapping[str, Option]:
        """Each option by its key."""
        return {option.key: option for option in self.options}

    @cached_property
    def discounts(self) -> tuple[Decimal, ...]:
        """Present value of one yen paid in each year."""
        yearly = exact.quotient(ONE, ONE + self.discount_rate)
        return tuple(yearly**year for year in range(self.years))

    def starts(self, option: Option) -> range:
        """Years in which an option can start and still work within the plan."""
        return range(option.earliest, self.years - option.lead)

    def most(self) -> tuple[Decimal, ...]:
        """What all measures together would save in each year, were money no matter. [t-CO2e]

        Notes
        -----
        Of an exclusive group only the one that saves most counts; prerequisites are taken with it. Groups that share
        a measure would make this too large, never too small.
        """
        return tuple(self._most_in(year) for year in range(self.years))

    def _most_in(self, year: int) -> Decimal:
        def could(key: str) -> Decimal:
            option = self.by_key[key]
            return max(ZERO, option.saved(option.earliest, year)) if self.starts(option) else ZERO

        grouped = {key for group in self.exclusive for key in group}
        best = [max(could(key) for key in group) for group in self.exclusive]
        return exact.total([*best, *(could(option.key) for option in self.options if option.key not in grouped)])
