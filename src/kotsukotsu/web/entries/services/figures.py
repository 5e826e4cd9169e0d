"""The figure of a whole year: an amount, or the machines behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries import ledger, sheets
from kotsukotsu.web.entries.figures import year_row
from kotsukotsu.web.entries.grid import key_of
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.posting import lock
from kotsukotsu.web.entries.services.rows import Bill, bill_save
from kotsukotsu.web.errors import ConflictError, WebError

SOURCE = "様式の入力画面"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an item's year.

    Attributes
    ----------
    seen : str
        Number of the year's row that was before their eyes; empty where there was none.
    """

    item: str
    quantity: Decimal | None
    unit: str
    basis: str = "measured"
    note: str = ""
    seen: str = ""
    reason: str = ""


@transaction.atomic
def figure_save(*, sheet: Sheet, said: Said, actor: User) -> Row:
    """Post the row of a whole year, or correct it.

    Raises
    ------
    WebError
        WF-02 the year has values of months; W-21, W-27, W-45 of `rows.bill_save`.
    ConflictError
        W-46 somebody else has entered the year meanwhile.
    """
    policy.require(actor, "enter", sheet.facility_id)
    lock()
    year = FiscalYear(sheet.fiscal_year)
    found = ledger.of_years(sheet.facility_id, year.number, year.number, [said.item])
    own = [row for row in found if key_of(row) == (said.item, "", "")]
    now = year_row(own, year)
    if (now["activity_id"] if now else "") != said.seen:
        raise ConflictError("W-46", activity_id=now["activity_id"] if now else said.seen)
    others = [row for row in own if row is not now and row["basis"] != "not_occurring"]
    if others and said.basis != "not_occurring":
        raise WebError("WF-02", item=sheets.item_name(said.item), year=year.name, count=len(others))
    bill = Bill(
        said.item, year.start, last_day(year.end), said.quantity, said.unit, said.basis,
        now["cost_yen"] if now and said.quantity is not None else None, note=said.note,
    )  # fmt: skip
    return bill_save(sheet=sheet, bill=bill, replaces=said.seen, reason=said.reason, source=SOURCE, actor=actor)
