"""Vehicles by distance and fuel: two lines for each, from its line in the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.web.common import protection
from kotsukotsu.web.entries import excel, fleet, ledger, sheets, standing
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import cells, collections, rows, states
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.registers import Vehicle
from tests.web.browser import DESK, PHONE, faults, picture, too_wide
from tests.web.conftest import FY, posted

CAR, TRUCK = "distance_gasoline_passenger", "distance_diesel_truck"
ADDRESS = f"/{FY}/facilities/f1/entry/vehicles/"


@pytest.fixture
def vehicles(sheet):
    """A car, a truck that went in August, an electric car, and one that was scrapped before the year."""
    listed = (
        ("v1", CAR, "gasoline", None, "hybrid", "広報車"),
        ("v2", TRUCK, "diesel", date(FY, 8, 1), "combustion", "給食車"),
        ("v3", CAR, "gasoline", None, "bev", "連絡車"),
        ("v4", CAR, "gasoline", date(FY, 4, 1), "combustion", "旧車"),
    )
    for key, item, fuel, gone, drive, note in listed:
        Vehicle.objects.create(
            vehicle_id=key, facility_id="f1", vehicle_class=item, fuel=fuel, disposed_on=gone, drive=drive, note=note
        )


def counted(item):
    return {row["meter_id"]: row["quantity"] for row in ledger.of_years("f1", FY, FY, [item])}


def shown(sheet):
    return fleet.grid_of(sheet, fleet.vehicles_of(sheet), {})


def test_a_vehicle_has_a_line_of_distance_and_one_of_fuel_and_an_electric_one_none(sheet, vehicles):
    grid, driven = shown(sheet)
    assert [(one.item_name, one.unit) for one in grid.lines] == [
        ("v1 広報車 走行距離", "km"),
        ("v1 広報車 ガソリン", "L"),
        ("v2 給食車 走行距離", "km"),
        ("v2 給食車 軽油", "L"),
    ]
    assert [one.vehicle.vehicle_id for one in driven if one.distance is None] == ["v3"]


def test_what_is_typed_is_a_row_of_the_item_with_the_vehicle_as_its_meter(sheet, vehicles, enter):
    enter("2025-04", "６１０", line=f"{CAR}|v1|", seen="")
    enter("2025-04", "41.2", line="gasoline|v1|", seen="")
    assert (counted(CAR), counted("gasoline")) == ({"v1": Decimal(610)}, {"v1": Decimal("41.2")})
    (row,) = ledger.of_years("f1", FY, FY, [CAR])
    assert (row["unit"], row["use"], row["posted_by"], row["start"]) == ("km", None, "clerk", date(FY, 4, 1))
    assert sheet.lines.filter(meter_id="v1").count() == 2
    _, driven = shown(sheet)
    assert round(driven[0].per_fuel, 3) == Decimal("14.806")


def test_vehicles_stand_on_their_own_page_and_in_the_excel_form(sheet, vehicles, enter, signed_in):
    enter("2025-04", "610", line=f"{CAR}|v1|", seen="")
    grid = sheets.grid(sheet)
    assert {line.meter_id for line in grid.lines} == {""}
    assert [line.meter_id for line in grid.fleet] == ["v1"]
    page = signed_in("clerk").get(f"/{FY}/facilities/f1/entry/").content.decode()
    assert f'href="{ADDRESS}"' in page
    assert 'data-line="distance' not in page
    assert excel.written(sheet)


@pytest.mark.parametrize(
    "line", [f"{CAR}|v2|", f"{TRUCK}|v1|", f"{CAR}|v3|", f"{CAR}|v4|", f"{CAR}|v9|", f"{CAR}|v1|boiler"]
)
def test_a_line_that_the_register_does_not_make_is_none(sheet, vehicles, enter, line):
    with pytest.raises(WebError, match="W-22"):
        enter("2025-04", "5", line=line, seen="")


def test_a_vehicle_of_another_facility_is_none_of_this_sheet(sheet, vehicles, hall):
    Vehicle.objects.filter(vehicle_id="v1").update(facility_id="f2")
    assert fleet.line_of(sheet, f"{CAR}|v1|") is None


def test_months_in_which_it_was_not_there_are_closed(sheet, vehicles, enter):
    grid, _ = shown(sheet)
    line = next(one for one in grid.lines if one.key == (TRUCK, "v2", ""))
    assert [cell.month.month for cell in line.cells if cell.is_one] == [4, 5, 6, 7]
    with pytest.raises(WebError, match="WF-08"):
        enter("2025-09", "5", line=f"{TRUCK}|v2|", seen="")


def test_the_page_says_which_items_are_totals_and_blames_no_vehicle_for_them(sheet, vehicles, signed_in):
    tables.put("activities", [posted("f1", CAR, FY, 4, "8000", "km")])
    page = signed_in("clerk").get(ADDRESS).content.decode()
    assert "車両を分けない合計で入っています" in page
    assert shown(sheet)[0].findings == ()


def test_a_total_of_all_vehicles_and_single_ones_never_stand_together(sheet, vehicles, enter, hall):
    tables.put("activities", [posted("f1", CAR, FY, 4, "8000", "km")])
    collections.line_add(sheet=sheet, item=CAR, actor=hall["clerk"])
    with pytest.raises(WebError, match="WF-07"):
        enter("2025-04", "610", line=f"{CAR}|v1|", seen="")
    enter("2025-05", "620", line=f"{CAR}|v1|", seen="")
    with pytest.raises(WebError, match="WF-07"):
        enter("2025-05", "8000", line=f"{CAR}||")
    enter("2025-04", "－", line=f"{CAR}||")
    enter("2025-04", "610", line=f"{CAR}|v1|", seen="")
    assert sum(row["quantity"] or 0 for row in ledger.of_years("f1", FY, FY, [CAR])) == 1230


def bill(sheet, hall, quantity, last, first=date(FY, 4, 1), **more):
    said = rows.Bill(CAR, first, last, quantity, "km", **more)
    return rows.bill_save(sheet=sheet, bill=said, actor=hall["clerk"])


def test_a_total_of_bills_or_a_year_never_stands_beside_single_vehicles_either(sheet, vehicles, enter, hall):
    march, june = date(FY + 1, 3, 31), date(FY, 6, 30)
    enter("2025-05", "610", line=f"{CAR}|v1|", seen="")
    with pytest.raises(WebError, match=r"(?s)2025-04-01.*WF-07"):
        bill(sheet, hall, Decimal(8000), march)
    bill(sheet, hall, None, march, basis="not_occurring")
    bill(sheet, hall, Decimal(70), june, meter_id="ほかの車両")
    bill(sheet, hall, Decimal(70), march, date(FY, 6, 1))
    with pytest.raises(WebError, match=r"(?s)7月.*WF-07"):
        enter("2025-07", "580", line=f"{CAR}|v1|", seen="")
    with pytest.raises(WebError, match="WF-08"):
        rows.bill_save(
            sheet=sheet, bill=rows.Bill(TRUCK, date(FY, 9, 1), date(FY, 9, 30), Decimal(1), "km", meter_id="v2"),
            actor=hall["clerk"],
        )  # fmt: skip


def test_a_total_and_a_vehicle_do_not_come_in_one_paste(sheet, vehicles, hall):
    collections.line_add(sheet=sheet, item=CAR, actor=hall["clerk"])
    pasted = [cells.Change(f"{CAR}||", "2025-04", "8000", ""), cells.Change(f"{CAR}|v1|", "2025-04", "610", "")]
    with pytest.raises(WebError, match="WF-07"):
        cells.cells_save(fy=FY, facility_id="f1", changes=pasted, actor=hall["clerk"])
    assert counted(CAR) == {}


def test_a_sheet_is_whole_once_a_vehicle_that_went_says_its_months(sheet, vehicles, enter):
    before = standing.progress([sheet])[sheet.pk]
    for month in range(4, 8):
        enter(f"2025-{month:02}", "5", line=f"{TRUCK}|v2|", seen="")
    grid = sheets.grid(sheet)
    assert (grid.fleet_filled, grid.fleet_wanted) == (4, 4)
    assert standing.progress([sheet])[sheet.pk] == (before[0] + 4, before[1] + 4) == (grid.filled, grid.wanted)


def test_rows_that_came_otherwise_stop_the_sheet_before_it_is_handed_in(sheet, vehicles, hall):
    tables.put(
        "activities", [posted("f1", CAR, FY, 4, "8000", "km"), posted("f1", CAR, FY, 4, "9", "km", meter_id="v1")]
    )
    assert [one.code for one in sheets.open_errors(sheet, registers_too=False)] == ["C-38"]
    with pytest.raises(WebError, match="W-29"):
        states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])


def test_a_total_beside_vehicles_is_told_at_the_cells_of_both(sheet, vehicles, enter, hall):
    collections.line_add(sheet=sheet, item=CAR, actor=hall["clerk"])
    whole = posted("f1", CAR, FY, 4, "8000", "km")
    tables.put("activities", [whole, *(posted("f1", CAR, FY, at, "9", "km", meter_id="v1") for at in (4, 5))])
    assert coded(sheets.grid(sheet).lines, CAR) == {4: ["C-38"]}
    assert coded(shown(sheet)[0].lines, CAR) == {4: ["C-38"]}
    saved = enter("2025-05", "10", line=f"{CAR}|v1|", seen=f"f1-{CAR}-2025-5-v1").lines
    assert coded(saved, CAR) == {4: ["C-38"]}


def coded(lines, item):
    """Errors at the cells of an item's lines, by month."""
    cells = [cell for line in lines if line.item == item for cell in line.cells]
    said = {cell.month.month: [one.code for one in cell.findings if one.severity == "error"] for cell in cells}
    return {month: codes for month, codes in said.items() if codes}


