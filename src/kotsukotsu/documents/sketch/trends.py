"""Lines over fiscal years for a printed page: names at their ends, a year without a value left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.charts.picture import INK, LINE, QUIET, position
from kotsukotsu.documents.sketch.paper import SMALL, WIDTH, fitted, room, ticks
from kotsukotsu.documents.small_charts.svg import drawing, line, tag, words

LEFT, TOP, PLOT, FOOT = 44.0, 16.0, 220.0, 26.0
APART = 14.0  # least distance of two names [px]
BELOW = 16.0  # from a point to the foot of its value below it [px]
DASH = "6 4"
DASHES = ("", "7 3", "2 2", "9 3 2 3", "12 4", "4 4 1 4", "1 3")  # of lines that are told apart by nothing but colour
FEW = 2  # lines that their names tell apart
Values = Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Trend:
    """A line with the name at its end, or above its middle if the picture's years go on after it.

    Attributes
    ----------
    told : mapping
        Years whose value is a point with its printed text; `below` it instead of above, where that is clear of the
        axis.
    """

    name: str
    colour: str
    values: Values
    dashed: bool = False
    dash: str = ""
    told: Mapping[int, str] | None = None
    below: bool = False

    @property
    def known(self) -> list[tuple[int, Decimal]]:
        """Years that have a value, with it."""
        return [(year, value) for year, value in sorted(self.values.items()) if value is not None]

    @property
    def last(self) -> int:
        """The last of them; 0 if there is none."""
        return max((year for year, _ in self.known), default=0)


def trends(
    rows: Sequence[Trend], labels: Mapping[int, str], ident: str, title: str, text: str,
    reference: tuple[float, str] | None = None, unit: str = "", plot: float = PLOT, width: float = WIDTH,
) -> str:  # fmt: skip
    """The picture, from 0 to the largest value.

    Parameters
    ----------
    labels : mapping
        Every year of the axis to what stands under it; empty for none.
    reference : pair
        A level with its name, such as the base year's 100.
    """
    rows = _apart(rows)
    known = [position(value) for row in rows for value in row.values.values() if value is not None]
    marks = ticks(max([*known, reference[0] if reference else 0], default=1))
    years = sorted(labels)
    early = [row for row in rows if row.last < years[-1]]
    to_the_end = [row for row in rows if row.last == years[-1]]
    right = width - 12 - max((room(row.name, SMALL) for row in to_the_end), default=0)
    frame = _Frame(years[0], max(years[-1] - years[0], 1), max(right, width * 0.6), TOP + plot, plot / marks[-1], width)
    # The name of a level stands above the picture: the lines begin at it.
    parts = frame.scale(marks, texts.gap().join(filter(None, (unit, reference[1] if reference else "")))) + frame.years(
        labels
    )
    if reference:
        y = frame.y(reference[0])
        parts.append(line(LEFT, y, frame.right, y, INK, stroke_width=0.8, stroke_dasharray="2 3"))
    for row in rows:
        parts += frame.line(row)
    for row in rows:
        parts += frame.told(row)
    parts += frame.names(to_the_end)
    for row in early:
        parts += frame.name_above(row)
    return drawing(width, TOP + plot + FOOT, parts, ident, title, text)


def _apart(rows: Sequence[Trend]) -> list[Trend]:
    """Many lines with a dash each, so that they are told apart in grey print too; dashes that say something stay."""
    if len(rows) <= FEW or any(row.dashed for row in rows):
        return [replace(row, dash=DASH) if row.dashed else row for row in rows]
    return [replace(row, dash=DASHES[number % len(DASHES)]) for number, row in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where years and values lie. [px]"""

    first: int
    span: int
    right: float
    floor: float
    factor: float
    width: float

    def x(self, year: int) -> float:
        return LEFT + 10 + (self.right - LEFT - 20) * (year - self.first) / self.span

    def y(self, value: float) -> float:
        return self.floor - value * self.factor

    def scale(self, marks: Sequence[float], unit: str) -> list[str]:
        parts = [words(LEFT - 8, TOP - 6, unit, "start", font_size=SMALL, fill=QUIET)] if unit else []
        for mark in marks:
            y = self.y(mark)
            parts.append(line(LEFT - 4, y, self.right, y, LINE if mark else QUIET, stroke_width=0.6 if mark else 1))
            parts.append(words(LEFT - 8, y + 3.5, f"{mark:,.0f}", "end", font_size=SMALL, fill=QUIET))
        return parts

    def years(self, labels: Mapping[int, str]) -> list[str]:
        return [words(self.x(year), self.floor + 15, label, font_size=SMALL) for year, label in labels.items()]

    def line(self, row: Trend) -> list[str]:
        parts, run = [], list[tuple[float, float]]()
        points = [(year, value) for year, value in sorted(row.values.items())]
        for year, value in [*points, (0, None)]:
            if value is None:
                parts += self._run(run, row)
                run = []
            else:
                run.append((self.x(year), self.y(position(value))))
        return parts

    def told(self, row: Trend) -> list[str]:
        """Points with their values, on a white edge that parts them from lines behind."""
        parts: list[str] = []
        for year, said in (row.told or {}).items():
            value = row.values.get(year)
            if value is not None:
                x, y = self.x(year), self.y(position(value))
                parts.append(tag("circle", cx=x, cy=y, r=4.0, fill=row.colour, stroke="#ffffff", stroke_width=1.0))
                place = (x, y + BELOW if row.below and y + BELOW < self.floor else y - 8)
                parts += _edged(*place, said, row.colour)
        return parts

    def name_above(self, row: Trend) -> list[str]:
        """The name of a line that ends before the picture, where no other line leads on from it."""
        if not row.known:
            return []
        year, value = row.known[len(row.known) // 2]
        return _edged(self.x(year), self.y(position(value)) - 10, row.name, row.colour)

    def _run(self, run: Sequence[tuple[float, float]], row: Trend) -> list[str]:
        if not run:
            return []
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
        dash: dict[str, str] = {"stroke_dasharray": row.dash} if row.dash else {}
        stroke = {"stroke": row.colour, "fill": "none"}
        joined = tag("polyline", points=path, stroke_width=2.0, **stroke, **dash)
        return [joined] + [tag("circle", cx=x, cy=y, r=2.2, fill=row.colour) for x, y in run]

    def names(self, rows: Sequence[Trend]) -> list[str]:
        ends = [(self.y(position(row.known[-1][1])), row) for row in rows]
        parts, above = [], -APART
        for y, row in sorted(ends, key=lambda end: end[0]):
            above = max(y, above + APART)
            for index, part in enumerate(fitted(row.name, self.width - self.right - 8, SMALL)):
                parts.append(words(self.right + 6, above + 3.5 + index * 12, part, "start", font_size=SMALL, fill=INK))
        return parts


def _edged(x: float, y: float, said: str, colour: str) -> list[str]:
    """Words in a line's colour, on a white edge."""
    edge = words(x, y, said, font_size=SMALL, fill="#ffffff", stroke="#ffffff", stroke_width=4)
    return [edge, words(x, y, said, font_size=SMALL, font_weight="bold", fill=colour)]
