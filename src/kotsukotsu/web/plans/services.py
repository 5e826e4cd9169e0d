"""Reviews: written, handed in, returned, approved; what was approved goes into the city's register of reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kotsukotsu import schema, texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.registers import Review
from kotsukotsu.web.plans.models import Countermeasure, FacilityReview

REVIEW, COUNTERMEASURE = "review", "countermeasure"
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a review."""

    right: str
    before: tuple[str, ...]
    after: str
    needs_reason: bool = False
    by_another: bool = False


STEPS = {
    "submit": Step("explain", ("draft", "returned"), "submitted"),
    "return": Step("approve_review", ("submitted", "approved"), "returned", needs_reason=True),
    "approve": Step("approve_review", ("submitted",), "approved", by_another=True),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A countermeasure as it is written."""

    text: str
    person: str
    due_on: date


@transaction.atomic
def review_save(
    *, facility_id: str, fy: int, version: int, text: str, planned: Iterable[Planned], actor: User
) -> FacilityReview:
    """Keep what the manager writes.

    Raises
    ------
    ConflictError
        W-50 somebody else has changed the review meanwhile.
    WebError
        W-51 it has been handed in.
    """
    policy.require(actor, "explain", facility_id)
    FacilityReview.objects.get_or_create(facility_id=facility_id, fiscal_year=fy)
    now = FacilityReview.objects.select_for_update().get(facility_id=facility_id, fiscal_year=fy)
    if not now.is_open:
        raise WebError("W-51", state=texts.label(f"web.review.state.{now.state}"))
    if now.version != version:
        raise ConflictError("W-50")
    before = _said(now)
    now.text, now.written_by, now.changed_at = text.strip(), actor, timezone.now()
    now.version += 1
    now.save()
    now.countermeasures.all().delete()
    Countermeasure.objects.bulk_create(
        Countermeasure(review=now, text=one.text, person=one.person, due_on=one.due_on) for one in planned
    )
    log(actor=actor, verb="write", kind="review", key=now.pk, facility_id=facility_id, before=before, after=_said(now))
    return now


def _said(review: FacilityReview) -> dict[str, object]:
    planned = [f"{one.text}（{one.person} {one.due_on}）" for one in review.countermeasures.all()]
    return {"text": review.text, "countermeasures": planned}


def may_step(user: User, review: FacilityReview, name: str) -> bool:
    """Whether a step is open to a person now."""
    step = STEPS[name]
    if review.state not in step.before or not policy.may(user, step.right, review.facility_id):
        return False
    return not (step.by_another and has_part_in(user, review))


def has_part_in(user: User, review: FacilityReview) -> bool:
    """Whether a person wrote of it, were it long before the last hand, or handed it in."""
    if user.pk in (review.written_by_id, review.submitted_by_id):
        return True
    return LogEntry.objects.filter(kind="review", key=review.pk, verb="write", actor=user).exists()


@transaction.atomic
def review_step(*, review: FacilityReview, name: str, version: int, reason: str = "", actor: User) -> FacilityReview:
    """Hand a review in, send it back, approve it.

    Raises
    ------
    ConflictError
        W-50 somebody else has changed it meanwhile.
    WebError
        W-52 its state does not allow it or nothing is written, W-27 a reason is missing, W-28 the actor wrote it.
    """
    step = STEPS[name]
    policy.require(actor, step.right, review.facility_id)
    now = FacilityReview.objects.select_for_update().get(pk=review.pk)
    said = texts.label(f"web.review.step.{name}")
    if now.version != version:
        raise ConflictError("W-50")
    if now.state not in step.before or not now.text:
        raise WebError("W-52", step=said)
    if step.needs_reason and not reason.strip():
        raise WebError("W-27", step=said)
    if step.by_another and has_part_in(actor, now):
        raise WebError("W-28", step=said)
    before = {"state": now.state}
    now.state, now.reason, now.changed_at = step.after, reason.strip(), timezone.now()
    now.version += 1
    now.submitted_by = actor if name == "submit" else now.submitted_by
    now.approved_by = actor if name == "approve" else None
    now.save()
    if name == "approve":
        _register(now)
    log(
        actor=actor, verb=f"review_{name}", kind="review", key=now.pk, facility_id=now.facility_id, before=before,
        after={"state": now.state}, reason=reason,
    )  # fmt: skip
    return now


def _register(review: FacilityReview) -> None:
    """Put what was approved in place of what the register said of the year; what was done stays known."""
    of_it = {"facility_id": review.facility_id, "fiscal_year": review.fiscal_year}
    states = dict(Review.objects.filter(**of_it, kind=COUNTERMEASURE).values_list("text", "state"))
    Review.objects.filter(**of_it).delete()
    writer = review.submitted_by or review.written_by
    Review.objects.create(
        **of_it, kind=REVIEW, text=review.text, person=writer.name if writer else None, date=timezone.localdate()
    )
    for one in review.countermeasures.all():
        Review.objects.create(
            **of_it, kind=COUNTERMEASURE, text=one.text, person=one.person, date=one.due_on,
            state=states.get(one.text) or PLANNED,
        )  # fmt: skip
    registers_changed()


def progress_states() -> tuple[str, ...]:
    """States of a countermeasure, from the schema."""
    return next(column.choices for column in schema.columns(Review.table) if column.column == "state")


@transaction.atomic
def countermeasure_state(*, row: Review, state: str, actor: User) -> None:
    """Say how far a countermeasure has come.

    Raises
    ------
    WebError
        W-33 there is no such state.
    """
    policy.require(actor, "explain", row.facility_id)
    if state not in progress_states() or row.kind != COUNTERMEASURE:
        raise WebError("W-33")
    before = row.state
    row.state = state
    row.save(update_fields=["state"])
    registers_changed()
    log(
        actor=actor, verb="progress", kind="countermeasure", key=row.pk, facility_id=row.facility_id,
        before={"state": before}, after={"state": state},
    )  # fmt: skip
