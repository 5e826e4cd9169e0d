"""Rows entered otherwise than in the grid: from a file, or a bill with its own period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries import excel, fleet, ledger, proofs, sheets
from kotsukotsu.web.entries.grid import place_of
from kotsukotsu.web.entries.models import Activity, Entered, Evidence, Sheet
from kotsukotsu.web.entries.posting import lock, rows_post
from kotsukotsu.web.entries.services.cells import require_open
from kotsukotsu.web.entries.services.collections import line_add
from kotsukotsu.web.errors import ConflictError, WebError

SOURCE = "請求の入力画面"


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as a person reads it.

    Attributes
    ----------
    last : date
        The last day of use, as the bill prints it.
    quantity : Decimal or None
        None is missing; with `not_occurring` nothing was used.
    """

    item: str
    first: date
    last: date
    quantity: Decimal | None
    unit: str
    basis: str = "measured"
    cost_yen: Decimal | None = None
    meter_id: str = ""
    use: str = ""
    note: str = ""

    @property
    def end(self) -> date:
        """The first day that is no longer of it."""
        return self.last + timedelta(days=1)


@transaction.atomic
def bill_save(
    *, sheet: Sheet, bill: Bill, replaces: str = "", reason: str = "", source: str = SOURCE, actor: User
) -> Row:
    """Post a bill, or correct one.

    Parameters
    ----------
    source : str
        By which way it came.

    Raises
    ------
    WebError
        W-21 the sheet is not open, W-45 the item is not one of the catalogue, W-54 the bill is of another year,
        W-27 a correction without a reason, WF-07 a total beside single vehicles, WF-08 the vehicle was not there.
    ConflictError
        W-46 the row has been replaced meanwhile.
    LedgerError
        LG-04 what a row must fulfil by itself.
    """
    policy.require(actor, "enter", sheet.facility_id)
    lock()
    sheet.refresh_from_db()
    require_open(sheet)
    if bill.item not in catalogue().items:
        raise WebError("W-45", item=bill.item)
    if FiscalYear.of(bill.last).number != sheet.fiscal_year:
        raise WebError("W-54", last=bill.last, year=FiscalYear(sheet.fiscal_year).name)
    if replaces:
        _standing(sheet, replaces, reason)
    row = _row(sheet, bill, replaces, reason, source)
    fleet.require_one_way(sheet.facility_id, [row], sheets.rows_beside(sheet, {row["item"]}))
    (posted,) = rows_post(rows=[row], now=timezone.now(), actor=actor)
    key = {"item": bill.item, "meter_id": bill.meter_id, "use": bill.use}
    if not sheet.lines.filter(**key).exists():
        line_add(sheet=sheet, **key, actor=actor)
    _remember(sheet, [posted], actor, "bill", reason)
    return posted


def _standing(sheet: Sheet, replaces: str, reason: str) -> None:
    if not reason.strip():
        raise WebError("W-27", step="")
    year = FiscalYear(sheet.fiscal_year)
    standing = ledger.counting(sheet.facility_id).filter(end__gt=year.start, end__lte=year.end)
    if not standing.filter(activity_id=replaces).exists():
        raise ConflictError("W-46", activity_id=replaces)


def _row(sheet: Sheet, bill: Bill, replaces: str, reason: str, source: str) -> Row:
    note = f"{bill.note}（{reason.strip()}）" if reason.strip() else bill.note
    return {
        "facility_id": sheet.facility_id, "item": bill.item, "start": bill.first,
        "end": bill.end, "quantity": bill.quantity, "unit": bill.unit, "basis": bill.basis,
        "cost_yen": bill.cost_yen, "source": source, "note": note or None, "meter_id": bill.meter_id or None,
        "use": bill.use or None, "replaces": replaces or None,
    }  # fmt: skip


@transaction.atomic
def bill_withdraw(*, sheet: Sheet, activity_id: str, reason: str, actor: User) -> Row:
    """Take back a row that was entered by mistake (entered twice): the month is as before, the history stays.

    Raises
    ------
    WebError
        W-21 the sheet is not open, W-27 without a reason.
    ConflictError
        W-46 the row has been replaced meanwhile.
    """
    policy.require(actor, "enter", sheet.facility_id)
    lock()
    sheet.refresh_from_db()
    require_open(sheet)
    _standing(sheet, activity_id, reason)
    old = Activity.objects.get(activity_id=activity_id).as_row()
    note = f"{old['note']}（{reason.strip()}）" if old["note"] else reason.strip()
    taken = {**old, "basis": "not_occurring", "quantity": None, "cost_yen": None, "note": note, "replaces": activity_id}
    (posted,) = rows_post(rows=[taken], now=timezone.now(), actor=actor)
    _remember(sheet, [posted], actor, "take_back", reason)
    return posted


@transaction.atomic
def file_take(*, sheet: Sheet, evidence: Evidence, actor: User) -> excel.Preview:
    """Post what a file brings, all that its preview takes or nothing.

    Raises
    ------
    WebError
        W-21 the sheet is not open.
    """
    policy.require(actor, "enter", sheet.facility_id)
    lock()
    sheet.refresh_from_db()
    require_open(sheet)
    found = excel.preview(sheet, evidence)
    posted = rows_post(rows=found.rows, now=timezone.now(), actor=actor)
    if posted:
        for item, meter, use in dict.fromkeys((r["item"], r["meter_id"] or "", r["use"] or "") for r in posted):
            if not sheet.lines.filter(item=item, meter_id=meter, use=use).exists():
                line_add(sheet=sheet, item=item, meter_id=meter, use=use, actor=actor)
        proofs.prove(evidence, (place_of(row) for row in posted))
        _remember(sheet, posted, actor, "take_in", evidence.name)
    return found


def _remember(sheet: Sheet, posted: Sequence[Row], actor: User, verb: str, reason: str) -> None:
    Entered.objects.get_or_create(sheet=sheet, user=actor)
    if sheet.state == "not_started":
        sheet.state, sheet.changed_at = "entering", timezone.now()
        sheet.save(update_fields=["state", "changed_at"])
    for row in posted:
        names = ("item", "meter_id", "use", "start", "end", "quantity", "unit", "basis", "cost_yen", "replaces")
        log(
            actor=actor, verb=verb, kind="activity", key=row["activity_id"], facility_id=sheet.facility_id,
            after={name: row[name] for name in names}, reason=reason,
        )  # fmt: skip
