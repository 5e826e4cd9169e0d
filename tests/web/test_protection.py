"""What the database itself refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry, Retention
from kotsukotsu.web.common import protection
from kotsukotsu.web.entries.models import Activity

EXISTING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def row(key="A1", **more):
    values = {"facility_id": "f1", "item": "electricity", "start": date(2025, 4, 1), "end": date(2025, 5, 1)}
    return Activity.objects.create(activity_id=key, unit="kWh", basis="measured", quantity="1.50", **values, **more)


def test_every_trigger_exists_after_migrating(db):
    with connection.cursor() as cursor:
        cursor.execute(EXISTING[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    assert {name for name, _ in protection.names(connection.vendor)} <= found


@pytest.mark.parametrize("change", [lambda rows: rows.update(quantity="2"), lambda rows: rows.delete()])
def test_a_row_of_the_ledger_cannot_be_changed_or_deleted(db, change):
    row()
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        change(Activity.objects.all())
    assert str(Activity.objects.get().quantity) == "1.50"


@pytest.mark.parametrize("change", [lambda rows: rows.update(actor_name="x"), lambda rows: rows.delete()])
def test_the_log_cannot_be_changed_or_deleted(hall, change):
    with transaction.atomic():
        log(actor=hall["clerk"], verb="try", kind="test", key="1")
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        change(LogEntry.objects.all())
    assert LogEntry.objects.get().actor_name == "clerkさん"


COLUMNS = 'facility_id, item, start, "end", unit, basis, extra'
AROUND = {
    "sqlite": (
        "REPLACE INTO entries_activity SELECT * FROM entries_activity",
        f"REPLACE INTO entries_activity (activity_id, {COLUMNS}) SELECT activity_id, {COLUMNS} FROM entries_activity",
        f"""REPLACE INTO entries_activity (activity_id, replaces, {COLUMNS})
            SELECT 'A3', replaces, {COLUMNS} FROM entries_activity WHERE activity_id = 'A2'""",
        "REPLACE INTO accounts_logentry SELECT * FROM accounts_logentry",
    ),
    "postgresql": ("TRUNCATE entries_activity", "TRUNCATE accounts_logentry"),
}


@pytest.mark.parametrize("number", range(4))
def test_plain_sql_finds_no_way_around_the_triggers_of_single_rows(hall, number):
    row()
    row("A2", replaces="A1")
    with transaction.atomic():
        log(actor=hall["clerk"], verb="try", kind="test", key="1")
    connection.check_constraints()  # PostgreSQL empties no table for which a check still waits
    ways = AROUND[connection.vendor]
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ways[number % len(ways)])
    assert list(Activity.objects.values_list("activity_id", flat=True)) == ["A1", "A2"]


def test_no_retention_period_lets_the_log_of_the_last_five_years_go(hall):
    LogEntry.objects.create(at=timezone.now() - timedelta(days=1800), actor_name="x", verb="v", kind="k", key="1")
    Retention.objects.create(kind="log", years=5, keep_from=datetime(2999, 1, 1, tzinfo=UTC))
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        LogEntry.objects.all().delete()


def test_the_log_may_lose_only_what_is_older_than_its_retention(hall):
    old = datetime(2010, 1, 1, tzinfo=UTC)
    for at in (old, timezone.now()):
        LogEntry.objects.create(at=at, actor_name="x", verb="v", kind="k", key="1")
    Retention.objects.create(kind="log", years=10, keep_from=datetime(2015, 1, 1, tzinfo=UTC))
    LogEntry.objects.filter(at=old).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.all().delete()
    assert LogEntry.objects.count() == 1


def test_a_row_is_replaced_once(db):
    row("A1")
    row("A2", replaces="A1")
    with pytest.raises(DatabaseError), transaction.atomic():
        row("A3", replaces="A1")
