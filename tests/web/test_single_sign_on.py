"""Single sign-on against a real OpenID Connect server on loopback: who gets in, who stays outside and why."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.accounts import views
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.common import protection
from kotsukotsu.web.settings import sign_in
from tests.web.browser import faults
from tests.web.identity import Identity
from tests.web.test_proxy import Stays

BUTTON = "/single/oidc/city/login/"
CLERK = {"sub": "f81d4fae", "preferred_username": "clerk", "name": "足音 一郎"}


@pytest.fixture
def identity(settings):
    """The server, and an installation that knows it."""
    server = Identity()
    server.person = CLERK
    settings.SOCIALACCOUNT_PROVIDERS = sign_in.providers_of(server.settings)
    yield server
    server.close()


def through(client, address=BUTTON):
    """Press the button, be sent to the identity server, and come back from there."""
    sent = client.post(address)
    assert sent.status_code == 302, sent.content.decode()
    try:
        urllib.request.build_opener(Stays).open(sent.headers["Location"], timeout=5)
    except urllib.error.HTTPError as answer:
        back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def is_in(client):
    return client.get("/").status_code == 200


def test_a_person_of_the_city_gets_in_to_the_account_of_the_same_name(hall, identity):
    client = Client()
    assert through(client).headers["Location"] == "/"
    assert client.get("/account/").context["request"].user == hall["clerk"]
    assert "認証基盤から入った人も" in client.get("/login/again/?next=/account/second/on/").content.decode()
    again = Client()
    through(again)
    assert is_in(again)
    assert SocialAccount.objects.get().user == hall["clerk"]


@pytest.mark.parametrize("name", ["Clerk", "CLERK"])
def test_capitals_of_the_name_do_not_matter_here_either(hall, identity, name):
    identity.person = {**CLERK, "preferred_username": name}
    client = Client()
    through(client)
    assert is_in(client)


def test_somebody_without_an_account_stays_outside_and_is_told_why(hall, identity):
    identity.person = {"sub": "x", "preferred_username": "stranger"}
    client = Client()
    answer = through(client)
    assert answer.status_code == 403
    assert "アカウントがありません" in answer.content.decode()
    assert "認証基盤での名前：stranger" in answer.content.decode()
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (len(hall), 0)


@pytest.mark.parametrize("has_been_in", [True, False])
def test_an_account_that_was_closed_lets_nobody_in(hall, identity, has_been_in):
    if has_been_in:
        through(Client())
    User.objects.filter(username="clerk").update(is_active=False)
    client = Client()
    answer = through(client)
    assert answer.status_code == 403
    assert "アカウントがありません" in answer.content.decode()
    assert not is_in(client)


def test_who_is_known_by_another_name_now_gets_into_their_own_account_only(hall, identity):
    """The identity's number counts once it is joined: a name given to somebody else later opens nothing."""
    through(Client())
    identity.person = {"sub": "another", "preferred_username": "clerk"}
    client = Client()
    assert through(client).status_code == 403
    assert not is_in(client)


def test_after_the_identity_server_was_renewed_an_account_is_parted_and_joined_anew(hall, identity, signed_in):
    through(Client())
    office = signed_in("administrator")
    address = f"/people/{hall['clerk'].pk}/"
    assert "認証基盤の人との結び付きを外す" in office.get(address).content.decode()
    office.post(f"{address}identity/part/", {"reason": "認証基盤の更新"})
    assert "認証基盤の人との結び付きを外す" not in office.get(address).content.decode()
    identity.person = {"sub": "new", "preferred_username": "clerk"}
    client = Client()
    through(client)
    assert is_in(client)
    said = LogEntry.objects.filter(kind="user", key="clerk").order_by("id").values_list("verb", "reason")
    assert list(said) == [("join", ""), ("part", "認証基盤の更新"), ("join", "")]


def test_who_cancels_over_there_is_told_so(hall, identity):
    identity.person = None
    answer = through(Client())
    assert answer.status_code == 403
    assert "ログインしませんでした" in answer.content.decode()


def test_a_token_made_out_for_another_system_opens_nothing(hall, identity):
    identity.audience = "another-system"
    client = Client()
    answer = through(client)
    assert answer.status_code == 403
    assert "ログインできませんでした" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    ("person", "more"),
    [
        ({"preferred_username": "clerk"}, {}),
        ({"sub": "x" * 192, "preferred_username": "clerk"}, {}),
        ({"sub": 5, "preferred_username": "clerk"}, {}),
        (CLERK, {"sub": "another", "preferred_username": "head"}),
    ],
    ids=["no number", "too long a number", "no text", "two people"],
)
def test_what_does_not_say_who_it_is_opens_nothing_and_is_told_in_words(hall, identity, person, more):
    identity.person, identity.more = person, more
    client = Client()
    answer = through(client)
    assert answer.status_code == 403
    assert "ログインできませんでした" in answer.content.decode()
    assert not is_in(client)


