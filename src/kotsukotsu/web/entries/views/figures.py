"""Forms of waste, sewage and gases: the items of one kind, by month in a grid or for the whole year."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kotsukotsu import texts
from kotsukotsu.documents.printing import unit_name
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.entries import figures, ledger, proofs, selectors, sheets
from kotsukotsu.web.entries.figure_forms import FigureForm, MachineForms, machine_forms
from kotsukotsu.web.entries.figures import Figure
from kotsukotsu.web.entries.grid import key_of
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services.cells import require_open
from kotsukotsu.web.entries.services.figures import figure_save
from kotsukotsu.web.municipalities.selectors import facility_names


@requires("see")
def page(request: HttpRequest, fy: int, facility_id: str, kind: str) -> HttpResponse:
    """The items of a kind; with an item chosen, the form of its year."""
    if kind not in figures.KINDS:
        raise Http404
    sheet = selectors.sheet_of(fy, facility_id)
    if request.method == "POST":
        policy.require(request.user, "enter", facility_id)
        require_open(sheet)
    can_enter = sheet.is_open and policy.may(request.user, "enter", facility_id)
    chosen = _chosen(request, kind) if can_enter or request.method == "POST" else None
    form, machines = _forms(request, sheet, chosen)
    if form is not None and request.method == "POST" and _is_saved(request, sheet, form, machines):
        return redirect("sheet_figures", fy=fy, facility_id=facility_id, kind=kind)
    asked = figures.lines(sheet, kind)
    shown = {
        "fy": fy, "facility_id": facility_id, "kind": kind, "sheet": sheet, "can_enter": can_enter, "chosen": chosen,
        "form": form, "machines": machines, "lines": asked, "grid": _grid(sheet, kind, asked),
        "others": [one for one in figures.of_kind(kind) if one.item not in {line.figure.item for line in asked}],
        "lacks_composition": figures.lacks_composition(sheet, [line.figure.item for line in asked]),
        "vehicles": figures.air_conditioners(sheet) if chosen and chosen.item == "car_air_conditioner" else None,
        "name": facility_names().get(facility_id, facility_id), "year": FiscalYear(fy),
        "title": texts.label(f"web.figures.{kind}"), "text": texts.label(f"web.figures.text.{kind}"),
    }  # fmt: skip
    return render(request, "entries/figures.html", shown, status=422 if _is_refused(form, machines) else 200)


def _chosen(request: HttpRequest, kind: str) -> Figure | None:
    found = figures.figures().get(request.GET.get("item", ""))
    if found is not None and found.kind != kind:
        raise Http404
    return found


def _forms(request: HttpRequest, sheet: Sheet, chosen: Figure | None) -> tuple[FigureForm | None, MachineForms | None]:
    if chosen is None:
        return None, None
    row = _row(sheet, chosen)
    given = request.POST if request.method == "POST" else None
    form = FigureForm(given, figure=chosen, row=row)
    return form, None if chosen.way == "amount" else machine_forms(chosen, row, given)


def _row(sheet: Sheet, chosen: Figure) -> Row | None:
    rows = ledger.of_years(sheet.facility_id, sheet.fiscal_year, sheet.fiscal_year, [chosen.item])
    own = [row for row in rows if key_of(row) == (chosen.item, "", "")]
    return figures.year_row(own, FiscalYear(sheet.fiscal_year))


def _is_saved(request: HttpRequest, sheet: Sheet, form: FigureForm, machines: MachineForms | None) -> bool:
    """Save the year; where it is refused, what was typed stays, with the reason at its field."""
    if not form.is_valid() or (machines is not None and not machines.is_valid()):
        return False
    try:
        row = figure_save(sheet=sheet, said=form.said(machines.listed if machines else []), actor=request.user)
    except KotsukotsuError as error:
        form.add_error("quantity" if "quantity" in form.fields else None, str(error))
        return False
    quantity = texts.none() if row["quantity"] is None else f"{plain(row['quantity'])} {unit_name(row['unit'])}"
    messages.success(request, texts.label("web.figures.saved", item=form.figure.name, quantity=quantity))
    return True


def _is_refused(form: FigureForm | None, machines: MachineForms | None) -> bool:
    return bool(form and form.errors) or bool(machines and machines.total_error_count())


def _grid(sheet: Sheet, kind: str, asked: list[figures.YearLine]) -> sheets.Grid | None:
    """The month grid of the items that are not given for the whole year; gases are."""
    if kind == "refrigerants":
        return None
    whole = {(one.figure.item, one.meter_id, one.use) for one in asked if one.row and one.row["quantity"] is not None}
    items = {one.figure.item for one in asked}
    found = sheets.grid(sheet, files=proofs.files_of(sheet))
    kept = tuple(line for line in found.lines if line.item in items and line.key not in whole)
    said = tuple(one for one in found.findings if one.data.get("item") in items)
    return replace(found, lines=kept, findings=said, yearly=()) if kept else None
