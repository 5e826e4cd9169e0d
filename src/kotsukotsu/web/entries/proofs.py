"""What the evidence files of a sheet prove: cells of the grid, and lines for a whole year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from kotsukotsu import texts
from kotsukotsu.ledger.states import months_of
from kotsukotsu.periods import FiscalYear, Month
from kotsukotsu.schema import Row
from kotsukotsu.web.entries import sheets
from kotsukotsu.web.entries.grid import File, Files, Key, key_of
from kotsukotsu.web.entries.lacking import named
from kotsukotsu.web.entries.models import Evidence, Proved, Sheet
from kotsukotsu.web.errors import WebError

Place = tuple[Key, str]  # line and month; no month is the whole year


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a sheet in the list below its grid.

    Attributes
    ----------
    proves : tuple
        Name of the item, meter, use and months of each line that it proves.
    """

    file: Evidence
    proves: tuple[tuple[str, str, str, str], ...]


def files_of(sheet: Sheet) -> Files:
    """Files by the cell that they prove; in one query however many there are."""
    found: dict[Place, list[File]] = {}
    for one in _proved(sheet).select_related("evidence").defer("evidence__content"):
        address = reverse("evidence", args=[sheet.fiscal_year, sheet.facility_id, one.evidence_id])
        found.setdefault((_key(one), one.month), []).append(File(one.evidence.name, address))
    return {place: tuple(files) for place, files in found.items()}


def of_row(files: Files, row: Row) -> tuple[File, ...]:
    """Files that prove a row: those of its months, and those of its line's whole year."""
    key = key_of(row)
    months = [str(Month.at(index)) for index in months_of(row["start"], row["end"])]
    return tuple(dict.fromkeys(file for month in (*months, "") for file in files.get((key, month), ())))


def listed(sheet: Sheet) -> list[Kept]:
    """All files of a sheet; in two queries however many there are."""
    months: defaultdict[int, dict[Key, list[str]]] = defaultdict(dict)
    for one in _proved(sheet):
        months[one.evidence_id].setdefault(_key(one), []).append(one.month)
    files = sheet.evidence.filter(withdrawn_at=None).defer("content").select_related("added_by")
    return [
        Kept(file, tuple((sheets.item_name(key[0]), *key[1:], _span(found)) for key, found in months[file.pk].items()))
        for file in files
    ]


def places(sheet: Sheet, line: str, first: str = "", last: str = "") -> list[Place]:
    """The cells that a person names: a line, and the months from one to another; none is the whole year.

    Raises
    ------
    WebError
        W-22 the sheet has no such line or month, WF-01 months are named without a line.
    """
    if not line:
        if first or last:
            raise WebError("WF-01")
        return []
    known = {one.ident: (one.item, one.meter_id, one.use) for one in sheet.lines.all()}
    if line not in known:
        raise WebError("W-22", cell=line)
    if not first and not last:
        return [(known[line], "")]
    months = [str(month) for month in FiscalYear(sheet.fiscal_year).months()]
    first, last = first or last, last or first
    if first not in months or last not in months or first > last:
        raise WebError("W-22", cell=f"{first} {last}")
    return [(known[line], month) for month in months if first <= month <= last]


def prove(evidence: Evidence, given: Iterable[Place]) -> list[Place]:
    """Say what a file proves; what was said before stays. What is new."""
    known = {(_key(one), one.month) for one in evidence.proved.all()}
    new = [place for place in dict.fromkeys(given) if place not in known]
    Proved.objects.bulk_create(
        Proved(evidence=evidence, item=key[0], meter_id=key[1], use=key[2], month=month) for key, month in new
    )
    return new


def _proved(sheet: Sheet) -> QuerySet[Proved]:
    return Proved.objects.filter(evidence__sheet=sheet, evidence__withdrawn_at=None)


def _key(one: Proved) -> Key:
    return one.item, one.meter_id, one.use


def _span(months: Iterable[str]) -> str:
    """The months in words; the whole year has one of its own."""
    found = sorted(months)
    if "" in found:
        return texts.label("web.evidence.year")
    return named(Month(int(one[:4]), int(one[5:])) for one in found)
