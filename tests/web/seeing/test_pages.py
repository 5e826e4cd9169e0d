"""Pages of figures in a real Chromium: the panel and its sum, a clean A4."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import expect

from tests.web.browser import faults, picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_number_opens_its_panel_down_to_the_bills_and_is_added_up_before_the_reader(city, signed_in, browse):
    page = browse("/2024/", signed_in("jimu"))
    page.click(".figures a.traced")
    panel = page.locator("dialog[open]")
    panel.get_by_role("link", name="電気").click()
    panel.get_by_role("link", name="第1小学校").click()
    expect(panel.locator("tbody tr")).to_have_count(13)
    assert faults(page) == []
    panel.get_by_role("button", name="この数値を検算する").click()
    said = panel.locator("[data-said]").inner_text()
    total = panel.locator(".big").inner_text().split()[0].removesuffix("t-CO2e")
    assert said == f"12行を足し直しました。合計は {total} t-CO2e で、上の値と一致します。"
    picture(page, "panel")


def test_a_sum_that_does_not_fit_is_told(city, signed_in, browse):
    page = browse("/2024/facilities/f1/trace/?item=electricity", signed_in("jimu"))
    page.evaluate("document.querySelector('[data-value]').dataset.value = '1'")
    page.get_by_role("button", name="この数値を検算する").click()
    assert "一致しません" in page.locator("[data-said]").inner_text()


def test_the_year_is_part_of_the_address_and_chosen_in_one_place(city, signed_in, browse):
    page = browse("/2024/facilities/f1/", signed_in("jimu"))
    assert page.locator(".lead").inner_text().startswith("第1小学校の令和6（2024）年度の排出量は")
    page.click(".year summary")
    page.get_by_role("link", name="令和5（2023）年度").first.click()
    expect(page).to_have_url(page.url.split("/2")[0] + "/2023/facilities/f1/")
    assert page.inner_text("h1") == "第1小学校　令和5（2023）年度"


def test_a_page_prints_as_a_clean_a4(city, signed_in, browse, tmp_path):
    page = browse("/2024/facilities/f1/", signed_in("jimu"))
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    size = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in size
    assert "Pages:           1\n" in size
    assert "第1小学校" in said
    for word in ("ログアウト", "English", "この年度の入力表"):
        assert word not in said
