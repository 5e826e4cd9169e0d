"""Cells saved as they are typed: two people in one grid never overwrite each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear, Month
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common.asking import objects, together
from kotsukotsu.web.entries import at_hand, fleet, ledger, sheets
from kotsukotsu.web.entries.grid import GridLine, key_of, month_of, series_of
from kotsukotsu.web.entries.models import Asked, Collection, Entered, Sheet
from kotsukotsu.web.entries.posting import lock, rows_add
from kotsukotsu.web.entries.services.collections import line_add
from kotsukotsu.web.entries.typed import typed
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.models import Municipality

SOURCE = "入力画面"
# In SQL, for a hall asks it many times in a second.
SHEET = """
entries_sheet JOIN entries_collection ON entries_collection.id = entries_sheet.collection_id
LEFT JOIN entries_entered ON entries_entered.sheet_id = entries_sheet.id AND entries_entered.user_id = %s
LEFT JOIN entries_asked ON entries_asked.sheet_id = entries_sheet.id AND entries_asked.item IN ({places})
WHERE fiscal_year = %s AND facility_id = %s
"""
MOST = 500  # cells in one request: a pasted block of 12 months x 40 lines


@dataclass(frozen=True, slots=True)
class Change:
    """What a person typed, where, and what was before their eyes (numbers of the rows, joined by ``+``)."""

    line: str
    month: str
    text: str
    seen: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome: lines as they are now, cells that somebody else had changed, what is doubtful.

    Attributes
    ----------
    beside : dict
        What is doubtful in cells of the same items' other lines, by line and month; in all others of them nothing is.
    others : tuple of Finding
        What is doubtful about the touched lines, but in no cell.
    """

    lines: tuple[GridLine, ...]
    beside: dict[str, list[Finding]]
    others: tuple[Finding, ...]
    conflicts: tuple[dict[str, Any], ...]
    at: datetime
    version: int


def cells_save(*, fy: int, facility_id: str, changes: Iterable[Change], actor: User) -> Saved:
    """Post what was typed; cells that somebody else has changed meanwhile stay and are told.

    Raises
    ------
    Http404
        If the facility is not in that year's collection.
    WebError
        W-20 no quantity, W-21 the sheet is not open for entry, W-22 no such cell, W-23 several bills in the cell,
        WF-07 a total beside single vehicles, WF-08 the vehicle was not there.
    """
    policy.require(actor, "enter", facility_id)
    given = list(changes)
    if len(given) > MOST:
        raise WebError("W-22", cell=str(len(given)))
    posted = _posted(fy, facility_id, given, actor)
    made, found = sheets.lines_beside(posted.sheet, posted.lines, posted.rows, posted.turn)
    touched = {change.line for change in given}
    lines = tuple(line for line in made if line.ident in touched)
    beside = {
        f"{line.ident} {cell.month}": list(cell.findings)
        for line in made for cell in line.cells if cell.findings and line.ident not in touched
    }  # fmt: skip
    series = {line.key[:2] for line in lines}
    others = tuple(one for one in sheets.others_than(made, found) if series_of(one) in series)
    return Saved(lines, beside, others, tuple(posted.conflicts), timezone.now(), posted.sheet.version)


@dataclass(frozen=True, slots=True)
class _Posted:
    """What a transaction has left.

    Attributes
    ----------
    lines : list of Asked
        All lines of the items that were touched.
    rows : list of Row
        Rows of their items that count, of the year and of those that the checks compare with.
    conflicts : list of dict
        What somebody else had changed.
    """

    turn: Municipality
    sheet: Sheet
    lines: list[Asked]
    rows: list[Row]
    conflicts: list[dict[str, Any]]


@transaction.atomic
def _posted(fy: int, facility_id: str, given: Sequence[Change], actor: User) -> _Posted:
    """Post what was typed; nobody else posts meanwhile."""
    turn = lock()
    lines = {change.line for change in given}
    sheet, asked, has_entered = _asked(fy, facility_id, lines, actor)
    require_open(sheet)
    asked |= _vehicles(sheet, lines - asked.keys(), actor)
    rows = at_hand.rows_beside(turn, sheet, {one.item for one in asked.values()})
    start = FiscalYear(sheet.fiscal_year).start
    of_year = [row for row in rows if row["end"] > start]
    by_cell = _by_cell(of_year)
    new: list[Row] = []
    conflicts: list[dict[str, Any]] = []
    for change in given:
        _one(sheet, change, asked, by_cell, new, conflicts)
    fleet.require_one_way(sheet.facility_id, new, of_year)
    old = {row["activity_id"]: row for row in rows}
    replaced = [{**old[row["replaces"]], "replaces": None} for row in new if row.get("replaces")]
    with together():
        posted = rows_add(new, turn, replaced, now=timezone.now(), actor=actor)
        if posted:
            _remember(sheet, posted, old, actor, has_entered=has_entered)
    return _Posted(turn, sheet, [asked[name] for name in sorted(asked)], ledger.with_new(rows, posted), conflicts)


