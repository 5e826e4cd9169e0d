"""Shares of a meter (按分) that do not add up to one."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.place import where
from kotsukotsu.ledger.checks.shares import runs, segments
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import last_day
from kotsukotsu.schema import Row


def check(view: View) -> Outcome:
    """C-27: on each day on which a meter is shared its shares add up to 1.

    Shares without a meter hold for all meters of the facility.
    """
    return outcome("apportionments", _found(view))


def _found(view: View) -> Iterator[Finding]:
    shared: dict[tuple[str, str], list[Row]] = {}
    for row in view.city.table("apportionments"):
        shared.setdefault((row["facility_id"], row["item"]), []).append(row)
    for (facility, item), rows in shared.items():
        for meter in sorted({row.get("meter_id") or "" for row in rows}):
            own = [row for row in rows if (row.get("meter_id") or "") in ("", meter)]
            yield from _of_meter(view, facility, item, meter, own)


def _of_meter(view: View, facility: str, item: str, meter: str, rows: list[Row]) -> Iterator[Finding]:
    for year in view.fiscal_years:
        pieces = list(segments(rows, year.start, year.end))
        for fault in runs(pieces, lambda piece: bool(piece.rows) and piece.total != 1):
            to = "・".join(view.facility_name(row["to_facility_id"]) for row in fault.rows)
            key = {"facility_id": facility, "item": item, "meter_id": meter, "fy": year.number}
            days = {"start": fault.start, "last": last_day(fault.end), "share": f"{fault.total:f}", "to": to}
            yield Finding("C-27", where(view, facility, item), {**key, **days})
