"""Bills with their own period: a list, each corrected or taken back with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kotsukotsu import texts, units
from kotsukotsu.documents.printing import unit_name
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.periods import FiscalYear, Month, last_day
from kotsukotsu.schema import Row
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.selectors import names_of
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField, LabelledForm
from kotsukotsu.web.entries import ledger, proofs, selectors, sheets
from kotsukotsu.web.entries.grid import key_of
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import rows
from kotsukotsu.web.entries.services.cells import require_open
from kotsukotsu.web.entries.typed import typed
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.selectors import facility_names

# Where what refuses a bill belongs; all else stands above the form.
FIELDS = {
    "W-20": "quantity", "W-47": "unit", "W-27": "reason", "W-54": "last", "WF-07": "quantity", "WF-08": "first",
}  # fmt: skip


class BillForm(LabelledForm):
    """A bill as it is printed."""

    texts_at = "web.bill"
    item = forms.ChoiceField()
    first = DayField()
    last = DayField()
    quantity = forms.CharField(required=False)
    estimated = forms.BooleanField(required=False)
    unit = forms.CharField(required=False, max_length=32)
    cost_yen = forms.DecimalField(required=False)
    meter_id = forms.CharField(required=False, max_length=64)
    use = forms.CharField(required=False, max_length=64)
    note = forms.CharField(required=False, max_length=400)
    replaces = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        items = catalogue().items.values()
        self.fields["item"].choices = [
            (item.item, texts.bracketed(sheets.item_name(item.item), unit_name(item.unit))) for item in items
        ]

    def bill(self) -> rows.Bill:
        """The bill as the service takes it.

        Raises
        ------
        WebError
            W-20 a quantity that cannot be read, W-47 an unknown unit.
        """
        said = self.cleaned_data
        unit = said["unit"].strip() or catalogue().items[said["item"]].unit
        if not units.is_known(unit):
            raise WebError("W-47", unit=unit)
        read = typed(said["quantity"], unit, estimated=said["estimated"])
        return rows.Bill(
            said["item"], said["first"], said["last"], read.quantity, unit, read.basis, said["cost_yen"],
            said["meter_id"].strip(), said["use"].strip(), said["note"].strip(),
        )  # fmt: skip


@requires("see")
def page(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """All rows of the year, and a form for one more or a correction."""
    sheet = selectors.sheet_of(fy, facility_id)
    can_enter = sheet.is_open and policy.may(request.user, "enter", facility_id)
    form = BillForm(request.POST or None, initial=_initial(request, fy, facility_id))
    if request.method == "POST":
        policy.require(request.user, "enter", facility_id)
        require_open(sheet)
        if form.is_valid() and _saved(request, sheet, form):
            messages.success(request, texts.label("web.bill.saved"))
            return redirect("sheet_bills", fy=fy, facility_id=facility_id)
    found = ledger.of_years(facility_id, fy, fy)
    shown = {
        "form": form, "rows": _listed(sheet, found), "can_enter": can_enter, "fy": fy, "facility_id": facility_id,
        "sheet": sheet, "name": facility_names().get(facility_id, facility_id),
    }  # fmt: skip
    return render(request, "entries/bills.html", shown, status=422 if form.errors else 200)


def _saved(request: HttpRequest, sheet: Sheet, form: BillForm) -> bool:
    """Post the bill; where it is refused, what was typed stays, with the reason at its field."""
    given = form.cleaned_data
    try:
        rows.bill_save(
            sheet=sheet, bill=form.bill(), replaces=given["replaces"], reason=given["reason"], actor=request.user
        )
    except KotsukotsuError as error:
        form.add_error(FIELDS.get(error.code), str(error))
        return False
    return True


def _listed(sheet: Sheet, found: list[Row]) -> list[dict[str, Any]]:
    """Rows with what they replaced and what proves them."""
    before, files = ledger.chains(sheet.facility_id, found), proofs.files_of(sheet)
    people = names_of(row["posted_by"] for row in found)
    return [
        {
            **row, "name": sheets.item_name(row["item"]), "last": last_day(row["end"]), "line": "|".join(key_of(row)),
            "who": people.get(row["posted_by"], row["posted_by"]),
            "month": str(Month.of(last_day(row["end"]))), "chain": before.get(row["activity_id"], ()),
            "files": proofs.of_row(files, row),
        }
        for row in found
    ]  # fmt: skip


def _initial(request: HttpRequest, fy: int, facility_id: str) -> dict[str, object]:
    """What the form begins with: a row to correct, or a year's count of an item."""
    activity_id, item = request.GET.get("row", ""), request.GET.get("item", "")
    year = FiscalYear(fy)
    if not activity_id and item:
        given = {name: request.GET.get(name, "") for name in ("meter_id", "use")}
        return {"item": item, "first": year.start, "last": last_day(year.end), **given}
    row = ledger.counting(facility_id).filter(activity_id=activity_id).first() if activity_id else None
    if row is None:
        return {}
    quantity = "－" if row.basis == "not_occurring" else "" if row.quantity is None else format(row.quantity, "f")
    last: date = last_day(row.end)
    return {
        "item": row.item, "first": row.start, "last": last, "quantity": quantity, "unit": row.unit,
        "estimated": row.basis == "estimated", "cost_yen": row.cost_yen, "meter_id": row.meter_id, "use": row.use,
        "note": row.note, "replaces": row.activity_id,
    }  # fmt: skip


@requires("enter")
@require_POST
def withdraw(request: HttpRequest, fy: int, facility_id: str, activity_id: str) -> HttpResponse:
    """Take a row back."""
    rows.bill_withdraw(
        sheet=selectors.sheet_of(fy, facility_id), activity_id=activity_id, reason=request.POST.get("reason", ""),
        actor=request.user,
    )  # fmt: skip
    messages.success(request, texts.label("web.bill.withdrawn"))
    return redirect("sheet_bills", fy=fy, facility_id=facility_id)
