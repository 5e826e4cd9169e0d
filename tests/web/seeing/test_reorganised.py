"""A department is renamed, moved, abolished: the years before keep their names and their order."""

from __future__ import annotations

from datetime import date

import pytest

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities.models import Department, Facility, FacilityDepartment

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


def test_a_department_that_is_no_more_says_so_in_place_of_records_to_come(reorganised, signed_in):
    Facility.objects.filter(department_id="d1").update(department_id="d2")
    Department.objects.filter(department_id="d1", name="学び課").delete()
    client = signed_in("jimu")
    assert "この課は令和6年4月1日になくなりました" in page(client, "/2024/departments/d1/")
    assert "なくなりました" not in page(client, "/2023/departments/d1/")


def test_a_year_counts_below_a_department_what_stood_below_it_then(reorganised, signed_in):
    client = signed_in("jimu")

    def places(fy, department):
        """With rows in the year, and in the base year alone."""
        found = client.get(f"/{fy}/departments/{department}/").context["found"].facilities
        emitting = [part.code for part in found if part.tonnes.exact]
        return emitting, [part.code for part in found if part.code not in emitting]

    assert places(2023, "d0") == (["f5", "f4", "f3", "f2", "f1"], [])
    assert places(2024, "d0") == (["f4", "f2"], ["f5", "f3", "f1"])
    assert places(2024, "d2") == (["f5", "f3", "f1"], [])


def test_a_facility_counts_for_the_department_of_each_year_and_is_its_present_ones_to_enter(city, signed_in, db):
    """In April 2024 the fourth school goes from the board to the school section."""
    Facility.objects.filter(facility_id="f4").update(department_id="d1")
    FacilityDepartment.objects.create(facility_id="f4", department_id="d0", valid_to=APRIL)
    client = signed_in("jimu")

    def section(fy):
        found = client.get(f"/{fy}/departments/d1/").context["found"]
        return [part.code for part in found.facilities if part.tonnes.exact], found

    (before, old), (after, new) = section(2023), section(2024)
    assert (before, after) == (["f5", "f3", "f1"], ["f5", "f4", "f3", "f1"])
    series = {year.fy: year.total.exact for year in new.years if year.total.exact}
    assert (series[2013], series[2023]) == (old.totals.base.exact, old.totals.total.exact)
    listed = [client.get(f"/{fy}/facilities/?department=d1").context["page"].object_list for fy in (2023, 2024)]
    assert [[line.facility.facility_id for line in lines] for lines in listed] == [
        ["f1", "f3", "f5"], ["f1", "f3", "f4", "f5"],
    ]  # fmt: skip
    head = User.objects.create(username="head", name="課長")
    Role.objects.create(user=head, kind="department_head", department_id="d1")
    assert policy.facilities(head) == {"f1", "f3", "f4", "f5"}


def test_who_heads_a_department_sees_what_was_moved_below_it(reorganised, db):
    heads = {}
    for key in ("d0", "d2"):
        heads[key] = User.objects.create(username=key, name=key)
        Role.objects.create(user=heads[key], kind="department_head", department_id=key)
    assert policy.facilities(heads["d2"]) == {"f1", "f3", "f5"}
    assert policy.facilities(heads["d0"]) == {"f2", "f4"}
