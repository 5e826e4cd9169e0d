"""Contracts and apportionments must share out the whole quantity, once: else a total would count rows twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.membership import Membership
from kotsukotsu.accounting.model import Group
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.schema.organisation import in_force, overlaps

ONE = Decimal(1)


def contract_problems(city: City, law: Law, groups: Sequence[Group], fy: int) -> list[Finding]:
    """Findings A-12 (contracts), A-13 (apportionments), A-24 (bodies): shares that do not share out the whole once.

    And A-27: two rows that say otherwise of one department, or of one facility's department, on the same day.

    A day without any contract is no problem of shares: the rows then have no supplier.
    """
    used = _metered(city, {(group.facility_id, group.item) for group in groups})
    names = {row["facility_id"]: row["name"] for row in city.table("facilities")}
    found = []
    for code, table, all_used in (("A-12", "supplies", False), ("A-13", "apportionments", True)):
        for (facility, item), rows in _by_series(city.table(table)).items():
            if not all_used and (facility, item) not in used:
                continue
            for day, share in _wrong_days(rows, fy):
                data = {"facility": facility, "item": _name(law, item), "day": day, "share": share}
                found.append(Finding(code, names.get(facility, facility), data))
    facilities = {group.facility_id for group in groups}
    return [*found, *_bodies(city, facilities, names, fy), *_organisation(city, facilities, names, fy)]


def _name(law: Law, item: str) -> str:
    known = law.catalogue.items.get(item)
    return known.name if known else item


def _bodies(city: City, facilities: Iterable[str], names: Mapping[str, str], fy: int) -> list[Finding]:
    members = Membership(city, fy)
    return [
        Finding("A-24", names.get(facility, facility), {"facility": facility, "share": share, "fiscal_year": fy})
        for facility in sorted(facilities)
        if (share := members.overdrawn(facility)) is not None
    ]


def _organisation(city: City, facilities: Collection[str], names: Mapping[str, str], fy: int) -> Iterator[Finding]:
    """Rows that hold together on a day of the year: of a department, or of a facility that has rows."""
    own = [row for row in city.table("facility_departments") if row["facility_id"] in facilities]
    tables = (("departments", "department_id", city.table("departments")), ("facility_departments", "facility_id", own))
    year = FiscalYear(fy)
    for table, column, rows in tables:
        for one, other in overlaps(rows, column):
            day = max(other["valid_from"] or year.start, year.start)
            if day < year.end and in_force(one, day) and in_force(other, day):
                name = other.get("name") or names.get(one[column], one[column])
                yield Finding("A-27", name, {"table": table, column: one[column], "day": day, "fiscal_year": fy})


def _metered(city: City, used: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The facilities used, and those whose meter serves them: the contract is of the meter."""
    shared = city.table("apportionments")
    return used | {(row["facility_id"], row["item"]) for row in shared if (row["to_facility_id"], row["item"]) in used}


def _by_series(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    series: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        series[row["facility_id"], row["item"]].append(row)
    return series


def _wrong_days(rows: Sequence[Row], fy: int) -> list[tuple[date, Decimal]]:
    """Days on which a combination of contracts begins whose shares are not 1, one for each meter."""
    year = FiscalYear(fy)
    meters = {row["meter_id"] for row in rows if row["meter_id"]} or {None}
    days = {year.start} | {
        day for row in rows for day in (row["valid_from"], row["valid_to"]) if day and year.start < day < year.end
    }
    wrong = []
    for day in sorted(days):
        for meter in sorted(meters, key=str):
            on_day = [row for row in rows if _serves(row, meter, day)]
            share = exact.total(row["share"] if row["share"] is not None else ONE for row in on_day)
            if on_day and share != ONE:
                wrong.append((day, share))
    return wrong


def _serves(row: Row, meter: str | None, day: date) -> bool:
    covers = (row["valid_from"] is None or row["valid_from"] <= day) and (
        row["valid_to"] is None or day < row["valid_to"]
    )
    return covers and row["meter_id"] in (None, meter)
