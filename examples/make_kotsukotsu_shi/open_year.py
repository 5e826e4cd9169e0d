"""The open year as it is on a desk: some months not yet sent, some mistyped, each posted by someone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from examples.make_kotsukotsu_shi.chance import THOUSAND, dice
from examples.make_kotsukotsu_shi.facilities import Facility, facilities, ids
from examples.make_kotsukotsu_shi.rows import Row, cost
from examples.make_kotsukotsu_shi.series import LAST
from examples.make_kotsukotsu_shi.tables import lines

JAPAN = timezone(timedelta(hours=9))
Change = Callable[[Row, str], list[Row]]


def split(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that the city has, and those that its departments still hold (the files of the inbox)."""
    have: list[Row] = []
    held: list[Row] = []
    for row in rows:
        (held if _withheld(row) else have).append(row)
    return have, held


def mistyped(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with the mistakes of the table made in them."""
    planned = {(ids()[m["name"]], m["item"], m["month"]): m for m in lines("mistakes")}
    for row in rows:
        mistake = planned.get((row["facility_id"], row["item"], row["start"].isoformat()[:7]))
        yield from CHANGES[mistake["mistake"]](row, mistake["note"]) if mistake else [row]


def posted(row: Row) -> Row:
    """The row with the time and the section that posted it; only the open year keeps them."""
    if row["start"] < LAST.start or row["posted_at"]:
        return row
    facility = _facility(row["facility_id"])
    rng = dice(facility.name, row["item"], row["start"].isoformat(), "posted")
    moment = datetime.combine(row["end"], datetime.min.time(), JAPAN) + timedelta(
        days=rng.randint(9, 20), hours=rng.randint(9, 16), minutes=rng.randint(0, 59)
    )
    return {**row, "posted_at": moment, "posted_by": _section(facility, moment.date())}


def _withheld(row: Row) -> bool:
    kind = _facility(row["facility_id"]).kind["kind"]
    for line in lines("inbox"):
        if line["kind"] == kind and line["item"] in ("", row["item"]):
            return _monthly(row) and row["start"].isoformat() >= line["withheld_from"]
    return False


def _monthly(row: Row) -> bool:
    return bool((row["end"] - row["start"]).days <= 31)


def _facility(facility_id: str) -> Facility:
    return facilities()[int(facility_id[1:]) - 1]


def _section(facility: Facility, day: date) -> str:
    for line in lines("departments"):
        since = line["department_id"] == facility.kind["department_id"] and line["valid_from"] <= day.isoformat()
        if since and (not line["valid_to"] or day.isoformat() < line["valid_to"]):
            return line["name"]
    raise LookupError(facility.name)


def _replaced(row: Row, quantity: Decimal | None, **changes: object) -> Row:
    return {**row, "quantity": quantity, "cost_yen": cost(row["item"], row["start"], quantity), **changes}


def _corrected(row: Row, note: str) -> list[Row]:
    wrong = posted(_replaced(row, row["quantity"] + 9000))
    later = wrong["posted_at"] + timedelta(days=21, hours=1)
    return [
        wrong,
        {**row, "note": note, "replaces": wrong, "posted_at": later, "posted_by": wrong["posted_by"]},
    ]


CHANGES: dict[str, Change] = {
    "thousandfold": lambda row, _: [{**row, "quantity": row["quantity"] * THOUSAND}],
    "estimated": lambda row, note: [{**row, "basis": "estimated", "note": note}],
    "duplicate": lambda row, _: [row, dict(row)],
    "negative": lambda row, note: [_replaced(row, Decimal(-120), note=note)],
    "not_occurring": lambda row, note: [_replaced(row, None, basis="not_occurring", note=note)],
    "dead_meter": lambda row, note: [_replaced(row, None, note=note)],
    "corrected": _corrected,
    "unreported": lambda *_: [],
}
