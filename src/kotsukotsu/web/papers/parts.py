"""The sections that a city may write itself, in the order of their documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kotsukotsu import texts
from kotsukotsu.documents.prose import parts

DOCUMENTS = ("plan", "summary", "report", "question", "drafting")
HEADING, UNNUMBERED = "#", "{-}"


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the text that comes with the program."""

    name: str
    document: str
    title: str
    default: str


@cache
def every() -> dict[str, Part]:
    """All sections by their names."""
    with texts.speaking("ja"):
        found = [(document, part) for document in DOCUMENTS for part in parts(document, {})]
    made = (_part(document, one.file, one.text) for document, one in found)
    return {one.name: one for one in made}


def document_of(part: str) -> str:
    """The document in which a section stands."""
    return every()[part].document


def _part(document: str, file: str, text: str) -> Part:
    name = f"{document}-{file.removesuffix('.md').partition('-')[2]}"
    return Part(name, document, _title(text), text)


def _title(text: str) -> str:
    """The first heading that is no formula; of two without a number (資料) the second, which names the section."""
    headings = [line.lstrip(HEADING).strip() for line in text.splitlines() if line[:1] == HEADING and "{{" not in line]
    unnumbered = [one for one in headings[:2] if one.endswith(UNNUMBERED)]
    return (unnumbered or headings or [""])[-1 if unnumbered else 0].removesuffix(UNNUMBERED).strip()