def test_a_name_that_only_the_token_says_counts_too(hall, identity):
    identity.person, identity.more = CLERK, {"preferred_username": None}
    client = Client()
    through(client)
    assert is_in(client)


@pytest.mark.parametrize("tells", [None, {"token_endpoint": ""}])
def test_a_server_whose_description_cannot_be_read_is_told_with_its_address(hall, identity, tells):
    identity.tells = tells
    answer = Client().post(BUTTON)
    assert answer.status_code == 422
    assert f"{identity.address}/.well-known/openid-configuration" in answer.content.decode()


def test_an_answer_that_nobody_asked_for_opens_nothing(hall, identity):
    client = Client()
    answer = client.get(f"{BUTTON}callback/?code=x&state=y")
    assert (answer.status_code, is_in(client)) == (403, False)


def test_a_server_that_does_not_answer_is_told_in_words(hall, identity):
    identity.close()
    answer = Client().post(BUTTON)
    assert answer.status_code == 422
    assert "庁内の認証基盤につながりません" in answer.content.decode()


def test_an_identity_is_never_joined_to_an_account_of_another_name(hall, identity, signed_in):
    client = signed_in("administrator")
    answer = through(client, f"{BUTTON}?process=connect")
    assert answer.status_code == 403
    assert not SocialAccount.objects.filter(user=hall["administrator"]).exists()


def test_the_address_of_the_button_alone_asks_first(hall, identity):
    page = Client().get(BUTTON).content.decode()
    assert "庁内の認証基盤でログインする" in page
    assert "Third-Party" not in page


def test_the_second_factor_of_an_account_is_asked_for_after_the_sign_on_too(hall, identity):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(hall["clerk"], generate_totp_secret())
    client = Client()
    assert through(client).headers["Location"].startswith("/login/second/")
    assert not is_in(client)


@pytest.fixture
def emptied(hall):
    """Rows that may be emptied after a test in front of a real server."""
    yield hall
    protection.unprotect()


@pytest.mark.django_db(transaction=True)
def test_the_button_works_in_a_browser_under_the_strict_policy(emptied, identity, browse):
    page = browse("/login/")
    assert faults(page) == []
    page.get_by_role("button", name="庁内の認証基盤でログインする").press("Enter")
    expect(page.get_by_text("clerkさん")).to_be_visible()
    assert urlsplit(page.url).path == "/"


def test_the_policy_lets_only_the_sign_in_lead_elsewhere(hall, identity, signed_in):
    def targets(answer):
        policy = answer.headers["Content-Security-Policy"]
        return next(part.split()[1:] for part in policy.split(";") if part.strip().startswith("form-action"))

    assert targets(Client().get("/login/")) == ["'self'", identity.address]
    assert targets(Client().get(BUTTON)) == ["'self'", identity.address]
    assert targets(signed_in("clerk").get("/")) == ["'self'"]


def test_other_servers_that_sign_people_in_are_named_in_the_file(identity):
    given = identity.settings
    given["settings"]["sign_in_at"] = ["https://sts.city.example.lg.jp/adfs/oauth2"]
    assert views.sign_on_origins(sign_in.providers_of(given)) == [identity.address, "https://sts.city.example.lg.jp"]


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "読めません"), ("{", "読めません"), ('{"provider_id": "city"}', "client_id"), ("[]", "読めません")],
)
def test_a_file_of_the_sign_on_that_is_wrong_is_told_in_words_before_anything_runs(tmp_path, text, said):
    file = tmp_path / "oidc.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(KotsukotsuError, match="WS-02") as refused:
        sign_in.providers(str(file))
    assert said in refused.value.text()
    assert str(file) in refused.value.text()


def test_the_guide_shows_a_file_that_works_and_the_address_to_come_back_to(tmp_path, identity):
    guide = (Path(__file__).parents[2] / "docs/how-to/operate.md").read_text(encoding="utf-8")
    example = guide.split("```json")[1].split("```")[0]
    file = tmp_path / "oidc.json"
    file.write_text(example, encoding="utf-8")
    (app,) = sign_in.providers(str(file))["openid_connect"]["APPS"]
    assert reverse("openid_connect_callback", kwargs={"provider_id": app["provider_id"]}) in guide
    assert app.keys() == identity.settings.keys()


def test_the_file_of_an_installation_is_read_when_it_starts(tmp_path, identity):
    file = tmp_path / "oidc.json"
    file.write_text(json.dumps(identity.settings), encoding="utf-8")
    program = (
        "from django.conf import settings; print(settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['name'])"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "kotsukotsu.web.settings", "KOTSUKOTSU_OIDC": str(file)}
    environment |= {"KOTSUKOTSU_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    found = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    assert found.stdout.strip() == "庁内の認証基盤"
