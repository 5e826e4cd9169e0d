"""The frame of every page: where one is, the other language, who publishes; links never leave the folder."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath

from kotsukotsu import texts
from kotsukotsu.documents import sentences
from kotsukotsu.documents.html import element, text
from kotsukotsu.documents.site.model import Site

FOLDERS = {"ja": "", "en": "en/"}
STYLE = "assets/site.css"
NAVIGATION = ("index", "emissions", "targets", "measures", "facilities/index", "data", "method", "corrections")


def address(name: str, language: str) -> str:
    """Path of a page below the root."""
    return f"{FOLDERS[language]}{name}.html"


def to(here: str, there: str) -> str:
    """A relative link from one path below the root to another.

    >>> to("en/facilities/f1.html", "assets/site.css"), to("index.html", "en/index.html")
    ('../../assets/site.css', 'en/index.html')
    """
    up = "../" * (len(PurePosixPath(here).parts) - 1)
    return f"{up}{there}"


def page(site: Site, name: str, title: str, main: str) -> tuple[str, str]:
    """Path and HTML of a page.

    Parameters
    ----------
    name : str
        Of the page, such as ``facilities/f001``.
    main : str
        HTML of its content, after the heading.
    """
    language = texts.language()
    here = address(name, language)
    whole = title if name == "index" else texts.label("site.title", page=title, city=site.found.city)
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>{escape(whole)}</title>'
        f'<link rel="stylesheet" href="{to(here, STYLE)}">'
    )
    body = text("a", texts.label("doc.skip"), class_="skip", href="#content")
    body += element("header", _header(site, name, here, language))
    body += element("main", text("h1", title) + main, id="content") + element("footer", _footer(site, here, language))
    return here, f"<!DOCTYPE html>\n{element('html', element('head', head) + element('body', body), lang=language)}\n"


def _header(site: Site, name: str, here: str, language: str) -> str:
    other = "en" if language == "ja" else "ja"
    words = texts.entries()["site.other_language"].says[other]
    switch = text("a", words, href=to(here, address(name, other)), lang=other, hreflang=other)
    home = text("a", texts.label("site.name", city=site.found.city), href=to(here, address("index", language)))
    top = element("div", element("p", home, class_="site-name") + element("p", switch), class_="top")
    banners = _banners(site)
    items = "".join(_item(one, name, here, language) for one in NAVIGATION)
    return top + banners + element("nav", element("ul", items), aria_label=texts.label("site.menu"))


def _banners(site: Site) -> str:
    """Whether it is a draft, and whether the city is invented."""
    told = [text("p", texts.label("site.draft", mark=site.mark), class_="banner draft")] if site.mark else []
    if site.found.invented:
        told.append(text("p", texts.label("doc.invented"), class_="banner"))
    return "".join(told)


def _item(one: str, name: str, here: str, language: str) -> str:
    words = texts.label(f"site.page.{one.split('/', maxsplit=1)[0]}")
    is_here = one == name or (one == "facilities/index" and name.startswith("facilities/"))
    current = "page" if one == name else "true" if is_here else ""
    return element("li", text("a", words, href=to(here, address(one, language)), aria_current=current))


def _footer(site: Site, here: str, language: str) -> str:
    back = text("a", texts.label("site.page.index"), href=to(here, address("index", language)))
    return text("p", sentences.footer(site.found)) + element("p", back)
