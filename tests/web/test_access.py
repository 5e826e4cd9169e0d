"""Who may open which address: one line of ``access.csv`` for every one, tried by everybody.

`login` means that the reader is sent to the login page.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.api import tokens
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.municipalities.registers import Facility
from tests.web.language import left_japanese, own_words
from tests.web.whole import visiting

FILE = Path(__file__).parent / "access.csv"
NOT_PEOPLE = ("name", "arguments", "method")
READERS = ("secretariat", "administrator", "manager", "auditor", "executive")
JSON = {"HTTP_ACCEPT": "application/json"}


def lines():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        elif pattern.namespace is None:
            yield from names(pattern.url_patterns)
        else:
            yield from (f"{pattern.namespace}:{name}" for name in names(pattern.url_patterns))


def address(line):
    given = dict(pair.split("=") for pair in line["arguments"].split(";") if pair)
    keys = {user.username: user.pk for user in User.objects.all()}
    keys |= dict(Facility.objects.values_list("facility_id", "pk"))
    return reverse(line["name"], kwargs={name: value.format(**keys) for name, value in given.items()})


def answer(client, line, who):
    if line["name"].startswith("api:"):  # a session opens nothing there, a token does
        return str(getattr(Client(headers=bearer(who)), line["method"])(address(line)).status_code)
    response = getattr(client, line["method"])(address(line))
    to_login = response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))
    return "login" if to_login else str(response.status_code)


def bearer(who):
    if who == "anonymous":
        return {}
    day = timezone.localdate() + timedelta(days=1)
    _, secret = tokens.token_make(name="t", valid_to=day, is_read_only=False, actor=User.objects.get(username=who))
    return {"Authorization": f"Bearer {secret}"}


def test_every_address_has_its_line():
    found = set(names(get_resolver().url_patterns))
    assert found - {line["name"] for line in lines()} == set(), "add a line to tests/web/access.csv"
    assert {line["name"] for line in lines()} - found == set()


def test_every_page_has_its_visit():
    seen = {line["name"] for line in visiting.lines()}
    found = {name for name in names(get_resolver().url_patterns) if not name.startswith("api:")}
    assert found - seen == set(), "add a line to tests/web/whole/visits.csv"


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line['name']} {line['arguments']}".strip())
def test_an_address_opens_to_those_who_may_and_to_nobody_else(collection, signed_in, line):
    said = {}
    for who in line:
        if who not in NOT_PEOPLE:
            said[who] = answer(Client() if who == "anonymous" else signed_in(who), line, who)
    if line["name"] == "account_logout":  # everybody lands on the login page
        assert set(said.values()) <= {"login", "302"}
    else:
        assert said == {who: status for who, status in line.items() if who not in NOT_PEOPLE}


def test_no_page_says_anything_japanese_in_english_but_what_the_city_wrote(collection, signed_in):
    own, found, clients = own_words(), {}, {}
    for line in lines():
        who = next((one for one in READERS if line[one] == "200"), None)
        if line["method"] != "get" or who is None or line["name"].startswith("api:"):
            continue
        client = clients[who] = clients.get(who) or signed_in(who)
        client.cookies[COOKIE] = "en"
        answer = client.get(address(line))
        if answer.headers["Content-Type"].startswith("text/html"):
            left = left_japanese(answer.content.decode(), own)
            found |= {(line["name"], line["arguments"]): left} if left else {}
    assert found == {}


@pytest.mark.parametrize(
    ("who", "address", "back"),
    [
        ("clerk", "/2025/facilities/f1/review/", "/2025/facilities/f1/"),
        ("clerk", "/2025/facilities/f1/entry/contract/", "/2025/facilities/f1/entry/"),
        ("secretariat", "/2025/reminders/", "/2025/collection/"),
        ("secretariat", "/2026/collection/open/", "/collections/"),
        ("administrator", "/retention/", "/log/"),
    ],
)
def test_a_page_below_another_leads_back_to_it(collection, signed_in, who, address, back):
    page = signed_in(who).get(address).content.decode()
    assert f'<a href="{back}">' in page.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
