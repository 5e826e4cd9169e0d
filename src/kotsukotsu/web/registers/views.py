"""Pages of the registers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import XLSX, sent
from kotsukotsu.web.errors import ConflictError
from kotsukotsu.web.look.sorting import asked as sorting
from kotsukotsu.web.municipalities.selectors import municipality
from kotsukotsu.web.registers import open_data, selectors, services, writing
from kotsukotsu.web.registers.forms import File, RowForm, initial
from kotsukotsu.web.registers.kinds import Register, heading, registers


def register_of(table: str) -> Register:
    """The register of a table; 404 where there is none."""
    found = registers().get(table)
    if found is None:
        raise Http404
    return found


def crumbs(register: Register, last: str = "") -> list[dict[str, str]]:
    """The way to a page of a register."""
    first = {"name": texts.label("register.title"), "address": reverse("registers")}
    here = {"name": register.name, "address": reverse("register", args=[register.table]) if last else ""}
    return [first, here, *([{"name": last}] if last else [])]


@require_GET
@requires("overview")
def index(request: HttpRequest) -> HttpResponse:
    """Every register with the number of its rows."""
    lines = [(one, one.model._default_manager.count()) for one in registers().values()]  # noqa: SLF001
    return render(request, "registers/index.html", {"lines": lines})


@require_GET
@requires("overview")
def register(request: HttpRequest, table: str) -> HttpResponse:
    """One register as a list."""
    one = register_of(table)
    asked = {name: request.GET.get(name, "") for name in ("q", "page", *one.filters)}
    page, lines = selectors.page(one, asked, sorting(request))
    heads = [(column.column, heading(column), column.type in ("decimal", "integer")) for column in one.columns]
    named = {column.column: texts.label(f"register.column.{column.column}") for column in one.columns}
    filters = [(found, named[found.column]) for found in selectors.filters(one, asked)]
    shown = {"register": one, "page": page, "lines": lines, "heads": heads, "filters": filters, "asked": asked,
             "crumbs": crumbs(one), "form": File()}  # fmt: skip
    return render(request, "registers/register.html", shown)


@require_http_methods(["GET", "POST"])
@requires("register")
def add(request: HttpRequest, table: str) -> HttpResponse:
    """A new row."""
    one = register_of(table)
    return _row_page(request, one, None, RowForm(one, request.POST or None))


@require_http_methods(["GET", "POST"])
@requires("register")
def row(request: HttpRequest, table: str, pk: int) -> HttpResponse:
    """A row: look, change."""
    one = register_of(table)
    kept = get_object_or_404(one.model, pk=pk)
    seen = {"seen": services.version(kept.as_row())}
    form = RowForm(one, request.POST or None, initial={**initial(one, kept), **seen})
    return _row_page(request, one, pk, form)


def _row_page(request: HttpRequest, one: Register, pk: int | None, form: RowForm) -> HttpResponse:
    status = 200
    if request.method == "POST":
        if form.is_valid() and _saved(request, one, pk, form):
            return redirect("register", table=one.table)
        status = 422
    title = texts.label("register.row" if pk else "register.add")
    shown = {"register": one, "form": form, "pk": pk, "crumbs": crumbs(one, title), "title": title}
    if pk:
        kept = one.model._default_manager.get(pk=pk)  # noqa: SLF001  # Django's word for it
        shown["history"] = selectors.told(one, kept.as_row())
        shown["seen"] = services.version(kept.as_row())
        shown["belonged"] = selectors.belonged(kept.as_row()) if one.table == "facilities" else ()
        shown["key"] = "".join(one.key(kept.as_row()))
    return render(request, "registers/row.html", shown, status=status)


def _saved(request: HttpRequest, one: Register, pk: int | None, form: RowForm) -> bool:
    """Save; what the rules say stands above the form, nothing typed is lost."""
    given = form.cleaned_data
    try:
        services.row_save(register=one, pk=pk, row=form.row, seen=given["seen"], reason=given["why"],
                          actor=request.user)  # fmt: skip
    except ConflictError:
        raise
    except KotsukotsuError as error:
        form.add_error(None, error.text())
        return False
    messages.success(request, texts.label("register.saved"))
    return True


@require_POST
@requires("register")
def remove(request: HttpRequest, table: str, pk: int) -> HttpResponse:
    """Remove a row that was entered by mistake."""
    one, given = register_of(table), request.POST
    services.row_remove(register=one, pk=pk, seen=given.get("seen", ""), reason=given.get("why", ""),
                        actor=request.user)  # fmt: skip
    messages.success(request, texts.label("register.removed"))
    return redirect("register", table=one.table)


@require_GET
@requires("overview")
def written(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """The register as a file: ``xlsx``, ``csv`` or, for facilities, the government's open data."""
    one, rows = register_of(table), services.rows_of(register_of(table))
    made = {"xlsx": (writing.workbook, XLSX), "csv": (writing.table, "text/csv; charset=utf-8")}
    if form == "open-data" and table == "facilities":
        city = municipality()
        settings = city.settings["municipality"] if city else {}
        data = open_data.written(rows, settings.get("name", ""), settings.get("code", ""))
        return sent(data, f"{table}-{form}.csv", "text/csv; charset=utf-8")
    if form not in made:
        raise Http404
    write, kind = made[form]
    return sent(write(one, rows), f"{table}-{timezone.localdate():%Y%m%d}.{form}", kind)
