"""The page of parts stands for all pages: colours of the reader's own, the keyboard, the year."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve

from kotsukotsu.periods import JST
from kotsukotsu.web.look.sorting import in_order
from tests.web.browser import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_axe_finds_nothing_where_colours_are_the_readers_own(demo, hall, browse):
    assert faults(browse("/look/", forced_colors="active")) == []


def test_nothing_moves_for_those_who_do_not_want_it(demo, hall, browse):
    page = browse("/look/", reduced_motion="reduce")
    page.click("a[data-drawer] >> nth=0")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("getComputedStyle(document.querySelector('dialog')).animationName") == "none"


def test_the_focus_can_be_seen(demo, hall, browse):
    page = browse("/look/")
    page.keyboard.press("Tab")
    style = page.evaluate(
        "(({outlineWidth, boxShadow}) => [outlineWidth, boxShadow])(getComputedStyle(document.activeElement))"
    )
    assert style == ["4px", "rgb(255, 212, 61) 0px 0px 0px 2px"]


def test_a_number_opens_its_panel_and_escape_leads_back_to_it(demo, hall, browse):
    page = browse("/look/")
    number = page.locator("a.traced").first
    number.press("Enter")
    page.wait_for_selector("dialog[open] h1")
    assert faults(page) == []
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert number.evaluate("one => one === document.activeElement")


def test_the_page_of_parts_is_in_the_demo_only(client, hall, settings):
    settings.DEMO = False
    assert client.get("/look/").status_code == 404


def test_a_heading_sorts_by_its_address_with_what_is_unknown_last():
    rows = [("a", 2), ("b", None), ("c", 3)]
    keys = {"size": lambda row: row[1]}
    up, down = (RequestFactory().get("/", {"sort": sort}) for sort in ("size", "-size"))
    assert in_order(up, rows, keys) == [("a", 2), ("c", 3), ("b", None)]
    assert in_order(down, rows, keys) == [("c", 3), ("a", 2), ("b", None)]
    assert in_order(RequestFactory().get("/", {"sort": "other"}), rows, keys) == rows


def test_a_heading_says_how_the_table_is_sorted():
    request = RequestFactory().get("/", {"sort": "size", "q": "x"})
    made = Template('{% load look %}{% sort_heading "size" "大きさ" %}').render(Context({"request": request}))
    assert 'aria-sort="ascending"' in made
    assert "?sort=-size&amp;q=x" in made


def test_no_year_is_offered_where_the_address_has_none(hall):
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/")
    context = Context({"request": request, "fiscal_years": (2023, 2024)})
    assert Template("{% load look %}{% year_choice %}").render(context).strip() == ""


def test_a_system_without_japanese_reads_the_font_of_the_set_up(browse):
    page = browse("/look/")
    fonts = page.evaluate("async () => (await document.fonts.load('16px IPAexGothic', '市')).map(face => face.status)")
    assert fonts == ["loaded"]


def test_days_counts_and_units_are_written_as_an_office_writes_them():
    said = {
        "{{ on|day }}": "令和8年4月1日", "{{ at|moment }}": "令和8年4月1日 10:32", "{{ none|day|default:'－' }}": "－",
        "{{ at|moment:'seconds' }}": "令和8年4月1日 10:32:07", "{{ 1716|commas }}": "1,716",
        "{% t 'web.collection.until' due=on %}": "回答期限 令和8年4月1日",
        "{% t 'look.narrow.found' count=1716 %}": "1,716件",
        "{{ '<x> 1,234 t-CO2e'|unbroken }}": '&lt;x&gt; <span class="unbroken">1,234 t-CO2e</span>',
        "{% told 'due_on' '2026-04-01' %}": "令和8年4月1日", "{% told 'comment' '2026-13-40' %}": "2026-13-40",
    }  # fmt: skip
    given = {"on": date(2026, 4, 1), "at": datetime(2026, 4, 1, 10, 32, 7, tzinfo=JST), "none": None}
    assert {source: Template(source).render(Context(given)) for source in said} == said
