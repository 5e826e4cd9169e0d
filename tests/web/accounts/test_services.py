"""Accounts: made, given roles, handed over, closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kotsukotsu.web.accounts import policy, services
from kotsukotsu.web.accounts.models import LogEntry, Role, User
from kotsukotsu.web.errors import WebError
from tests.web.conftest import PASSWORD

APRIL = date(2027, 4, 1)


def kinds(user, day):
    return [role.kind for role in policy.roles_of(user, day)]


def test_all_roles_go_to_the_successor_on_the_day_and_not_before(hall):
    services.hand_over(pairs=[(hall["clerk"], hall["nobody"])], on=APRIL, reason="異動", actor=hall["secretariat"])
    before = APRIL - timedelta(days=1)
    assert (kinds(hall["clerk"], before), kinds(hall["nobody"], before)) == (["facility_manager"], [])
    assert (kinds(hall["clerk"], APRIL), kinds(hall["nobody"], APRIL)) == ([], ["facility_manager"])
    assert LogEntry.objects.filter(reason="異動").count() == 2


def test_an_administrators_role_is_handed_on_by_an_administrator_only(hall):
    with pytest.raises(WebError, match="W-07"):
        services.hand_over(
            pairs=[(hall["administrator"], hall["clerk"])], on=APRIL, reason="異動", actor=hall["secretariat"]
        )


@pytest.mark.parametrize("kind", ["administrator", "auditor"])
def test_only_an_administrator_makes_administrators_and_auditors(hall, kind):
    with pytest.raises(WebError, match="W-07"):
        services.role_grant(user=hall["nobody"], kind=kind, place=services.CITY, actor=hall["secretariat"])
    services.role_grant(user=hall["nobody"], kind=kind, place=services.CITY, actor=hall["administrator"])


def test_a_role_is_held_at_its_kind_of_place_only(hall):
    for kind, place in (("secretariat", services.Place("d1")), ("operator", services.CITY), ("king", services.CITY)):
        with pytest.raises(WebError, match="W-06"):
            services.role_grant(user=hall["nobody"], kind=kind, place=place, actor=hall["administrator"])


def test_the_last_administrator_stays(hall):
    with pytest.raises(WebError, match="W-05"):
        services.user_close(user=hall["administrator"], reason="退職", actor=hall["administrator"])
    role = Role.objects.get(user=hall["administrator"])
    with pytest.raises(WebError, match="W-05"):
        services.role_end(role=role, on=timezone.localdate(), reason="x", actor=hall["administrator"])


def test_a_closed_account_keeps_what_it_did_and_its_name_is_not_given_again(hall):
    services.user_close(user=hall["clerk"], reason="退職", actor=hall["secretariat"])
    assert User.objects.get(username="clerk").closed_on == timezone.localdate()
    with pytest.raises(WebError, match="W-04"):
        services.user_create(username="CLERK", name="別の人", password=PASSWORD, actor=hall["secretariat"])


@pytest.mark.parametrize("who", ["clerk", "head", "executive", "auditor", "operator"])
def test_who_may_not_manage_accounts_is_refused_each_time(hall, who):
    actor, other = hall[who], hall["nobody"]
    tries = (
        lambda: services.user_create(username="x", name="x", password=PASSWORD, actor=actor),
        lambda: services.password_change(user=other, password=PASSWORD, actor=actor),
        lambda: services.user_close(user=other, reason="x", actor=actor),
        lambda: services.role_grant(user=other, kind="operator", place=services.Place("", "f1"), actor=actor),
        lambda: services.hand_over(pairs=[(other, actor)], on=APRIL, reason="x", actor=actor),
        lambda: services.deputy_name(
            absent=other, deputy=actor, valid_from=APRIL, valid_to=APRIL + timedelta(1), actor=actor
        ),
    )
    for one in tries:
        with pytest.raises(PermissionDenied):
            one()


def test_one_names_ones_own_deputy_but_not_oneself(hall):
    until = APRIL + timedelta(days=5)
    services.deputy_name(
        absent=hall["head"], deputy=hall["nobody"], valid_from=APRIL, valid_to=until, actor=hall["head"]
    )
    assert kinds(hall["nobody"], APRIL) == ["department_head"]
    with pytest.raises(WebError, match="W-08"):
        services.deputy_name(
            absent=hall["head"], deputy=hall["head"], valid_from=APRIL, valid_to=until, actor=hall["head"]
        )


def test_april_hands_over_everybody_who_leaves_at_once(hall, signed_in):
    client = signed_in("secretariat")
    chosen = {f"successor_{hall['clerk'].pk}": hall["nobody"].pk, "on": APRIL.isoformat()}
    assert client.post("/april/", chosen).status_code == 302
    assert kinds(hall["nobody"], APRIL) == ["facility_manager"]
    assert kinds(hall["manager"], APRIL) == ["facility_manager"]


def test_what_april_refuses_stays_on_its_page_and_nobody_follows_whose_account_closes(hall, signed_in):
    services.user_close(user=hall["nobody"], reason="退職", on=APRIL, actor=hall["administrator"])
    Role.objects.filter(user=hall["administrator"]).update(valid_to=APRIL + timedelta(days=90))
    client, old = signed_in("administrator"), hall["administrator"]
    for successor, said in (("nobody", "正しく選択"), ("clerk", "最後の管理者は外せません")):
        given = {f"successor_{old.pk}": hall[successor].pk, "on": "R9.4.1"}
        answer = client.post("/april/", given)
        assert (answer.status_code, 'value="R9.4.1"' in answer.content.decode()) == (422, True)
        assert said in answer.content.decode()
    assert f'<option value="{hall["clerk"].pk}" selected>' in answer.content.decode()
    assert kinds(hall["clerk"], APRIL) == ["facility_manager"]


def test_who_follows_one_and_is_followed_by_another_in_the_same_april_keeps_the_post_they_go_to(hall, signed_in):
    chosen = {f"successor_{hall['clerk'].pk}": hall["head"].pk, f"successor_{hall['head'].pk}": hall["nobody"].pk}
    assert signed_in("secretariat").post("/april/", {**chosen, "on": APRIL.isoformat()}).status_code == 302
    assert kinds(hall["clerk"], APRIL) == []
    assert kinds(hall["head"], APRIL) == ["facility_manager"]
    assert kinds(hall["nobody"], APRIL) == ["department_head"]


def test_a_role_that_ends_or_begins_later_does_so_at_the_successor_too(hall):
    begins, ends = APRIL + timedelta(days=90), APRIL + timedelta(days=30)
    Role.objects.filter(user=hall["clerk"]).update(valid_to=ends)
    Role.objects.create(user=hall["clerk"], kind="facility_manager", department_id="d2", valid_from=begins)
    services.hand_over(pairs=[(hall["clerk"], hall["nobody"])], on=APRIL, reason="異動", actor=hall["secretariat"])
    given = Role.objects.filter(user=hall["nobody"]).order_by("id").values_list("valid_from", "valid_to")
    assert list(given) == [(APRIL, ends), (begins, None)]
    assert kinds(hall["clerk"], begins) == []


def test_the_only_administrator_hands_on_to_a_successor_from_a_day_to_come(hall):
    old, new, day = hall["administrator"], hall["nobody"], timezone.localdate() + timedelta(days=30)
    services.hand_over(pairs=[(old, new)], on=day, reason="異動", actor=old)
    before = day - timedelta(days=1)
    assert (kinds(old, before), kinds(new, before)) == (["administrator"], [])
    assert (kinds(old, day), kinds(new, day)) == ([], ["administrator"])
    with pytest.raises(WebError, match="W-05"):
        services.role_end(role=new.roles.get(), on=day + timedelta(days=9), reason="x", actor=old)


def test_an_account_that_is_handed_on_from_a_day_to_come_closes_on_that_day(hall):
    old, day = hall["clerk"], timezone.localdate() + timedelta(days=30)
    services.hand_over(pairs=[(old, hall["nobody"])], on=day, reason="異動", close=True, actor=hall["secretariat"])
    assert (User.objects.get(pk=old.pk).is_active, kinds(old, timezone.localdate())) == (True, ["facility_manager"])
    for when, is_open in ((day - timedelta(days=1), True), (day, False)):
        services.close_on_their_day(when)
        assert User.objects.get(pk=old.pk).is_active is is_open
    assert LogEntry.objects.get(verb="close").after == {"closed_on": day.isoformat()}
