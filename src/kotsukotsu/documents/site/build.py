"""Every page of one language, and the style that both share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.documents import page as single_page
from kotsukotsu.documents import page_font
from kotsukotsu.documents.site import method, pages, places
from kotsukotsu.documents.site.model import Site
from kotsukotsu.documents.site.shell import STYLE

STYLES = (Path(single_page.__file__).parent / "page.css", Path(__file__).parent / "site.css")
BANNER = ("site.draft", "render.draft")


def build(site: Site) -> dict[str, bytes]:
    """Paths below the root and their content, in the language spoken now."""
    made = [
        pages.home(site), pages.emissions(site), pages.targets(site), pages.measures(site), pages.corrections(site),
        places.index(site), method.data(site), method.method(site),
        *(places.facility(site, sheet) for sheet in site.sheets.sheets),
    ]  # fmt: skip
    return {path: html.encode("utf-8") for path, html in made}


def style(pages: Iterable[bytes]) -> dict[str, bytes]:
    """The style sheet, with the font that goes with the pages.

    The font has the characters of a draft's banner always, so that approval changes no style.
    """
    banner = "".join(words for name in BANNER for words in texts.entries()[name].says.values())
    font = page_font.rule(banner + "".join(page.decode("utf-8") for page in pages))
    return {STYLE: b"\n".join((font.encode("ascii"), *(path.read_bytes() for path in STYLES)))}
