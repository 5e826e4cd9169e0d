"""Drawings of what is no number: who answers for what, the yearly round, the years of a plan, its place among plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kotsukotsu.documents.charts.picture import INK, QUIET
from kotsukotsu.documents.sketch.paper import NORMAL, SMALL, WIDTH, fitted, lines_of
from kotsukotsu.documents.small_charts.svg import drawing, line, rect, tag, words

ACCENT, PALE, STRONG = "#00118f", "#f0f3fa", "#d9e6ff"
ARROW = 6.0


@dataclass(frozen=True, slots=True)
class Post:
    """A box: its name, and what it does."""

    name: str
    tasks: tuple[str, ...] = ()


def box(x: float, y: float, width: float, height: float, post: Post, fill: str = PALE) -> list[str]:
    """A box with a strong name and smaller lines, all inside."""
    lines = [part for task in post.tasks for part in fitted(task, width - 16, SMALL)]
    names = fitted(post.name, width - 16, NORMAL)
    top = y + (height - len(names) * 15 - len(lines) * 13) / 2 + 11
    shown = lines_of(x + width / 2, top, names, NORMAL, font_weight="bold")
    return [
        rect(x, y, width, height, fill, stroke=ACCENT, stroke_width=1.0, rx=4.0),
        *shown,
        *lines_of(x + width / 2, top + len(names) * 15, lines, SMALL, fill=QUIET),
    ]


def arrow(x1: float, y1: float, x2: float, y2: float) -> list[str]:
    """A straight arrow."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    left = (x2 - ARROW * (ux * 1.4 - uy * 0.8), y2 - ARROW * (uy * 1.4 + ux * 0.8))
    right = (x2 - ARROW * (ux * 1.4 + uy * 0.8), y2 - ARROW * (uy * 1.4 - ux * 0.8))
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in ((x2, y2), left, right))
    return [
        line(x1, y1, x2 - ux * ARROW, y2 - uy * ARROW, ACCENT, stroke_width=1.4),
        tag("polygon", points=head, fill=ACCENT),
    ]


def organisation(
    levels: Sequence[Post], council: Post, wide: tuple[str, str], ident: str, title: str, text: str
) -> str:
    """Boxes from the top down; the council beside the first; `wide` names what goes down and what comes up."""
    width, height, gap, left = 320.0, 50.0, 28.0, 20.0
    parts: list[str] = []
    for index, post in enumerate(levels):
        y = 4 + index * (height + gap)
        parts += box(left, y, width, height, post, STRONG if index == 0 else PALE)
        if index:
            parts += arrow(left + width * 0.35, y - gap, left + width * 0.35, y)
            parts += arrow(left + width * 0.65, y, left + width * 0.65, y - gap)
            parts.append(words(left + width * 0.35 - 8, y - gap / 2 + 4, wide[0], "end", font_size=SMALL))
            parts.append(words(left + width * 0.65 + 8, y - gap / 2 + 4, wide[1], "start", font_size=SMALL))
    parts += box(left + width + 90, 4, WIDTH - left - width - 94, height, council)
    parts += arrow(left + width, 4 + height * 0.35, left + width + 90, 4 + height * 0.35)
    parts += arrow(left + width + 90, 4 + height * 0.65, left + width, 4 + height * 0.65)
    bottom = 4 + len(levels) * (height + gap) - gap
    return drawing(WIDTH, bottom + 4, parts, ident, title, text)


def cycle(rounds: Sequence[tuple[str, Sequence[Post]]], ident: str, title: str, text: str) -> str:
    """Rounds of four steps beside each other, each with its name in the middle."""
    each = WIDTH / len(rounds)
    size, radius_x, radius_y = (each * 0.46, 56.0), each * 0.25, 52.0
    centre_y = radius_y + size[1] / 2 + 4
    parts: list[str] = []
    for index, (name, posts) in enumerate(rounds):
        centre = each * (index + 0.5)
        corners = [(centre - radius_x, centre_y - radius_y), (centre + radius_x, centre_y - radius_y),
                   (centre + radius_x, centre_y + radius_y), (centre - radius_x, centre_y + radius_y)]  # fmt: skip
        for (x, y), post in zip(corners, posts, strict=True):
            parts += box(x - size[0] / 2, y - size[1] / 2, *size, post)
        parts += _round(corners, size)
        parts += lines_of(centre, centre_y, fitted(name, each * 0.5), NORMAL, font_weight="bold", fill=ACCENT)
    return drawing(WIDTH, 2 * centre_y, parts, ident, title, text)


