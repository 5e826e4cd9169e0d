"""Every page of one language, and the style that both share."""

from __future__ import annotations

from pathlib import Path

from kotsukotsu.documents import page as single_page
from kotsukotsu.documents.site import method, pages, places
from kotsukotsu.documents.site.model import Site
from kotsukotsu.documents.site.shell import STYLE

STYLES = (Path(single_page.__file__).parent / "page.css", Path(__file__).parent / "site.css")


def build(site: Site) -> dict[str, bytes]:
    """Paths below the root and their content, in the language spoken now."""
    made = [
        pages.home(site), pages.emissions(site), pages.targets(site), pages.measures(site), pages.corrections(site),
        places.index(site), method.data(site), method.method(site),
        *(places.facility(site, sheet) for sheet in site.sheets.sheets),
    ]  # fmt: skip
    return {path: html.encode("utf-8") for path, html in made}


def style() -> dict[str, bytes]:
    """The style sheet."""
    return {STYLE: b"\n".join(path.read_bytes() for path in STYLES)}
