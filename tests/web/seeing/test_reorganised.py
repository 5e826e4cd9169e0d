"""A department is renamed, moved, abolished: the years before keep their names and their order."""

from __future__ import annotations

from datetime import date

import pytest

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities.models import Department

APRIL = date(2024, 4, 1)


@pytest.fixture
def reorganised(city):
    """In April 2024 the school section is renamed and moved from the board of education to a new department."""
    Department.objects.filter(department_id="d1").update(valid_to=APRIL)
    Department.objects.create(department_id="d2", name="こども部", valid_from=APRIL)
    Department.objects.create(department_id="d1", name="学び課", parent_id="d2", valid_from=APRIL)


def page(client, path):
    return client.get(path).content.decode()


def test_a_year_shows_the_name_that_the_department_had_in_it(reorganised, signed_in):
    client = signed_in("jimu")
    assert ["学校課" in page(client, f"/{fy}/departments/d1/") for fy in (2023, 2024)] == [True, False]
    assert ["学び課" in page(client, f"/{fy}/departments/d1/") for fy in (2023, 2024)] == [False, True]
    assert ["学び課" in page(client, f"/{fy}/facilities/") for fy in (2023, 2024)] == [False, True]


def test_a_year_counts_below_a_department_what_stood_below_it_then(reorganised, signed_in):
    client = signed_in("jimu")

    def places(fy, department):
        return client.get(f"/{fy}/departments/{department}/").context["found"].facilities

    assert (len(places(2023, "d0")), len(places(2024, "d0"))) == (5, 2)
    assert len(places(2024, "d2")) == 3


def test_who_heads_a_department_sees_what_was_moved_below_it(reorganised, db):
    heads = {}
    for key in ("d0", "d2"):
        heads[key] = User.objects.create(username=key, name=key)
        Role.objects.create(user=heads[key], kind="department_head", department_id=key)
    assert policy.facilities(heads["d2"]) == {"f1", "f3", "f5"}
    assert policy.facilities(heads["d0"]) == {"f2", "f4"}
