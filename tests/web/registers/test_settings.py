"""The city's settings in the browser: begun, changed, refused."""

from __future__ import annotations

import html
import re
import tomllib

import pytest
from django.urls import reverse
from django.utils import timezone

from kotsukotsu.web.accounts import services as accounts
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.municipalities import city_settings
from kotsukotsu.web.municipalities.models import Facility, Municipality
from kotsukotsu.web.publications.models import Publication

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
    assert re.search(r"電気の係数の年度（policy\.electricity_year）</th><td>2012</td><td>使用した年度の実績", looked)
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


# What the form does not know: a remark, a table and a key of others, a change with a rounding of its own.
MORE = """
heat = { electricity = "day" }   # 省エネ法

[[policy.change]]
from_fy = 2026
rounding = { unit = "t", digits = 1, method = "half-up", sum = "unrounded" }

[own]   # ほかの課の欄
x = [1, 2]   # 消さない
"""


def fields(page, **changed):
    """What the browser would send back: every field as it is shown, and what a person changes."""
    form = page.context["fields"]
    shown = {name: form[name].value() for name in form.fields}
    return {**shown, "why": "要綱の改正", "seen": page.context["seen"], "fields": "on", **changed}


@pytest.fixture
def more(toml):
    Municipality.objects.update(settings_toml=f"{toml.rstrip()}{MORE}")
    return Municipality.objects.get().settings_toml


def test_nothing_is_lost_that_the_fields_do_not_know(more, signed_in):
    client = signed_in("secretariat")
    page = client.get(ADDRESS)
    assert "値は変わりません" in said(client.post(ADDRESS, fields(page)))
    wanted = {
        "policy.gwp": "AR5", "policy.heat.city_gas": "other", "policy.change.1.gwp": "AR4",
        "milestone.1.fiscal_year": "令和１２年度", "milestone.1.reduction_pct": "５０．５",
        "plan.parents": "環境基本計画\n総合計画", "weather.normal": "2013～令和6年度",
    }  # fmt: skip
    looked = client.post(ADDRESS, fields(page, **wanted))
    assert re.search(r"地球温暖化係数（policy\.gwp）</th><td>－</td><td>第5次評価報告書の値に固定", said(looked))
    text = looked.context["form"]["text"].value()
    assert client.post(ADDRESS, given(text, sure="on")).status_code == 302
    kept = Municipality.objects.get()
    for letters in ("# 省エネ法", "[own]   # ほかの課の欄\nx = [1, 2]   # 消さない", "rounding = { unit"):
        assert letters in kept.settings_toml
    assert kept.settings["policy"]["change"] == [
        {"from_fy": 2026, "rounding": {"unit": "t", "digits": 1, "method": "half-up", "sum": "unrounded"}, "gwp": "AR4"}
    ]
    assert kept.settings["milestone"] == [{"fiscal_year": 2030, "reduction_pct": 50.5}]
    assert kept.settings["plan"] == {"parents": ["環境基本計画", "総合計画"]}
    assert kept.settings["weather"] == {"normal": [2013, 2024]}
    page = client.get(ADDRESS)
    gone = dict.fromkeys(("milestone.1.fiscal_year", "milestone.1.reduction_pct", "policy.heat.city_gas"), "")
    text = client.post(ADDRESS, fields(page, **gone)).context["form"]["text"].value()
    assert "milestone" not in tomllib.loads(text)
    assert tomllib.loads(text)["policy"]["heat"] == {"electricity": "day"}


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("municipality.code", "012352", "検査数字"),
        ("municipality.base_fy", "平成", "年度として読めません"),
        ("policy.conversions.lpg", "2.07", "lpg.2_183"),
        ("policy.change.1.from_fy", "", "rounding"),
        ("policy.change.2.gwp", "AR5", "この行に要ります"),
        ("milestone.1.reduction_pct", "500", "0から100"),
        ("plan.last_fy", "2025", "最初の年度より前"),
        ("weather.exception.1.facilities", "f99", "f99 は台帳にありません"),
        ("why", "", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field(more, signed_in, name, typed, told):
    client = signed_in("secretariat")
    more = {"policy.change.2.gwp": {"policy.change.2.from_fy": ""}, "plan.last_fy": {"plan.first_fy": "R8"}}
    page = client.get(ADDRESS)
    answer = client.post(ADDRESS, fields(page, **{name: typed}, **more.get(name, {})))
    assert answer.status_code == 422
    at = "policy.change.2.from_fy" if name == "policy.change.2.gwp" else name
    beside = {"weather.exception.1.station"} if "exception" in at else set()  # the row needs it too
    assert {*answer.context["fields"].errors} == {at} | beside
    assert told in answer.context["fields"].errors[at][0]
    assert f'href="#id_{at}"' in said(answer)


def test_what_open_years_would_become_is_shown_before_and_closed_years_stay(hall, collection, signed_in):
    text = Municipality.objects.get().settings_toml.replace("electricity_year = 2012", 'electricity_year = "previous"')
    Municipality.objects.update(settings_toml=text.replace("base_fy = 2013", "base_fy = 2024"))
    client = signed_in("secretariat")
    page = client.get(ADDRESS)
    looked = said(client.post(ADDRESS, fields(page, **{"policy.electricity_year": "2012"})))
    address = html.unescape(re.search(r'data-part="([^"]+)"', looked)[1])
    (effect,) = client.get(address).context["effects"]
    assert effect.fy == 2024
    assert effect.actual.now.exact != effect.actual.then.exact
    assert effect.actual.change.text in said(client.get(address))
    assert "data-part" not in said(client.post(ADDRESS, fields(page, **{"plan.office": "環境課"})))
    now = timezone.now()
    Publication.objects.create(
        fiscal_year=2024, number=1, state="published", moment=now, made_on=now.date(), policy={}, catalogue_version="",
        code_version="", digest="", prepared_by=hall["secretariat"], prepared_at=now,
    )  # fmt: skip
    assert "公表した年度（変わりません）：令和6（2024）年度" in said(client.get(address))
    assert client.get(address).context["effects"] == ()


def test_facilities_with_another_station_are_chosen_by_name(toml, signed_in):
    client = signed_in("secretariat")
    page = client.get(ADDRESS)
    assert '<option value="中央小学校（f1）">' in said(page)
    row = {
        "weather.exception.1.station": "札幌",
        "weather.exception.1.facilities": ["中央小学校（f1）", "体育館", "", "f1"],
    }
    looked = client.post(ADDRESS, fields(page, **row))
    assert ">中央小学校（f1）</td>" in said(looked)
    text = looked.context["form"]["text"].value()
    assert tomllib.loads(text)["weather"]["exception"] == [{"station": "札幌", "facilities": ["f1", "f3"]}]
    assert client.post(ADDRESS, given(text, sure="on")).status_code == 302
    shown = re.findall(r'name="weather.exception.1.facilities" value="([^"]*)"', said(client.get(ADDRESS)))
    assert shown == ["中央小学校（f1）", "体育館（f3）"]
    assert "値は変わりません" in said(client.post(ADDRESS, fields(client.get(ADDRESS))))


def test_no_two_fields_of_the_page_have_one_id(toml, signed_in):
    page = signed_in("secretariat").get(reverse("city_settings")).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
