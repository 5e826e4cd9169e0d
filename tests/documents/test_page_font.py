"""A page on a machine without a Japanese font."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO

from fontTools.ttLib import TTFont

from kotsukotsu.documents import html, page, page_font

LOADED = "async () => (await document.fonts.load('16px IPAexGothic', '市')).map(face => face.status)"


def carried(written):
    """The characters that the font within a page has a shape for."""
    coded = re.search(r'url\("data:font/woff;base64,([^"]+)"\)', written)
    with TTFont(BytesIO(b64decode(coded[1]))) as font:
        shapes = font["glyf"]
        drawn = {code for code, name in font.getBestCmap().items() if shapes[name].numberOfContours}
    return {chr(code) for code in drawn}


def test_every_character_of_a_page_has_its_shape_in_the_font_that_goes_with_it(shown):
    written = page.html(shown)
    without_font = re.sub(r"@font-face {.*?}", "", written).removeprefix("<!DOCTYPE html>")
    assert set(without_font) - carried(written) <= {" ", "\n", "\u3000"}


def test_a_browser_can_read_the_font(shown, chromium):
    opened = chromium.new_page()
    opened.set_content(page.html(shown))
    assert opened.evaluate(LOADED) == ["loaded"]
    opened.close()


def test_a_page_in_ascii_carries_no_font():
    assert "@font-face" not in html.whole_page("<title>Title</title>", "text", "en")


def test_the_same_text_gives_the_same_font():
    assert page_font.shapes(["市の排出量"]) == page_font.shapes(["出量排", "の市"])


def test_where_the_font_package_is_missing_a_page_goes_without(monkeypatch):
    monkeypatch.setattr(page_font, "PACKAGE", "no_such_package")
    assert page_font.rule("市") == ""
