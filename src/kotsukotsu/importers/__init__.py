"""Files of other people as rows: bytes in, every row's fate and findings out; nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kotsukotsu import texts
from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.importers import bill_days, layouts, readability
from kotsukotsu.importers.fates import fates, key
from kotsukotsu.importers.guide import Context, Guide
from kotsukotsu.importers.items import Item
from kotsukotsu.importers.layouts import entry_form
from kotsukotsu.importers.model import Book, RawRow, Table
from kotsukotsu.importers.overlaps import overlaps
from kotsukotsu.importers.profile import Profile
from kotsukotsu.importers.propose import propose
from kotsukotsu.importers.rejects import rejects
from kotsukotsu.importers.resolve import Resolved, resolve
from kotsukotsu.importers.result import ImportResult
from kotsukotsu.importers.sheets import open_book
from kotsukotsu.importers.unsaid import METER, USE, Unsaid

__all__ = ["Context", "ImportResult", "Item", "Profile", "read", "rejects"]

_NO_PROFILE = Profile("", ())


def read(data: bytes, name: str, context: Context, profile: Profile | None = None) -> ImportResult:
    """What an import of a file would do.

    Parameters
    ----------
    data : bytes
        The whole file; its kind and encoding are found by content.
    name : str
        Its name, for `source` and messages.
    context : Context
        The city's facilities and rows, and the catalogue's items.
    profile : Profile or None
        How the file is read; one is proposed if None.

    Returns
    -------
    ImportResult
        Nothing has been written.

    Raises
    ------
    ImportFileError
        The file cannot be read at all (IM-01 to IM-07), or the profile does not fit it (IM-11, IM-12).
    """
    book = open_book(data, name)
    tables = _tables(book, Guide.of(name, context, profile or _NO_PROFILE))
    if not any(table.rows for table in tables):
        raise ImportFileError("IM-07", file=name)
    if profile:
        headings = [heading for table in tables for heading, _ in table.columns]
        profile.check_fits([table.layout for table in tables], headings, name)
    used = profile or propose(tables, Guide.of(name, context, _NO_PROFILE))
    guide = Guide.of(name, context, used)
    raws = [raw for table in tables for raw in table.rows]
    resolved = _resolve(raws, guide, context)
    found, doubts = fates(resolved, context.existing)
    checks = readability.check(book, tables)
    findings = (
        *book.findings,
        *_unread(book, tables),
        *(finding for table in tables for finding in table.findings),
        *_assumed_days(raws, profile, name),
        *doubts,
        *overlaps(found, context.existing, context.names),
        *(finding for check in checks for finding in check.findings),
    )
    return ImportResult(
        name, hashlib.sha256(data).hexdigest(), book, tuple(tables), used, tuple(found), findings, tuple(checks)
    )


def _tables(book: Book, guide: Guide) -> list[Table]:
    return [
        table
        for sheet in book.sheets
        if sheet.visible
        for table in layouts.read(sheet, guide)
        if table.rows or table.findings
    ]


def _resolve(raws: list[RawRow], guide: Guide, context: Context) -> list[Resolved]:
    dated = bill_days.resolve(raws, guide.profile.period, context.existing)
    meters, uses = Unsaid.of(context.existing, "meter_id", METER), Unsaid.of(context.existing, "use", USE)
    keys = {key(row) for row in context.existing}
    found = [Resolved(raw) if raw.reading.kind == "blank" else resolve(raw, guide) for raw in dated]
    return [each if each.row is None or key(each.row) in keys else uses.filled(meters.filled(each)) for each in found]


def _unread(book: Book, tables: Iterable[Table]) -> Iterable[Finding]:
    """Sheets that hold something but were not read are named, never passed over; our own guide to a form is none."""
    listed = list(tables)
    used = {table.sheet for table in listed}
    if any(table.layout == entry_form.NAME for table in listed):
        used.add(texts.statement("IM-F6", {}, "ja"))
    for sheet in book.sheets:
        if sheet.name not in used and any(any(sheet.texts(row)) for row in range(sheet.height)):
            yield Finding("IM-08" if sheet.visible else "IM-09", sheet.name, {})


def _assumed_days(raws: list[RawRow], profile: Profile | None, name: str) -> Iterable[Finding]:
    rule, shown = bill_days.rule(raws)
    if profile is None and rule == "inclusive" and not shown:
        yield Finding("IM-26", name, {})
