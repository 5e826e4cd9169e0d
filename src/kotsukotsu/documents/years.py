"""The series of fiscal years: what is computed, what is printed only, what is missing, each marked as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.accounting.inventory import Inventory, printed_total
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.documents.groups import OTHER, chart_group, colours
from kotsukotsu.documents.model import ABSENT, COMPLETE, INCOMPLETE, PRINTED, Names, Year
from kotsukotsu.documents.parts import status_name
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.findings import Finding, by_severity
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema.city import City

MOST_SERIES = 6


def years(
    results: Mapping[int, Inventory], findings: Mapping[int, Sequence[Finding]], printer: Printer
) -> tuple[Year, ...]:
    """Every year from the first to the last, those without an inventory among them."""
    shown = _shown_groups(results)
    city = results[max(results)].city
    base = results[max(results)].base_total
    return tuple(
        _computed(results[fy], findings[fy], shown, base, printer) if fy in results else _other(city, fy, printer)
        for fy in range(min(results), max(results) + 1)
    )


def _computed(
    result: Inventory, findings: Sequence[Finding], shown: Sequence[str], base: Decimal | None, printer: Printer
) -> Year:
    status = status_name(result, result.status(result.lines))
    by_item = {row.keys["item"]: row for row in result.rows(("item",))}
    groups = dict.fromkeys(shown, Decimal(0))
    for code, row in by_item.items():
        group = chart_group(result.law.catalogue.items[code])
        key = group if group in shown else OTHER
        groups[key] = exact.total((groups[key], row.tonnes_co2e))
    return Year(
        fy=result.fy, label=FiscalYear(result.fy).name, era=FiscalYear(result.fy).short_name,
        state=COMPLETE if is_complete(findings) else INCOMPLETE,
        total=printer.total(result.total, (row.tonnes_co2e for row in by_item.values()), status),
        rate=printer.rate(result.total, base if is_complete(findings) else None),
        comparable=printer.emission(result.comparable_total),
        sectors=_figures(result, "sector", printer), items=_figures(result, "item", printer),
        groups={key: printer.emission(value) for key, value in groups.items()},
        findings=tuple(by_severity(findings)),
    )  # fmt: skip


def _figures(result: Inventory, by: str, printer: Printer) -> dict[str, Figure]:
    return {
        row.keys[by]: printer.emission(row.tonnes_co2e, status_name(result, row.status)) for row in result.rows((by,))
    }


def _other(city: City, fy: int, printer: Printer) -> Year:
    """A year without rows: its printed total if there is one, else nothing."""
    found = printed_total(city, fy)
    total = printer.emission(found["tonnes_co2e"] if found else None, texts.label("doc.state.printed") if found else "")
    none = printer.emission(None)
    return Year(
        fy, FiscalYear(fy).name, FiscalYear(fy).short_name, PRINTED if found else ABSENT, total,
        printer.rate(None, None), none, {}, {}, {}, (),
    )  # fmt: skip


def _shown_groups(results: Mapping[int, Inventory]) -> list[str]:
    """The chart groups that are drawn apart, largest over all years first, and the rest as `OTHER`."""
    sums: dict[str, Decimal] = {}
    for result in results.values():
        for row in result.rows(("item",)):
            group = chart_group(result.law.catalogue.items[row.keys["item"]])
            sums[group] = exact.total((sums.get(group, Decimal(0)), row.tonnes_co2e))
    ranked = sorted((group for group in sums if group != OTHER), key=lambda group: -sums[group])
    return [*ranked[: MOST_SERIES - 1], OTHER]


def chart_names(series: Sequence[Year]) -> dict[str, str]:
    """Names of the chart groups in the series, largest first, `OTHER` last."""
    found = dict.fromkeys(group for year in series for group in year.groups)
    return {group: texts.label(f"doc.group.{group}") for group in found if group in colours()}


def sector_names(series: Sequence[Year], names: Names) -> dict[str, str]:
    """Names of the sectors in the series, in the order of the decree."""
    found = {code for year in series for code in year.sectors}
    return {code: names["sector"](code) for code in ORDER if code in found}


def item_names(series: Sequence[Year], result: Inventory, names: Names) -> dict[str, str]:
    """Names of the items in the series, in the catalogue's order."""
    items = result.law.catalogue.items
    found = {code for year in series for code in year.items}
    return {code: names["item"](code) for code in sorted(found, key=lambda code: items[code].order)}
