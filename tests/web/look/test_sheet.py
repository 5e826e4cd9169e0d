"""The grid in front of the real ledger: what is typed is posted, and two people never overwrite each other."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import expect

from kotsukotsu.web.common import protection
from kotsukotsu.web.entries import ledger
from tests.web.browser import PHONE, faults, picture, press, too_wide
from tests.web.conftest import FY

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = f"/{FY}/facilities/f1/entry/"


@pytest.fixture
def opened(collection):
    """A collection whose rows may be emptied after the test."""
    yield collection
    protection.unprotect()


def posted(item="electricity"):
    rows = ledger.of_years("f1", FY, FY, [item])
    return {row["start"].month: (row["quantity"], row["basis"], row["posted_by"]) for row in rows}


def test_a_pasted_row_is_in_the_ledger_with_its_author(opened, signed_in, browse):
    page = browse(ADDRESS, signed_in("clerk"))
    assert page.inner_text(".grid-band td >> nth=0") == "北海道電力"
    page.locator("#cell-1-4").click()
    page.keyboard.type("１，０５０")
    page.keyboard.press("Tab")
    page.keyboard.type("推1100")
    page.keyboard.press("Tab")
    page.keyboard.type("なし")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-save-state][data-state=saved]")
    expect(page.locator("[data-total]").first).to_have_text("2,1503/12")
    assert posted() == {
        4: (Decimal(1050), "measured", "clerk"), 5: (Decimal(1100), "estimated", "clerk"),
        6: (None, "not_occurring", "clerk"),
    }  # fmt: skip
    assert faults(page) == []
    picture(page, "sheet-1366")
    after_saves = doubts(page)
    page.reload()
    page.wait_for_selector("[data-findings]:not([hidden])")
    assert doubts(page) == after_saves
    assert after_saves[1][9][1] == "warning"  # January is missing, within a run from July


def doubts(page):
    """What is doubtful below the grid, and at the cells of each line."""
    cells = "row => [...row.querySelectorAll('.grid-cell')].map(one => [one.title, one.dataset.finding])"
    lines = page.eval_on_selector_all("tr[data-line]", f"rows => rows.map({cells})")
    return [page.inner_text("[data-findings]"), *lines]


def test_two_people_in_one_sheet_see_each_other_and_one_undo_is_a_new_row(opened, signed_in, browse):
    first, second = browse(ADDRESS, signed_in("clerk")), browse(ADDRESS, signed_in("manager"))
    first.locator("#cell-1-4").click()
    first.keyboard.type("1200")
    first.keyboard.press("Enter")
    first.wait_for_selector("[data-save-state][data-state=saved]")
    second.locator("#cell-1-4").click()
    second.keyboard.type("1300")
    second.keyboard.press("Enter")
    second.wait_for_selector("[data-conflicts]:not([hidden])")
    assert "clerkさんさんの入力 1,200" in second.inner_text("[data-conflicts]")
    assert posted()[4][0] == 1200
    second.get_by_role("button", name="自分の値にする").click()
    second.wait_for_selector("[data-save-state][data-state=saved]")
    assert posted()[4] == (Decimal(1300), "measured", "manager")
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("#cell-1-4")).to_have_value("1,300")


def test_a_value_with_a_unit_is_converted_by_the_ledgers_rules(opened, signed_in, browse):
    page = browse(ADDRESS, signed_in("clerk"))
    page.locator("#cell-1-4").click()
    page.keyboard.type("1.2 MWh")
    page.keyboard.press("Enter")
    expect(page.locator("#cell-1-4")).to_have_value("1,200")
    assert posted()[4][0] == 1200


def test_a_day_is_pasted_as_it_is_printed_or_chosen_in_the_calendar(opened, signed_in, browse):
    page = browse(f"{ADDRESS}bills/", signed_in("clerk"), viewport=PHONE)
    page.locator("main summary").first.click()
    page.get_by_label("使用期間の最初の日").first.focus()
    page.keyboard.insert_text("令和７年５月１日")
    page.get_by_role("button", name="カレンダー 使用期間の最後の日").click()
    choose = "one => { one.value = '2025-05-31'; one.dispatchEvent(new Event('change')) }"
    page.locator("#id_last + button + input").evaluate(choose)
    assert page.input_value("#id_last") == "令和7年5月31日"
    assert (faults(page), too_wide(page)) == ([], 0)
    page.fill("#id_quantity", "12")
    press(page, "登録する")
    assert posted()[5][0] == 12


def test_what_was_typed_into_a_form_while_the_session_ended_is_there_after_signing_in(opened, signed_in, browse):
    address = f"{ADDRESS}bills/?item=electricity"
    page = browse(address, signed_in("clerk"))
    (session,) = [one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]
    for name, text in {"first": "R7.5.1", "last": "R7.5.31", "quantity": "12", "note": "五月分"}.items():
        page.fill(f"#id_{name}", text)
    page.check("#id_estimated")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "登録する")
    assert parse_qs(urlsplit(page.url).query)["next"] == [address]
    page.context.add_cookies([session])
    page.goto(address)
    expect(page.get_by_text("まだ保存していません")).to_be_focused()
    assert (page.input_value("#id_note"), page.is_checked("#id_estimated")) == ("五月分", True)
    assert faults(page) == []
    press(page, "登録する")
    assert posted()[5][:2] == (12, "estimated")
    assert page.evaluate("sessionStorage.length") == 0


def test_who_may_only_see_gets_a_table_to_read(opened, signed_in, browse):
    page = browse(ADDRESS, signed_in("auditor"))
    assert page.locator("#cell-1-4").get_attribute("readonly") is not None
    assert page.locator("[data-tool]").count() == 0
