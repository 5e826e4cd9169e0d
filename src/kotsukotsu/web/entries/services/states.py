"""States of a sheet: 入力中 → 提出 → 差戻し or 確認 → 確定 → 確定解除. Nobody approves what they entered."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common import advice
from kotsukotsu.web.entries import sheets
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.errors import ConflictError, WebError


@dataclass(frozen=True, slots=True)
class Step:
    """A step from some states to another.

    Attributes
    ----------
    signs : str
        The column that keeps who did it; empty for none.
    by_another : bool
        Whether who entered or handed in may not do it.
    """

    right: str
    before: tuple[str, ...]
    after: str
    signs: str = ""
    needs_reason: bool = False
    by_another: bool = False


STEPS = {
    "submit": Step("submit", ("not_started", "entering", "returned"), "submitted", signs="submitted_by"),
    "withdraw": Step("submit", ("submitted",), "entering"),
    "confirm": Step("confirm", ("submitted",), "confirmed", signs="confirmed_by", by_another=True),
    "settle": Step("settle", ("confirmed",), "settled", signs="settled_by", by_another=True),
    "return": Step("confirm", ("submitted", "confirmed"), "returned", needs_reason=True),
    "reopen": Step("reopen", ("settled",), "returned", needs_reason=True),
}


def may_step(user: User, sheet: Sheet, name: str, entered: Container[int] | None = None) -> bool:
    """Whether a step is open to a person now; the page shows no other.

    Parameters
    ----------
    entered : container of int, optional
        Keys of the sheets into which the person entered, where many are asked of at once.
    """
    if not _is_open(user, sheet, name):
        return False
    if not STEPS[name].by_another:
        return True
    return not (
        has_part_in(user, sheet) if entered is None else sheet.pk in entered or sheet.submitted_by_id == user.pk
    )


def _is_open(user: User, sheet: Sheet, name: str) -> bool:
    """Whether a step may be taken now, and by the role of a person."""
    step = STEPS[name]
    return sheet.state in step.before and policy.may(user, step.right, sheet.facility_id)


def left_to_others(user: User, sheet: Sheet) -> list[str]:
    """Steps that a person's role may take now, but not they: they have entered or handed it in."""
    return [
        name
        for name, step in STEPS.items()
        if step.by_another and _is_open(user, sheet, name) and has_part_in(user, sheet)
    ]


def has_part_in(user: User, sheet: Sheet) -> bool:
    """Whether a person entered into the sheet or handed it in."""
    return sheet.submitted_by_id == user.pk or sheet.entered.filter(user=user).exists()


@transaction.atomic
def sheet_step(*, sheet: Sheet, name: str, version: int, reason: str = "", comment: str = "", actor: User) -> Sheet:
    """Take a sheet one step on, or back.

    Parameters
    ----------
    version : int
        The version that the actor has before their eyes.
    reason : str
        Why; required to send back and to reopen.
    comment : str
        To whom the sheet goes.

    Raises
    ------
    ConflictError
        W-25 somebody else has moved the sheet meanwhile.
    WebError
        W-26 the state does not allow it, W-27 a reason is missing, W-28 the actor entered it, W-29 errors are open.
    """
    step = STEPS[name]
    policy.require(actor, step.right, sheet.facility_id)
    now = Sheet.objects.select_for_update().get(pk=sheet.pk)
    _refuse(now, name, version, reason, actor)
    before = {"state": now.state, "comment": now.comment}
    now.state, now.reason, now.changed_at = step.after, reason.strip(), timezone.now()
    now.version += 1
    if comment.strip():
        now.comment = comment.strip()
    if step.signs:
        setattr(now, step.signs, actor)
    _forget_signatures(now)
    now.save()
    log(
        actor=actor, verb=name, kind="sheet", key=now.pk, facility_id=now.facility_id, before=before,
        after={"state": now.state, "comment": now.comment}, reason=reason,
    )  # fmt: skip
    return now


def _refuse(sheet: Sheet, name: str, version: int, reason: str, actor: User) -> None:
    step = STEPS[name]
    if sheet.version != version:
        raise ConflictError("W-25", state=texts.label(f"look.state.{sheet.state}"))
    if sheet.state not in step.before:
        raise WebError("W-26", state=texts.label(f"look.state.{sheet.state}"), step=texts.label(f"web.step.{name}"))
    if step.needs_reason and not reason.strip():
        raise WebError("W-27", step=texts.label(f"web.step.{name}"))
    if step.by_another and has_part_in(actor, sheet):
        raise WebError("W-28", step=texts.label(f"web.step.{name}"))
    if name in ("submit", "settle"):
        open_ones = sheets.open_errors(sheet, registers_too=name == "settle")
        if open_ones:
            raise WebError(
                "W-29", count=len(open_ones), first=f"{advice.place(open_ones[0])} {advice.message(open_ones[0])}"
            )


def _forget_signatures(sheet: Sheet) -> None:
    """What was signed for a state that no longer holds is signed again."""
    if sheet.state in ("entering", "returned"):
        sheet.submitted_by = sheet.confirmed_by = sheet.settled_by = None
    elif sheet.state == "submitted":
        sheet.confirmed_by = sheet.settled_by = None
