"""From inventories to everything a document places: pure, and the only place where a document's figures arise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.model import Names, Overview, StatusLine, Steady
from kotsukotsu.documents.parts import apart, groups, parts, status_name
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.documents.years import chart_names, item_names, sector_names, years
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear

Findings = Mapping[int, Sequence[Finding]]


def overview(results: Mapping[int, Inventory], names: Names, findings: Findings, made: date) -> Overview:
    """What a document says of these years.

    Parameters
    ----------
    results : mapping
        Fiscal year to its inventory; years between that are left out are shown as left out.
    names : mapping
        For each column of the inventory, what to write for a code of it.
    findings : mapping
        Fiscal year to its findings, one entry for every inventory; an error or a warning makes a year incomplete.
    made : date
        Day on which the document is made.
    """
    latest = results[max(results)]
    main = _main(results, findings)
    printer = Printer(main.policy.rounding)
    series = years(results, findings, printer)
    city = latest.city
    return Overview(
        city=city.name, code=city.code, invented=bool(city.settings["municipality"].get("invented")), made=made,
        unit=printer.unit, rounding=main.policy.rounding, catalogue=main.law.catalogue.version,
        policy=_policy(main, results), year=next(year for year in series if year.fy == main.fy),
        base_fy=city.base_fy, base_label=FiscalYear(city.base_fy).label(),
        years=series, sectors_named=sector_names(series, names), items_named=item_names(series, main, names),
        groups_named=chart_names(series), groups=groups(main, chart_names(series), printer),
        items=parts(main, "item", names, printer),
        facilities=parts(main, "facility", names, printer, largest_first=True),
        departments=parts(main, "department", names, printer, largest_first=True),
        sectors=parts(main, "sector", names, printer), gases=parts(main, "gas", names, printer),
        apart=apart(main, names, printer), statuses=_statuses(main, printer),
        **_totals(main, printer), **_unconfirmed(main, printer),
    )  # type: ignore[arg-type]  # fmt: skip


def _main(results: Mapping[int, Inventory], findings: Findings) -> Inventory:
    """The inventory that a document speaks of: of the latest complete year, else of the latest."""
    complete = [fy for fy in results if is_complete(findings[fy])]
    return results[max(complete or results)]


def _totals(result: Inventory, printer: Printer) -> dict[str, Figure | Steady]:
    status = status_name(result, result.status(result.lines))
    base = result.base_total if result.base_lines else None
    comparable = result.comparable_total
    same = result.like_for_like()
    is_compared = base is not None and comparable is not None
    return {
        "total": printer.total(result.total, (row.tonnes_co2e for row in result.rows(("item",))), status),
        "base": _base(result, printer),
        "change": printer.change(result.total, base) if base is not None else printer.emission(None),
        "rate": printer.rate(result.total, base),
        "comparable": printer.emission(comparable),
        "comparable_rate": printer.rate(comparable, base),
        "by_use": printer.change(comparable, base) if is_compared else printer.emission(None),
        "by_factors": printer.change(result.total, comparable) if is_compared else printer.emission(None),
        "steady": Steady(
            same.facilities, printer.emission(same.tonnes_co2e), printer.emission(same.base_tonnes_co2e),
            printer.rate(same.tonnes_co2e, same.base_tonnes_co2e),
        ),
    }  # fmt: skip


def _base(result: Inventory, printer: Printer) -> Figure:
    if not result.base_lines:
        return printer.emission(None)
    rows = result.rows(("item",), result.base_lines)
    return printer.total(result.base_total, (row.tonnes_co2e for row in rows), status_name(result, result.status(result.base_lines)))


def _statuses(result: Inventory, printer: Printer) -> tuple[StatusLine, ...]:
    """One line for each status in use, the most trusted first; its items by emission."""
    is_japanese = texts.language() == "ja"
    found = []
    for status in sorted(result.law.catalogue.statuses.values(), key=lambda status: status.order):
        lines = [line for line in result.lines if line.factor.status == status.status and line.thirds]
        if lines:
            rows = sorted(result.rows(("item",), lines), key=lambda row: row.tonnes_co2e, reverse=True)
            items = [result.law.catalogue.items[row.keys["item"]] for row in rows]
            tonnes = result.total_of(lines)
            found.append(
                StatusLine(
                    status_name(result, status.status), status.warns, printer.emission(tonnes), printer.share(tonnes, result.total),
                    tuple(item.name_ja if is_japanese else item.name_en for item in items),
                )
            )  # fmt: skip
    return tuple(found)


def _unconfirmed(result: Inventory, printer: Printer) -> dict[str, Figure]:
    statuses = result.law.catalogue.statuses
    tonnes = result.total_of(line for line in result.lines if statuses[line.factor.status].warns)
    return {
        "unconfirmed": printer.emission(tonnes),
        "unconfirmed_share": printer.share(tonnes, result.total),
    }


def _policy(result: Inventory, results: Mapping[int, Inventory]) -> tuple[tuple[str, str], ...]:
    policy = result.policy
    rounding = policy.rounding
    year = policy.electricity_year
    word = texts.label(f"doc.policy.year.{year}") if year in ("previous", "same") else FiscalYear(int(year)).label()
    told = {
        "regime": texts.label(f"regime.{policy.regime}"),
        "fuel_factors": texts.label(f"doc.policy.{policy.fuel_factors}"),
        "electricity": texts.label("doc.policy.electricity", year=word,
                                   kind=texts.label(f"doc.policy.{policy.electricity_kind}")),
        "gwp": texts.label("gwp.by_year") if policy.gwp == "by-year" else policy.gwp,
        "rounding": texts.label("doc.policy.rounding", unit=rounding.unit, digits=rounding.digits,
                                method=texts.label(f"doc.policy.{rounding.method}"),
                                sum=texts.label(f"doc.policy.sum.{rounding.sum}")),
    }  # fmt: skip
    others = [FiscalYear(fy).label() for fy, other in sorted(results.items()) if other.policy != policy]
    if others:
        told["differs"] = "、".join(others)
    return tuple((texts.label(f"doc.policy.label.{key}"), text) for key, text in told.items())
