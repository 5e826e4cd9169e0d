"""What an inventory lacks: rows without a quantity, estimates, fuels without a use. Findings, not errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import ESTIMATED, NOT_OCCURRING, Group
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City

MISSING = ("A-15", "C-01")  # a row without a quantity, a month without a row


def is_complete(findings: Iterable[Finding]) -> bool:
    """Whether none of a year's findings says that a quantity is missing."""
    return not any(finding.code in MISSING for finding in findings)


def completeness(result: Inventory) -> list[Finding]:
    """Findings A-15 to A-18 and A-21 to A-23 (``texts/accounting.csv``)."""
    found = [
        *_counted(
            "A-15",
            result,
            [(group, group.missing) for group in result.groups if group.missing and group.basis != NOT_OCCURRING],
        ),
        *_counted("A-16", result, [(group, group.rows) for group in result.groups if group.basis == ESTIMATED]),
        *_counted("A-17", result, [(group, group.rows) for group in _without_use(result)]),
    ]
    found += _restated(result)
    found += _unknown_facilities(result)
    found += [
        Finding("A-22", one.where, {"base_fy": result.city.base_fy, "problem": one.message()})
        for one in result.base_problems
    ]
    lacking = {line.item for row in result.rows(("item",)) if row.comparable_tonnes_co2e is None
               for line in result.lines if line.item == row.keys["item"]}  # fmt: skip
    names = [result.law.catalogue.items[item].name for item in sorted(lacking)]
    if names:
        found.append(Finding("A-18", data={"items": texts.listed(names), "base_fy": result.city.base_fy}))
    return found


def _unknown_facilities(result: Inventory) -> list[Finding]:
    """A-23: rows of facilities that facilities.csv does not know; they are in the total."""
    known = {row["facility_id"] for row in result.city.table("facilities")}
    unknown = sorted({group.facility_id for group in result.groups} - known)
    return [Finding("A-23", "activities.csv", {"facilities": texts.listed(unknown)})] if unknown else []


def _restated(result: Inventory) -> list[Finding]:
    """A-21: the base year's total is no longer the one last stated; it never changes silently."""
    statement = last_statement(result.city)
    if (
        statement is None
        or not result.base_lines
        or result.printed_total([result.base_total]) == statement["tonnes_co2e"]
    ):
        return []
    data = {
        "base_fy": result.city.base_fy,
        "version": statement["version"],
        "stated": statement["tonnes_co2e"],
        "computed": result.printed_total([result.base_total]),
    }
    return [Finding("A-21", "restatements.csv", data)]


def last_statement(city: City) -> Row | None:
    """The version of the base year's total that was stated last (schema ``restatements``)."""
    rows = [row for row in city.table("restatements") if row["fiscal_year"] == city.base_fy]
    return max(rows, key=lambda row: (row["stated_on"], row["version"]), default=None)


def _without_use(result: Inventory) -> Iterable[Group]:
    """Fuels whose CH4 and N2O depend on a use that the rows do not name."""
    with_use = {item for (item, _), gases in result.law.catalogue.uses.items() if gases}
    return (group for group in result.groups if group.item in with_use and not group.use and group.quantity is not None)


def _counted(code: str, result: Inventory, groups: Iterable[tuple[Group, int]]) -> list[Finding]:
    """One finding for each item."""
    rows: Counter[str] = Counter()
    facilities: dict[str, set[str]] = {}
    for group, count in groups:
        rows[group.item] += count
        facilities.setdefault(group.item, set()).add(group.facility_id)
    items = result.law.catalogue.items
    return [
        Finding(
            code,
            data={
                "item": items[item].name if item in items else item,
                "item_id": item,
                "rows": count,
                "facilities": len(facilities[item]),
                "fiscal_year": result.fy,
            },
        )
        for item, count in rows.items()
    ]
