"""A changed supply contract: reported by a clerk from the bill, taken into the register by the secretariat."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries.models import SupplyReport
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.registers import Supply


@transaction.atomic
def supply_report(
    *, facility_id: str, item: str, supplier: str, menu: str = "", valid_from: date, note: str = "", actor: User
) -> SupplyReport:
    """Say what the bill shows: another supplier or menu, since when."""
    policy.require(actor, "enter", facility_id)
    made = SupplyReport.objects.create(
        facility_id=facility_id, item=item, supplier=supplier.strip(), menu=menu.strip(), valid_from=valid_from,
        note=note.strip(), reported_at=timezone.now(), reported_by=actor,
    )  # fmt: skip
    log(actor=actor, verb="report", kind="supply", key=made.pk, facility_id=facility_id, after=_said(made))
    return made


@transaction.atomic
def supply_take(*, report: SupplyReport, actor: User) -> Supply:
    """Take a report into the register: the old contract ends on the day on which the new one begins.

    Raises
    ------
    ConflictError
        W-34 somebody has answered it already.
    WebError
        W-35 contracts with shares run beside each other; the register must be changed by hand.
    """
    policy.require(actor, "register")
    now = _open(report)
    running = Supply.objects.filter(facility_id=now.facility_id, item=now.item)
    ending = [one for one in running if one.valid_to is None or one.valid_to > now.valid_from]
    if any(one.share is not None for one in ending) or len({one.meter_id for one in ending}) > 1 or len(ending) > 1:
        raise WebError("W-35")
    for old in ending:
        if old.valid_from is not None and old.valid_from >= now.valid_from:
            raise WebError("W-35")
        old.valid_to = now.valid_from
        old.save(update_fields=["valid_to"])
    made = Supply.objects.create(
        facility_id=now.facility_id, item=now.item, supplier=now.supplier, menu=now.menu or None,
        valid_from=now.valid_from, meter_id=ending[0].meter_id if ending else None,
    )  # fmt: skip
    now.state = "taken"
    now.save(update_fields=["state"])
    registers_changed()
    log(actor=actor, verb="take", kind="supply", key=now.pk, facility_id=now.facility_id, after=_said(now))
    return made


@transaction.atomic
def supply_refuse(*, report: SupplyReport, answer: str, actor: User) -> None:
    """Answer a report without changing the register.

    Raises
    ------
    WebError
        W-27 without a reason.
    """
    policy.require(actor, "register")
    if not answer.strip():
        raise WebError("W-27", step="")
    now = _open(report)
    now.state, now.answer = "refused", answer.strip()
    now.save(update_fields=["state", "answer"])
    log(actor=actor, verb="refuse", kind="supply", key=now.pk, facility_id=now.facility_id, reason=answer)


def _open(report: SupplyReport) -> SupplyReport:
    now = SupplyReport.objects.select_for_update().get(pk=report.pk)
    if now.state != "open":
        raise ConflictError("W-34")
    return now


def _said(report: SupplyReport) -> dict[str, object]:
    names = ("item", "supplier", "menu", "valid_from", "note")
    return {name: getattr(report, name) for name in names}
