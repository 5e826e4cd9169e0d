"""Readings that a program sends: each as a bill that a person enters, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kotsukotsu import units
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.api.answers import BatchError
from kotsukotsu.web.api.shapes import Reading
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.models import Activity, Sheet
from kotsukotsu.web.entries.posting import lock
from kotsukotsu.web.entries.services import rows
from kotsukotsu.web.errors import ConflictError, WebError


@transaction.atomic
def readings_post(*, sheet: Sheet, readings: Sequence[Reading], source: str, actor: User) -> list[dict[str, Any]]:
    """Post readings; one that stands in the ledger to the last digit is known and stays one row.

    Raises
    ------
    BatchError
        WA-08 with what is wrong with each row; nothing is posted.
    """
    policy.require(actor, "enter", sheet.facility_id)
    lock()
    done: list[dict[str, Any]] = []
    wrong: list[dict[str, Any]] = []
    for index, reading in enumerate(readings):
        try:
            activity_id, known = _one(sheet, reading, source, actor)
            done.append({"index": index, "activity_id": activity_id, "known": known})
        except PermissionDenied:
            raise
        except KotsukotsuError as error:
            wrong.append({"index": index, "code": error.code, "message": error.text()})
    if wrong:
        raise BatchError(wrong)
    return done


def _one(sheet: Sheet, reading: Reading, source: str, actor: User) -> tuple[str, bool]:
    bill = _bill(reading)
    if not reading.replaces:
        standing = _standing(sheet, bill)
        if standing is not None:
            return _known(standing, bill), True
    posted = rows.bill_save(
        sheet=sheet, bill=bill, replaces=reading.replaces, reason=reading.reason, source=source, actor=actor
    )  # fmt: skip
    return str(posted["activity_id"]), False


def _bill(reading: Reading) -> rows.Bill:
    """The reading as a bill.

    Raises
    ------
    WebError
        W-45 an unknown item, W-47 an unknown unit, WA-11 no quantity, or one where nothing was used, WA-12 it ends
        before it begins.
    """
    item = catalogue().items.get(reading.item)
    if item is None:
        raise WebError("W-45", item=reading.item)
    unit = reading.unit or item.unit
    if not units.is_known(unit):
        raise WebError("W-47", unit=unit)
    if (reading.quantity is None) != (reading.basis == "not_occurring"):
        raise WebError("WA-11")
    if reading.last < reading.first:
        raise WebError("WA-12", first=reading.first, last=reading.last)
    return rows.Bill(
        reading.item, reading.first, reading.last, _number(reading.quantity), unit, reading.basis,
        _number(reading.cost_yen), reading.meter_id, reading.use, reading.note,
    )  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _standing(sheet: Sheet, bill: rows.Bill) -> Activity | None:
    """The row of the same meter and period that counts now."""
    meter = {"item": bill.item, "meter_id": bill.meter_id or None, "use": bill.use or None}
    return ledger.counting(sheet.facility_id).filter(start=bill.first, end=bill.end, **meter).first()


def _known(standing: Activity, bill: rows.Bill) -> str:
    """Its number, where it says the same.

    Raises
    ------
    ConflictError
        WA-13 it says something else: a correction names the row that it replaces, and why.
    """
    said = (standing.quantity, standing.unit, standing.basis, standing.cost_yen)
    if said != (bill.quantity, bill.unit, bill.basis, bill.cost_yen):
        raise ConflictError("WA-13", activity_id=standing.activity_id)
    return str(standing.activity_id)
