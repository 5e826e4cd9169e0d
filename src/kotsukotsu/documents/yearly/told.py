"""What people wrote beside the figures: opinions and answers, corrections, earlier statements."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.printing import Figure, Printer, decimals
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.schema.city import City


def opinions(city: City, fy: int) -> Table:
    """Opinions on a year and the city's answers; one without an answer says so."""
    rows: tuple[Row, ...] = tuple(
        (
            row["body"], day_name(row["held_on"]), row["opinion"],
            row["answer"] or texts.label("opinion.open"),
        )
        for row in city.table("opinions")
        if row["fiscal_year"] == fy
    )  # fmt: skip
    heads = tuple(texts.label(f"opinion.head.{name}") for name in ("body", "day", "opinion", "answer"))
    return Table(texts.label("opinion.table"), "", heads, rows)


def errata(city: City) -> Table:
    """正誤表, newest first."""
    rows: tuple[Row, ...] = tuple(
        (
            day_name(row["corrected_on"]), FiscalYear(row["fiscal_year"]).short_name, row["document"], row["place"],
            row["wrong"], row["right"], row["reason"],
        )
        for row in sorted(city.table("errata"), key=lambda row: row["corrected_on"], reverse=True)
    )  # fmt: skip
    heads = tuple(
        texts.label(f"errata.head.{name}") for name in ("day", "year", "document", "place", "wrong", "right", "reason")
    )
    return Table(texts.label("errata.table"), "", heads, rows)


def statements(result: Inventory) -> Table:
    """What was stated as a year's total before, each with its reason, and what is computed now."""
    city, printer = result.city, Printer(result.policy.rounding)
    rows: list[Row] = [
        (
            FiscalYear(row["fiscal_year"]).name, day_name(row["stated_on"]), _stated(row["tonnes_co2e"], printer),
            row["reason"],
        )
        for row in sorted(city.table("restatements"), key=lambda row: (row["fiscal_year"], row["stated_on"]))
    ]  # fmt: skip
    if rows and result.base_total is not None:
        now = printer.emission(result.base_total)
        rows.append((FiscalYear(city.base_fy).name, texts.label("errata.now"), now, texts.label("errata.now.reason")))
    heads = tuple(texts.label(f"errata.head.{name}") for name in ("year", "stated", "total", "reason"))
    return Table(texts.label("errata.statements"), texts.label("doc.unit", unit=printer.unit), heads, tuple(rows))


def _stated(value: Decimal, printer: Printer) -> Figure:
    """As it was printed then, in the unit of then."""
    return decimals(value, max(-int(value.as_tuple().exponent), 0), printer.unit)
