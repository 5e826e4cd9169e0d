from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kotsukotsu.documents import page
from kotsukotsu.documents.model import Overview
from tests.documents.conftest import Made

VOID = {"meta", "br", "link"}
BAD = '<script>alert("1")</script>&'


class Tree(HTMLParser):
    """Opened tags with their attributes, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if data.strip():
            self.words.append((self.open[-1] if self.open else "", data))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.fixture(scope="module")
def written(shown: Overview) -> str:
    return page.html(shown)


@pytest.fixture(scope="module")
def tree(written: str) -> Tree:
    return Tree(written)


def test_every_tag_is_closed(tree: Tree) -> None:
    assert tree.open == []


def test_every_chart_has_title_description_and_table(tree: Tree) -> None:
    pictures = [attributes for name, attributes in tree.tags if name == "svg"]
    assert len(pictures) == 6
    assert all(picture["role"] == "img" and picture["aria-labelledby"] for picture in pictures)
    assert tree.count("desc") == len(pictures)
    figures = "".join(name if name in ("figure", "svg", "details", "table") else "" for name, _ in tree.tags)
    assert len(re.findall(r"figure(svg)+details?table", figures)) == tree.count("figure") == 5


def test_identifiers_are_unique(tree: Tree) -> None:
    found = [attributes["id"] for _, attributes in tree.tags if "id" in attributes]
    assert len(found) == len(set(found))


def test_the_page_needs_nothing_from_elsewhere(written: str, tree: Tree) -> None:
    assert {"script", "link", "img", "iframe"}.isdisjoint(name for name, _ in tree.tags)
    assert set(re.findall(r"https?://[^\"' ]+", written)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in written
    assert re.findall(r'url\("?([^#].{21})', written) == ["data:font/woff;base64,"]


def test_order_and_language(written: str, tree: Tree) -> None:
    assert tree.tags[0] == ("html", {"lang": "ja"})
    marks = ("charts", "items", "facilities", "source", "findings")
    order = ['class="banner"', 'class="headline"', *(f'id="{mark}"' for mark in marks)]
    places = [written.index(mark) for mark in order]
    assert places == sorted(places)


def test_the_headline_says_total_and_change(written: str) -> None:
    plain = re.sub(r"<[^>]+>", "", written)
    assert "令和6（2024）年度の総排出量は 14,787 t-CO2e。基準年度（平成25（2013）年度）の 21,001 t-CO2e" in plain
    assert "から29.6%減りました。" in plain
    assert "令和7（2025）年度は集計の途中です" in plain
    assert "kotsukotsu trace 市のフォルダ --fy 2024 --item electricity" in plain


def test_only_an_invented_city_says_so(shown: Overview) -> None:
    assert 'class="banner"' not in page.html(replace(shown, invented=False))


def test_names_cannot_write_html(shown: Overview) -> None:
    facilities = (replace(shown.facilities[0], name=BAD, belongs=BAD), *shown.facilities[1:])
    items = tuple(replace(part, name=BAD) for part in shown.items)
    written = page.html(replace(shown, city=BAD, facilities=facilities, items=items))
    assert "<script" not in written
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;" in written
    assert Tree(written).open == []


def test_every_total_of_the_page_changes_with_a_bill(city: Made, changed: Made) -> None:
    before, after = page.html(city.of(2013, 2024).overview), page.html(changed.overview)
    total = str(changed.overview.totals.total)
    assert total != "14,787"
    assert "14,787" not in after
    assert before.count("14,787") == after.count(total)
