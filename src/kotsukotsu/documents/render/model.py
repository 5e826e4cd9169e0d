"""A document as plain data, the same for Word, PDF and HTML; texts are texts, never markup of any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kotsukotsu import texts
from kotsukotsu.documents.table import Table

FIGURE, TABLE = "figure", "table"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a sentence."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """「図3」 in a sentence; its number is filled in when the document is numbered."""

    key: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """A mark at a term; `text` explains it at the end of its section."""

    key: str
    term: str
    text: str
    number: int = 0


Inline = Text | Reference | Noted
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `number` as printed, filled in when the document is numbered."""

    level: int
    text: str
    number: str = ""
    numbered: bool = True
    ident: str = ""

    @property
    def shown(self) -> str:
        """Number and text."""
        return f"{self.number}{texts.gap()}{self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kind` is body, remark (small, beside the point) or lead (large)."""

    inlines: Inlines
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers or without."""

    items: tuple[Inlines, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A table with its caption; the table's own note stands below it.

    Attributes
    ----------
    widths : tuple of int
        Shares of the width by column; from the texts if left out.
    """

    key: str
    table: Table
    number: int = 0
    source: str = ""
    widths: tuple[int, ...] = ()
    captioned: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its caption; without an `svg`, `note` says why there is none.

    Attributes
    ----------
    width : int
        Share of the width of the text. [%]
    """

    key: str
    caption: str
    svg: str
    alt: str
    number: int = 0
    note: str = ""
    source: str = ""
    width: int = 100


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks in a frame, under a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks beside each other: of a summary, not of a report."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Placed | Drawn | Box | Columns | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes
    ----------
    title, subtitle : str
        On the cover and in the file's properties.
    cover : tuple of str
        Lines of the cover under the title, such as the month of issue and the city; without them there is no cover.
    mark : str
        Set on every page, such as 案; empty for an approved document.
    footer : str
        City and version, at the foot of every page beside the page's number.
    chapters : bool
        Whether headings of level 1 are chapters (第1章) that begin a page; else they are 1., 2. …
    contents : bool
        Whether there is a table of contents.
    first_chapter : int
        Number of the first chapter, where a document is a part of another.
    """

    title: str
    subtitle: str
    author: str
    made: date
    blocks: tuple[Block, ...]
    footer: str
    cover: tuple[str, ...] = ()
    mark: str = ""
    chapters: bool = False
    contents: bool = False
    numbered: bool = True
    first_chapter: int = 1
    language: str = "ja"
    colophon: tuple[tuple[str, str], ...] = field(default=())
