"""A town with two years of bills in the database, and people who prepare and decide."""

from __future__ import annotations

import pytest

from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities import folders


@pytest.fixture
def people(db):
    found = {}
    for name, kind in (("jimu", "secretariat"), ("riji", "executive"), ("kansa", "auditor")):
        found[name] = User.objects.create(username=name, name=f"{name}さん")
        Role.objects.create(user=found[name], kind=kind)
    return found


def two_years(town):
    """The base year and the next, by the month, computed with factors of the city's own."""
    town.own("kerosene", "2.50", status="confirmed")
    for fy in (2013, 2014):
        for month in [*(f"{fy}-{month:02}" for month in range(4, 13)), *(f"{fy + 1}-{m:02}" for m in (1, 2, 3))]:
            town.month("kerosene", month, "1000", use="household")
    town.write()


@pytest.fixture
def city(people, town):
    """Two years of bills in the database."""
    two_years(town)
    folders.city_import(source=town.path, actor=people["jimu"])
    return town
