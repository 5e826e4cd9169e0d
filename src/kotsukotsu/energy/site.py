"""A site: buildings behind meters, generators, bills and contracts, as tables; no file is opened here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from kotsukotsu import schema, texts
from kotsukotsu.energy import joined
from kotsukotsu.energy.bill import Terms
from kotsukotsu.energy.contracts import Contracted
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.profiles.fit import Billed
from kotsukotsu.energy.slots import Calendar, calendar
from kotsukotsu.energy.tariff.load import with_own
from kotsukotsu.energy.tariff.model import TABLES as TARIFF_TABLES
from kotsukotsu.energy.tariff.model import Book
from kotsukotsu.periods import FiscalYear, Month
from kotsukotsu.schema import Row

SETTINGS = "site.toml"
TABLES = (
    "buildings", "bills", "generators", "shares", "certificates", "ppas", "settlements", "spending", "menus", "devices",
    "options", "assumptions", "bookings", "heat", "contracts",
)  # fmt: skip
NEEDED = ("name", "municipality", "fiscal_year")


@dataclass(frozen=True)
class Site:
    """Everything that a site's folder says, typed.

    Attributes
    ----------
    settings : mapping
        ``site.toml``.
    tables : mapping
        Rows of each table of `TABLES`, by the columns of ``schema/energy``.
    book : Book
        The shipped tariffs and the site's own.
    until : date, optional
        The first day of the year that is not looked at any more, the first of a month; the whole year if left out.
    """

    settings: Mapping[str, Any]
    tables: Mapping[str, tuple[Row, ...]]
    book: Book
    until: date | None = None

    @property
    def name(self) -> str:
        """Name of the site."""
        return str(self.settings["site"]["name"])

    @property
    def municipality(self) -> str:
        """Name of the municipality."""
        return str(self.settings["site"]["municipality"])

    @property
    def synthetic(self) -> bool:
        """Whether the shapes (not the totals) are made up, which every output says."""
        return bool(self.settings["site"].get("synthetic", False))

    @cached_property
    def fiscal_year(self) -> FiscalYear:
        """The year that is looked at."""
        return FiscalYear(self.settings["site"]["fiscal_year"])

    @property
    def calendar(self) -> Calendar:
        """Its half-hours, as far as it is looked at."""
        return calendar(self.fiscal_year.start, self.until or self.fiscal_year.end)

    def building(self, building_id: str) -> Row:
        """A building.

        Raises
        ------
        EnergyError
            ST-03 if there is none of that number.
        """
        return self._one("buildings", "building_id", building_id)

    def generator(self, generator_id: str) -> Row:
        """A generator; ST-03 if there is none of that number."""
        return self._one("generators", "generator_id", generator_id)

    @cached_property
    def meters(self) -> Mapping[str, tuple[Row, ...]]:
        """Buildings by the meter that they stand behind.

        Raises
        ------
        EnergyError
            ST-04 if buildings behind one meter name different tariffs.
        """
        found: dict[str, list[Row]] = {}
        for row in self.tables["buildings"]:
            found.setdefault(row["meter_id"], []).append(row)
        for meter, rows in found.items():
            if len({row["tariff_id"] for row in rows}) > 1:
                raise EnergyError("ST-04", meter=meter, names=texts.listed(row["name"] for row in rows))
        return {meter: tuple(rows) for meter, rows in found.items()}

    def contracts(self, meter_id: str, period: Calendar | None = None) -> tuple[Contracted, ...]:
        """The contracts of a meter in a period (the year), in order, without the market's prices.

        The first is that of ``buildings.csv`` (each term of the first building that says it), unless one of
        ``contracts.csv`` was in force when the period began.
        """
        rows, within = self.meters[meter_id], period or self.calendar
        earlier = next((row["earlier_kw"] for row in rows if row["earlier_kw"]), None)
        before = _numbers(earlier, rows[0]["building_id"]) if earlier else ()
        first = Terms(_first(rows, "power_factor_pct"), _first(rows, "contract_kw"), before)
        found = [Contracted(within.start, rows[0]["tariff_id"], first)]
        for row in sorted(self.tables["contracts"], key=lambda one: one["valid_from"]):
            if row["meter_id"] == meter_id and row["valid_from"] < within.end:
                later = Contracted(row["valid_from"], row["tariff_id"],
                                   Terms(row["power_factor_pct"], row["contract_kw"], before))  # fmt: skip
                found = [*(found if later.start > within.start else ()), later]
        return tuple(found)

    def billed(self, building_id: str) -> dict[Month, Billed]:
        """The bills of a building by month."""
        return {
            Month.of(row["month"]): Billed(row["kwh"], row["max_kw"])
            for row in self.tables["bills"]
            if row["building_id"] == building_id
        }

    def fuel(self, building_id: str) -> dict[Month, Decimal]:
        """The fuel that a building burns for heat by month, in the unit of the fuel."""
        return {
            Month.of(row["month"]): row["quantity"] for row in self.tables["heat"] if row["building_id"] == building_id
        }

    def _one(self, table: str, key: str, value: str) -> Row:
        for row in self.tables[table]:
            if row[key] == value:
                return row
        known = texts.listed(row[key] for row in self.tables[table])
        raise EnergyError("ST-03", file=f"{table}.csv", value=value, known=known)


def site(settings: Mapping[str, Any], texts: Mapping[str, str]) -> Site:
    """A site from its settings and the texts of its tables; an absent table has no rows.

    Raises
    ------
    EnergyError
        ST-01 a setting that is missing, ST-02 a fiscal year that is no whole number, ST-05, ST-14, ST-15 tables that do
        not fit together.
    FolderError
        F-02 to F-05 with file, line and column.
    """
    head = settings.get("site", {})
    for key in NEEDED:
        if key not in head:
            raise EnergyError("ST-01", file=SETTINGS, key=f"site.{key}")
    if type(head["fiscal_year"]) is not int:
        raise EnergyError("ST-02", file=SETTINGS, value=head["fiscal_year"])
    numbered = {name: tuple(schema.numbered(texts[name], f"energy/{name}", f"{name}.csv")) if name in texts else ()
                for name in TABLES}  # fmt: skip
    joined.check(numbered)
    tables = {name: tuple(row for _, row in rows) for name, rows in numbered.items()}
    return Site(settings, tables, with_own({name: texts[name] for name in TARIFF_TABLES if name in texts}))


def _first(rows: tuple[Row, ...], column: str) -> Decimal | None:
    return next((row[column] for row in rows if row[column] is not None), None)


def _numbers(text: str, building: str) -> tuple[Decimal, ...]:
    try:
        return tuple(Decimal(part.strip()) for part in text.split(";") if part.strip())
    except InvalidOperation:
        raise EnergyError("ST-06", building=building, value=text) from None
