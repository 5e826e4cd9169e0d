"""A small city with years of use in the database."""

from __future__ import annotations

import pytest

from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.common import protection
from kotsukotsu.web.municipalities import folders
from tests.base.town import Town

YEARS = (2013, 2023, 2024)
FACTORS = (("electricity", "0.5"), ("kerosene", "2.5"))


def filled(path, count):
    """A town of so many facilities; each more than the last, all less than in the base year."""
    town = Town(path)
    town.tables["facilities"] = []
    town.add("departments", department_id="d0", name="教育委員会")
    town.add("departments", department_id="d1", name="学校課", parent_id="d0")
    for item, value in FACTORS:
        town.own(item, value)
    for number in range(1, count + 1):
        key = f"f{number}"
        town.facility(
            key, f"第{number}小学校", department_id="d1" if number % 2 else "d0", use="小学校", floor_area_m2=1000
        )
        for fy in YEARS:
            for month in range(12):
                at = f"{fy + (month > 8)}-{(month + 3) % 12 + 1:02d}"
                town.month("electricity", at, f"{1000 * number + month - (fy - 2013) * 10}.5", facility_id=key)
            town.year("kerosene", fy, 300 + number, facility_id=key, use="boiler")
    return town.write()


@pytest.fixture
def people(db):
    """A secretariat and the manager of the first facility."""
    made = {}
    for username, kind, place in (("jimu", "secretariat", {}), ("school", "facility_manager", {"facility_id": "f1"})):
        made[username] = User.objects.create(username=username, name=f"{username}さん")
        Role.objects.create(user=made[username], kind=kind, **place)
    return made


@pytest.fixture
def city(people, tmp_path):
    """Five facilities taken in; its folder."""
    path = filled(tmp_path / "five", 5)
    folders.city_import(source=path, actor=people["jimu"])
    yield path
    protection.unprotect()  # what a test in front of a real server leaves must be emptied


@pytest.fixture
def signed_in(people, client):
    """A client of a person."""

    def sign(username):
        client.force_login(people[username], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign
