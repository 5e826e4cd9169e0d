"""Drawings with the font of the document, as vectors or as points."""

from __future__ import annotations

import re
from html import escape

import vl_convert

from kotsukotsu.documents.render.fonts import Font

_FAMILY = re.compile(r'font-family="[^"]*"')
DOTS_PER_INCH = 220


def with_font(svg: str, font: Font) -> str:
    """The drawing with every text in the document's font."""
    return _FAMILY.sub(f'font-family="{escape(font.family)}"', svg)


def png(svg: str, font: Font, width_mm: float) -> bytes:
    """The drawing as points: at least 200 to the inch at the width at which it is printed. [mm]"""
    vl_convert.register_font_directory(str(font.folder))
    drawn = width_of(svg)
    wanted = width_mm / 25.4 * DOTS_PER_INCH
    picture: bytes = vl_convert.svg_to_png(with_font(svg, font), scale=wanted / drawn)
    return picture


def width_of(svg: str) -> float:
    """Width of the drawing in its own units, from its viewBox."""
    view = re.search(r'viewBox="([^"]*)"', svg)
    if view is None:
        raise ValueError(svg[:200])
    return float(view[1].split()[2])
