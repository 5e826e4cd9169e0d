"""A small hall: two departments, three facilities, one person for every role."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import Department, Facility, Municipality, Supply
from tests.web.browser import browse

__all__ = ["browse"]
# The whole year is played on PostgreSQL (test_on_postgres.py), a shorter one (look/test_year.py) on both.
collect_ignore = [] if "DATABASE_URL" in os.environ else ["whole"]
FY = 2025
PASSWORD = "a-long-test-password"
SETTINGS = '[municipality]\ncode = "012351"\nname = "見本市"\nbase_fy = 2013\n\n[policy]\nelectricity_year = 2012\n'
PEOPLE = {
    "manager": ("facility_manager", {"facility_id": "f1"}),
    "clerk": ("facility_manager", {"department_id": "d1"}),
    "operator": ("operator", {"facility_id": "f3"}),
    "head": ("department_head", {"department_id": "d1"}),
    "upper": ("department_head", {"department_id": "d0"}),
    "secretariat": ("secretariat", {}),
    "executive": ("executive", {}),
    "auditor": ("auditor", {}),
    "administrator": ("administrator", {}),
}


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """A hash that costs nothing."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def hall(db):
    """The city, its departments, its facilities and its people; people by their account names."""
    Municipality.objects.create(settings_toml=SETTINGS)
    for key, name, parent in (("d0", "教育委員会", None), ("d1", "学校課", "d0"), ("d2", "財産課", None)):
        Department.objects.create(department_id=key, name=name, parent_id=parent)
    for key, name, department in (("f1", "中央小学校", "d1"), ("f2", "市役所", "d2"), ("f3", "体育館", "d1")):
        Facility.objects.create(facility_id=key, name=name, department_id=department, use="小学校")
    for key in ("f1", "f2", "f3"):
        Supply.objects.create(facility_id=key, item="electricity", supplier="北海道電力")
    people = {}
    for username, (kind, place) in PEOPLE.items():
        people[username] = User.objects.create(username=username, name=f"{username}さん")
        Role.objects.create(user=people[username], kind=kind, **place)
    people["nobody"] = User.objects.create(username="nobody", name="役割のない人")
    return people


@pytest.fixture
def signed_in(hall):
    """A client of a person by their account name."""

    def client(username):
        made = Client()
        made.force_login(hall[username], backend="allauth.account.auth_backends.AuthenticationBackend")
        return made

    return client


def posted(facility, item, fy, month, quantity, unit="kWh", **more):
    year = fy + (month < 4)
    end = date(year + month // 12, month % 12 + 1, 1)
    key = f"{facility}-{item}-{fy}-{month}-{more.get('meter_id', '')}"
    return {
        "activity_id": key, "facility_id": facility, "item": item, "start": date(year, month, 1), "end": end,
        "quantity": None if quantity is None else Decimal(quantity), "unit": unit,
        "basis": "measured", **more,
    }  # fmt: skip


@pytest.fixture
def collection(hall):
    """Last year's rows of two facilities, and the collection opened by the secretariat."""
    rows = [posted("f1", "electricity", 2024, month, str(1000 + month)) for month in range(1, 13)]
    rows += [posted("f1", "kerosene", 2024, month, "50", "L") for month in (12, 1, 2)]
    rows += [posted("f2", "electricity", 2024, month, "9000") for month in range(1, 13)]
    rows += [posted("f3", "electricity", 2024, month, "700") for month in range(1, 13)]
    tables.put("activities", rows)
    due = timezone.localdate() + timedelta(days=30)
    return collections.collection_open(fy=FY, due_on=due, actor=hall["secretariat"])
