"""May this person do that there?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kotsukotsu.web.accounts import policy, selectors
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import Deputy, LogEntry, Role, User
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.municipalities.models import Department, Facility, FacilityDepartment

SEES = {
    "manager": {"f1"}, "clerk": {"f1", "f3"}, "operator": {"f3"}, "head": {"f1", "f3"}, "upper": {"f1", "f3"},
    "secretariat": {"f1", "f2", "f3"}, "executive": {"f1", "f2", "f3"}, "auditor": {"f1", "f2", "f3"},
    "administrator": set(), "nobody": set(),
}  # fmt: skip
# Who has which right anywhere; written out a second time, so that a slip in rights.csv is seen.
MAY = {
    "enter": {"manager", "clerk", "operator", "secretariat"},
    "submit": {"manager", "clerk", "operator", "secretariat"},
    "confirm": {"head", "upper", "secretariat"},
    "settle": {"secretariat"},
    "reopen": {"secretariat"},
    "publish": {"executive"},
    "prepare_publication": {"secretariat"},
    "read_log": {"auditor", "administrator"},
    "accounts": {"secretariat", "administrator"},
    "settings": {"administrator"},
    "overview": {"secretariat", "executive", "auditor"},
}


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("who", SEES)
def test_each_role_sees_its_facilities_and_no_others(hall, who):
    assert {f for f in ("f1", "f2", "f3") if policy.may(hall[who], "see", f)} == SEES[who]


@pytest.mark.parametrize("right", MAY)
def test_each_right_belongs_to_its_roles_and_no_others(hall, right):
    assert {who for who, user in hall.items() if policy.may(user, right)} == MAY[right]


def test_entering_approving_and_publishing_are_never_one_role():
    for role, rights in policy.rights().items():
        assert not {"enter", "publish"} <= rights, role
        assert not {"prepare_publication", "publish"} <= rights, role


def test_a_closed_account_may_nothing(hall):
    hall["secretariat"].is_active = False
    hall["secretariat"].save()
    assert policy.rights_of(fresh(hall["secretariat"])) == frozenset()


def test_a_role_counts_from_its_first_day_and_not_on_its_last(hall):
    Role.objects.filter(user=hall["manager"]).update(valid_from=date(2025, 4, 1), valid_to=date(2026, 4, 1))
    days = [date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [len(policy.roles_of(hall["manager"], day)) for day in days] == [0, 1, 1, 0]


def test_a_deputy_has_the_roles_of_the_absent_while_named(hall):
    Deputy.objects.create(
        absent=hall["head"], deputy=hall["nobody"], valid_from=date(2025, 8, 1), valid_to=date(2025, 8, 20)
    )
    kinds = [[r.kind for r in policy.roles_of(hall["nobody"], date(2025, 8, d))] for d in (1, 19, 20)]
    assert kinds == [["department_head"], ["department_head"], []]


def test_the_log_says_for_whom_a_deputy_acted_and_nothing_where_they_might_themselves(hall):
    today = timezone.localdate()
    for absent in ("manager", "upper"):
        Deputy.objects.create(
            absent=hall[absent], deputy=hall["head"], valid_from=today, valid_to=today + timedelta(days=1)
        )
    deputy = fresh(hall["head"])
    for right, wanted in (("enter", "managerさん"), ("confirm", ""), ("enter", "managerさん")):
        policy.require(deputy, right, "f1")
        with transaction.atomic():
            log(actor=deputy, verb="enter", kind="sheet", key="1", facility_id="f1")
        entry = LogEntry.objects.latest("id")
        assert (entry.actor_name, entry.absent_name) == ("headさん", wanted)
    assert entry.who == "headさん（managerさんの代理）"
    assert [one.pk for one in selectors.log(who="manager")][:1] == [entry.pk]


def test_a_department_that_moves_takes_its_facilities_along(hall):
    Department.objects.filter(department_id="d1").update(parent_id="d2")
    assert not policy.may(fresh(hall["upper"]), "see", "f1")


@pytest.mark.parametrize("table", ["facilities", "facility_departments"])
def test_what_a_department_reaches_is_asked_once_and_is_that_of_now(hall, django_assert_num_queries, table):
    clerk, other = fresh(hall["clerk"]), fresh(hall["clerk"])
    assert not policy.may(clerk, "enter", "f2")
    with django_assert_num_queries(1):
        assert policy.may(other, "see", "f1")
        assert policy.may(other, "enter", "f3")
        assert not policy.may(other, "enter", "f2")
    if table == "facilities":
        Facility.objects.filter(facility_id="f2").update(department_id="d1")
    else:
        FacilityDepartment.objects.create(facility_id="f2", department_id="d1")
    registers_changed()
    assert policy.may(fresh(clerk), "enter", "f2")


def test_a_right_that_does_not_exist_is_an_error_and_no_refusal(hall):
    with pytest.raises(KeyError):
        policy.may(hall["secretariat"], "fly")
