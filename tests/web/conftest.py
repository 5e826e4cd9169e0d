"""A small hall: two departments, three facilities, one person for every role."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities.models import Department, Facility, Municipality

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