def test_nothing_enters_a_vehicles_line_of_a_sheet_that_has_been_handed_in(sheet, vehicles, enter, hall):
    states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-21"):
        enter("2025-04", "5", line=f"{CAR}|v1|", seen="")
    assert not sheet.lines.filter(meter_id="v1").exists()


def test_next_year_is_asked_for_the_vehicles_that_are_still_there(sheet, vehicles, enter):
    for line in (f"{CAR}|v1|", f"{TRUCK}|v2|"):
        enter("2025-04", "5", line=line, seen="")
    lines = collections.proposal(FY + 1)["f1"]
    assert {key[1] for key in lines if key[1]} == {"v1"}


@pytest.fixture
def emptied(vehicles):
    """Rows that may be emptied after a test in front of a real server."""
    yield
    protection.unprotect()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_vehicles_months_are_typed_by_keyboard_and_axe_finds_nothing(emptied, signed_in, browse, viewport):
    page = browse(ADDRESS, signed_in("clerk"), viewport=viewport)
    page.locator("#cell-1-4").click()
    for text in ("610", "580"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.wait_for_selector("[data-save-state][data-state=saved]")
    assert page.locator("#cell-3-8").get_attribute("readonly") is not None
    assert (faults(page), too_wide(page)) == ([], 0)
    picture(page, f"fleet-{viewport['width']}")
    assert sorted(row["quantity"] for row in ledger.of_years("f1", FY, FY, [CAR])) == [580, 610]
    assert Sheet.objects.get(facility_id="f1").state == "entering"
