"""Getting in and staying out."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from kotsukotsu.cli.main import application
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web import commands
from kotsukotsu.web.accounts import selectors, services
from kotsukotsu.web.accounts.models import LogEntry, Role, User
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.settings import places
from tests.web.conftest import PASSWORD

LOGIN = "/login/"
FULL_WIDTH = str.maketrans("0123456789 ", "０１２３４５６７８９　")


@pytest.fixture
def person(hall):
    hall["clerk"].set_password(PASSWORD)
    hall["clerk"].save()
    return hall["clerk"]


def enter(client, password=PASSWORD, name="clerk"):
    return client.post(LOGIN, {"login": name, "password": password})


def test_a_person_gets_in_with_their_password_and_out_again(person):
    client = Client()
    assert enter(client).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/").status_code == 302


def test_capitals_of_the_account_name_do_not_matter(person):
    assert enter(Client(), name="Clerk").status_code == 302


def test_a_wrong_password_is_told_in_words_and_names_no_account(person):
    said = enter(Client(), "wrong").content.decode()
    assert "利用者名かパスワードが違います" in said


def test_five_wrong_passwords_lock_the_account_at_this_place(person):
    client = Client()
    statuses = [enter(client, "wrong").status_code for _ in range(5)]
    assert statuses[-1] == 429
    locked = enter(client)
    assert locked.status_code == 429
    assert "15分間" in locked.content.decode()
    assert enter(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302


def test_a_closed_account_stays_outside(person):
    person.is_active = False
    person.save()
    client = Client()
    enter(client)
    assert client.get("/").status_code == 302


def test_with_a_second_factor_the_password_alone_is_not_enough(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    client = Client()
    assert enter(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "12345"}).content.decode()
    assert "時計が合っているか" in wrong
    assert "どちらも使えないときは、管理者に" in wrong
    typed = f"{code[:3]} {code[3:]}".translate(FULL_WIDTH)
    assert client.post(reverse("mfa_authenticate"), {"code": typed}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_thirty_minutes_without_action_end_a_session(person):
    client = Client()
    enter(client)
    client.get("/")
    age = Session.objects.get().expire_date.timestamp() - time.time()
    assert 29 * 60 - 5 <= age <= 30 * 60


def test_reading_within_a_minute_does_not_write_the_session(person):
    client = Client()
    enter(client)
    client.get("/")
    before = Session.objects.get().expire_date
    client.get("/")
    assert Session.objects.get().expire_date == before


def test_a_session_in_use_ends_thirty_minutes_after_its_last_page_and_so_does_its_cookie(person):
    client = Client()
    enter(client)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    given = client.get("/").cookies["sessionid"]
    age = Session.objects.get().expire_date.timestamp() - time.time()
    assert 30 * 60 - 5 <= age <= 30 * 60
    assert (given["max-age"], given["httponly"], given["samesite"]) == (30 * 60, True, "Lax")
    assert client.get("/").status_code == 200


def test_a_session_that_has_ended_lets_nobody_in(person):
    client = Client()
    enter(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("came", "next_page"),
    [
        ("http://testserver/2025/facilities/f1/entry/contract/", "/2025/facilities/f1/entry/contract/"),
        ("http://elsewhere.example/trap/", "/"),
        ("", "/"),
    ],
)
def test_who_sends_a_form_after_the_session_has_ended_comes_back_to_its_page(db, came, next_page):
    answer = Client().post("/2025/facilities/f1/entry/contract/", {}, headers={"Referer": came})
    assert answer.headers["Location"] == f"{LOGIN}?next={next_page}"


@pytest.mark.parametrize(
    ("status", "words", "ask"),
    [
        (400, "送られた内容が読めません", lambda client: client.get("/", headers={"Host": "another.example"})),
        (403, "このページは使えません", lambda client: client.get("/log/")),
        (404, "ページがありません", lambda client: client.get("/nowhere/")),
        (405, "このアドレスだけでは開けません", lambda client: client.get("/2025/reminders/mail/")),
        (500, "こちらの不具合です", lambda client: client.get("/people/")),
    ],
)
def test_a_page_that_cannot_be_shown_says_why_and_leads_back(signed_in, monkeypatch, settings, status, words, ask):
    def breaks():
        raise RuntimeError

    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setattr(selectors, "people", breaks)
    client = signed_in("clerk" if status == 403 else "secretariat")
    client.raise_request_exception = False
    for language in ("ja", "en"):
        client.cookies[COOKIE] = language
        answer = ask(client)
        page = answer.content.decode()
        assert answer.status_code == status
        assert '<link rel="stylesheet"' in page
        assert '<a href="/">' in page.partition("<main")[2]
        assert (words in page) == (language == "ja")


def test_a_page_is_kept_in_no_cache_and_lets_nothing_in_from_elsewhere(signed_in):
    headers = signed_in("clerk").get("/").headers
    assert headers["Cache-Control"] == "no-store, private"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_nobody_makes_an_account_for_themselves(db):
    assert Client().get("/signup/").status_code == 404


WEAK = ["short", "123456789012", "password1234", "administrator1", "kanri12345678", "Password!2026", "kotsukotsu2026"]


@pytest.mark.parametrize("weak", WEAK)
def test_a_weak_password_is_refused(db, weak):
    username = "administrator1" if weak.startswith("admin") else "kanri"
    with pytest.raises(WebError, match="W-02"):
        services.first_administrator(username=username, name="管理", password=weak)
    assert not User.objects.exists()


def test_the_first_administrator_is_made_once(db):
    services.first_administrator(username="kanri", name="管理", password=PASSWORD)
    assert {role.kind for role in Role.objects.all()} == {"administrator", "secretariat"}
    assert LogEntry.objects.filter(verb="grant").count() == 2
    with pytest.raises(WebError, match="W-03"):
        services.first_administrator(username="b", name="b", password=PASSWORD)


def test_init_asks_again_until_the_password_is_good(db):
    app = application([])
    commands.register(app)
    answers = f"kanri\n管理 太郎\nshort\nshort\n{PASSWORD}\nanother\n{PASSWORD}\n{PASSWORD}\n"
    result = CliRunner().invoke(app, ["init"], input=answers)
    assert result.exit_code == 0, result.output
    assert "二つのパスワードが違います" in result.output
    assert "Repeat" not in result.output
    assert User.objects.get().username == "kanri"


def test_the_deployment_check_is_clean(db, monkeypatch):
    from django.conf import settings

    safe = {
        "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31536000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True,
    }  # fmt: skip
    assert settings.DEBUG is False
    with override_settings(**safe), monkeypatch.context() as deployed:
        deployed.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # set by the tests in a browser for themselves
        call_command("check", "--deploy", "--fail-level", "WARNING")


@pytest.mark.parametrize(("kind", "share"), [("nfs4", True), ("cifs", True), ("ext4", False), ("overlay", False)])
def test_a_database_on_a_network_share_is_refused_with_words(tmp_path, monkeypatch, kind, share):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:40 / {tmp_path} rw - {kind} //server/x rw\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    if not share:
        places.refuse_share(tmp_path)
        return
    with pytest.raises(KotsukotsuError, match="ネットワーク共有"):
        places.refuse_share(Path(tmp_path))
