"""From inventories to everything a document places: pure, and the only place where a document's figures arise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.accounting.inventory import Inventory, LikeForLike
from kotsukotsu.documents.lacking import Lacking
from kotsukotsu.documents.model import Names, Overview, StatusLine, Steady, Totals
from kotsukotsu.documents.parts import apart, groups, parts, status_name
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.documents.years import chart_names, item_names, sector_names, years
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear

Findings = Mapping[int, Sequence[Finding]]


def overview(
    results: Mapping[int, Inventory], names: Names, findings: Findings, made: date, fy: int | None = None
) -> Overview:
    """What a document made on a day says of these years.

    Parameters
    ----------
    results : mapping
        Fiscal year to its inventory; years between that are left out are shown as left out.
    names : mapping
        For each column of the inventory, what to write for a code of it.
    findings : mapping
        Fiscal year to its findings, one entry for every inventory; they tell whether a year is complete.
    fy : int, optional
        The year that is spoken of, complete or not; the latest complete one if left out.
    """
    main = results[fy] if fy is not None else _main(results, findings)
    printer = Printer(main.policy.rounding)
    series = years(results, findings, printer)
    city = main.city
    whole = Lacking(main, findings[main.fy], printer)
    return Overview(
        city=city.name, code=city.code, invented=bool(city.settings["municipality"].get("invented")), made=made,
        unit=printer.unit, rounding=main.policy.rounding, catalogue=main.law.catalogue.version,
        policy=_policy(main, results), year=next(year for year in series if year.fy == main.fy),
        base_fy=city.base_fy, base_label=FiscalYear(city.base_fy).name,
        years=series, sectors_named=sector_names(series, names), items_named=item_names(series, main, names),
        groups_named=chart_names(series), groups=groups(main, chart_names(series), printer),
        items=whole("item", parts(main, "item", names, printer)),
        facilities=whole("facility", parts(main, "facility", names, printer, largest_first=True)),
        departments=whole("department", parts(main, "department", names, printer, largest_first=True)),
        sectors=whole("sector", parts(main, "sector", names, printer)),
        gases=whole("gas", parts(main, "gas", names, printer)),
        apart=apart(main, names, printer), statuses=_statuses(main, names, printer),
        totals=_totals(main, printer, is_whole=is_complete(findings[main.fy])),
    )  # fmt: skip


def _main(results: Mapping[int, Inventory], findings: Findings) -> Inventory:
    """The inventory that a document speaks of: of the latest complete year, else of the latest."""
    complete = [fy for fy in results if is_complete(findings[fy])]
    return results[max(complete or results)]


def _totals(result: Inventory, printer: Printer, *, is_whole: bool) -> Totals:
    """The year beside the base year; what lacks quantities is compared with nothing."""
    status = status_name(result, result.status(result.lines))
    total, comparable = result.total, result.comparable_total
    base = result.base_total if is_whole else None
    unconfirmed = result.total_of(result.unconfirmed())
    none = printer.emission(None)
    is_compared = base is not None and comparable is not None
    return Totals(
        total=printer.total(total, (row.tonnes_co2e for row in result.rows(("item",))), status),
        base=_base(result, printer),
        change=none if base is None else printer.change(total, base),
        rate=printer.rate(total, base),
        comparable=printer.emission(comparable),
        comparable_rate=printer.rate(comparable, base),
        by_use=printer.change(comparable, base) if is_compared else none,
        by_factors=printer.change(total, comparable) if is_compared else none,
        steady=_steady(result.like_for_like(), printer) if is_whole else None,
        unconfirmed=printer.emission(unconfirmed), unconfirmed_share=printer.share(unconfirmed, total),
    )  # fmt: skip


def _steady(same: LikeForLike | None, printer: Printer) -> Steady | None:
    if same is None:
        return None
    rate = printer.rate(same.tonnes_co2e, same.base_tonnes_co2e)
    return Steady(same.facilities, printer.emission(same.tonnes_co2e), printer.emission(same.base_tonnes_co2e), rate)


def _base(result: Inventory, printer: Printer) -> Figure:
    if result.base_total is None:
        return printer.emission(None)
    rows = result.rows(("item",), result.base_lines)
    return printer.total(
        result.base_total, (row.tonnes_co2e for row in rows), status_name(result, result.status(result.base_lines))
    )


def _statuses(result: Inventory, names: Names, printer: Printer) -> tuple[StatusLine, ...]:
    """One line for each status in use, the most trusted first; its items by emission."""
    found = []
    for status in sorted(result.law.catalogue.statuses.values(), key=lambda status: status.order):
        lines = [line for line in result.lines if line.status == status.status and line.thirds]
        if lines:
            rows = sorted(result.rows(("item",), lines), key=lambda row: row.tonnes_co2e, reverse=True)
            tonnes = result.total_of(lines)
            found.append(
                StatusLine(
                    status_name(result, status.status),
                    status.warns,
                    printer.emission(tonnes),
                    printer.share(tonnes, result.total),
                    tuple(names["item"](row.keys["item"]) for row in rows),
                )
            )
    return tuple(found)


def _policy(result: Inventory, results: Mapping[int, Inventory]) -> tuple[tuple[str, str], ...]:
    policy = result.policy
    rounding = policy.rounding
    year = policy.electricity_year
    word = texts.label(f"doc.policy.year.{year}") if year in ("previous", "same") else FiscalYear(int(year)).name
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
    others = [FiscalYear(fy).name for fy, other in sorted(results.items()) if other.policy != policy]
    if others:
        told["differs"] = texts.listed(others)
    return tuple((texts.label(f"doc.policy.label.{key}"), text) for key, text in told.items())
