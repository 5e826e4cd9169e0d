"""Tokens: shown once, kept as a digest, never more than their person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from kotsukotsu.web.accounts.models import Deputy, LogEntry, Role
from kotsukotsu.web.api import tokens
from kotsukotsu.web.api.models import Attempt, Token
from kotsukotsu.web.errors import WebError
from tests.web.api.conftest import Program

TODAY = timezone.localdate()


def code(answer):
    status, body = answer
    return status, body["error"]["code"]


def test_a_token_says_whose_it_is(program):
    status, me = program("clerk", is_read_only=True).ask("get", "me")
    assert status == 200
    assert (me["username"], me["is_read_only"], "enter" in me["rights"]) == ("clerk", True, True)


def test_the_database_does_not_hold_what_was_shown(hall):
    made, secret = tokens.token_make(
        name="計器", valid_to=TODAY + timedelta(days=1), is_read_only=True, actor=hall["clerk"]
    )
    assert secret.startswith(made.beginning)
    assert secret not in str(list(Token.objects.values())) + str(list(LogEntry.objects.values()))


@pytest.mark.parametrize("days", [0, -1, tokens.LONGEST + 1])
def test_a_token_ends_within_a_year(hall, days):
    with pytest.raises(WebError, match="WA-07"):
        tokens.token_make(name="計器", valid_to=TODAY + timedelta(days=days), is_read_only=True, actor=hall["clerk"])


def test_without_a_token_nothing_opens_not_even_with_a_session(program, signed_in):
    assert code(Program().ask("get", "me")) == (401, "WA-02")
    assert signed_in("secretariat").get("/api/v1/registers").status_code == 401


def test_what_is_over_revoked_or_of_a_closed_account_is_refused(hall, program):
    for change in ({"valid_to": TODAY}, {"revoked_at": timezone.now()}):
        one = program("clerk")
        Token.objects.filter(user=hall["clerk"]).update(**change)
        assert code(one.ask("get", "me")) == (401, "WA-02")
    one = program("manager")
    hall["manager"].is_active = False
    hall["manager"].save()
    assert code(one.ask("get", "me")) == (401, "WA-02")


@pytest.mark.parametrize("verb", ["password_give", "close"])
def test_who_is_given_a_password_or_closed_loses_their_tokens_for_good(hall, program, signed_in, verb):
    one, client, clerk = program("clerk"), signed_in("administrator"), hall["clerk"]
    page = f"/people/{clerk.pk}/"
    assert client.get(page).content.decode().count("API のトークン（いま 1 件）") == 2
    if verb == "close":
        client.post(f"{page}close/", {"reason": "異動"})
        client.post(f"{page}step/reopen/", {"reason": "戻った"})
    else:
        client.post(f"{page}password/", {"password": "first-given-password", "reason": "盗まれた"})
    assert code(one.ask("get", "me")) == (401, "WA-02")
    assert LogEntry.objects.get(verb="token_revoke").reason == LogEntry.objects.filter(verb=verb).latest("id").reason


def test_rights_are_those_of_this_moment(hall, program):
    one = program("nobody")
    assert code(one.ask("get", "registers")) == (403, "WA-03")
    Role.objects.create(user=hall["nobody"], kind="auditor")
    assert one.ask("get", "registers")[0] == 200
    Role.objects.filter(user=hall["nobody"]).update(valid_from=TODAY - timedelta(days=9), valid_to=TODAY)
    assert code(one.ask("get", "registers")) == (403, "WA-03")
    tomorrow = TODAY + timedelta(days=1)
    Deputy.objects.create(absent=hall["auditor"], deputy=hall["nobody"], valid_from=TODAY, valid_to=tomorrow)
    assert one.ask("get", "registers")[0] == 200


def test_too_many_wrong_tokens_shut_the_address_out_for_a_while(program):
    good = program("clerk")
    for _ in range(tokens.MOST_ATTEMPTS):
        assert code(Program("ktk_wrong").ask("get", "me")) == (401, "WA-02")
    assert code(good.ask("get", "me")) == (429, "WA-05")
    Attempt.objects.update(at=timezone.now() - tokens.WITHIN * 2)
    assert good.ask("get", "me")[0] == 200
    assert code(Program("ktk_wrong").ask("get", "me")) == (401, "WA-02")
    assert Attempt.objects.count() == 1


def test_one_revokes_ones_own_and_who_looks_after_accounts_any(hall, program):
    program("clerk")
    token = Token.objects.get()
    with pytest.raises(PermissionDenied):
        tokens.token_revoke(token=token, actor=hall["manager"])
    tokens.token_revoke(token=token, actor=hall["administrator"])
    assert not Token.objects.get().is_valid()
    assert LogEntry.objects.filter(verb="token_revoke", actor=hall["administrator"]).exists()


def test_the_page_shows_the_secret_once(signed_in, hall):
    client = signed_in("clerk")
    sent = {"name": "水道の計器<b>", "valid_to": TODAY + timedelta(days=30), "may_write": "on"}
    page = client.post(reverse("tokens"), sent).content.decode()
    secret = page.partition("ktk_")[2].partition("<")[0]
    status, me = Program(f"ktk_{secret}").ask("get", "me")
    assert (status, me["username"], me["is_read_only"]) == (200, "clerk", False)
    again = client.get(reverse("tokens")).content.decode()
    assert secret not in again
    assert "水道の計器&lt;b&gt;" in again
    assert "水道の計器" not in signed_in("manager").get(reverse("tokens")).content.decode()
    assert "水道の計器" in signed_in("administrator").get(reverse("tokens")).content.decode()
