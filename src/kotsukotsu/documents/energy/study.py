"""A study as a document places it; every study of energy is one of these, and every form of output takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Table
from kotsukotsu.findings import Finding
from kotsukotsu.periods import day_name
from kotsukotsu.rounding import Rounding, printed


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its title, charts (each with its table), and tables that stand open or closed.

    Attributes
    ----------
    on_terminal : bool
        Whether the terminal shows the tables too; long lists are left to the page and the workbook.
    """

    ident: str
    title: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    closed: tuple[Table, ...] = ()
    on_terminal: bool = True


@dataclass(frozen=True, slots=True)
class Study:
    """A study.

    Attributes
    ----------
    banners : tuple of str
        What a reader must know first: that shapes are synthetic, that prices are examples.
    sentences : tuple of str
        What was found; the first is the headline.
    data : mapping
        The body of the JSON; numbers are strings.
    """

    title: str
    banners: tuple[str, ...]
    sentences: tuple[str, ...]
    parts: tuple[Part, ...]
    data: Mapping[str, Any]
    findings: tuple[Finding, ...]
    footer: str
    made: date

    def of_meter(self, meter: str, said: Sequence[str]) -> Study:
        """The same, with the meter that it is of; `said` is what a reader is told of it first."""
        return replace(self, banners=(*said, *self.banners), data={**self.data, "meter": meter})


def figure(value: Decimal | None, digits: int = 0, unit: str = "") -> Figure:
    """A number as it is printed; － where there is none."""
    if value is None:
        return Figure(None, None, texts.none(), unit)
    rounded = Rounding(digits=digits).figure(value)
    return Figure(value, rounded, printed(rounded, digits), unit)


def month_name(month: int) -> str:
    """A month below a column."""
    return texts.label("energy.month", month=month)


def moment_name(at: datetime) -> str:
    """A day and a time within a year."""
    return texts.label("energy.moment", month=at.month, day=at.day, time=f"{at:%H:%M}")


def footer(site: str, year: str, made: date) -> str:
    """Site, year and day."""
    return texts.label("energy.footer", site=site, year=year, made=day_name(made))
