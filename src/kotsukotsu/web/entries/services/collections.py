"""A collection is opened for a year: which facilities, which lines, until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.grid import Key
from kotsukotsu.web.entries.models import Asked, Collection, Sheet
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import registers

Wanted = Mapping[str, Mapping[Key, str]]


def proposal(fy: int) -> dict[str, dict[Key, str]]:
    """Lines to ask each facility for, with their units: those in use in this year or the one before, and contracts.

    What was asked for the year before and never answered is asked again: nobody has said that it is not in use.
    """
    year = FiscalYear(fy)
    items = catalogue().items
    found: dict[str, dict[Key, str]] = {facility_id: {} for facility_id in _in_use(year)}
    gone = set(registers.Vehicle.objects.filter(disposed_on__lte=year.start).values_list("vehicle_id", flat=True))
    for facility_id, key in _in_use_or_unanswered(year):
        if facility_id in found and key[0] in items and key[1] not in gone:
            found[facility_id][key] = items[key[0]].unit
    for supply in _contracts(year):
        lines = found.get(supply.facility_id)
        if lines is not None and supply.item in items and not any(key[0] == supply.item for key in lines):
            lines[supply.item, supply.meter_id or "", ""] = items[supply.item].unit
    order = {code: item.order for code, item in items.items()}
    return {
        facility: dict(sorted(lines.items(), key=lambda line: (order[line[0][0]], line[0])))
        for facility, lines in found.items() if lines
    }  # fmt: skip


def _in_use_or_unanswered(year: FiscalYear) -> Iterator[tuple[str, Key]]:
    """Facilities and lines of which rows of a year or the one before say a use, or which were asked for in vain."""
    rows, answered = ledger.counting().filter(end__gt=year.before.start, end__lte=year.end), set()
    columns = ("facility_id", "item", "meter_id", "use", "basis")
    for facility_id, item, meter, use, basis in rows.order_by().values_list(*columns).distinct():
        line = facility_id, (item, meter or "", use or "")
        answered.add(line)
        if basis != "not_occurring":
            yield line
    asked = Asked.objects.filter(sheet__collection__fiscal_year=year.before.number)
    for facility_id, *key in asked.values_list("sheet__facility_id", "item", "meter_id", "use"):
        if (facility_id, tuple(key)) not in answered:
            yield facility_id, tuple(key)


def unasked(fy: int, asked: Iterable[str]) -> list[str]:
    """Facilities that are open on some day of a year, but not among those that are asked."""
    known = set(asked)
    return [facility_id for facility_id in _in_use(FiscalYear(fy)) if facility_id not in known]


def _in_use(year: FiscalYear) -> list[str]:
    """Facilities that are open on some day of a year."""
    return [
        one.facility_id
        for one in registers.Facility.objects.all()
        if (one.closed_on is None or one.closed_on > year.start) and (one.opened_on is None or one.opened_on < year.end)
    ]


def _contracts(year: FiscalYear) -> Iterable[registers.Supply]:
    for one in registers.Supply.objects.all():
        begun = one.valid_from is None or one.valid_from < year.end
        if begun and (one.valid_to is None or one.valid_to > year.start):
            yield one


@transaction.atomic
def collection_open(
    *, fy: int, due_on: date, message: str = "", wanted: Wanted | None = None, actor: User
) -> Collection:
    """Ask the facilities for a year.

    Parameters
    ----------
    wanted : mapping, optional
        Facility to its lines and their units; the proposal if left out.

    Raises
    ------
    WebError
        W-30 there is a collection of that year, W-31 the due date lies in the past, W-32 nobody is asked.
    """
    policy.require(actor, "collect")
    if Collection.objects.filter(fiscal_year=fy).exists():
        raise WebError("W-30", fiscal_year=FiscalYear(fy).name)
    if due_on < timezone.localdate():
        raise WebError("W-31", due=day_name(due_on))
    lines = proposal(fy) if wanted is None else wanted
    if not lines:
        raise WebError("W-32", fiscal_year=FiscalYear(fy).name)
    made = Collection.objects.create(
        fiscal_year=fy, due_on=due_on, message=message.strip(), opened_at=timezone.now(), opened_by=actor
    )
    _sheets(made, lines)
    after = {"fiscal_year": fy, "due_on": due_on, "facilities": len(lines)}
    log(actor=actor, verb="open", kind="collection", key=fy, after=after, reason=message)
    return made


def _sheets(collection: Collection, lines: Wanted) -> None:
    made = Sheet.objects.bulk_create(Sheet(collection=collection, facility_id=facility) for facility in lines)
    begun = set(_begun(collection.fiscal_year)) & lines.keys()
    Sheet.objects.filter(collection=collection, facility_id__in=begun).update(state="entering")
    Asked.objects.bulk_create(
        Asked(sheet=sheet, item=item, meter_id=meter, use=use, unit=unit)
        for sheet in made
        for (item, meter, use), unit in lines[sheet.facility_id].items()
    )


def _begun(fy: int) -> Iterable[str]:
    """Facilities that have rows of the year already, from files."""
    year = FiscalYear(fy)
    return ledger.counting().filter(end__gt=year.start, end__lte=year.end).values_list("facility_id", flat=True)


@transaction.atomic
def facility_ask(*, collection: Collection, facility_id: str, actor: User) -> Sheet:
    """Ask one more facility, one that was opened within the year or was left out, for what would have been proposed.

    Raises
    ------
    WebError
        W-22 the facility is asked already, or not open in the year.
    """
    policy.require(actor, "collect")
    asked = Sheet.objects.filter(collection=collection).values_list("facility_id", flat=True)
    if facility_id not in unasked(collection.fiscal_year, asked):
        raise WebError("W-22", cell=facility_id)
    _sheets(collection, {facility_id: proposal(collection.fiscal_year).get(facility_id, {})})
    made = Sheet.objects.get(collection=collection, facility_id=facility_id)
    log(actor=actor, verb="ask", kind="sheet", key=made.pk, facility_id=facility_id, after={"facility_id": facility_id})
    return made


@transaction.atomic
def due_change(*, collection: Collection, due_on: date, reason: str, actor: User) -> Collection:
    """Give everybody another due date.

    Raises
    ------
    WebError
        W-27 without a reason.
    """
    policy.require(actor, "collect")
    if not reason.strip():
        raise WebError("W-27", step="")
    before = collection.due_on
    collection.due_on = due_on
    collection.save(update_fields=["due_on"])
    log(
        actor=actor, verb="due", kind="collection", key=collection.fiscal_year, before={"due_on": before},
        after={"due_on": due_on}, reason=reason,
    )  # fmt: skip
    return collection


@transaction.atomic
def line_add(*, sheet: Sheet, item: str, meter_id: str = "", use: str = "", actor: User) -> Asked:
    """Ask a sheet for one more line; who enters may add what the bill shows.

    Raises
    ------
    WebError
        W-22 there is no such item, or the line is there already; W-21 the sheet has been handed in.
    """
    if not policy.may(actor, "collect"):
        policy.require(actor, "enter", sheet.facility_id)
    known = catalogue().items.get(item)
    if known is None or sheet.lines.filter(item=item, meter_id=meter_id, use=use).exists():
        raise WebError("W-22", cell=item)
    made = Asked.objects.create(sheet=sheet, item=item, meter_id=meter_id, use=use, unit=known.unit)
    after = {"item": item, "meter_id": meter_id, "use": use}
    log(actor=actor, verb="line", kind="sheet", key=sheet.pk, facility_id=sheet.facility_id, after=after)
    return made
