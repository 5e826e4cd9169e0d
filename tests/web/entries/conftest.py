"""A collection of fiscal year 2025 in the small hall."""

from __future__ import annotations

import pytest

from kotsukotsu.web.entries import selectors, sheets
from kotsukotsu.web.entries.services import cells
from kotsukotsu.web.municipalities.models import Municipality
from tests.web.conftest import FY

LINE = "electricity||"


@pytest.fixture
def sheet(collection):
    """The sheet of f1."""
    return selectors.sheet_of(FY, "f1")


@pytest.fixture
def enter(hall, sheet):
    """Type into the sheet of f1 as somebody, with what is there before their eyes."""

    def type_in(month, text, who="clerk", seen=None, line=LINE, **more):
        if seen is None:
            seen = cell(sheet, month, line).seen
        change = cells.Change(line, month, text, seen, **more)
        return cells.cells_save(fy=FY, facility_id="f1", changes=[change], actor=hall[who])

    return type_in


def cell(sheet, month, line=LINE):
    """A cell of the grid as it is now."""
    found = next(one for one in sheets.grid(sheet, checked=False).lines if one.ident == line)
    return next(one for one in found.cells if str(one.month) == month)


def state():
    """What results depend on."""
    own = Municipality.objects.get()
    return own.revision, own.last_activity
