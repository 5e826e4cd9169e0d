"""KPIs with numerator, denominator and current value: the aims of 政府実行計画, and effects by stated assumptions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.findings import Finding
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.schema import Row

DATA = Path(__file__).parent / "data"
CARS = "electrified_cars"
HALF, HUNDRED = Decimal("0.5"), Decimal(100)
# Fuels of 公用車 without a motor that drives; a hybrid burns gasoline too, so only the city's own count can tell it.
ELECTRIC = "electricity"


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim of one year. [%]"""

    kpi: str
    name_ja: str
    name_en: str
    numerator_ja: str
    denominator_ja: str
    aim_fy: int
    aim_pct: Decimal
    source: str
    status: str

    @property
    def name(self) -> str:
        """Name in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.name_en


@cache
def aims() -> tuple[Aim, ...]:
    """Numeric aims of 政府実行計画, in the order of the table."""
    with (DATA / "kpis.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Aim(aim_fy=int(row["aim_fy"]), aim_pct=Decimal(row["aim_pct"]), **{name: row[name] for name in TEXTS})
            for row in csv.DictReader(file)
        )


TEXTS = ("kpi", "name_ja", "name_en", "numerator_ja", "denominator_ja", "source", "status")


@dataclass(frozen=True, slots=True)
class Kpi:
    """An aim beside today's value.

    Attributes
    ----------
    numerator, denominator : Decimal or None
        None where the registers do not tell; never zero in its place.
    origin : str
        The register or the city's statement that the counts come from.
    """

    aim: Aim
    numerator: Decimal | None
    denominator: Decimal | None
    origin: str

    @property
    def pct(self) -> Decimal | None:
        """Today's value, None if a count is missing or the denominator is zero. [%]"""
        if self.numerator is None or not self.denominator:
            return None
        return exact.quotient(exact.product(self.numerator, HUNDRED), self.denominator)

    @property
    def missing(self) -> Decimal | None:
        """How many of the denominator still have to be reached, None if not known."""
        if self.numerator is None or self.denominator is None:
            return None
        wanted = exact.product(self.denominator, self.aim.aim_pct, Decimal("0.01"))
        return max(Decimal(0), exact.difference(wanted, self.numerator))


def current(fy: int, on: date, stated: Iterable[Row], vehicles: Iterable[Row]) -> tuple[list[Kpi], list[Finding]]:
    """Every aim with today's value, and KP-01 for each that no register tells.

    Parameters
    ----------
    on : date
        Day of the registers, such as the last of the fiscal year.
    stated : iterable of rows
        The city's kpis.csv: kpi, fiscal_year, numerator, denominator, source; it goes before the registers.
    vehicles : iterable of rows
        The vehicle register. It tells electric cars by their fuel but no hybrids, which burn petrol, so it gives the
        denominator; the numerator only the city can state.
    """
    by_kpi = {row["kpi"]: row for row in stated if row["fiscal_year"] == fy}
    fleet = sum(1 for row in vehicles if _held(row, on))
    found = [_current(aim, by_kpi.get(aim.kpi), fleet) for aim in aims()]
    lacking = {kpi.aim.kpi: kpi for kpi in found if kpi.pct is None}
    findings = [
        Finding("KP-01", data={"name": kpi.aim.name, "numerator": kpi.aim.numerator_ja, "kpi": kpi.aim.kpi, "fy": fy,
                               "denominator": kpi.aim.denominator_ja})
        for kpi in lacking.values()
    ]  # fmt: skip
    return found, findings


def _current(aim: Aim, stated: Row | None, fleet: int) -> Kpi:
    if stated is not None:
        return Kpi(aim, stated["numerator"], stated["denominator"], stated["source"] or "kpis.csv")
    if aim.kpi == CARS and fleet:
        return Kpi(aim, None, Decimal(fleet), "vehicles.csv")
    return Kpi(aim, None, None, "")


def _held(row: Row, on: date) -> bool:
    begun = row["acquired_on"] is None or row["acquired_on"] <= on
    return begun and (row["disposed_on"] is None or row["disposed_on"] > on)


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A printed effect beside what its stated assumptions give.

    Attributes
    ----------
    tonnes : Decimal or None
        From the assumptions; None where a quantity is not printed. [t-CO2e]
    implied : tuple of Decimal
        The quantities that would round to the printed figure, from and to. [unit of the quantity]
    agrees : bool or None
        Whether the printed figure is the rounded one; None if it cannot be computed.
    """

    printed: Decimal
    tonnes: Decimal | None
    implied: tuple[Decimal, Decimal]
    agrees: bool | None


def reproduced(printed: Decimal, factor: Decimal, quantity: Decimal | None, per: Decimal = Decimal(1)) -> Reproduced:
    """A printed effect = quantity x yield x factor, or the quantity that it must rest on.

    Parameters
    ----------
    printed : Decimal
        Whole tonnes. [t-CO2e]
    factor : Decimal
        Factor of electricity taken for granted. [t-CO2e/MWh]
    quantity : Decimal or None
        Such as kW, or the electricity moved; None if the plan does not print it.
    per : Decimal
        Electricity of one unit of the quantity. [MWh/unit]

    Raises
    ------
    PlanningError
        KP-02 a factor or yield that is not above zero.

    Examples
    --------
    >>> reproduced(Decimal(127), Decimal("0.25"), Decimal("508.8"), Decimal(1)).tonnes
    Decimal('127.200')
    """
    each = exact.product(per, factor)
    if each <= 0:
        raise PlanningError("KP-02", value=each)
    implied = exact.quotient(printed - HALF, each), exact.quotient(printed + HALF, each)
    if quantity is None:
        return Reproduced(printed, None, implied, None)
    tonnes = exact.product(quantity, each)
    return Reproduced(printed, tonnes, implied, printed - HALF <= tonnes < printed + HALF)


def registered_kw(renewables: Iterable[Mapping[str, Decimal | str | None]], kind: str, column: str) -> Decimal:
    """Sum of a column of the register of renewables, such as planned kW of PV. [kW]"""
    found = (row[column] for row in renewables if row["kind"] == kind)
    return exact.total(Decimal(value) for value in found if value)
