"""The plan's outlook: what documents and commands say of the path and of a choice of measures, on a page."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from kotsukotsu.documents.planning import pages
from kotsukotsu.planning.measures import library
from kotsukotsu.sessions.optimise_setting import Asked
from kotsukotsu.sessions.optimised import optimised
from kotsukotsu.sessions.plan_view import plan_view
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.common.advice import named
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.municipalities import dated, folders
from kotsukotsu.web.municipalities.registers import Measure
from kotsukotsu.web.plans.choices import Move, moves
from tests.web.language import left_japanese, own_words
from tests.web.seeing.conftest import filled
from tests.web.test_figures_beside import Never

pytestmark = pytest.mark.django_db
ADDRESS = "/plan/outlook/"
SEEN = re.compile(r'name="seen" value="(\w+)"')
LINK = re.compile(r"</?a\b[^>]*>")
MEASURES = """measure_id,facility_id,measure,size,unit,value,cost_yen,running_yen,source
m1,f5,led,,1,,4000000,-300000,見積り
m2,f4,operation,,1,,0,10000,見積り
"""


@pytest.fixture
def town(people, tmp_path):
    """The folder of the five facilities, two of which could take a measure."""
    path = filled(tmp_path / "five", 5)
    (path / "measures.csv").write_text(MEASURES, "utf-8")
    folders.city_import(source=path, actor=people["jimu"])
    return path


def asked(**other):
    return {"budget": "5000万", "aim": "most", "first_fy": 2026, "last_fy": 2030, "rate": 4, **other}


def without_links(html):
    return LINK.sub("", html)


def test_the_path_and_its_milestones_are_those_of_the_documents(town, signed_in):
    found = plan_view(Session(town), None, "commercial").outlook(timezone.localdate())
    page = signed_in("jimu").get(ADDRESS).content.decode()
    assert named(pages.targets(found)) in without_links(page)
    assert 'href="/2024/trace/"' in page


def test_a_choice_is_that_of_the_command_and_leads_to_its_facilities(town, signed_in):
    question = Asked("50000000", None, None, "2026-2030", 2024, None, Decimal("0.04"))
    answer, sides = optimised(Session(town), question, timezone.localdate(), compare=True)
    page = signed_in("jimu").get(ADDRESS, asked()).content.decode()
    assert named(pages.choice(answer.proposal(sides, timezone.localdate()))) in without_links(page)
    assert len(answer.chosen) == 2
    assert 'href="/2024/facilities/f5/"' in page
    assert "予算が倍" in page


def kept_page(client, **other):
    """The page with a choice, and what keeping it must send."""
    page = client.get(ADDRESS, asked(**other)).content.decode()
    return page, {"seen": found[1] if (found := SEEN.search(page)) else ""}


def test_a_choice_is_kept_as_the_plan_in_one_step_with_its_reason_and_what_it_changes(town, signed_in):
    Measure.objects.filter(measure_id="m1").update(start_fy=2033)  # decided on before, for after the choice's years
    client = signed_in("jimu")
    page, sent = kept_page(client)
    before = page[page.index('id="keep"') :]
    assert "第5小学校" in before
    assert "令和15（2033）年度" in before
    starts = {one.measure_id: one.start_fy for one in Measure.objects.all()}
    assert starts == {"m1": 2033, "m2": None}
    keep = f"{ADDRESS}keep/?{urlencode(asked())}"
    assert client.post(keep, {**sent, "reason": " "}).status_code == 422
    assert client.post(keep, {"seen": "x", "reason": "会議で決定"}).status_code == 409
    answer = client.post(keep, {**sent, "reason": "推進本部会議で決定"})
    assert answer.headers["Location"] == f"{ADDRESS}?{urlencode(asked())}#keep"
    assert {one.start_fy for one in Measure.objects.all()} <= set(range(2026, 2031))
    told = LogEntry.objects.filter(kind="measures", verb="change", reason="推進本部会議で決定").order_by("key")
    assert [(one.key, one.before, one.actor.username) for one in told] == [
        ("m1", {"start_fy": 2033}, "jimu"), ("m2", {"start_fy": None}, "jimu")
    ]  # fmt: skip
    assert "台帳にある市の計画と同じです" in kept_page(client)[0]


def test_a_measure_that_is_not_chosen_keeps_only_a_start_outside_the_choice(town):
    Measure.objects.filter(measure_id="m1").update(start_fy=2024)
    Measure.objects.filter(measure_id="m2").update(start_fy=2027)
    assert moves({}, range(2026, 2031)) == (Move("m2", 2027, None),)


def test_a_choice_is_sent_as_a_workbook_of_the_same_tables(town, signed_in):
    client = signed_in("jimu")
    client.get(ADDRESS, asked())
    answer = client.get(f"{ADDRESS}choice/", asked())
    book = load_workbook(BytesIO(answer.content))
    assert book.worksheets[0]["A1"].value.endswith("対策の組合せ")
    assert "measures-" in answer.headers["Content-Disposition"]
    assert client.get(f"{ADDRESS}choice/", asked(budget="多め")).status_code == 302


def test_the_result_is_said_in_words_of_an_office(town, signed_in):
    page = signed_in("jimu").get(ADDRESS, asked()).content.decode()
    assert "2 施設で 2 件の対策を選びました。" in page
    assert "減る量の差は 0.0" in page
    assert "CPU" not in page


def test_a_target_out_of_reach_says_what_is_lacking_and_what_to_relax(town, signed_in):
    page = signed_in("jimu").get(ADDRESS, asked(aim="cheapest", pct=99, budget="５,０００万、1万、1万、1万、1万"))
    said = page.content.decode()
    for words in ("この条件では目標に届きません", "予算をいくら増やしても届きません", "目標をこれだけ緩めれば届く"):
        assert words in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"budget": "多め"}, "「多め」は金額として読めません"),
        ({"budget": "1万、2万"}, "金額が 2個あります。1個（毎年同じ）か 5個"),
        ({"first_fy": 2031}, "最初の年度より後にしてください"),
        ({"closed": "f1"}, "両方選ぶか、両方空にしてください"),
        ({"aim": "cheapest", "pct": ""}, "削減率が要ります"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_at_its_field(town, signed_in, given, words):
    answer = signed_in("jimu").get(ADDRESS, asked(**given))
    assert answer.status_code == 422
    assert words.replace(" ", "") in answer.content.decode().replace(" ", "")


def test_nobody_waits_for_a_choice_and_the_rest_of_the_page_is_there(town, signed_in, monkeypatch):
    monkeypatch.setattr(dated.CHOICES, "executor", Never())
    monkeypatch.setattr(dated, "PATIENCE", 0)
    client = signed_in("jimu")
    client.get(ADDRESS)
    answer = client.get(ADDRESS, asked(rate=5))
    assert answer.status_code == 202
    for words in ("data-coming", "対策を選んでいます", "目標の年度と排出量"):
        assert words in answer.content.decode()
    dated._coming.clear()


def test_a_city_without_measures_is_told_to_enter_them(city, signed_in):
    said = signed_in("jimu").get(ADDRESS).content.decode()
    assert "台帳「対策」に行がない" in said
    assert '<form method="get"' not in said


def test_the_page_is_english_in_english(town, signed_in):
    client = signed_in("jimu")
    client.cookies[COOKIE] = "en"
    page = client.get(ADDRESS, asked(aim="cheapest", pct=99)).content.decode()
    sources = {one.source for one in library().values()}
    assert set(left_japanese(page, own_words())) <= sources
