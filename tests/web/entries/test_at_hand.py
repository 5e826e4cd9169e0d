"""Rows at hand between two saves are those that the ledger has, whatever has come meanwhile."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kotsukotsu.web.entries import at_hand, sheets
from kotsukotsu.web.entries.posting import lock
from kotsukotsu.web.municipalities import tables
from tests.web.conftest import FY, posted

ITEMS = ("electricity", "kerosene")


@pytest.fixture
def same(sheet):
    """Ask for the rows at hand and for those of the ledger, which are the same, as written too."""

    def asked(items=ITEMS):
        with transaction.atomic():
            turn = lock()
            with CaptureQueriesContext(connection) as questions:
                found = at_hand.rows_beside(turn, sheet, items)
        expected = sheets.rows_beside(sheet, items)
        assert [list(row.items()) for row in found] == [list(row.items()) for row in expected]
        assert [str(row["quantity"]) for row in found] == [str(row["quantity"]) for row in expected]
        return len(found), len(questions)

    return asked


def add(*rows):
    tables.put("activities", rows)


def test_only_what_is_behind_is_asked_for(same, enter):
    count, _ = same()
    assert same() == (count, 1)
    enter("2025-04", "10.50")
    assert same() == (count + 1, 1)
    enter("2025-04", "11.00")
    assert same() == (count + 1, 1)
    enter("2025-04", "")
    assert same() == (count + 1, 1)


def test_what_comes_by_other_ways_is_in_them(same):
    count, _ = same()
    add(
        posted("f1", "electricity", FY, 5, "7", meter_id="M2"),
        posted("f1", "gasoline", FY, 5, "7", "L"),
        posted("f2", "electricity", FY, 5, "7"),
        posted("f1", "electricity", FY - 9, 5, "7"),
        posted("f1", "electricity", FY + 1, 5, "7"),
        {**posted("f1", "kerosene", FY, 4, "3.0", "L"), "extra": {"cost_code": "7-1"}},
    )
    assert same() == (count + 2, 1)
    old = posted("f1", "electricity", FY, 5, "7", meter_id="M2")
    add({**old, "activity_id": "Z1", "facility_id": "f2", "replaces": old["activity_id"]})
    assert same() == (count + 1, 1)


def test_rows_of_one_period_stand_in_the_order_in_which_they_came(same):
    add(*(posted("f1", "electricity", FY, 5, "7", meter_id=meter) for meter in ("M2", "M1")))
    same()
    add(*(posted("f1", item, FY, 5, "7", meter_id="M0") for item in reversed(ITEMS)))
    assert same()[1] == 1


def test_what_was_taken_back_is_not_in_them(same):
    count, _ = same()
    with transaction.atomic():
        add(posted("f1", "electricity", FY, 5, "7"))
        assert same() == (count + 1, 1)
        transaction.set_rollback(True)
    assert same()[0] == count
    add(posted("f1", "electricity", FY, 5, "8"))
    assert same()[0] == count + 1


def test_after_many_rows_all_is_read_anew(same, monkeypatch):
    monkeypatch.setattr(at_hand, "SINCE", at_hand.SINCE.replace(str(at_hand.BEHIND), "3"))
    monkeypatch.setattr(at_hand, "BEHIND", 3)
    count, _ = same()
    add(*(posted("f1", "electricity", FY, month, "7") for month in (4, 5, 6)))
    assert same() == (count + 3, 3)
    assert same() == (count + 3, 1)


def test_what_nobody_asked_for_lately_is_put_away(same, monkeypatch):
    monkeypatch.setattr(at_hand, "KEPT", 1)
    same()
    same(("kerosene",))
    assert same()[1] == 2
