"""Figures of waste, sewage and gases: which items a form asks for, and what a facility's year says of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import texts, units
from kotsukotsu.accounting import exact
from kotsukotsu.documents.printing import unit_name
from kotsukotsu.ledger.traits import having
from kotsukotsu.periods import FiscalYear, Month, last_day
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts.selectors import names_of
from kotsukotsu.web.common.templatetags.words import moment
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.grid import Key, key_of, month_of
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import registers

KINDS = ("waste", "sewage", "refrigerants")


@dataclass(frozen=True, slots=True)
class Figure:
    """An item of a form.

    Attributes
    ----------
    words : str
        Text that says what is to be entered.
    way : str
        ``amount`` of the year, or machines of which gas was ``released`` or is ``held``.
    """

    kind: str
    item: str
    words: str
    way: str

    @property
    def name(self) -> str:
        """Name for people."""
        found = catalogue().items[self.item]
        return found.name_ja if texts.language() == "ja" else found.name_en

    @property
    def words_text(self) -> str:
        """What is to be entered."""
        return texts.label(f"web.figures.{self.words}")

    @property
    def is_yearly(self) -> bool:
        """Whether months make no sense: a count of the year, or machines."""
        return self.way != "amount" or catalogue().items[self.item].measure == "stock"

    @property
    def unit(self) -> str:
        """The item's own unit."""
        return catalogue().items[self.item].unit

    @property
    def units(self) -> list[str]:
        """Units that a person may write it in."""
        own = units.find(self.unit)
        return [self.unit, *(one.unit for one in units.all_units() if one.dimension == own.dimension and one != own)]


@dataclass(frozen=True, slots=True)
class YearLine:
    """What a facility's year says of an item.

    Attributes
    ----------
    row : Row or None
        The row of the whole year.
    months : int
        Months that say something where there is none.
    value, before : Decimal or None
        All of this year and of the last. [unit of the item]
    """

    figure: Figure
    meter_id: str
    use: str
    row: Row | None
    months: int
    value: Decimal | None
    before: Decimal | None

    @property
    def is_plain(self) -> bool:
        """Whether the form of the year is for it: no meter, no use."""
        return not self.meter_id and not self.use


@cache
def figures() -> Mapping[str, Figure]:
    """Every item that has a form, from ``figures.csv``."""
    with (Path(__file__).parent / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["item"]: Figure(**row) for row in csv.DictReader(file)}


def of_kind(kind: str) -> list[Figure]:
    """Items of a form, in the order of the catalogue."""
    return [one for one in figures().values() if one.kind == kind]


def kinds_of(items: Iterable[str]) -> list[str]:
    """Forms that serve some items."""
    asked = {figures()[item].kind for item in items if item in figures()}
    return [kind for kind in KINDS if kind in asked]


def lines(sheet: Sheet, kind: str) -> list[YearLine]:
    """What a sheet's year says of the items of a form that it is asked for."""
    year = FiscalYear(sheet.fiscal_year)
    asked = [one for one in sheet.lines.all() if one.item in figures() and figures()[one.item].kind == kind]
    rows = ledger.of_years(sheet.facility_id, year.number - 1, year.number, [one.item for one in asked])
    return [_line((one.item, one.meter_id, one.use), rows, year) for one in asked]


def _line(key: Key, rows: Iterable[Row], year: FiscalYear) -> YearLine:
    own = [row for row in rows if key_of(row) == key]
    now = [row for row in own if FiscalYear.of(last_day(row["end"])) == year]
    before = [row for row in own if FiscalYear.of(last_day(row["end"])) == year.before]
    figure = figures()[key[0]]
    months = {month_of(row) for row in now if row["quantity"] is not None or row["basis"] == "not_occurring"}
    return YearLine(
        figure, key[1], key[2], year_row(now, year), len(months - {None}), _sum(now, figure.unit),
        _sum(before, figure.unit),
    )  # fmt: skip


def year_row(rows: Iterable[Row], year: FiscalYear) -> Row | None:
    """The newest row that stands for a whole year."""
    found = [row for row in rows if (row["start"], row["end"]) == (year.start, year.end)]
    return found[-1] if found else None


def entered(row: Row) -> WebError:
    """WF-10: who has entered a row meanwhile, when, and what."""
    quantity = f"{plain(row['quantity'])} {unit_name(row['unit'])}" if row["quantity"] is not None else ""
    who = row["posted_by"] or ""
    return WebError(
        "WF-10", who=names_of([who]).get(who, who), at=moment(row["posted_at"]),
        quantity=quantity or texts.label("web.figure.nothing"),
    )  # fmt: skip


def _sum(rows: Iterable[Row], unit: str) -> Decimal | None:
    known = [
        exact.product(row["quantity"], units.ratio(row["unit"], unit))
        for row in rows
        if row["quantity"] is not None and units.same_dimension(row["unit"], unit)
    ]
    return exact.total(known) if known else None


def lacks_composition(sheet: Sheet, asked: Iterable[str]) -> bool:
    """Whether waste is burnt in a year of which some month has no composition."""
    if not having("composition") & set(asked):
        return False
    known = list(registers.Waste.objects.filter(facility_id=sheet.facility_id))
    months: tuple[Month, ...] = FiscalYear(sheet.fiscal_year).months()
    return any(not any(one.valid_from <= m.start < one.valid_to for one in known) for m in months)


def air_conditioners(sheet: Sheet) -> int:
    """Vehicles of the register with an HFC-134a air-conditioner that were there in a year."""
    year = FiscalYear(sheet.fiscal_year)
    found = registers.Vehicle.objects.filter(facility_id=sheet.facility_id, air_conditioner="yes")
    return sum(
        (one.acquired_on is None or one.acquired_on < year.end)
        and (one.disposed_on is None or one.disposed_on > year.start)
        for one in found
    )
