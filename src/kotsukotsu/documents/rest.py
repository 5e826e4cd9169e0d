"""The largest lines of a list, and one line for all the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.model import Overview, Part
from kotsukotsu.documents.printing import Figure, Printer


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a picture. [t-CO2e], [%]"""

    name: str
    belongs: str
    tonnes: Figure
    share: Figure


def first_and_rest(found: Overview, parts: Sequence[Part], most: int, rest: str) -> list[Line]:
    """The `most` largest parts, then the others as one line named by the text `rest`."""
    emitting = sorted((part for part in parts if part.tonnes.exact), key=lambda part: -(part.tonnes.exact or 0))
    lines = [Line(part.name, part.belongs, part.tonnes, part.share) for part in emitting[:most]]
    others = emitting[most:]
    if others:
        printer = Printer(found.rounding)
        tonnes = exact.total(part.tonnes.exact for part in others if part.tonnes.exact is not None)
        lines.append(
            Line(
                texts.label(rest, count=len(others)),
                "",
                printer.figure(tonnes),
                printer.share(tonnes, found.totals.total.exact),
            )
        )
    return lines
