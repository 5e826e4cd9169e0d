"""The whole year of the demo city, played by five roles in a real Chromium, from the collection to a correction.

It is played on PostgreSQL; ``look/test_year.py`` plays a shorter one on every database.
"""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.accounts.models import LogEntry, Role, User
from kotsukotsu.web.common import protection
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.publications.models import Publication
from tests.web.browser import faults, paste, picture, press
from tests.web.whole import visiting

pytestmark = pytest.mark.django_db(transaction=True)
DEMO = Path(__file__).parents[3] / "examples" / "kotsukotsu-shi"
FY, SCHOOL, NAME = 2024, "f010", "積石小学校"
TOTAL = "14,787"  # of the demo city's own ledger [t-CO2e]
YEARS = (2013, 2023, 2024)  # of the twelve that the demo city has; each is computed for every version
PATIENCE = 180_000  # of a person who prepares a publication [ms]
PEOPLE = {
    "clerk": ("facility_manager", {"facility_id": SCHOOL}),
    "head": ("department_head", {"department_id": "d61"}),
    "secretariat": ("secretariat", {}),
    "executive": ("executive", {}),
    "auditor": ("auditor", {}),
    "administrator": ("administrator", {}),
}


def lacks(row):
    return (row["facility_id"], row["item"]) == (SCHOOL, "electricity") and f"{FY}-04" <= row["start"] < f"{FY + 1}-04"


def is_played(row):
    return FiscalYear.of(date.fromisoformat(row["start"])).number in YEARS


@pytest.fixture
def bills(transactional_db, tmp_path):
    """The demo city without a year of one school's electricity, taken in; what the bills of that year say."""
    place = tmp_path / "見本市"
    shutil.copytree(DEMO, place, ignore=shutil.ignore_patterns("inbox"))
    with (DEMO / "activities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (place / "activities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if is_played(row) and not lacks(row))
    for username, (kind, where) in PEOPLE.items():
        user = User.objects.create(username=username, name=f"{username}さん")
        Role.objects.create(user=user, kind=kind, **where)
    folders.city_import(source=place, actor=User.objects.get(username="secretariat"))
    yield [row["quantity"] for row in sorted(filter(lacks, rows), key=lambda row: row["start"])]
    protection.unprotect()


@pytest.fixture
def desk(bills, browse):
    """The page of a person, by their account name."""

    def opened(username, address="/"):
        page = browse(address, visiting.client(username))
        page.set_default_timeout(PATIENCE)
        return page

    return opened


def follow(page, said):
    with page.expect_navigation():
        page.get_by_role("link", name=said).first.click()


def enter(page, values):
    """Electricity from April on, and hand it in."""
    page.goto(f"/{FY}/facilities/{SCHOOL}/entry/")
    page.locator("#cell-1-4").click()
    paste(page, "\t".join(values))
    page.wait_for_selector("[data-save-state][data-state=saved]")
    picture(page, "whole_sheet")
    press(page, "提出する")


def correct_april(page, value):
    """Electricity of April alone, and hand it in."""
    page.goto(f"/{FY}/facilities/{SCHOOL}/entry/")
    page.locator("#cell-1-4").fill(value)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-save-state][data-state=saved]")
    press(page, "提出する")


def settle(head, secretariat):
    for page, said in ((head, "確認する"), (secretariat, "確定する")):
        page.goto(f"/{FY}/facilities/{SCHOOL}/entry/")
        press(page, said)
    assert Sheet.objects.get(facility_id=SCHOOL).state == "settled"


def publish(secretariat, executive, reason=""):
    """Prepare, hand in and decide a version; its page as the executive sees it."""
    secretariat.goto("/publications/")
    secretariat.select_option("select[name=fiscal_year]", str(FY))
    secretariat.fill("textarea[name=reason]", reason)
    press(secretariat, "案を作る")
    secretariat.wait_for_selector("text=決裁に出す")  # the page becomes the version when that is there
    assert faults(secretariat) == []
    press(secretariat, "決裁に出す")
    executive.goto("/")
    follow(executive, re.compile("第.版"))
    executive.fill("input[name=document_number]", "環第12号")
    press(executive, "決裁して公表する")
    assert faults(executive) == []
    return Publication.objects.order_by("-number").first()


def test_the_year_of_the_demo_city_from_the_collection_to_a_published_correction_and_every_page(
    bills, desk, browse, settings
):
    secretariat = desk("secretariat", f"/{FY}/collection/open/")
    secretariat.fill("input[name=due_on]", str(timezone.localdate() + timedelta(days=30)))
    press(secretariat, "照会を始める")
    picture(secretariat, "whole_collection")

    clerk = desk("clerk")
    expect(clerk.get_by_role("heading", name=NAME)).to_be_visible()
    april, *others = bills
    enter(clerk, [f"{april}0", *others])
    head = desk("head", f"/{FY}/facilities/{SCHOOL}/entry/")
    head.fill("#reason-return", "4月の検針票を確かめてください")
    press(head, "差し戻す")
    correct_april(clerk, april)
    settle(head, secretariat)

    clerk.goto(f"/{FY}/facilities/{SCHOOL}/review/")
    clerk.fill("#review", "再生可能エネルギーの電気に切り替えました。")
    press(clerk, "保存する")
    press(clerk, "提出する")
    head.goto(f"/{FY}/facilities/{SCHOOL}/review/")
    press(head, "確認する")

    executive = desk("executive")
    executive.locator("[aria-busy]").wait_for(state="detached")
    expect(executive.get_by_role("heading", name="市全体　令和6（2024）年度")).to_be_visible()
    expect(executive.get_by_text(TOTAL).first).to_be_visible()
    assert faults(executive) == []
    picture(executive, "whole_first_page")
    first = publish(secretariat, executive)
    assert first.figures.get(key="total").text == TOTAL
    picture(executive, "whole_published")

    secretariat.goto(f"/{FY}/facilities/{SCHOOL}/entry/")
    secretariat.fill("#reason-reopen", "請求の訂正があったため")
    press(secretariat, "確定を解除する")
    correct_april(clerk, str(int(april) + 100_000))
    settle(head, secretariat)
    second = publish(secretariat, executive, "請求の訂正による")
    corrected = second.figures.get(key="total").text
    errata = executive.locator("section", has=executive.get_by_role("heading", name="正誤表")).locator("tbody")
    assert corrected != TOTAL
    expect(errata.get_by_role("row").filter(has_text=TOTAL).filter(has_text=corrected).first).to_be_visible()
    picture(executive, "whole_corrected")

    auditor = desk("auditor", f"/publications/{first.pk}/")
    expect(auditor.get_by_role("cell", name=TOTAL).first).to_be_visible()
    follow(auditor, "この版を計算し直して確かめる")
    expect(auditor.get_by_text("すべての数値が一致しました。")).to_be_visible()
    auditor.goto("/log/")
    assert faults(auditor) == []
    for reason in ("請求の訂正があったため", "4月の検針票を確かめてください"):
        assert LogEntry.objects.filter(reason=reason).exists()
        expect(auditor.get_by_text(reason).first).to_be_visible()

    settings.DEMO = True
    people, known = visiting.people(), visiting.keys()
    assert visiting.answered(people, known) == {}
    assert visiting.visited(browse, people, known) == {}
