"""Rows of the tables of tariffs, typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError

ACTUAL, AGREED, NONE = "actual", "agreed", "none"
DEMAND, ENERGY, NETWORK_DEMAND, NETWORK_ENERGY, FIXED = "demand", "energy", "network_demand", "network_energy", "fixed"
LOSS, GENERATION = "loss", "generation"  # of a supply that is priced where it is generated
LEVY, TAX = "levy", "tax"
SPOT = "spot:"  # a market_series that follows the half-hourly price of an area
KINDS = {"levy": "rates", "tax": "rates", "fuel": "adjustments", "market": "adjustments"}  # others stand in prices
TABLES = ("tariffs", "prices", "seasons", "hours", "adjustments", "rates")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that is in force from a day to another. [yen/kWh, yen/kW, yen or %]"""

    value: Decimal
    valid_from: date
    valid_to: date | None
    source: str
    status: str

    def serves(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff without its prices; the columns are those of ``schema/energy/tariffs.csv``."""

    tariff_id: str
    name: str
    supplier: str
    voltage: str
    contract_rule: str
    memory_months: int
    penalty_ratio: Decimal | None
    no_use_share: Decimal
    power_factor: bool
    kw_digits: int | None
    kwh_digits: int | None
    line_digits: int | None
    levy_digits: int | None
    total_digits: int | None
    yen_method: str
    tax_included: bool
    levy: bool
    fuel_series: str
    market_series: str
    source: str
    status: str

    @property
    def spot_area(self) -> str:
        """The area whose market price every half-hour follows, empty if none."""
        return self.market_series.removeprefix(SPOT) if self.market_series.startswith(SPOT) else ""


@dataclass(frozen=True)
class Book:
    """Every table of tariffs at hand: the shipped one, then the site's own."""

    rows: Mapping[str, tuple[Row, ...]]

    @cached_property
    def tariffs(self) -> Mapping[str, Tariff]:
        """Tariffs by their number; the later of two with one number counts."""
        return {row["tariff_id"]: _tariff(row) for row in self.rows["tariffs"]}

    def tariff(self, tariff_id: str) -> Tariff:
        """A tariff.

        Raises
        ------
        EnergyError
            TF-01 if nobody knows it.
        """
        if tariff_id not in self.tariffs:
            raise EnergyError("TF-01", tariff=tariff_id, known=texts.listed(self.tariffs))
        return self.tariffs[tariff_id]

    def of(self, table: str, tariff_id: str) -> list[Row]:
        """The rows of a tariff in a table."""
        return [row for row in self.rows[table] if row["tariff_id"] == tariff_id]

    def series(self, name: str) -> list[Dated]:
        """The adjustments of a series."""
        return [_dated(row, row["price"]) for row in self.rows["adjustments"] if row["series"] == name]

    def rates(self, kind: str) -> list[Dated]:
        """The renewable levy or the tax."""
        return [_dated(row, row["value"]) for row in self.rows["rates"] if row["kind"] == kind]

    def prices(self, tariff_id: str, component: str, season: str = "", period: str = "") -> list[Dated]:
        """Prices of a component that serve a season and a period."""
        return [
            _dated(row, row["price"])
            for row in self.of("prices", tariff_id)
            if row["component"] == component and row["season"] in (None, season) and row["period"] in (None, period)
        ]


def in_force(found: Iterable[Dated], day: date, *, tariff: str, component: str) -> Dated:
    """The one value in force on a day.

    Parameters
    ----------
    component : str
        A word of `KINDS`, and after it season and time of day where it has them.

    Raises
    ------
    EnergyError
        TF-02 none (a gap of the tariff), TF-03 more than one; with the table that has to be mended.
    """
    serving = [one for one in found if one.serves(day)]
    if len(serving) != 1:
        kind, _, rest = component.partition(" ")
        what = " ".join((texts.label(f"energy.line.{kind}"), *rest.split()))
        file = f"{KINDS.get(kind, 'prices')}.csv"
        raise EnergyError("TF-03" if serving else "TF-02", tariff=tariff, component=what, day=day, file=file)
    return serving[0]


def _dated(row: Row, value: Decimal) -> Dated:
    return Dated(value, row["valid_from"], row["valid_to"], row["source"], row["status"])


def _tariff(row: Row) -> Tariff:
    memory = row["memory_months"]
    return Tariff(
        tariff_id=row["tariff_id"], name=row["name"], supplier=row["supplier"], voltage=row["voltage"],
        contract_rule=row["contract_rule"], memory_months=11 if memory is None else memory,
        penalty_ratio=row["penalty_ratio"],
        no_use_share=Decimal(1) if row["no_use_share"] is None else row["no_use_share"],
        power_factor=row["power_factor"] == "yes", kw_digits=row["kw_digits"], kwh_digits=row["kwh_digits"],
        line_digits=row["line_digits"], levy_digits=row["levy_digits"], total_digits=row["total_digits"],
        yen_method=row["yen_method"], tax_included=row["tax"] == "included", levy=row["levy"] == "yes",
        fuel_series=row["fuel_series"] or "", market_series=row["market_series"] or "", source=row["source"],
        status=row["status"],
    )  # fmt: skip
