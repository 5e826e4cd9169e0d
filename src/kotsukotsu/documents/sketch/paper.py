"""What the drawings of a printed page share: 640 px are the 160 mm of the text, so that 11 px are 7.8 pt."""

from __future__ import annotations

from collections.abc import Sequence

from kotsukotsu.documents.charts.picture import INK, LINE, is_wide
from kotsukotsu.documents.small_charts.svg import rect, words

WIDTH = 640.0
SMALL, NORMAL = 10.0, 11.0
SWATCH, LEGEND_ROW = 10.0, 17.0


def room(text: str, size: float = NORMAL) -> float:
    """Width of a text on the safe side. [px]"""
    return sum(size if is_wide(sign) else size * 0.6 for sign in text)


def fitted(text: str, most: float, size: float = NORMAL) -> list[str]:
    """A text in lines no longer than that. [px]"""
    lines = [""]
    for sign in text:
        if lines[-1] and room(lines[-1] + sign, size) > most:
            lines.append("")
        lines[-1] += sign
    return lines


def legend(
    entries: Sequence[tuple[str, str]], left: float, top: float, right: float = WIDTH
) -> tuple[list[str], float]:
    """Colour and name of each, in as many rows as they need, and the height that they take. [px]"""
    parts: list[str] = []
    x, y = left, top
    for colour, name in entries:
        wide = SWATCH + 5 + room(name, SMALL) + 16
        if x > left and x + wide > right:
            x, y = left, y + LEGEND_ROW
        parts += [
            rect(x, y, SWATCH, SWATCH, colour, stroke=LINE, stroke_width=0.5),
            words(x + SWATCH + 5, y + SWATCH - 1, name, "start", font_size=SMALL),
        ]
        x += wide
    return parts, y + LEGEND_ROW - top


def lines_of(
    x: float, y: float, lines: Sequence[str], size: float = SMALL, anchor: str = "middle", **more: str
) -> list[str]:
    """Lines one under the other."""
    return [words(x, y + index * (size + 3), line, anchor, font_size=size, **more) for index, line in enumerate(lines)]


def ticks(most: float, wanted: int = 5) -> list[float]:
    """Round marks from 0 that reach at least to the largest value.

    >>> ticks(14787)
    [0.0, 5000.0, 10000.0, 15000.0]
    """
    if most <= 0:
        return [0.0, 1.0]
    size = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 0.1
    step = next(step for factor in (0.1, 0.2, 0.5, 1, 2, 5, 10) if (step := factor * size) * wanted >= most)
    count = -(-most // step)
    return [round(step * index, 6) for index in range(int(count) + 1)]


def bold(x: float, y: float, text: str, anchor: str = "middle", size: float = NORMAL, fill: str = INK) -> str:
    """A strong text."""
    return words(x, y, text, anchor, font_size=size, font_weight="bold", fill=fill)
