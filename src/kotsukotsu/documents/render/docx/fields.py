"""The few pieces of Word's own language that Pandoc lacks; every text in them is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from kotsukotsu import texts
from kotsukotsu.documents.render.model import Heading

Node = dict[str, Any]
RIGHT_EDGE = 9071  # of the text of A4 between margins of 25 mm [twentieths of a point]


def page_break() -> Node:
    """A new page."""
    return _raw('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')


def caption(label: str, number: int) -> list[Node]:
    """「図 3」 as a field that Word counts by itself, with its number filled in."""
    word, _, after = texts.label(label, number="\0").partition("\0")
    counted = _field(f"SEQ {escape(word.strip())} \\* ARABIC", str(number))
    return [
        {"t": "Str", "c": word},
        {"t": "RawInline", "c": ["openxml", counted]},
        {"t": "Str", "c": f"{after}{texts.gap()}"},
    ]


def contents(entries: Sequence[tuple[Heading, int]]) -> Node:
    """A table of contents with its entries filled in; Word can renew it, and needs not ask whether to."""
    lines = [_entry(heading, page) for heading, page in entries]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    paragraphs = [
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/>'
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{RIGHT_EDGE}"/></w:tabs></w:pPr>'
        f"{begin if index == 0 else ''}{line}{end if index == len(lines) - 1 else ''}</w:p>"
        for index, (level, line) in enumerate(lines)
    ]
    return _raw("".join(paragraphs))


def _entry(heading: Heading, page: int) -> tuple[int, str]:
    anchor = escape(heading.ident)
    counted = _field(f"PAGEREF {anchor} \\h", str(page))
    line = (
        f'<w:hyperlink w:anchor="{anchor}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{escape(heading.shown)}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{counted}</w:hyperlink>"
    )
    return heading.level, line


def _field(instruction: str, shown: str) -> str:
    """A field with what it shows until Word counts again."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _raw(xml: str) -> Node:
    return {"t": "RawBlock", "c": ["openxml", xml]}
