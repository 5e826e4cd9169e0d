"""A page with nothing but the month grid, and a save that keeps its cells in memory by the rules of the real one."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import plain
from kotsukotsu.web.common.access import open_to_all
from kotsukotsu.web.entries.grid import File

YEAR = FiscalYear(2024)
ITEMS = (
    ("electricity", "電気", "kWh", "1234567890123456789012"),
    ("city_gas", "都市ガス", "m3", ""),
    ("kerosene", "灯油", "L", ""),
    ("heavy_oil_a", "A重油", "L", ""),
    ("lpg", "LPG", "kg", ""),
    ("gasoline", "ガソリン", "L", ""),
)
PAGE = """{% extends "look/base.html" %}{% load look_grid %}{% block title %}月の表{% endblock %}
{% block main %}<h1>中央小学校</h1>{% month_grid grid save now %}{% endblock %}"""


@dataclass
class Cell:
    month: object
    value: Decimal | None
    state: str
    before: Decimal | None
    seen: str = ""
    is_one: bool = True
    findings: tuple[Finding, ...] = ()
    files: tuple[File, ...] = ()
    by: str = ""

    @property
    def text(self):
        if self.state == "not_occurring":
            return "－"
        return "" if self.value is None else plain(self.value)

    def as_dict(self):
        return {"month": str(self.month), "text": self.text, "state": self.state, "seen": self.seen,
                "findings": [finding.as_dict() for finding in self.findings]}  # fmt: skip


@dataclass
class Line:
    item: str
    item_name: str
    unit: str
    meter_id: str
    cells: list[Cell]
    contracts: tuple = ()
    use: str = ""

    @property
    def ident(self):
        return f"{self.item}|{self.meter_id}|{self.use}"

    @property
    def total(self):
        known = [cell.value for cell in self.cells if cell.value is not None]
        return sum(known) if known else None

    @property
    def before_total(self):
        return sum(cell.before for cell in self.cells)

    @property
    def change(self):
        pairs = [(cell.value, cell.before) for cell in self.cells if cell.value is not None]
        before = sum(pair[1] for pair in pairs)
        return (sum(pair[0] for pair in pairs) - before) * 100 / before if before else None

    @property
    def filled(self):
        return sum(cell.state != "missing" for cell in self.cells)

    @property
    def wanted(self):
        return len(self.cells)

    def as_dict(self):
        return {"line": self.ident, "filled": self.filled, "wanted": self.wanted,
                "total": "" if self.total is None else plain(Decimal(self.total)),
                "change": "" if self.change is None else f"{self.change:.1f}",
                "cells": [cell.as_dict() for cell in self.cells]}  # fmt: skip


@dataclass
class Grid:
    """The sheet, and what the tests do to the server."""

    year: FiscalYear = YEAR
    lines: list[Line] = field(default_factory=list)
    other_findings: tuple = ()
    saves: int = 0
    answers: list[int] = field(default_factory=list)  # statuses to answer with, before saving again
    is_open: bool = True


SHEET = Grid()


def reset():
    """Electricity entered to July, everything else empty."""
    contracts = (("例電力 標準メニュー", 6), ("みどり電力 再エネ100", 6))
    SHEET.lines = [_line(item, contracts if item[0] == "electricity" else ()) for item in ITEMS]
    SHEET.saves, SHEET.answers, SHEET.is_open = 0, [], True
    for cell, value in zip(SHEET.lines[0].cells, ("12345", "11002.5", "10987", "98700"), strict=False):
        cell.value, cell.state, cell.seen = Decimal(value), "measured", f"a{value}"
    SHEET.lines[0].cells[3].findings = (Finding("C-01", "", {"months": "7", "count": 1}),)
    SHEET.lines[0].cells[1].state = "estimated"
    SHEET.lines[0].cells[0].files = (File("四月の請求書.pdf", "/file/"),)
    SHEET.lines[0].cells[1].files = (File("a.pdf", "/file/"), File("b.pdf", "/file/"))
    SHEET.lines[2].cells[2].state = "not_occurring"
    SHEET.lines[2].cells[2].seen = "k6"
    SHEET.lines[1].cells[11].is_one = False


def _line(item, contracts):
    code, name, unit, meter = item
    cells = [Cell(month, None, "missing", Decimal(1000 + at)) for at, month in enumerate(YEAR.months())]
    return Line(code, name, unit, meter, cells, contracts)


@open_to_all
def page(request):
    save = "/cells/" if SHEET.is_open else ""
    shown = {"grid": SHEET, "save": save, "now": "/now/"}
    return HttpResponse(engines["django"].from_string(PAGE).render(shown, request))


@open_to_all
def file(request):
    return HttpResponse("%PDF-", headers={"Content-Disposition": 'attachment; filename="bill.pdf"'})


@open_to_all
def save(request):
    SHEET.saves += 1
    if SHEET.answers:
        status = SHEET.answers.pop(0)
        return JsonResponse({"error": {"message": "W"}}, status=status)
    changes = json.loads(request.body)["cells"]
    lines = {line.ident: line for line in SHEET.lines}
    if any(change["text"] == "99 MWh" for change in changes):
        time.sleep(0.3)  # longer than the grid waits before it sends
        return JsonResponse({"error": {"message": "この単位は使えません。"}}, status=422)
    conflicts = [one for one in (_save(lines, change) for change in changes) if one]
    touched = dict.fromkeys(change["line"] for change in changes)
    answer = {"lines": [lines[ident].as_dict() for ident in touched], "conflicts": conflicts, "saved_at": "10:32"}
    return JsonResponse(answer, status=409 if conflicts else 200)


def _save(lines, change):
    cell = next(one for one in lines[change["line"]].cells if str(one.month) == change["month"])
    if cell.seen != change["seen"]:
        return {**change, "now": cell.text, "who": cell.by, "at": "10:31", "seen": cell.seen}
    cell.state = "not_occurring" if change["text"] == "－" else "missing" if not change["text"] else "measured"
    cell.value = Decimal(change["text"]) if cell.state == "measured" else None
    if cell.value == 0:
        cell.state = "zero"
    if change["estimated"]:
        cell.state = "estimated"
    cell.seen = f"s{SHEET.saves}-{change['text']}"
    return None


@open_to_all
def now(request):
    return JsonResponse({"lines": [line.as_dict() for line in SHEET.lines]})


urlpatterns = [
    path("grid/", page, name="grid"), path("cells/", save, name="cells"), path("now/", now, name="now"),
    path("file/", file, name="file"),
    path("", include("kotsukotsu.web.urls")),
]  # fmt: skip
