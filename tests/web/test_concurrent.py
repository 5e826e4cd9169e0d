"""Many people at once: nothing entered is lost, no number is given twice, rows are numbered as they are committed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection

from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.common import protection
from kotsukotsu.web.common.writing import in_line
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.entries.services import cells
from kotsukotsu.web.municipalities.models import Municipality
from tests.web.conftest import FY

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "electricity||"
MONTHS = [f"{FY}-{month:02d}" for month in range(4, 13)]


@pytest.fixture(autouse=True)
def emptied(transactional_db):
    """The ledger and the log let themselves be emptied only after the test."""
    yield
    protection.unprotect()


def save(facility, month, text, who="secretariat"):
    try:
        actor = User.objects.get(username=who)
        changes = [cells.Change(LINE, month, text, "")]
        return cells.cells_save(fy=FY, facility_id=facility, changes=changes, actor=actor)
    finally:
        connection.close()


def test_of_many_saves_at_once_none_is_lost(collection):
    before = Activity.objects.count()
    wanted = [(facility, month) for facility in ("f1", "f2", "f3") for month in MONTHS]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: save(*one, "5"), wanted))
    rows = list(Activity.objects.order_by("id")[before:])
    assert len(rows) == len(wanted)
    numbers = [int(row.activity_id[1:]) for row in rows]
    assert numbers == sorted(set(numbers))
    assert Municipality.objects.get().last_activity == numbers[-1]
    assert LogEntry.objects.filter(verb="enter").count() == len(wanted)


def test_of_two_who_save_the_same_cell_at_once_one_is_told(collection):
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda text: save("f1", MONTHS[0], text), [str(number) for number in range(1, 9)]))
    assert sorted(len(one.conflicts) for one in saved) == [0] + [1] * 7
    assert Activity.objects.filter(posted_by="secretariat").count() == 1


def test_who_saves_stands_in_the_line_and_saves_as_soon_as_it_is_free(collection, signed_in):
    clerk, body = signed_in("clerk"), {"cells": [{"line": LINE, "month": MONTHS[0], "text": "5", "seen": ""}]}

    def typed():
        try:
            return clerk.post(f"/{FY}/facilities/f1/entry/cells/", body, "application/json", secure=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with in_line():
            saving = pool.submit(typed)
            assert not wait([saving], 0.3).done
        assert saving.result(20).json()["lines"][0]["cells"][0]["text"] == "5"
