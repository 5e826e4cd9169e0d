"""From an Altair chart to an SVG that stands in a page: no script, no network, the same on every machine.

Margins are fixed (``autosize none``), so that no text is measured: the fonts of the machine that draws do not matter.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

import altair as alt
import vl_convert

FONTS = "'Noto Sans JP', 'BIZ UDPGothic', 'Yu Gothic UI', Meiryo, 'IPAexGothic', sans-serif"
INK, QUIET, LINE, TRACK = "#1a1a1a", "#4d4d4d", "#cccccc", "#f2f2f2"
LESS, MORE, WHOLE = "#259d63", "#ec0000", "#4d4d4d"
SIZE = 14
KEPT = 256  # drawings, of some 30 kB each
FULL_WIDTH, CAPITAL_WIDTH, HALF_WIDTH = SIZE, 11, 8  # of a character of the text size [px], on the safe side
_OPENING = re.compile(r"<svg[^>]*>")
_WHOLE = re.compile(r"[（「]?(?:[0-9.,]+|[A-Za-z]+|.)[）」、。]*")
_VIEW = re.compile(r'viewBox="([^"]*)"')
_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')  # of marks: the whole has a title


def position(value: Decimal) -> float:
    """Where a number lies on a scale: a place on paper, never a figure that is printed."""
    return float(value)


def svg(chart: alt.LayerChart, ident: str, title: str, description: str, padding: dict[str, int]) -> str:
    """The chart as SVG with a title and a description for those who do not see it."""
    drawn = chart.properties(autosize=alt.AutoSizeParams(type="none"), padding=padding)
    spec: dict[str, Any] = drawn.configure(font=FONTS, aria=False, view=alt.ViewConfig(stroke=None)).to_dict()
    picture = _drawn(json.dumps(spec, ensure_ascii=False))
    opening = _OPENING.search(picture)
    view = _VIEW.search(picture)
    if opening is None or view is None:
        raise ValueError(picture[:200])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" id="{ident}" viewBox="{view[1]}" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc">'
        f'<title id="{ident}-title">{escape(title)}</title><desc id="{ident}-desc">{escape(description)}</desc>'
    )
    return head + _ROLES.sub("", picture[opening.end() :])


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> str:
    """One and the same chart is drawn once."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def is_wide(character: str) -> bool:
    """Whether a character takes a full square in a Japanese font."""
    return unicodedata.east_asian_width(character) in "WFA"


def width(text: str) -> int:
    """Room that a text needs, on the safe side. [px]"""
    return sum(
        FULL_WIDTH if is_wide(sign) else CAPITAL_WIDTH if sign.isupper() or sign in "%&@" else HALF_WIDTH
        for sign in text
    )


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines that fit the room: broken before a bracket if that is enough, else where it must. [px]

    A number or a word in Latin letters stays whole if it fits a line; a bracket stays with what it holds.

    >>> wrapped("合成繊維の焼却（一般廃棄物）", 120)
    ['合成繊維の焼却', '（一般廃棄物）']
    """
    if width(text) <= room:
        return [text]
    name, bracket, rest = text.partition("（")
    if bracket and name and max(width(name), width(bracket + rest)) <= room:
        return [name, bracket + rest]
    lines = [""]
    pieces = [part for piece in _WHOLE.findall(text) for part in ([piece] if width(piece) <= room else piece)]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return lines
