"""Registers: what there is, their rows, one row; added, changed and removed as on the pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Router, Status

from kotsukotsu import schema
from kotsukotsu.importers.model import Cell
from kotsukotsu.schema import Row
from kotsukotsu.web.api.access import Needs
from kotsukotsu.web.api.described import described
from kotsukotsu.web.api.shapes import (
    Code,
    Key,
    Named,
    Place,
    Refusal,
    RegisterPage,
    RegisterRow,
    RegisterShape,
    RowChanged,
    RowSent,
    Words,
)
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.tabled import Tabled
from kotsukotsu.web.registers import selectors, services, values
from kotsukotsu.web.registers.kinds import Register, registers

router = Router(tags=["registers"])


def _register(table: str) -> Register:
    found = registers().get(table)
    if found is None:
        raise Http404
    return found


def _shape(one: Register) -> dict[str, Any]:
    names = [column.column for column in one.columns]
    return {"table": one.table, "name": one.name, "columns": names, "keys": one.keys, "filters": one.filters}


def _row(one: Tabled) -> dict[str, Any]:
    row = one.as_row()
    told = {name: None if value is None else schema.cell(value) for name, value in row.items()}
    return {"id": one.pk, "version": services.version(row), "row": told}


def _typed(register: Register, sent: RowSent) -> Row:
    """The row as the register holds it; a column that it has not is a slip."""
    columns = {column.column: column for column in register.columns}
    if strange := next((name for name in sent.row if name not in columns), None):
        raise WebError("WA-10", column=strange, table=register.table)
    return {
        name: values.value(column, Cell(sent.row.get(name) or "", "text")) for name, column in columns.items()
    }  # fmt: skip


@router.get("", response=list[RegisterShape], auth=Needs("overview"), **described("registers_list"))
def registers_list(request: HttpRequest) -> list[dict[str, Any]]:
    """Every register."""
    return [_shape(one) for one in registers().values()]


@router.get(
    "/{table}", response={200: RegisterPage, 404: Refusal}, auth=Needs("overview"), **described("register_rows")
)
def register_rows(request: HttpRequest, table: Path[Named], q: Words = "", page: Place = 1) -> dict[str, Any]:
    """Rows, 200 at a time; `q` finds a word anywhere, a column of `filters` narrows them by its value."""
    one = _register(table)
    asked = {name: request.GET.get(name, "") for name in one.filters}
    found = selectors.rows(one, {**asked, "q": q, "page": str(page)})
    return {
        "count": found.paginator.count, "page": found.number, "pages": found.paginator.num_pages,
        "rows": [_row(row) for row in found],
    }  # fmt: skip


@router.get(
    "/{table}/{pk}", response={200: RegisterRow, 404: Refusal}, auth=Needs("overview"), **described("register_row")
)
def register_row(request: HttpRequest, table: Path[Named], pk: Path[Key]) -> dict[str, Any]:
    """A row, with the version that is sent back by who changes it."""
    return _row(get_object_or_404(_register(table).model, pk=pk))


@router.post(
    "/{table}",
    response={201: RegisterRow, 404: Refusal, 422: Refusal},
    auth=Needs("register", writes=True),
    **described("register_row_add"),
)
def register_row_add(request: HttpRequest, table: Path[Named], sent: RowSent) -> Status[Any]:
    """Add a row."""
    one = _register(table)
    saved = services.row_save(
        register=one, pk=None, row=_typed(one, sent), reason=sent.reason, actor=request.user
    )  # fmt: skip
    return Status(201, _row(saved))


@router.put(
    "/{table}/{pk}",
    response={200: RegisterRow, 404: Refusal, 409: Refusal, 422: Refusal},
    auth=Needs("register", writes=True),
    **described("register_row_change"),
)
def register_row_change(request: HttpRequest, table: Path[Named], pk: Path[Key], sent: RowChanged) -> dict[str, Any]:
    """Change a row to what is sent."""
    one = _register(table)
    get_object_or_404(one.model, pk=pk)
    saved = services.row_save(
        register=one, pk=pk, row=_typed(one, sent), seen=sent.version, reason=sent.reason, actor=request.user
    )  # fmt: skip
    return _row(saved)


@router.delete(
    "/{table}/{pk}",
    response={204: None, 404: Refusal, 409: Refusal, 422: Refusal},
    auth=Needs("register", writes=True),
    **described("register_row_remove"),
)
def register_row_remove(
    request: HttpRequest, table: Path[Named], pk: Path[Key], version: Named, reason: Code
) -> Status[Any]:
    """Remove a row that was entered by mistake; what ends has an end instead."""
    one = _register(table)
    get_object_or_404(one.model, pk=pk)
    services.row_remove(register=one, pk=pk, seen=version, reason=reason, actor=request.user)
    return Status(204, None)
