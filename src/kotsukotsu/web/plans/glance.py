"""All reviews at a glance: narrowed, in an order, and how many stand where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from kotsukotsu import texts
from kotsukotsu.web.look.narrowing import Column, Narrowed, Said, narrowed, one
from kotsukotsu.web.plans.models import STATES
from kotsukotsu.web.plans.selectors import ReviewLine

ALL = ("none", *STATES)
KEYS = {
    "name": lambda line: line.facility.name,
    "department": lambda line: line.department,
    "state": lambda line: ALL.index(line.state),
    "tonnes": lambda line: line.tonnes,
    "change": lambda line: line.change,
    "last": lambda line: line.done / line.planned if line.planned else None,
    "ahead": lambda line: line.ahead,
}


@dataclass(frozen=True, slots=True)
class Measures:
    """Countermeasures of all facilities: last year's, those of them that are done, and those planned now."""

    planned: int
    done: int
    ahead: int


def asked(request: HttpRequest, lines: Iterable[ReviewLine]) -> Narrowed[ReviewLine]:
    """The reviews that an address asks for: by a word, a department, a state."""
    columns = (
        Column("department", "web.department", lambda line: one(line.department_id, line.department)),
        Column("state", "web.state", lambda line: (_said(line.state),), tuple(_said(code) for code in ALL)),
    )
    return narrowed(request, lines, lambda line: f"{line.facility.name} {line.facility.facility_id}", columns)


def counts(lines: Iterable[ReviewLine]) -> list[tuple[str, str, int]]:
    """How many reviews are in each state: code, name, number."""
    found = Counter(line.state for line in lines)
    return [(*_said(code), found[code]) for code in ALL]


def measures(lines: Iterable[ReviewLine]) -> Measures:
    """Countermeasures of all lines together."""
    listed = list(lines)
    return Measures(
        sum(line.planned for line in listed), sum(line.done for line in listed), sum(line.ahead for line in listed)
    )


def _said(code: str) -> Said:
    return code, texts.label(f"web.review.state.{code}")
