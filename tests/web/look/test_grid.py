"""The month grid in a real Chromium: every key, paste, undo, conflicts, an ended session, narrow windows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.web.browser import DESK, DOUBLE, PHONE, faults, paste, picture, too_wide
from tests.web.look import gridsite

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.look.gridsite")]


@pytest.fixture
def sheet(hall):
    gridsite.reset()
    return gridsite.SHEET


@pytest.fixture
def page(sheet, browse):
    return browse("/grid/")


def cell(page, line, month):
    return page.locator(f"#cell-{line}-{month}")


def saved(page):
    page.wait_for_selector("[data-save-state][data-state=saved]")


def focus(page):
    return page.evaluate("document.activeElement.id")


def value(sheet, line, month):
    found = next(one for one in sheet.lines[line - 1].cells if one.month.month == month)
    return found.value, found.state


def test_what_is_typed_is_saved_when_one_moves_on(page, sheet):
    cell(page, 2, 4).click()
    page.keyboard.type("１，２３４．５")
    page.keyboard.press("Enter")
    assert focus(page) == "cell-3-4"
    assert cell(page, 2, 4).input_value() == "1,234.5"
    saved(page)
    assert page.inner_text("[data-save-state]") == "保存済み 10:32"
    assert value(sheet, 2, 4) == (Decimal("1234.5"), "measured")
    assert page.locator("tr[data-line] [data-total]").nth(1).inner_text().split() == ["1,234.5", "1/12"]


def test_arrows_tab_home_and_end_move(page):
    cell(page, 2, 5).click()
    for key, place in (("ArrowRight", "2-6"), ("ArrowDown", "3-6"), ("ArrowLeft", "3-5"), ("ArrowUp", "2-5"),
                       ("Tab", "2-6"), ("Shift+Tab", "2-5"), ("Shift+Enter", "1-5"), ("End", "1-3"), ("Home", "1-4"),
                       ("ArrowUp", "1-4"), ("ArrowLeft", "1-4")):  # fmt: skip
        page.keyboard.press(key)
        assert focus(page) == f"cell-{place}", key


def test_f2_edits_inside_and_escape_gives_up(page, sheet):
    cell(page, 1, 4).click()
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("9")
    assert focus(page) == "cell-1-4"
    assert cell(page, 1, 4).input_value() == "12,3495"
    page.keyboard.press("Escape")
    assert cell(page, 1, 4).input_value() == "12,345"
    page.keyboard.press("ArrowRight")
    assert focus(page) == "cell-1-5"
    assert sheet.saves == 0


def test_typing_over_a_cell_replaces_it_and_the_same_value_is_not_saved_again(page, sheet):
    cell(page, 1, 4).click()
    page.keyboard.type("12345")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert sheet.saves == 0


def test_nothing_zero_estimate_and_empty_are_four_things(page, sheet):
    cell(page, 4, 4).click()
    for typed in ("なし", "0", "推１２００", ""):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    saved(page)
    assert [value(sheet, 4, month) for month in (4, 5, 6, 7)] == [
        (None, "not_occurring"), (Decimal(0), "zero"), (Decimal(1200), "estimated"), (None, "missing"),
    ]  # fmt: skip
    assert [cell(page, 4, month).input_value() for month in (4, 5, 6, 7)] == ["使用なし", "0", "1,200", ""]


def test_delete_empties_and_buttons_choose(page, sheet):
    cell(page, 1, 4).click()
    page.keyboard.press("Delete")
    page.keyboard.press("ArrowRight")
    page.click("[data-tool=nothing]")
    page.keyboard.press("ArrowRight")
    page.click("[data-tool=estimate]")
    saved(page)
    assert [value(sheet, 1, month)[1] for month in (4, 5, 6)] == ["missing", "not_occurring", "estimated"]
    assert focus(page) == "cell-1-6"


def test_last_years_value_is_a_ghost_and_no_value(page):
    assert cell(page, 2, 4).get_attribute("placeholder") == "1,000"
    assert cell(page, 2, 4).input_value() == ""
    assert cell(page, 2, 4).get_attribute("aria-label") == "都市ガス 4月、前年 1,000"


def test_a_block_from_excel_lands_in_one_step_and_one_undo_takes_it_back(page, sheet):
    cell(page, 2, 5).click()
    paste(page, "1,000\t２００\r\n使用なし\t推30\test. 7\r\n")
    saved(page)
    assert [value(sheet, *at) for at in ((2, 5), (2, 6), (3, 5), (3, 6), (3, 7))] == [
        (Decimal(1000), "measured"), (Decimal(200), "measured"), (None, "not_occurring"), (Decimal(30), "estimated"),
        (Decimal(7), "estimated"),
    ]  # fmt: skip
    page.keyboard.press("Control+z")
    expect(cell(page, 2, 5)).to_have_value("")
    page.wait_for_timeout(400)
    saved(page)
    assert [value(sheet, *at)[1] for at in ((2, 5), (2, 6), (3, 5))] == ["missing", "missing", "missing"]
    page.keyboard.press("Control+y")
    page.wait_for_timeout(400)
    saved(page)
    assert value(sheet, 2, 6) == (Decimal(200), "measured")


def test_what_does_not_fit_or_cannot_be_read_is_told_and_not_lost_in_silence(page, sheet):
    cell(page, 6, 3).click()
    paste(page, "5\t6\nabc\n")
    assert page.inner_text("[data-told]") == "表からはみ出した値が2件あり、入れていません。"
    cell(page, 6, 2).click()
    paste(page, "abc\tdef")
    assert page.inner_text("[data-told]") == "読めない値が2件あり、入れていません。"
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "unread")
    assert value(sheet, 6, 3) == (Decimal(5), "measured")


def test_a_block_with_names_or_a_heading_is_not_moved_into_other_months(page, sheet):
    cell(page, 2, 4).click()
    for block in ("都市ガス\tm3\t10\t20", "4月\t5月\n10\t20"):
        paste(page, block)
        assert page.inner_text("[data-told]").startswith("項目名や月の見出しが入っているので、何も入れていません。")
    page.wait_for_timeout(300)
    assert sheet.saves == 0


def test_blanks_of_a_block_leave_what_stands_and_a_line_feed_in_a_cell_moves_nothing(page, sheet):
    cell(page, 1, 4).click()
    paste(page, '\t"11,\n003"\t"4\n"\r\n""\t△2\t―\r\n')
    assert page.inner_text("[data-told]").startswith("読めない値が1件あり、入れていません。 空欄が1件あり、")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "unread")
    assert [value(sheet, 1, month)[0] for month in (4, 5, 6)] == [Decimal(12345), Decimal("11002.5"), Decimal(4)]
    assert [value(sheet, 2, month)[1] for month in (4, 6)] == ["missing", "not_occurring"]


def test_months_one_below_the_other_go_to_the_right_and_undo_takes_word_and_values_back(page, sheet):
    cell(page, 4, 4).click()
    paste(page, "\n".join(str(100 + month) for month in range(12)))
    saved(page)
    assert [value(sheet, 4, month)[0] for month in (4, 5, 3)] == [Decimal(100), Decimal(101), Decimal(111)]
    assert value(sheet, 5, 4) == (None, "missing")
    assert page.inner_text("[data-told]").startswith("縦に並んだ値を")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-told]")).to_have_text("")
    expect(cell(page, 4, 3)).to_have_value("")


@pytest.mark.parametrize("text", ["1,23", "0,5", "12 34", "1,2345", "12(34", "5."])
def test_what_the_server_would_not_read_is_no_number_of_the_page_either(page, sheet, text):
    cell(page, 2, 4).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    assert cell(page, 2, 4).get_attribute("aria-invalid") == "true"
    assert (cell(page, 2, 4).input_value(), sheet.saves) == (text, 0)


def test_what_is_typed_while_a_value_is_refused_is_saved(page, sheet):
    cell(page, 2, 4).click()
    page.keyboard.type("99 MWh")
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.wait_for_selector("#cell-2-4[aria-invalid]")
    expect(page.locator("[data-total]").nth(1)).to_have_text("71/12")
    assert value(sheet, 2, 5)[0] == 7
    cell(page, 2, 4).focus()
    page.keyboard.press("Escape")  # what was refused is given up too
    saved(page)
    assert (cell(page, 2, 4).input_value(), "使えません" in page.inner_text(".grid")) == ("", False)


def test_a_single_value_is_pasted_by_the_browser_itself(page):
    cell(page, 2, 4).click()
    paste(page, "12")
    assert cell(page, 2, 4).input_value() == ""  # a made event pastes nothing; the grid did not take it


def test_what_is_no_number_stays_in_its_cell_with_the_reason(page, sheet):
    cell(page, 2, 4).click()
    page.keyboard.type("12a4b")
    page.keyboard.press("Enter")
    assert cell(page, 2, 4).get_attribute("aria-invalid") == "true"
    assert "12a4b" in page.inner_text("[data-findings]")
    assert page.get_attribute("[data-save-state]", "data-state") == "unread"
    assert sheet.saves == 0


def test_what_the_server_refuses_is_told_at_its_cell_and_the_rest_is_saved(page, sheet):
    cell(page, 2, 4).click()
    paste(page, "5\t99 MWh\t7")
    page.wait_for_selector("#cell-2-5[aria-invalid]")
    expect(page.locator("[data-total]").nth(1)).to_have_text("122/12")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "unread")
    assert "この単位は使えません。" in page.inner_text("[data-findings]")
    assert "この単位は使えません。" in cell(page, 2, 5).get_attribute("aria-label")
    assert [value(sheet, 2, month)[0] for month in (4, 5, 6)] == [Decimal(5), None, Decimal(7)]


def test_the_second_of_two_people_sees_what_changed_and_chooses(page, sheet):
    theirs = sheet.lines[1].cells[0]
    theirs.value, theirs.state, theirs.seen, theirs.by = Decimal(500), "measured", "other", "足音 一郎"
    cell(page, 2, 4).click()
    page.keyboard.type("600")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-conflicts]:not([hidden])")
    assert "都市ガス 4月：あなたの入力 600、足音 一郎さんの入力 500（10:31）" in page.inner_text("[data-conflicts]")
    assert value(sheet, 2, 4)[0] == 500
    assert faults(page) == []
    page.get_by_role("button", name="自分の値にする").click()
    saved(page)
    assert value(sheet, 2, 4)[0] == 600
    assert page.locator("[data-conflicts]").is_hidden()


def test_taking_the_others_value_leaves_it_as_it_is(page, sheet):
    theirs = sheet.lines[1].cells[0]
    theirs.value, theirs.state, theirs.seen = Decimal(500), "measured", "other"
    cell(page, 2, 4).click()
    page.keyboard.type("600")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="相手の値にする").click()
    assert cell(page, 2, 4).input_value() == "500"
    expect(page.locator("[data-total]").nth(1)).to_have_text("5001/12")
    assert value(sheet, 2, 4)[0] == 500


def test_an_ended_session_loses_nothing(page, sheet):
    sheet.answers = [401]
    cell(page, 2, 4).click()
    page.keyboard.type("321")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-save-state][data-state=expired]")
    assert page.locator("[data-save-state] a").get_attribute("href").endswith("?next=%2Fgrid%2F")
    assert page.locator("[data-total]").nth(1).inner_text() == "…"
    page.reload()
    saved(page)
    assert value(sheet, 2, 4)[0] == 321


def test_a_draft_never_goes_over_what_somebody_else_entered_meanwhile(page, sheet):
    sheet.answers = [401]
    cell(page, 2, 4).click()
    page.keyboard.type("321")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-save-state][data-state=expired]")
    theirs = sheet.lines[1].cells[0]
    theirs.value, theirs.state, theirs.seen = Decimal(500), "measured", "other"
    for _ in range(2):  # asked again as long as nobody has chosen
        page.reload()
        page.wait_for_selector("[data-conflicts]:not([hidden])")
    assert "あなたの入力 321、ほかの人の入力 500" in page.inner_text("[data-conflicts]")
    assert value(sheet, 2, 4)[0] == 500


def test_without_a_connection_the_page_keeps_what_was_typed_and_sends_it_later(page, sheet):
    page.context.set_offline(True)
    cell(page, 2, 4).click()
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-save-state][data-state=offline]")
    assert "1件" in page.inner_text("[data-save-state]")
    page.context.set_offline(False)
    saved(page)
    assert value(sheet, 2, 4)[0] == 77


def test_a_page_that_was_left_shows_what_others_did(page, sheet):
    sheet.lines[4].cells[0].value, sheet.lines[4].cells[0].state = Decimal(42), "measured"
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(cell(page, 5, 4)).to_have_value("42")


def test_findings_stand_at_the_cell_and_below_and_lead_back(page):
    assert "7の記録がありません" in cell(page, 1, 7).get_attribute("aria-label")
    page.click("[data-findings] a")
    assert focus(page) == "cell-1-7"


def test_a_marked_corner_opens_the_file_by_mouse_and_by_keyboard(page):
    mark = page.get_by_role("link", name="電気 4月の証拠書類「四月の請求書.pdf」を開く")
    for way in (mark.click, lambda: cell(page, 1, 4).press("Control+Enter")):
        with page.expect_download() as download:
            way()
        assert download.value.suggested_filename == "bill.pdf"
    assert "証拠書類あり" in cell(page, 1, 4).get_attribute("aria-label")
    page.get_by_role("link", name="電気 5月の証拠書類「証拠書類2件」を開く").click()
    assert page.url.endswith("#evidence")


def test_several_bills_in_a_cell_are_not_typed_over(page, sheet):
    assert cell(page, 2, 3).get_attribute("readonly") is not None
    cell(page, 2, 2).click()
    paste(page, "1\t2")
    saved(page)
    assert value(sheet, 2, 3) == (None, "missing")


def test_a_sheet_that_was_handed_in_can_be_read_only(sheet, browse):
    sheet.is_open = False
    page = browse("/grid/")
    assert page.locator("[data-tool]").count() == 0
    assert cell(page, 1, 4).get_attribute("readonly") is not None
    assert faults(page) == []


def test_the_table_can_be_read_without_scripts(sheet, browse):
    page = browse("/grid/", java_script_enabled=False)
    assert cell(page, 1, 4).input_value() == "12,345"
    assert cell(page, 3, 6).input_value() == "使用なし"
    assert "みどり電力 再エネ100" in page.inner_text(".grid-band")


@pytest.mark.parametrize("viewport", [DESK, DOUBLE, PHONE], ids=["desk", "double", "phone"])
def test_six_items_of_twelve_months_fit_and_axe_finds_nothing(sheet, browse, viewport):
    page = browse("/grid/", viewport=viewport)
    assert too_wide(page) == 0
    assert page.evaluate("(one => one.scrollWidth - one.clientWidth)(document.querySelector('.grid .scroll'))") == 0
    assert faults(page) == []
    picture(page, f"grid-{viewport['width']}")
    at_its_item = page.locator("tr[data-line] [data-doubts]").first
    assert at_its_item.text_content().startswith("7月：")
    assert at_its_item.is_visible() is (viewport is not DESK)
    if viewport is DESK:
        assert page.locator("#cell-6-3").bounding_box()["y"] < DESK["height"]
