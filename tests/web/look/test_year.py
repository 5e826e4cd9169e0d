"""A year in the city hall, played by its roles in a real Chromium: open, enter, return, confirm, settle, look back."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kotsukotsu.web.accounts.models import LogEntry
from kotsukotsu.web.common import protection
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import evidence
from kotsukotsu.web.municipalities import tables
from tests.web.browser import PHONE, faults, paste, picture, press, too_wide, unseen_stops
from tests.web.conftest import FY, posted

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = f"/{FY}/facilities/f1/entry/"
BLOCK = "\t".join(str(1000 + month) for month in range(5, 13)) + "\t1013\t1014\t1015"  # May to March


@pytest.fixture(autouse=True)
def emptied(transactional_db):
    """The ledger and the log let themselves be emptied only after the test."""
    yield
    protection.unprotect()


@pytest.fixture
def last_year(hall):
    rows = [posted(f, "electricity", FY - 1, month, str(1000 + month)) for f in ("f1", "f3") for month in range(1, 13)]
    tables.put("activities", rows)
    return hall


def saved(page):
    page.wait_for_selector("[data-save-state][data-state=saved]")


def state():
    return Sheet.objects.get(facility_id="f1").state


def values():
    rows = sorted(ledger.of_years("f1", FY, FY), key=lambda row: row["start"])
    return [row["quantity"] for row in rows]


def test_a_year_from_the_collection_to_the_settled_sheet_and_back(last_year, browse, signed_in):
    secretariat = browse(f"/{FY}/collection/open/", signed_in("secretariat"))
    assert faults(secretariat) == []
    secretariat.set_viewport_size({"width": 1366, "height": 400})
    assert unseen_stops(secretariat) == []
    secretariat.set_viewport_size(PHONE)
    secretariat.locator(".frame-nav a").last.focus()
    assert secretariat.locator(".frame-nav a").last.evaluate("a => a.getBoundingClientRect().right <= innerWidth")
    secretariat.fill("input[name=due_on]", str(timezone.localdate() + timedelta(days=30)))
    press(secretariat, "照会を始める")
    assert faults(secretariat) == []
    picture(secretariat, "year_collection")

    clerk = browse("/", signed_in("clerk"))
    assert faults(clerk) == []
    with clerk.expect_navigation():
        clerk.get_by_role("link", name=re.compile("入力する.*中央小学校")).click()
    assert faults(clerk) == []
    clerk.locator("#cell-1-4").click()
    clerk.keyboard.type("１，００４")
    clerk.keyboard.press("Tab")
    paste(clerk, BLOCK)
    saved(clerk)
    expect(clerk.locator("#cell-1-3")).to_have_value("1,015")
    clerk.locator("#cell-1-3").press("Enter")
    clerk.wait_for_function("document.querySelector('[data-save-state]').dataset.state === 'saved'")
    picture(clerk, "year_sheet")
    clerk.fill("#comment", "8月は改修で休館しました。")
    press(clerk, "提出する")
    assert state() == "submitted"
    assert len(values()) == 12
    assert values()[0] == Decimal(1004)

    head = browse("/", signed_in("head"))
    assert faults(head) == []
    with head.expect_navigation():
        head.get_by_role("link", name="中央小学校").click()
    expect(head.get_by_text("8月は改修で休館しました。").first).to_be_visible()
    assert head.locator("#cell-1-4").get_attribute("readonly") is not None
    head.fill("#reason-return", "4月の検針票を確かめてください")
    press(head, "差し戻す")

    clerk.goto("/")
    expect(clerk.get_by_text("4月の検針票を確かめてください")).to_be_visible()
    clerk.goto(SHEET)
    clerk.locator("#cell-1-4").fill("1040")
    clerk.keyboard.press("Enter")
    saved(clerk)
    press(clerk, "提出する")

    head.goto(SHEET)
    press(head, "確認する")
    secretariat.goto("/")
    with secretariat.expect_navigation():
        secretariat.get_by_role("link", name="中央小学校").first.click()
    press(secretariat, "確定する")
    assert state() == "settled"
    assert values()[0] == Decimal(1040)
    picture(secretariat, "year_settled")

    executive = browse(f"/{FY}/collection/", signed_in("executive"))
    expect(executive.get_by_role("cell", name="確定").first).to_be_visible()
    auditor = browse("/log/", signed_in("auditor"))
    assert faults(auditor) == []
    expect(auditor.get_by_text("4月の検針票を確かめてください").first).to_be_visible()
    assert LogEntry.objects.filter(verb="enter").count() == 13

    secretariat.fill("#reason-reopen", "請求の訂正があったため")
    press(secretariat, "確定を解除する")
    assert state() == "returned"


@pytest.fixture
def opened(last_year):
    from kotsukotsu.web.entries.services import collections

    due = timezone.localdate() + timedelta(days=30)
    collections.collection_open(fy=FY, due_on=due, actor=last_year["secretariat"])
    return last_year


def test_the_second_of_two_people_in_one_grid_is_told_and_chooses(opened, browse, signed_in):
    first, second = browse(SHEET, signed_in("clerk")), browse(SHEET, signed_in("manager"))
    first.locator("#cell-1-4").fill("10")
    first.keyboard.press("Enter")
    saved(first)
    second.locator("#cell-1-4").fill("99")
    second.keyboard.press("Enter")
    second.wait_for_selector("[data-save-state][data-state=conflict]")
    expect(second.locator("[data-conflicts]")).to_contain_text("clerkさん")
    assert values() == [Decimal(10)]
    picture(second, "year_conflict")


def test_the_sheet_fits_a_phone_and_can_be_filled_there(opened, browse, signed_in):
    phone = browse(SHEET, signed_in("clerk"), PHONE)
    assert too_wide(phone) <= 0
    phone.locator("#cell-1-4").fill("12")
    phone.keyboard.press("Enter")
    saved(phone)
    assert values() == [Decimal(12)]
    assert faults(phone) == []
    evidence.evidence_add(
        sheet=Sheet.objects.get(facility_id="f1"), name="請求書.pdf", content=b"%PDF-1.7 bill", actor=opened["clerk"]
    )
    phone.reload()
    said = phone.locator("td", has_text="clerkさん").first
    assert said.evaluate("cell => getComputedStyle(cell).display") == "inline-block", "who attached it has a line"
    assert too_wide(phone) <= 0
