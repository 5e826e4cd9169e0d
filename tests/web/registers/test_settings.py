"""The city's settings in the browser: begun, changed, refused."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kotsukotsu.web.accounts import services as accounts
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.municipalities import city_settings
from kotsukotsu.web.municipalities.models import Facility, Municipality

ADDRESS = "/registers/city/"


def said(response):
    return response.content.decode()


def given(text, **more):
    return {"text": text, "seen": city_settings.mark(city_settings.written()), "why": "要綱の改正", **more}


@pytest.fixture
def toml(hall):
    return Municipality.objects.get().settings_toml


def test_a_change_is_shown_before_it_is_made_and_then_stands_in_the_history(toml, signed_in):
    client, revision = signed_in("secretariat"), Municipality.objects.get().revision
    new = toml.replace("electricity_year = 2012", 'electricity_year = "same"')
    looked = said(client.post(ADDRESS, given(new)))
    assert re.search(r"電気の係数の年度（policy\.electricity_year）</th><td>2012</td><td>same", looked)
    assert Municipality.objects.get().settings_toml == toml
    assert client.post(ADDRESS, given(new, sure="on")).status_code == 302
    kept = Municipality.objects.get()
    assert kept.settings["policy"]["electricity_year"] == "same"
    assert kept.revision > revision
    entry = LogEntry.objects.get(verb="set")
    assert (entry.before, entry.after) == ({"policy.electricity_year": "2012"}, {"policy.electricity_year": "same"})
    assert "要綱の改正" in said(client.get(ADDRESS))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"012351"', '"012352"', "検査数字が合いません"),
        ("base_fy = 2013", "base_fy = ", "4行目"),
        ("electricity_year", "electricity_yaer", "electricity_yaer"),
        ("[policy]", "[[milestone]]\nfiscal_year = 2030\nreduction_pct = 500\n[policy]", "500"),
        ("[policy]", "[plan]\nfirst_fy = 2031\nlast_fy = 2030\n[policy]", "2031"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field_and_nothing_typed_is_lost(toml, signed_in, old, new, told):
    text = toml.replace(old, new)
    answer = signed_in("secretariat").post(ADDRESS, given(text, sure="on"))
    assert answer.status_code == 422
    assert told in answer.context["form"].errors["text"][0]
    assert answer.context["form"]["text"].value() == text
    assert Municipality.objects.get().settings_toml == toml


def test_who_is_second_is_told_and_who_only_reads_changes_nothing(toml, signed_in):
    late = given(toml.replace("2013", "2014"), sure="on")
    Municipality.objects.update(settings_toml=f"{toml}# 先に直した人\n")
    assert signed_in("secretariat").post(ADDRESS, late).status_code == 409
    assert "市の名前（municipality.name）</th><td>見本市</td>" in said(signed_in("executive").get(ADDRESS))
    assert signed_in("executive").post(ADDRESS, late).status_code == 403


def test_a_city_without_a_folder_begins_in_the_browser(db, client):
    first = accounts.first_administrator(username="kanri", name="管理 太郎", password="Yama-no-ue-no-shiro9")
    client.force_login(first, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert ADDRESS in said(client.get("/"))
    text = city_settings.written().replace('code = ""', 'code = "012351"').replace('name = ""', 'name = "見本市"')
    assert client.post(ADDRESS, given(city_settings.written(), sure="on")).status_code == 422
    assert client.post(ADDRESS, given(text, sure="on")).status_code == 302
    assert str(Municipality.objects.get()) == "見本市"
    row = {"facility_id": "f1", "name": "市役所", "seen": "", "why": ""}
    assert client.post(reverse("register_add", args=["facilities"]), row).status_code == 302
    assert Facility.objects.get().name == "市役所"
    for name in ("home", "publications", "plan_cycle", "collections", "registers"):
        assert client.get(reverse(name)).status_code == 200, name
