"""Evidence, and the Excel form of a sheet out and in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import sent
from kotsukotsu.web.entries import excel, selectors
from kotsukotsu.web.entries.models import Evidence
from kotsukotsu.web.entries.services import evidence as evidences
from kotsukotsu.web.entries.services import rows
from kotsukotsu.web.entries.uploads import LARGEST
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.selectors import facility_names

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("enter")
@require_POST
def add(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """Keep files beside the sheet."""
    sheet = selectors.sheet_of(fy, facility_id)
    files = request.FILES.getlist("files")
    if not files:
        raise WebError("W-33")
    for file in files:
        if file.size > LARGEST:
            raise WebError("W-40", name=file.name, limit=LARGEST // 1024 // 1024)
        evidences.evidence_add(
            sheet=sheet, name=file.name, content=file.read(), actor=request.user,
            **{name: request.POST.get(name, "") for name in ("line", "first", "last")},
        )  # fmt: skip
    messages.success(request, texts.label("web.evidence.added", count=len(files)))
    return redirect("sheet", fy=fy, facility_id=facility_id)


def _evidence(fy: int, facility_id: str, pk: int) -> Evidence:
    return get_object_or_404(Evidence, pk=pk, sheet=selectors.sheet_of(fy, facility_id))


@requires("see")
@require_GET
def get(request: HttpRequest, fy: int, facility_id: str, pk: int) -> HttpResponse:
    """A file, to be saved."""
    file = _evidence(fy, facility_id, pk)
    return sent(bytes(file.content), file.name)


@requires("enter")
@require_POST
def withdraw(request: HttpRequest, fy: int, facility_id: str, pk: int) -> HttpResponse:
    """Take a file out of the list."""
    evidences.evidence_withdraw(
        evidence=_evidence(fy, facility_id, pk), reason=request.POST.get("reason", ""), actor=request.user
    )
    return redirect("sheet", fy=fy, facility_id=facility_id)


@requires("see")
@require_GET
def form(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """The Excel form."""
    data = excel.written(selectors.sheet_of(fy, facility_id))
    year = FiscalYear(fy).label("era")
    name = texts.label("web.form.file", facility=facility_names().get(facility_id, facility_id), year=year)
    return sent(data, name, EXCEL)


@requires("enter")
def take(request: HttpRequest, fy: int, facility_id: str, pk: int) -> HttpResponse:
    """What a file would bring, row by row; posted only when asked."""
    sheet, file = selectors.sheet_of(fy, facility_id), _evidence(fy, facility_id, pk)
    if file.kind not in excel.READABLE:
        raise WebError("W-41", name=file.name, kinds=texts.listed(excel.READABLE))
    if request.method == "POST":
        found = rows.file_take(sheet=sheet, evidence=file, actor=request.user)
        if found.rows:
            messages.success(request, texts.label("web.file.taken", count=len(found.rows)))
        else:  # somebody else was faster
            messages.warning(request, texts.label("web.file.nothing"))
        return redirect("sheet", fy=fy, facility_id=facility_id)
    shown = {"file": file, "fy": fy, "facility_id": facility_id, "name": facility_names().get(facility_id, facility_id)}
    try:
        return render(request, "entries/take.html", {**shown, "preview": excel.preview(sheet, file)})
    except ImportFileError as error:
        refused = Finding(error.code, "", error.data)
        return render(request, "entries/take.html", {**shown, "refused": refused}, status=422)
