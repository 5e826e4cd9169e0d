"""Pages of a file for a register: what its columns are, what would become of its rows, taking them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kotsukotsu import texts
from kotsukotsu.importers.model import Book
from kotsukotsu.importers.sheets import open_book
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import XLSX, sent
from kotsukotsu.web.entries.uploads import accept
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.registers import fates, headings, services
from kotsukotsu.web.registers.fates import CHANGED, NEW, REJECTED, SAME, Looked, counted
from kotsukotsu.web.registers.forms import ColumnsForm, File
from kotsukotsu.web.registers.headings import Meanings
from kotsukotsu.web.registers.kinds import Register, heading
from kotsukotsu.web.registers.views import crumbs, register_of

LARGEST = 3 * 1024 * 1024  # it goes to the page and back [byte]
ORDER = (REJECTED, CHANGED, NEW, SAME)  # what has to be looked at comes first
SALT = "kotsukotsu.registers.file"
HOUR = 60 * 60  # [s]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that goes to the page and back, and what its headings were taken to mean.

    Attributes
    ----------
    line : str
        The line of the headings, where a person chose it.
    given : mapping
        Columns that the file has not, and what a person says of all its rows.
    """

    name: str
    data: bytes
    known: Meanings
    line: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        """As read."""
        return open_book(self.data, self.name)

    def looked(self, register: Register) -> Looked:
        """Judged again, so that it fits the register as it is now.

        Raises
        ------
        WebError
            WR-08 no line has what a row needs.
        """
        book = self.book
        head = headings.choices(book).get(self.line) or headings.head(register, book, self.known)
        if head is None:
            needed = texts.listed(heading(one) for one in register.columns if one.required)
            raise WebError("WR-08", file=self.name, columns=needed)
        return fates.looked(register, book, head, self.known, self.given)

    def packed(self) -> str:
        """For a field of the page, signed."""
        kept = [self.name, self.data.hex(), self.known, self.line, self.given]
        return signing.dumps(kept, salt=SALT, compress=True)

    @classmethod
    def unpacked(cls, request: HttpRequest) -> Kept:
        """Back from the page.

        Raises
        ------
        WebError
            WR-11 it is too old or not ours.
        """
        try:
            name, data, *said = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=HOUR)
        except signing.BadSignature:
            raise WebError("WR-11") from None
        return cls(name, bytes.fromhex(data), *said)


@require_POST
@requires("register")
def file(request: HttpRequest, table: str) -> HttpResponse:
    """What taking in a file would do to every row; before that, what its columns are, if nobody has said so yet."""
    one, form = register_of(table), File(request.POST, request.FILES)
    if not form.is_valid():
        raise WebError("WR-09")
    given = form.cleaned_data["file"]
    if given.size > LARGEST:
        raise WebError("WR-10", megabytes=LARGEST // 1024 // 1024)
    data = accept(given.name, given.read()).content
    kept = Kept(given.name, data, headings.meanings(one))
    book = kept.book
    if headings.head(one, book, kept.known) is None and headings.likely(book):
        return _asked(request, one, kept)
    return _shown(request, one, kept)


@require_POST
@requires("register")
def columns(request: HttpRequest, table: str) -> HttpResponse:
    """Say what the columns are; then what would become of the rows. What was said is remembered."""
    one, kept = register_of(table), Kept.unpacked(request)
    return _asked(request, one, kept)


def _asked(request: HttpRequest, one: Register, kept: Kept) -> HttpResponse:
    book = kept.book
    lines = headings.choices(book)
    named = lines.get(request.POST.get("line", kept.line))
    chosen = named or headings.head(one, book, kept.known) or headings.likely(book)
    if chosen is None:
        raise WebError("WR-08", file=kept.name, columns="")
    line = next(name for name, head in lines.items() if head == chosen)
    given = request.POST if "settle" in request.POST else None
    form = ColumnsForm(one, chosen, kept.known, kept.given, given)
    if form.is_bound and form.is_valid():
        services.headings_explain(register=one, columns=form.columns, actor=request.user)
        return _shown(request, one, Kept(kept.name, kept.data, {**kept.known, **form.columns}, line, form.same))
    shown = {"register": one, "file": kept.name, "form": form, "kept": kept.packed(), "lines": lines, "line": line,
             "crumbs": crumbs(one, texts.label("register.take_in"))}  # fmt: skip
    return render(request, "registers/columns.html", shown, status=422 if form.errors else 200)


def _shown(request: HttpRequest, one: Register, kept: Kept) -> HttpResponse:
    return render(request, "registers/file.html", {**_about(one, kept), "kept": kept.packed()})


def _about(one: Register, kept: Kept) -> dict[str, Any]:
    found = kept.looked(one)
    ordered = sorted(found.fates, key=lambda fate: ORDER.index(fate.kind))
    named = {column.column: heading(column) for column in one.columns}
    read = [(word, found.columns.get(place), named.get(found.columns.get(place, "")))
            for place, word in found.head.words.items()]  # fmt: skip
    same = [(named[name], text) for name, text in fates.said(one, kept.given).items()]
    return {"register": one, "file": kept.name, "fates": [(found.place(fate), fate) for fate in ordered],
            "counts": counted(found.fates), "read": read, "same": same,
            "crumbs": crumbs(one, texts.label("register.take_in"))}  # fmt: skip


@require_POST
@requires("register")
def refused(request: HttpRequest, table: str) -> HttpResponse:
    """The rows that cannot be taken in, each with its reasons, as a workbook to be mended and taken in again."""
    one, kept = register_of(table), Kept.unpacked(request)
    name = texts.label("register.refused.file", file=kept.name.rpartition(".")[0] or kept.name)
    return sent(fates.refused(one, kept.looked(one)), f"{name}.xlsx", XLSX)


@require_POST
@requires("register")
def take_in(request: HttpRequest, table: str) -> HttpResponse:
    """Carry out what was shown."""
    one, kept = register_of(table), Kept.unpacked(request)
    found = kept.looked(one).fates
    done = services.fates_carry_out(register=one, fates=found, source=kept.name, actor=request.user)
    messages.success(request, texts.label("register.taken_in", count=done, rejected=counted(found)[REJECTED]))
    return redirect("register", table=one.table)
