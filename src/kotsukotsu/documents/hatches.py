"""Hatches over the areas of a drawing, so that they are told apart in grey print and without colour vision too.

Which colour has which hatch stands in ``hatches.csv``; one that is darker or lighter than its neighbours has none. The
lines are drawn: a pattern of SVG becomes a picture of its own for each area when a browser prints.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from math import ceil, floor
from pathlib import Path

GAP = 6.0  # between two lines [px]
SLANTED = GAP * 2**0.5
LEAST = 2.0  # an area narrower than this shows no line [px]
LINE = 'fill="none" stroke="#ffffff" stroke-width="1.1" stroke-opacity="0.8"'
DOTS = 'fill="none" stroke="#ffffff" stroke-width="1.8" stroke-opacity="0.9" stroke-dasharray="1.8 3.4"'
_PATH = re.compile(
    r'<path(?P<moved> transform="[^"]*")? d="M(?P<x>[-\d.e]+),(?P<y>[-\d.e]+)h(?P<width>[\d.e-]+)v(?P<height>[\d.e-]+)'
    r'h-[\d.e-]+Z" fill="(?P<fill>#[0-9A-Fa-f]{6})"[^>]*/>'
)
_RECT = re.compile(
    r'<rect x="(?P<x>[-\d.]+)" y="(?P<y>[-\d.]+)" width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)" '
    r'fill="(?P<fill>#[0-9A-Fa-f]{6})"[^>]*/>'
)
Box = tuple[float, float, float, float]  # left, top, right, bottom [px]
Pieces = Iterator[str]  # of a path


@cache
def hatches() -> dict[str, str]:
    """Hatch by colour."""
    with (Path(__file__).parent / "hatches.csv").open(encoding="utf-8", newline="") as file:
        return {row["colour"]: row["hatch"] for row in csv.DictReader(file)}


def hatched(drawing: str) -> str:
    """The drawing, with the lines of its hatch over every box whose colour has one."""
    return _RECT.sub(_over, _PATH.sub(_over, drawing))


def _over(found: re.Match[str]) -> str:
    hatch = hatches().get(found["fill"])
    left, top, width, height = (float(found[name]) for name in ("x", "y", "width", "height"))
    if hatch is None or min(width, height) < LEAST:
        return found[0]
    pieces = "".join(_LINES[hatch]((left, top, left + width, top + height)))
    moved = found.groupdict().get("moved") or ""
    return f'{found[0]}<path{moved} d="{pieces}" {DOTS if hatch == "dotted" else LINE}/>' if pieces else found[0]


def _places(first: float, last: float, gap: float) -> Iterator[float]:
    """Multiples of the gap within a stretch: areas beside each other have lines that meet."""
    for number in range(ceil(first / gap), floor(last / gap) + 1):
        yield number * gap


def _level(box: Box) -> Pieces:
    left, top, right, bottom = box
    return (f"M{left:.1f},{y:.1f}H{right:.1f}" for y in _places(top, bottom, GAP))


def _upright(box: Box) -> Pieces:
    left, top, right, bottom = box
    return (f"M{x:.1f},{top:.1f}V{bottom:.1f}" for x in _places(left, right, GAP))


def _rising(box: Box) -> Pieces:
    """Lines on which x + y is the same."""
    left, top, right, bottom = box
    for both in _places(left + top, right + bottom, SLANTED):
        first, last = max(left, both - bottom), min(right, both - top)
        yield f"M{first:.1f},{both - first:.1f}L{last:.1f},{both - last:.1f}"


def _falling(box: Box) -> Pieces:
    """Lines on which x - y is the same."""
    left, top, right, bottom = box
    for both in _places(left - bottom, right - top, SLANTED):
        first, last = max(left, both + top), min(right, both + bottom)
        yield f"M{first:.1f},{first - both:.1f}L{last:.1f},{last - both:.1f}"


def _crossed(box: Box) -> Pieces:
    yield from _rising(box)
    yield from _falling(box)


_LINES: Mapping[str, Callable[[Box], Pieces]] = {
    "level": _level,
    "upright": _upright,
    "rising": _rising,
    "falling": _falling,
    "crossed": _crossed,
    "dotted": _level,
}
