"""No page computes a figure while its reader waits: it asks for them, and shows what is known until they are there."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from django.urls import reverse

from kotsukotsu.web.municipalities import dated, figures
from kotsukotsu.web.publications.services import publication_prepare
from tests.web.conftest import FY
from tests.web.publications.conftest import city, people
from tests.web.test_access import answer
from tests.web.test_queries import every_page

__all__ = ["city", "people"]
OPENED = {"evidence_take"}  # reads the file that was sent, beside the registers


class Never:
    """A computer that does not come to an end."""

    def submit(self, *_):
        return Future()


@pytest.fixture
def busy(monkeypatch):
    """A server whose figures are long in coming, and which must not compute them itself."""

    def begin():
        monkeypatch.setattr(dated, "PATIENCE", 0)
        for lane in (dated.PAGES, dated.LONG, dated.CHOICES):
            monkeypatch.setattr(lane, "executor", Never())
        monkeypatch.setattr(figures, "_session", None)
        dated._pages.clear()

    yield begin
    dated._coming.clear()
    dated._pages.clear()


def test_no_page_opens_the_engine(collection, signed_in, busy):
    busy()
    clients = {}
    said = {}
    for line, who in (one.values for one in every_page()):
        if not line["name"].startswith("api:"):  # programs wait for figures of now
            client = clients.setdefault(who, signed_in(who))
            said[line["name"]] = answer(client, line, who)
    assert {name for name, status in said.items() if status == "202"} == {
        "city_glance", "city_seen", "city_trace", "department_seen", "department_trace", "facilities_seen",
        "facility_seen", "facility_trace", "plan_cycle", "plan_outlook", "reviews",
    }  # fmt: skip
    assert set(said.values()) == {"200", "202"}


def test_what_is_coming_is_said_in_the_readers_language(collection, signed_in, busy):
    busy()
    client = signed_in("secretariat")
    response = client.get(reverse("city_seen", args=[2024]))
    assert (response.status_code, "数値を計算しています" in response.content.decode()) == (202, True)
    client.cookies["kotsukotsu_language"] = "en"
    assert "Figures are being computed" in client.get(reverse("city_seen", args=[2024])).content.decode()


def test_a_review_can_be_written_before_the_figures_are_there(collection, signed_in, busy):
    busy()
    page = signed_in("manager").get(reverse("review", args=[FY, "f1"]))
    assert page.status_code == 200
    assert "データから言えることを、いま調べています" in page.content.decode()
    assert 'name="review"' in page.content.decode()


def test_a_version_shows_its_frozen_figures_while_todays_are_computed(city, people, client, busy):
    one = publication_prepare(fiscal_year=2014, actor=people["jimu"])
    client.force_login(people["jimu"], backend="allauth.account.auth_backends.AuthenticationBackend")
    busy()
    page = client.get(reverse("publication", args=[one.pk]))
    assert (page.status_code, one.figures.get(key="total").text in page.content.decode()) == (200, True)
    assert "いま比べています" in page.content.decode()
    assert client.get(reverse("publication_check", args=[one.pk])).status_code == 202
