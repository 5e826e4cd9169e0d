"""Who cannot get in is helped, by those who may, with a reason in the log."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import is_mfa_enabled
from django.test import Client
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.accounts import care, policy, services
from kotsukotsu.web.accounts.models import Deputy, LogEntry, User
from kotsukotsu.web.common.templatetags.words import told
from kotsukotsu.web.errors import WebError
from tests.web.conftest import PASSWORD

GIVEN = "first-given-password"
OWN = "one-of-my-own-words"


def enter(client, password, name="clerk"):
    return client.post("/login/", {"login": name, "password": password})


def last(verb):
    entry = LogEntry.objects.filter(verb=verb).latest("id")
    return entry.key, entry.reason


def test_a_password_that_was_given_is_changed_before_anything_else(hall, signed_in):
    path = f"/people/{hall['clerk'].pk}/password/"
    assert signed_in("secretariat").post(path, {"password": GIVEN, "reason": "忘れた"}).status_code == 302
    assert last("password_give") == ("clerk", "忘れた")
    client = Client()
    enter(client, GIVEN)
    assert client.get("/").headers["Location"] == "/account/password/"
    assert "自分だけが知っている" in client.get("/account/password/").content.decode()
    client.post("/account/password/", {"old_password": GIVEN, "new_password1": OWN, "new_password2": OWN})
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("path", "given", "said", "kept"),
    [
        ("password", {"password": "short", "reason": "忘れた"}, "このパスワードは使えません", 'value="忘れた"'),
        ("roles", {"kind": "secretariat", "place": "department:d1"}, "この場所には付けられません", "selected>学校課"),
        ("deputy", {"deputy": 0, "valid_from": "R8.4.2", "valid_to": "R8.4.1"}, "終わりの日を", 'value="R8.4.2"'),
        ("successor", {"successor": 0, "on": "きのう", "reason": "異動"}, "「きのう」", 'value="異動"'),
    ],
)
def test_what_is_refused_stays_on_the_account_with_the_reason_at_its_field(hall, signed_in, path, given, said, kept):
    chosen = {name: hall["nobody"].pk if value == 0 else value for name, value in given.items()}
    answer = signed_in("administrator").post(f"/people/{hall['clerk'].pk}/{path}/", chosen)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'<p class="field-error" id="[^"]+_error">[^<]*{said}', page)
    assert kept in page


def test_a_new_account_that_is_refused_keeps_what_was_typed(hall, signed_in):
    given = {"username": "CLERK", "name": "別の人", "password": PASSWORD}
    answer = signed_in("administrator").post("/people/new/", given)
    assert answer.status_code == 422
    assert "「CLERK」はすでに使われています" in answer.content.decode()
    assert 'value="別の人"' in answer.content.decode()


def test_a_new_account_begins_with_a_password_to_be_changed(hall):
    made = services.user_create(username="new", name="新しい人", password=GIVEN, actor=hall["secretariat"])
    assert made.password_is_given
    services.password_change(user=made, password=OWN, actor=made)
    assert not User.objects.get(username="new").password_is_given


def test_a_given_password_puts_out_who_is_signed_in(hall):
    hall["clerk"].set_password(PASSWORD)
    hall["clerk"].save()
    client = Client()
    enter(client, PASSWORD)
    care.password_give(user=hall["clerk"], password=GIVEN, reason="忘れた", actor=hall["administrator"])
    assert client.get("/").headers["Location"].startswith("/login/")


def test_a_lost_second_factor_is_taken_away_with_a_line_in_the_log(hall, signed_in):
    TOTP.activate(hall["clerk"], generate_totp_secret())
    client, path = signed_in("administrator"), f"/people/{hall['clerk'].pk}/"
    assert "二つ目の確認を外す" in client.get(path).content.decode()
    client.post(f"{path}step/second/", {"reason": "電話を失った"})
    assert not is_mfa_enabled(hall["clerk"])
    assert last("second_reset") == ("clerk", "電話を失った")
    assert "二つ目の確認：認証アプリ" in client.get(path).content.decode()
    assert "二つ目の確認を外す" not in client.get(path).content.decode()


def test_a_locked_account_is_shown_and_unlocked(hall, signed_in):
    hall["clerk"].set_password(PASSWORD)
    hall["clerk"].save()
    path, client = f"/people/{hall['clerk'].pk}/", signed_in("administrator")
    assert "ログインの停止を解く" not in client.get(path).content.decode()
    for _ in range(5):
        enter(Client(), "wrong", "Clerk")
    assert "ログインの停止を解く" in client.get(path).content.decode()
    client.post(f"{path}step/unlock/", {"reason": "打ち間違い"})
    assert enter(Client(), PASSWORD).headers["Location"] == "/"
    assert last("unlock") == ("clerk", "打ち間違い")


def test_a_closed_account_is_opened_again(hall):
    services.user_close(user=hall["clerk"], reason="休職", actor=hall["secretariat"])
    care.user_reopen(user=hall["clerk"], reason="復職", actor=hall["secretariat"])
    assert [role.kind for role in policy.roles_of(User.objects.get(username="clerk"))] == ["facility_manager"]
    assert last("reopen_account") == ("clerk", "復職")


@pytest.mark.parametrize("who", ["administrator", "auditor", "executive"])
def test_the_secretariat_opens_no_way_to_rights_above_its_own(hall, who):
    secretariat, guarded = hall["secretariat"], hall[who]
    today = timezone.localdate()
    tries = (
        lambda: services.role_grant(user=secretariat, kind=who, place=services.CITY, actor=secretariat),
        lambda: services.role_end(role=guarded.roles.get(), on=today, reason="x", actor=secretariat),
        lambda: services.deputy_name(
            absent=guarded, deputy=secretariat, valid_from=today, valid_to=today + timedelta(9), actor=secretariat
        ),
        lambda: services.hand_over(pairs=[(guarded, secretariat)], on=today, reason="x", actor=secretariat),
        lambda: services.user_close(user=guarded, reason="x", actor=secretariat),
        lambda: services.identity_part(user=guarded, reason="x", actor=secretariat),
        lambda: care.password_give(user=guarded, password=GIVEN, reason="x", actor=secretariat),
        lambda: care.second_reset(user=guarded, reason="x", actor=secretariat),
        lambda: care.unlock(user=guarded, reason="x", actor=secretariat),
        lambda: care.user_reopen(user=guarded, reason="x", actor=secretariat),
    )
    for one in tries:
        with pytest.raises(WebError, match="W-07"):
            one()


def test_nobody_is_helped_without_a_reason(hall):
    for one in (care.second_reset, care.unlock, care.user_reopen):
        with pytest.raises(WebError, match="W-27"):
            one(user=hall["clerk"], reason=" ", actor=hall["administrator"])


def test_one_names_ones_deputy_on_ones_own_page_and_ends_it(hall, signed_in):
    client, today = signed_in("head"), timezone.localdate()
    assert f'value="{hall["head"].pk}"' not in client.get("/account/").content.decode()
    wrong = {"deputy": hall["nobody"].pk, "valid_from": today, "valid_to": today}
    refused = client.post("/account/deputy/", wrong)
    assert (refused.status_code, "W-08" in refused.content.decode()) == (422, True)
    given = {"deputy": hall["nobody"].pk, "valid_from": today - timedelta(1), "valid_to": today + timedelta(5)}
    client.post("/account/deputy/", given)
    named = Deputy.objects.get(absent=hall["head"])
    assert "役割のない人" in client.get("/account/").content.decode()
    assert [role.kind for role in policy.roles_of(hall["nobody"], today)] == ["department_head"]
    assert signed_in("manager").post(f"/account/deputy/{named.pk}/end/").status_code == 404
    assert "変更しました" in client.post(f"/account/deputy/{named.pk}/end/", follow=True).content.decode()
    assert policy.roles_of(hall["nobody"], today) == []
    assert last("deputy_end")[0] == "head"


def test_the_log_is_narrowed_by_person_word_and_day(hall, signed_in):
    care.unlock(user=hall["clerk"], reason="打ち間違い", actor=hall["administrator"])
    services.user_close(user=hall["manager"], reason="退職", actor=hall["secretariat"])
    client, today = signed_in("auditor"), timezone.localdate()

    def shown(**asked):
        page = client.get("/log/", asked).context["page"]
        return {entry.verb for entry in page}

    assert shown(who="secretariat") == {"close"}
    assert shown(word="停止の解除") == {"unlock"}
    assert shown(word="退職") == {"close"}
    assert shown(since=today + timedelta(1)) == set()
    assert shown(until=today) == {"close", "unlock"}


def test_setting_up_a_second_factor_is_one_line_in_the_log(hall, django_capture_on_commit_callbacks):
    hall["clerk"].set_password(PASSWORD)
    hall["clerk"].save()
    client = Client()
    enter(client, PASSWORD)
    client.post("/login/again/?next=/account/second/on/", {"password": PASSWORD})
    secret = client.get("/account/second/on/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second/on/", {"code": code})
    assert "予備の番号" in client.get("/account/second/codes/").content.decode()
    assert list(LogEntry.objects.values_list("verb", flat=True)) == ["second_add"]


def test_the_log_says_values_in_words():
    assert told("state", "submitted") == texts.label("look.state.submitted")
    assert told("cells", ["electricity|| 2025-06"]) == "電気（買電） 2025-06"
    assert (told("role", "auditor"), told("x", None), told("x", [])) == ("監査", "－", "－")
