"""What is counted once a year stands beside the grid, not in its months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from kotsukotsu.periods import day_name
from kotsukotsu.web.entries import selectors, sheets, standing
from kotsukotsu.web.entries.services import collections, rows
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import Facility
from tests.web.conftest import FY, posted


def whole_year(item, fy, quantity, unit):
    return {
        "activity_id": f"{item}-{fy}", "facility_id": "f1", "item": item, "start": date(fy, 4, 1),
        "end": date(fy + 1, 4, 1), "quantity": Decimal(quantity), "unit": unit, "basis": "measured",
    }  # fmt: skip


@pytest.fixture
def sheet(hall):
    tables.put("activities", [whole_year("septic_tank", FY - 1, "120", "person_year")])
    collections.collection_open(fy=FY, due_on=timezone.localdate(), actor=hall["secretariat"])
    return selectors.sheet_of(FY, "f1")


def test_a_count_of_the_year_is_no_line_of_months(sheet, signed_in):
    grid = sheets.grid(sheet)
    assert [line.item for line in grid.lines] == ["electricity"]
    assert [(one.line.item, one.now, one.before["quantity"]) for one in grid.yearly] == [
        ("septic_tank", None, Decimal(120))
    ]
    page = signed_in("clerk").get(f"/{FY}/facilities/f1/entry/").content.decode()
    assert "年に一度の数" in page
    assert "まだありません" in page


def test_the_form_for_it_begins_with_the_whole_year(sheet, signed_in):
    page = signed_in("clerk").get(f"/{FY}/facilities/f1/entry/bills/?item=septic_tank").content.decode()
    assert f'value="{day_name(date(FY, 4, 1))}"' in page
    assert f'value="{day_name(date(FY + 1, 3, 31))}"' in page


def test_once_entered_it_counts_as_the_whole_year(sheet, hall):
    bill = rows.Bill("septic_tank", date(FY, 4, 1), date(FY + 1, 3, 31), Decimal(118), "person_year")
    rows.bill_save(sheet=sheet, bill=bill, actor=hall["clerk"])
    grid = sheets.grid(sheet)
    assert grid.yearly[0].now["quantity"] == Decimal(118)
    assert (grid.filled, grid.wanted) == (12, 24)
    assert standing.progress([sheet]) == {sheet.pk: (12, 24)}


def test_a_year_of_fuel_in_one_row_is_shown_under_the_grid(sheet, hall, signed_in):
    tables.put("activities", [whole_year("heavy_oil_a", FY, "900", "L")])
    collections.line_add(sheet=sheet, item="heavy_oil_a", actor=hall["clerk"])
    assert [row["quantity"] for _, row in sheets.grid(sheet).long_rows] == [Decimal(900)]
    assert "長い期間の一行" in signed_in("clerk").get(f"/{FY}/facilities/f1/entry/").content.decode()


def test_a_year_in_one_row_is_a_whole_line_on_the_sheet_and_in_lists(sheet, hall):
    tables.put("activities", [whole_year("heavy_oil_a", FY, "900", "L")])
    collections.line_add(sheet=sheet, item="heavy_oil_a", actor=hall["clerk"])
    grid = sheets.grid(sheet)
    assert (grid.filled, grid.wanted) == standing.progress([sheet])[sheet.pk] == (12, 36)


def test_months_after_a_facility_closed_are_not_asked_for(sheet, signed_in):
    Facility.objects.filter(facility_id="f1").update(closed_on=date(FY, 9, 16))
    tables.put("activities", [posted("f1", "electricity", FY, month, "5") for month in range(4, 10)])
    grid = sheets.grid(sheet)
    (line,) = grid.lines
    assert (line.filled, line.wanted) == (6, 6)  # September was entered though it was not whole
    assert standing.progress([sheet])[sheet.pk] == (6, 18) == (grid.filled, grid.wanted)
    assert "6/18" in signed_in("clerk").get(f"/{FY}/facilities/f1/entry/").content.decode()