def _asked(fy: int, facility_id: str, lines: set[str], actor: User) -> tuple[Sheet, dict[str, Asked], bool]:
    """The sheet as it is now, its lines of the items, and whether the actor has entered into it before."""
    items = sorted({line.partition("|")[0] for line in lines}) or [""]
    places = ", ".join(["%s"] * len(items))
    kinds = (Sheet, Collection, Entered, Asked)
    found = objects(kinds, SHEET.format(places=places), [actor.pk, *items, fy, facility_id])
    if not found:
        raise Http404
    sheet, sheet.collection, entered, _ = found[0]
    known = [asked for *_, asked in found if asked is not None]
    return sheet, {one.ident: one for one in known}, entered is not None


def _vehicles(sheet: Sheet, lines: set[str], actor: User) -> dict[str, Asked]:
    """Lines that the sheet does not ask for yet; those of a vehicle are added to it."""
    asked = {}
    for line in sorted(lines):
        vehicle = fleet.line_of(sheet, line)
        if vehicle is not None:
            asked[line] = line_add(sheet=sheet, item=vehicle.item, meter_id=vehicle.meter_id, actor=actor)
    return asked


def require_open(sheet: Sheet) -> None:
    """Refuse entries into a sheet that has been handed in.

    Raises
    ------
    WebError
        W-21.
    """
    if not sheet.is_open:
        raise WebError("W-21", state=texts.label(f"look.state.{sheet.state}"))


def _by_cell(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """Rows by line and month."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        month = month_of(row)
        if month is not None:
            found.setdefault(("|".join(key_of(row)), str(month)), []).append(row)
    return found


def _one(
    sheet: Sheet,
    change: Change,
    asked: dict[str, Asked],
    rows: dict[tuple[str, str], list[Row]],
    new: list[Row],
    conflicts: list[dict[str, Any]],
) -> None:
    year = FiscalYear(sheet.fiscal_year)
    month = next((one for one in year.months() if str(one) == change.month), None)
    if change.line not in asked or month is None:
        raise WebError("W-22", cell=f"{change.line} {change.month}")
    now = rows.get((change.line, change.month), [])
    if "+".join(row["activity_id"] for row in now) != change.seen:
        conflicts.append(_conflict(change, now))
        return
    if len(now) > 1:
        raise WebError("W-23", count=len(now))
    row = _row(sheet, asked[change.line], month, change, now)
    if row is not None:
        new.append(row)


def _row(sheet: Sheet, asked: Asked, month: Month, change: Change, now: Sequence[Row]) -> Row | None:
    """The row to post; none where nothing changes."""
    said = typed(change.text, asked.unit, estimated=change.estimated)
    values = {"quantity": said.quantity, "basis": said.basis, "unit": asked.unit}
    if not now:
        if said.quantity is None and said.basis == "measured":
            return None
        return {
            "facility_id": sheet.facility_id, "item": asked.item, "meter_id": asked.meter_id or None,
            "use": asked.use or None, "start": month.start, "end": month.end, "source": SOURCE, **values,
        }  # fmt: skip
    (old,) = now
    if all(old[name] == value for name, value in values.items()):
        return None
    cost = old["cost_yen"] if said.quantity is not None else None
    return {**old, **values, "cost_yen": cost, "source": SOURCE, "replaces": old["activity_id"]}


def month_name(month: Month) -> str:
    """4月, or Apr."""
    return texts.label(f"look.month.{month.month}")


def _conflict(change: Change, now: Sequence[Row]) -> dict[str, Any]:
    """What somebody else did to the cell: who, when, and the value that stands there now."""
    newest = max(now, key=lambda row: row["activity_id"], default=None)
    who = User.objects.filter(username=newest["posted_by"]).first() if newest and newest["posted_by"] else None
    quantity = newest["quantity"] if newest else None
    return {
        "line": change.line,
        "month": change.month,
        "typed": change.text,
        "now": "" if quantity is None else plain(quantity),
        "who": who.name if who else (newest["posted_by"] or "") if newest else "",
        "at": newest["posted_at"].strftime("%H:%M") if newest and newest["posted_at"] else "",
        "seen": "+".join(row["activity_id"] for row in now),
    }


def _remember(sheet: Sheet, posted: Sequence[Row], old: Mapping[str, Row], actor: User, *, has_entered: bool) -> None:
    """Who entered, in which state the sheet is now, and the log."""
    if not has_entered:
        Entered.objects.bulk_create([Entered(sheet=sheet, user=actor)], ignore_conflicts=True)
    if sheet.state == "not_started":
        sheet.state, sheet.changed_at = "entering", timezone.now()
        sheet.save(update_fields=["state", "changed_at"])
    for row in posted:
        before = old.get(row["replaces"])
        log(
            actor=actor, verb="enter", kind="activity", key=row["activity_id"], facility_id=sheet.facility_id,
            before=before and _said(before), after=_said(row),
        )  # fmt: skip


def _said(row: Row) -> dict[str, Any]:
    names = ("item", "meter_id", "use", "start", "end", "quantity", "unit", "basis", "cost_yen")
    return {name: row[name] for name in names}
