"""What is asked and written past Django's objects is what Django gives and writes."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import Deputy, Role, User
from kotsukotsu.web.common.asking import insert, objects, together
from kotsukotsu.web.entries.models import Activity, Collection, Sheet
from kotsukotsu.web.entries.posting import lock
from kotsukotsu.web.municipalities.models import Department
from kotsukotsu.web.settings.database import databases
from tests.web.conftest import FY, posted


def values(one):
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def test_objects_are_those_that_django_gives(collection):
    joined = "entries_sheet JOIN entries_collection ON entries_collection.id = collection_id WHERE fiscal_year = %s"
    found = objects((Sheet, Collection), f"{joined} ORDER BY entries_sheet.id", [FY])
    expected = list(Sheet.objects.select_related("collection").filter(collection__fiscal_year=FY).order_by("id"))
    assert [values(sheet) for sheet, _ in found] == [values(sheet) for sheet in expected]
    assert [values(one) for _, one in found] == [values(sheet.collection) for sheet in expected]
    assert len(found) > 1


def test_an_account_by_its_number_is_that_of_django_or_none(collection):
    known = User.objects.filter(username="clerk").first()
    assert values(User.objects.get(pk=known.pk)) == values(known)
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=0)


def test_an_account_by_its_number_knows_its_roles_of_today_and_those_of_whom_it_stands_in_for(hall):
    today = timezone.localdate()
    deputy, absent = hall["auditor"], hall["clerk"]
    Deputy.objects.create(deputy=deputy, absent=absent, valid_from=today, valid_to=today + timedelta(days=1))
    Role.objects.create(user=deputy, kind="executive", valid_to=today)
    for one in hall.values():
        assert set(User.objects.get(pk=one.pk).held_today) == set(Role.objects.held_by(one, today))
    assert {role.kind for role in policy.roles_of(User.objects.get(pk=deputy.pk))} == {"auditor", "facility_manager"}
    User.objects.filter(pk=deputy.pk).update(is_active=False)
    assert policy.roles_of(User.objects.get(pk=deputy.pk)) == []


@pytest.mark.parametrize("count", [1, 2])
def test_rows_are_kept_with_every_digit_and_without_what_was_left_out(collection, count):
    rows = [posted("f1", "electricity", FY, month, "1.50") for month in range(4, 4 + count)]
    assert insert(Activity, [{**row, "extra": {}, "unknown": 1} for row in rows]) == count
    kept = Activity.objects.filter(activity_id__in=[row["activity_id"] for row in rows])
    assert [(str(one.quantity), one.note, one.extra) for one in kept] == [("1.50", None, {})] * count
    assert kept[0].quantity == Decimal("1.5")


def test_what_is_written_together_is_kept_as_what_is_written_alone(collection):
    rows = [posted("f1", "electricity", FY, month, "1.50") for month in (4, 5, 6)]
    with CaptureQueriesContext(connection) as asked, together():
        insert(Activity, [{**rows[0], "extra": {}}])
        insert(Department, [{"department_id": "d9", "name": "新課", "extra": {}}])
    assert len(asked) == (2 if connection.vendor == "sqlite" else 1)
    with together():
        for row in rows[1:]:
            insert(Activity, [{**row, "extra": {}}])
    kept = Activity.objects.filter(activity_id__in=[row["activity_id"] for row in rows])
    assert [str(one.quantity) for one in kept.order_by("id")] == ["1.50"] * 3
    assert Department.objects.get(department_id="d9").name == "新課"


def break_off():
    with transaction.atomic(), together():
        insert(Department, [{"department_id": "d8", "name": "", "extra": {}}])
        raise ZeroDivisionError


def test_nothing_is_kept_of_what_is_broken_off(hall):
    with pytest.raises(ZeroDivisionError):
        break_off()
    insert(Department, [{"department_id": "d7", "name": "", "extra": {}}])
    assert set(Department.objects.filter(name="").values_list("department_id", flat=True)) == {"d7"}


def test_nobody_takes_their_turn_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        lock()


def ask_eight_times():
    for key in range(8):
        objects((User,), "accounts_user WHERE id = %s AND 46 = 46", [key])


def planned_by_postgresql():
    ask_eight_times()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%46 = 46%' AND name <> ''")
        return cursor.fetchone()[0]


def planned_by_sqlite():
    """SQLite asks for leave whenever it plans a statement."""
    asked = []
    connection.connection.set_authorizer(lambda action, *_: asked.append(action) or sqlite3.SQLITE_OK)
    try:
        ask_eight_times()
    finally:
        connection.connection.set_authorizer(None)
    return asked.count(sqlite3.SQLITE_SELECT)


def test_what_is_asked_again_is_planned_once(collection):
    assert (planned_by_sqlite if connection.vendor == "sqlite" else planned_by_postgresql)() == 1


def test_who_has_a_pooler_between_can_turn_planning_once_off(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://someone@place/city?server_side_binding=false")
    assert databases(tmp_path)["default"]["OPTIONS"]["server_side_binding"] is False
