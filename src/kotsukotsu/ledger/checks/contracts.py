"""Supply contracts: on every day of use their shares add up to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import where
from kotsukotsu.ledger.checks.shares import Segment, runs, segments
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.traits import having
from kotsukotsu.periods import FiscalYear, last_day

Key = tuple[str, str, str]


def check(view: View) -> Outcome:
    """C-13, C-14 no contract on days of use; C-15 to C-17 contracts that do not add up to one.

    A contract without a meter serves every meter of its facility. Days before the fiscal year of a bill are
    left out.
    """
    return of_rows("contracts", view, _found)


def _found(view: View) -> Iterable[Finding]:
    used = _used(view)
    found: dict[tuple[object, ...], Finding] = {}
    for key in sorted(used.keys() | _contracted(view)):
        for year in view.fiscal_years:
            for one in _of_year(view, key, year, used.get(key, {}).get(year.number, ())):
                # A contract for all meters is at fault once, not once for each meter.
                found.setdefault((one.code, one.where, one.data["start"], one.data["suppliers"]), one)
    return found.values()


def _used(view: View) -> dict[Key, dict[int, list[tuple[date, date]]]]:
    asked = having("contract") | having("contract_advised")
    found: dict[Key, dict[int, list[tuple[date, date]]]] = {}
    for entry in view.looked_at:
        if entry.item in asked and entry.state not in ("not_occurring", "missing"):
            found.setdefault(entry.series, {}).setdefault(entry.fy, []).append((entry.start, entry.end))
    return found


def _contracted(view: View) -> set[Key]:
    return {(r["facility_id"], r["item"], r.get("meter_id") or "") for r in view.city.table("supplies")}


def _of_year(view: View, key: Key, year: FiscalYear, used: Sequence[tuple[date, date]]) -> Iterator[Finding]:
    rows = [row for row in view.contracts.get(key[:2], ()) if (row.get("meter_id") or "") in ("", key[2])]
    pieces = list(segments(rows, year.start, year.end))
    for fault in runs(pieces, lambda piece: bool(piece.rows) and piece.total != 1):
        yield _finding(view, key, _sum_code(fault), fault)
    for hole in runs(_on_days(pieces, used), lambda piece: not piece.rows):
        yield _finding(view, key, _hole_code(view, key[1], hole), hole)


def _on_days(pieces: Sequence[Segment], used: Sequence[tuple[date, date]]) -> list[Segment]:
    """The parts of the segments that lie within periods of use, in order and without overlap."""
    found: list[Segment] = []
    reach = date.min
    for start, end in sorted(used):
        begin = max(start, reach)
        for piece in pieces:
            first, stop = max(piece.start, begin), min(piece.end, end)
            if first < stop:
                found.append(piece._replace(start=first, end=stop))
        reach = max(reach, end)
    return found


def _sum_code(piece: Segment) -> str:
    if piece.total < 1:
        return "C-16"
    several = len(piece.rows) > 1 and any(row.get("share") is None for row in piece.rows)
    return "C-17" if several else "C-15"


def _hole_code(view: View, item: str, hole: Segment) -> str:
    if item not in having("contract"):
        return "C-14"
    own = [row for row in view.city.factors if row["item"] == item and not row.get("supplier")]
    covered = any(all(piece.rows for piece in segments([row], hole.start, hole.end)) for row in own)
    return "C-14" if covered else "C-13"


def _finding(view: View, key: Key, code: str, piece: Segment) -> Finding:
    suppliers = "・".join(str(row["supplier"]) for row in piece.rows)
    data = {
        "facility_id": key[0],
        "item": key[1],
        "meter_id": key[2],
        "fy": FiscalYear.of(piece.start).number,
        "start": piece.start,
        "last": last_day(piece.end),
        "suppliers": suppliers,
        "share": f"{piece.total:f}",
    }
    return Finding(code, where(view, key[0], key[1]), data)
