"""Pieces of a drawing; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kotsukotsu.documents.charts.picture import FONTS, INK

SIZE = 10  # of the letters [px]


def number(value: float) -> str:
    """A place on paper, as short as it is exact enough. [px]"""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, inner: str = "", /, **attributes: float | str) -> str:
    """A tag with its attributes; ``stroke_width`` becomes ``stroke-width``."""
    named = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{named}>{inner}</{name}>" if inner else f"<{name}{named}/>"


def rect(x: float, y: float, width: float, height: float, fill: str, **more: float | str) -> str:
    """A box; nothing where it has no height or width."""
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, **more) if width > 0 and height > 0 else ""


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, /, **more: float | str) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)


def words(x: float, y: float, text: str, anchor: str = "middle", **more: float | str) -> str:
    """A text on one line."""
    given: dict[str, float | str] = {"fill": INK, "font_size": float(SIZE), **more}
    return tag("text", escape(text), x=x, y=y, text_anchor=anchor, **given) if text else ""


def drawing(width: float, height: float, parts: Iterable[str], ident: str, title: str, description: str) -> str:
    """The drawing with a title and a description for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" aria-labelledby="{escape(ident)}-title {escape(ident)}-desc" font-family="{FONTS}">'
        f'<title id="{escape(ident)}-title">{escape(title)}</title>'
        f'<desc id="{escape(ident)}-desc">{escape(description)}</desc>{"".join(parts)}</svg>'
    )
