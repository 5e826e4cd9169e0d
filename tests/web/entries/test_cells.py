"""Cells saved as they are typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.entries import ledger, sheets
from kotsukotsu.web.entries.models import Activity, Sheet
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.entries.services import cells, rows, states
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.models import Facility
from tests.web.conftest import FY
from tests.web.entries.conftest import LINE, cell


def test_a_typed_number_is_in_the_ledger_with_its_month_and_who_typed_it(enter, sheet):
    enter("2025-04", "１，２３４．５")
    row = Activity.objects.order_by("-id").first().as_row()
    assert (row["quantity"], row["unit"], row["basis"]) == (Decimal("1234.5"), "kWh", "measured")
    assert (str(row["start"]), str(row["end"])) == ("2025-04-01", "2025-05-01")
    assert (row["posted_by"], row["activity_id"]) == ("clerk", "A000001")


@pytest.mark.parametrize(
    ("text", "shown", "state", "quantity"),
    [
        ("0", "0", "zero", Decimal(0)),
        ("－", "－", "not_occurring", None),
        ("使用なし", "－", "not_occurring", None),
        ("1.5千kWh", "1500", "measured", Decimal("1500.0")),
        ("推計 12", "12", "estimated", Decimal(12)),
    ],
)
def test_zero_nothing_used_estimated_and_measured_are_kept_apart(enter, sheet, text, shown, state, quantity):
    enter("2025-04", text)
    now = cell(sheet, "2025-04")
    assert (now.text, now.state, now.value) == (shown, state, quantity)


def test_an_empty_cell_is_missing_and_posts_nothing(enter):
    before = Activity.objects.count()
    enter("2025-04", "")
    assert Activity.objects.count() == before


def test_a_value_taken_back_is_missing_and_its_history_stays(enter, sheet):
    enter("2025-04", "10")
    enter("2025-04", "")
    assert cell(sheet, "2025-04").state == "missing"
    assert Activity.objects.filter(posted_by="clerk").count() == 2


@pytest.mark.parametrize("text", ["abc", "1,23", "12 L", "#REF!", "=1+1", "1e9"])
def test_what_is_no_quantity_is_refused_in_words(enter, text):
    before = Activity.objects.count()
    with pytest.raises(WebError, match="W-20"):
        enter("2025-04", text)
    assert Activity.objects.count() == before
    with pytest.raises(WebError, match="C-29") as refused:
        enter("2025-04", "1.2345678")
    assert refused.value.text().startswith("量「1.2345678」は小数6桁・")


def test_a_correction_replaces_the_row_and_the_log_has_both(enter, sheet):
    enter("2025-04", "10")
    enter("2025-04", "11")
    assert cell(sheet, "2025-04").text == "11"
    newest = LogEntry.objects.filter(verb="enter").order_by("-id").first()
    assert (newest.before["quantity"], newest.after["quantity"], newest.actor.username) == ("10", "11", "clerk")


def test_the_same_value_again_changes_nothing(enter):
    enter("2025-04", "10")
    before = Activity.objects.count()
    enter("2025-04", "10")
    assert Activity.objects.count() == before


def test_the_second_of_two_people_sees_what_the_first_wrote_and_overwrites_nothing(enter, sheet):
    enter("2025-04", "10", who="clerk")
    second = enter("2025-04", "99", who="manager", seen="")
    (conflict,) = second.conflicts
    assert (conflict["who"], conflict["now"], conflict["typed"]) == ("clerkさん", "10", "99")
    assert cell(sheet, "2025-04").text == "10"
    enter("2025-04", "99", who="manager", seen=conflict["seen"])
    assert cell(sheet, "2025-04").text == "99"


def test_of_a_block_the_cells_without_conflict_are_saved(enter, sheet, hall):
    enter("2025-04", "10")
    changes = [cells.Change(LINE, "2025-04", "1", ""), cells.Change(LINE, "2025-05", "2", "")]
    saved = cells.cells_save(fy=FY, facility_id="f1", changes=changes, actor=hall["manager"])
    assert len(saved.conflicts) == 1
    assert (cell(sheet, "2025-04").text, cell(sheet, "2025-05").text) == ("10", "2")


def test_a_block_with_one_wrong_cell_is_refused_as_a_whole(sheet, hall):
    changes = [cells.Change(LINE, "2025-04", "1", ""), cells.Change(LINE, "2025-05", "abc", "")]
    with pytest.raises(WebError, match="W-20"):
        cells.cells_save(fy=FY, facility_id="f1", changes=changes, actor=hall["manager"])
    assert cell(sheet, "2025-04").text == ""


@pytest.mark.parametrize("change", [("water||", "2025-04"), (LINE, "2026-04"), (LINE, "2024-12"), ("", "")])
def test_a_cell_that_is_not_asked_for_is_refused(sheet, hall, change):
    with pytest.raises(WebError, match="W-22"):
        cells.cells_save(fy=FY, facility_id="f1", changes=[cells.Change(*change, "1", "")], actor=hall["manager"])


@pytest.mark.parametrize("who", ["operator", "head", "executive", "auditor", "administrator", "nobody"])
def test_who_may_not_enter_there_is_refused(enter, who):
    with pytest.raises(PermissionDenied):
        enter("2025-04", "1", who=who)


def test_the_first_entry_begins_the_sheet_and_a_handed_in_sheet_takes_none(enter, sheet, hall):
    enter("2025-04", "1")
    assert Sheet.objects.get(pk=sheet.pk).state == "entering"
    states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])
    with pytest.raises(WebError, match="W-21"):
        enter("2025-05", "1")


def test_a_value_far_from_other_years_is_told_at_once(enter):
    saved = enter("2025-04", "1004000")
    assert [finding.code for finding in saved.lines[0].cells[0].findings] != []


def test_a_corrected_value_is_checked_as_the_first_one_was(enter, sheet):
    told = coded(enter("2025-04", "1004000").lines[0].cells[0])
    assert coded(enter("2025-04", "1004001").lines[0].cells[0]) == told != []
    assert "C-09" in [finding.code for finding in sheets.grid(sheet).findings]


def test_a_sheet_with_a_correction_is_not_handed_in_while_an_error_is_open(enter, sheet, hall):
    enter("2025-04", "10")
    enter("2025-04", "-5")
    with pytest.raises(WebError, match="W-29"):
        states.sheet_step(sheet=sheet, name="submit", version=1, actor=hall["clerk"])


def test_last_year_stands_beside_each_month(sheet):
    now = cell(sheet, "2025-04")
    assert (now.text, now.before) == ("", Decimal(1004))


def test_a_changed_register_is_in_the_checks_of_the_next_cell(enter, hall):
    assert "C-11" not in said(enter("2025-05", "1000"))
    Facility.objects.filter(facility_id="f1").update(closed_on=date(2025, 4, 30))
    registers_changed()
    assert "C-11" in said(enter("2025-06", "1000"))


def test_what_was_known_of_registers_in_a_change_taken_back_is_not_used_again(enter, hall):
    with transaction.atomic():
        Facility.objects.filter(facility_id="f1").update(closed_on=date(2025, 4, 30))
        registers_changed()
        assert "C-11" in said(enter("2025-05", "1000"))
        transaction.set_rollback(True)
    assert "C-11" not in said(enter("2025-05", "1000"))
    registers_changed()
    assert "C-11" not in said(enter("2025-06", "1000"))


def test_saving_a_cell_asks_the_database_as_often_whatever_there_is(enter, sheet, django_assert_max_num_queries):
    enter("2025-04", "1000")
    seen = cell(sheet, "2025-04").seen
    with django_assert_max_num_queries(14):
        enter("2025-04", "1001", seen=seen)


def test_rows_read_past_django_are_those_that_django_reads(enter, sheet, collection):
    enter("2025-04", "10.50")
    enter("2025-04", "11.00")
    Activity.objects.create(
        activity_id="Z1", facility_id="f1", item="gasoline", start=date(2025, 4, 1), end=date(2025, 5, 1),
        quantity=Decimal("0.10"), unit="L", basis="measured", extra={"cost_code": "7-1"},
    )  # fmt: skip
    year = ledger.counting("f1").filter(end__gt=date(2024, 4, 1), end__lte=date(2026, 4, 1))
    for items in (None, ["electricity", "gasoline"], ["electricity"], []):
        found = year if items is None else year.filter(item__in=items)
        expected = [one.as_row() for one in found.order_by("start", "end", "id")]
        read = ledger.of_years("f1", 2024, 2025, items)
        assert [list(row.items()) for row in read] == [list(row.items()) for row in expected]
        assert [str(row["quantity"]) for row in read] == [str(row["quantity"]) for row in expected]


def test_the_answer_of_a_save_is_the_page_as_it_is_read_again(enter, sheet, hall):
    enter("2025-04", "10")
    bill = rows.Bill("electricity", date(2025, 6, 1), date(2025, 6, 20), Decimal(9), "kWh", meter_id="M2")
    rows.bill_save(sheet=sheet, bill=bill, actor=hall["clerk"])
    bill = rows.Bill("electricity", date(2025, 6, 25), date(2025, 7, 31), Decimal(9), "kWh", meter_id="M2")
    rows.bill_save(sheet=sheet, bill=bill, actor=hall["clerk"])
    saved = enter("2025-06", "1.5千kWh")
    again = sheets.grid(sheet)
    of_item = [line for line in again.lines if line.item == "electricity"]
    assert [line.as_dict() for line in saved.lines] == [line.as_dict() for line in of_item if line.ident == LINE]
    assert saved.beside == {
        f"{line.ident} {cell.month}": list(cell.findings)
        for line in of_item for cell in line.cells if cell.findings and line.ident != LINE
    } != {}  # fmt: skip
    assert saved.others == tuple(one for one in again.other_findings if one.data.get("item") == "electricity")


def test_a_missing_month_is_told_at_each_of_its_months_before_a_save_and_after(enter, sheet):
    saved = enter("2025-06", "1000").lines[0]
    read = next(one for one in sheets.grid(sheet).lines if one.ident == LINE)
    for line in (saved, read):
        assert [cell.month.month for cell in line.cells if "C-01" not in coded(cell)] == [6]


def said(saved):
    return [one.code for line in saved.lines for cell in line.cells for one in (*cell.findings, *saved.others)]


def coded(one):
    return [finding.code for finding in one.findings]


@pytest.mark.parametrize(("who", "times"), [("manager", 5), ("clerk", 6)])  # at a facility, and at a department
def test_a_save_asks_the_database_five_times_or_once_more_and_writes(sheet, signed_in, who, times):
    manager, seen = signed_in(who), ""
    for text in ("10", "11"):  # the first one also says that the sheet has been begun, and by whom
        body = {"cells": [{"line": LINE, "month": "2025-04", "text": text, "seen": seen}]}
        with CaptureQueriesContext(connection) as asked:
            answer = manager.post("/2025/facilities/f1/entry/cells/", body, "application/json")
        seen = answer.json()["lines"][0]["cells"][0]["seen"]
    said = [one["sql"] for one in asked if not one["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    written = 3 if connection.vendor == "sqlite" else 1  # the row, its number and the log
    assert len(said) == times + written, said