def _round(corners: Sequence[tuple[float, float]], size: tuple[float, float]) -> list[str]:
    """Arrows from each corner to the next, clockwise."""
    (x1, y1), (x2, _), (_, y2), _ = corners
    half, high = size[0] / 2, size[1] / 2
    return [
        *arrow(x1 + half, y1, x2 - half, y1),
        *arrow(x2, y1 + high, x2, y2 - high),
        *arrow(x2 - half, y2, x1 + half, y2),
        *arrow(x1, y2 - high, x1, y1 + high),
    ]


@dataclass(frozen=True, slots=True)
class Span:
    """Years of a line of a timeline, first and last, with its words."""

    name: str
    first: int
    last: int
    told: str


def timeline(spans: Sequence[Span], labels: Sequence[tuple[int, str]], ident: str, title: str, text: str) -> str:
    """Spans of years, one line each, over a scale of the years named."""
    left, top, height = 110.0, 26.0, 30.0
    first, last = labels[0][0], labels[-1][0] + 1
    scale = (WIDTH - left - 10) / (last - first)

    def x(year: int) -> float:
        return left + (year - first) * scale

    bottom = top + len(spans) * height
    parts: list[str] = []
    for year, label in labels:
        middle = x(year) + scale / 2
        parts += [words(middle, top - 9, label, font_size=SMALL), line(middle, top - 5, middle, bottom, "#e0e0e0")]
    for index, span in enumerate(spans):
        y = top + index * height
        parts.append(words(left - 8, y + height / 2 + 4, span.name, "end", font_size=NORMAL))
        width = max(x(span.last + 1) - x(span.first), 14)
        parts.append(rect(x(span.first), y + 5, width, height - 10, STRONG, stroke=ACCENT, rx=3.0))
        parts += _told(span.told, x(span.first), width, y + height / 2 + 4)
    return drawing(WIDTH, bottom + 4, parts, ident, title, text)


def _told(text: str, left: float, width: float, y: float) -> list[str]:
    """The words of a span: inside it, or to its left or right where there is room."""
    wide = sum(10.0 if ord(sign) > 0xFF else 6.0 for sign in text)
    if wide <= width - 6:
        return [words(left + width / 2, y, text, font_size=SMALL)]
    if left + width + wide + 6 <= WIDTH:
        return [words(left + width + 6, y, text, "start", font_size=SMALL)]
    return [words(left - 6, y, text, "end", font_size=SMALL, fill=INK)]


def layers(above: Sequence[Post], own: Post, beside: Sequence[Post], ident: str, title: str, text: str) -> str:
    """What a plan stands under, the plan, and the plans beside it."""
    height, gap = 44.0, 26.0
    parts: list[str] = []
    middle = WIDTH * 0.32
    for index, post in enumerate(above):
        y = 4 + index * (height + gap)
        parts += box(middle - 170, y, 340, height, post)
        parts += arrow(middle, y + height, middle, y + height + gap)
    y = 4 + len(above) * (height + gap)
    parts += box(middle - 170, y, 340, 58, own, STRONG)
    for index, post in enumerate(beside):
        top = 4 + index * (height + 10)
        parts += box(WIDTH - 200, top, 196, height, post)
    if beside:
        reach = 4 + (len(beside) - 1) * (height + 10) + height / 2
        link = middle + 205
        parts.append(line(link, 4 + height / 2, link, max(y + 29, reach), ACCENT, stroke_width=1.2))
        for index in range(len(beside)):
            level = 4 + index * (height + 10) + height / 2
            parts.append(line(link, level, WIDTH - 200, level, ACCENT, stroke_width=1.2))
        parts += arrow(link, y + 29, middle + 170, y + 29)
    bottom = max(y + 58, 4 + len(beside) * (height + 10))
    return drawing(WIDTH, bottom + 4, parts, ident, title, text)
