"""The pages of tokens and of the interface in a real browser: readable, usable, printable."""

from __future__ import annotations

import pytest

from kotsukotsu.web.common import protection
from tests.web.browser import faults, picture, too_wide

PHONE = {"width": 390, "height": 800}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def emptied(transactional_db):
    yield
    protection.unprotect()


@pytest.mark.parametrize("width", [None, PHONE], ids=["desk", "phone"])
def test_a_token_is_made_seen_once_and_revoked(browse, signed_in, width):
    page = browse("/account/tokens/", signed_in("administrator"), **({"viewport": width} if width else {}))
    page.get_by_label("名前（使う機器や仕組み）").fill("水道の計器")
    page.get_by_role("button", name="トークンを作る").click()
    assert page.locator("code.secret").inner_text().startswith("ktk_")
    assert faults(page) == []
    assert not too_wide(page)
    picture(page, f"tokens-{'phone' if width else 'desk'}")
    page.get_by_role("button", name="水道の計器：取り消す").click()
    assert page.get_by_role("cell", name="取消し済み").is_visible()
    assert page.locator("code.secret").count() == 0


@pytest.mark.parametrize("width", [None, PHONE], ids=["desk", "phone"])
def test_the_addresses_are_read_on_a_page_of_our_own(browse, signed_in, width):
    page = browse("/api/", signed_in("clerk"), **({"viewport": width} if width else {}))
    assert page.get_by_text("/api/v1/inventory/{fy}").is_visible()
    page.locator("summary", has_text="Reading").first.click()
    assert page.get_by_role("rowheader", name="quantity").first.is_visible()
    assert faults(page) == []
    assert not too_wide(page)
    picture(page, f"api-{'phone' if width else 'desk'}")
