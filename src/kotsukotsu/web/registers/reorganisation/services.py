"""Carry a reorganisation out: one step, one transaction; before its day nothing changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from kotsukotsu.schema.organisation import handed_over, spans
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.accounts.services import Place, role_end, role_grant
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.models import Department, Facility, FacilityDepartment, Municipality
from kotsukotsu.web.registers.kinds import registers
from kotsukotsu.web.registers.reorganisation.look import look
from kotsukotsu.web.registers.reorganisation.model import Asked, Change, Handed, Looked, Move
from kotsukotsu.web.registers.services import tell


@transaction.atomic
def reorganise(*, asked: Asked, anew: Collection[int], seen: int, actor: User) -> Looked:
    """Do all that was asked, or nothing.

    Parameters
    ----------
    anew : collection of int
        Roles at departments that end which are not handed to the successor.
    seen : int
        The revision of the registers that the actor looked at.

    Raises
    ------
    ConflictError
        WR-14 a register has been changed since.
    WebError
        WR-15 it cannot be done as asked.
    """
    for right in ("register", "accounts"):
        policy.require(actor, right)
    if Municipality.objects.select_for_update().get().revision != seen:
        raise ConflictError("WR-14")
    looked = look(asked)
    if looked.problems:
        raise WebError("WR-15", problems=" ".join(looked.problems))
    for change in looked.changes:
        _department(change, asked, actor)
    for move in looked.moves:
        _facility(move, asked, actor)
    for handed in looked.roles:
        _role(handed, asked, is_anew=handed.pk in anew or not handed.department_id, actor=actor)
    after = {"departments": len(looked.changes), "facilities": len(looked.moves), "roles": len(looked.roles)}
    log(actor=actor, verb="reorganise", kind="municipality", key=asked.on, after=after, reason=asked.reason)
    return looked


def _department(change: Change, asked: Asked, actor: User) -> None:
    register, until = registers()["departments"], None
    if change.kind != "begins":
        old = Department.objects.exclude(valid_to__lte=asked.on).get(department_id=change.code)
        before, until = old.as_row(), old.valid_to
        old.valid_to = asked.on
        old.save(update_fields=["valid_to"])
        tell(register, "change", before, old.as_row(), asked.reason, actor)
    if change.kind != "ends":
        new = Department.objects.create(
            department_id=change.code, name=change.name, parent_id=change.parent or None, valid_from=asked.on,
            valid_to=until,
        )  # fmt: skip
        tell(register, "add", None, new.as_row(), asked.reason, actor)


def _facility(move: Move, asked: Asked, actor: User) -> None:
    """The department of today on becomes the register's; those before keep their days in a table of their own."""
    one = Facility.objects.get(facility_id=move.facility_id)
    before, dated = one.as_row(), FacilityDepartment.objects.filter(facility_id=move.facility_id)
    known = spans(one.department_id or "", [row.as_row() for row in dated])
    *past, now = handed_over(known, move.department_id, asked.on)
    _dated(move.facility_id, [(span.department, span.start, span.end) for span in past], asked, actor)
    one.department_id = now.department
    one.save(update_fields=["department_id"])
    tell(registers()["facilities"], "change", before, one.as_row(), asked.reason, actor)


def _dated(facility: str, wanted: list[tuple[str, date | None, date | None]], asked: Asked, actor: User) -> None:
    """The facility's rows as wanted; a row that only ends otherwise is changed, so that its other columns stay."""
    register = registers()["facility_departments"]
    left = {(row.department_id or "", row.valid_from): row for row in FacilityDepartment.objects.filter(
        facility_id=facility)}  # fmt: skip
    for department, start, end in wanted:
        row = left.pop((department, start), None)
        before = row.as_row() if row else None
        row = row or FacilityDepartment(facility_id=facility, department_id=department or None, valid_from=start)
        if before is None or row.valid_to != end:
            row.valid_to = end
            row.save()
            tell(register, "change" if before else "add", before, row.as_row(), asked.reason, actor)
    for row in left.values():
        before = row.as_row()
        row.delete()
        tell(register, "remove", before, None, asked.reason, actor)


def _role(handed: Handed, asked: Asked, *, is_anew: bool, actor: User) -> None:
    """A role ends with its department, and goes on at the successor's."""
    role = Role.objects.select_related("user").get(pk=handed.pk)
    user, kind, begins = role.user, role.kind, role.valid_from
    role_end(role=role, on=asked.on, reason=asked.reason, actor=actor)
    place = Place(handed.department_id)
    has_it = Role.objects.on(asked.on).filter(user=user, kind=kind, department_id=place.department_id).exists()
    if not is_anew and not has_it:
        first = max(asked.on, begins or asked.on)
        role_grant(user=user, kind=kind, place=place, valid_from=first, actor=actor)
