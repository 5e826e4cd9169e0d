"""What a sheet still lacks, in words, and where each of it is entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from kotsukotsu import texts
from kotsukotsu.periods import Month
from kotsukotsu.web.entries import sheets
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.standing import Standing


@dataclass(frozen=True, slots=True)
class Lacking:
    """A line without some of its months, and the address of the first of them."""

    name: str
    months: str
    address: str


def lacking(sheet: Sheet, lines: Iterable[Standing]) -> list[Lacking]:
    """Lines of a sheet that still must say something; those of vehicles together, for they have a page of their own."""
    where = {"fy": sheet.fiscal_year, "facility_id": sheet.facility_id}
    page, short = reverse("sheet", kwargs=where), [line for line in lines if len(line.said) < line.wanted]
    found = [_of_grid(line, page) for line in short if line.row]
    found += [_of_year(line, page) for line in short if line.is_yearly]
    driven = [line for line in short if not line.row and not line.is_yearly]
    if driven:
        count = sum(len(line.missing) for line in driven)
        months = texts.label("web.lacking.months", count=count)
        found.append(Lacking(texts.label("web.fleet.title"), months, reverse("sheet_fleet", kwargs=where)))
    return found


def _of_grid(line: Standing, page: str) -> Lacking:
    return Lacking(_name(line), named(line.missing), f"{page}#cell-{line.row}-{line.missing[0].month}")


def _of_year(line: Standing, page: str) -> Lacking:
    return Lacking(_name(line), texts.label("web.yearly.missing"), f"{page}#yearly")


def _name(line: Standing) -> str:
    item, meter, use = line.key
    return " ".join(
        part for part in (sheets.item_name(item), meter, use and texts.label(f"look.fuel_use.{use}")) if part
    )


def named(months: Iterable[Month]) -> str:
    """4月～6月、9月: neighbouring months together."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].index + 1 == month.index:
            runs[-1].append(month)
        else:
            runs.append([month])
    return texts.listed(_run(run) for run in runs)


def _run(run: Sequence[Month]) -> str:
    names = [texts.label(f"look.month.{month.month}") for month in (run[0], run[-1])]
    return names[0] if len(run) == 1 else texts.label("web.evidence.span", first=names[0], last=names[1])
