"""Projections as rows, and in words what their range rests on: a range of one method is no range of methods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kotsukotsu import texts
from kotsukotsu.documents.planning.figures import year
from kotsukotsu.planning.bau import Span

Methods = Mapping[str, Sequence[Span]]


def methods_of(methods: Methods, fy: int) -> list[str]:
    """The methods that tell something of a fiscal year."""
    return [name for name, spans in methods.items() if any(span.fiscal_year == fy for span in spans)]


def rows(methods: Methods, together: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Every method's spans, then those of all; where only one method tells of a year, that is what the row says."""
    for name, spans in methods.items():
        yield from ((name, span) for span in spans)
    for span in together:
        is_one = len(methods_of(methods, span.fiscal_year)) == 1
        yield texts.label("plan.bau.one" if is_one else "plan.bau.all"), span


def notes(methods: Methods, together: Sequence[Span]) -> list[str]:
    """Which years rest on one method, and where a line is today's value drawn on, without a range of its own."""
    lone: dict[str, list[str]] = {}
    for span in together:
        found = methods_of(methods, span.fiscal_year)
        if len(found) == 1:
            lone.setdefault(found[0], []).append(year(span.fiscal_year))
    said = [texts.label("plan.bau.lone", years=texts.listed(years), method=name) for name, years in lone.items()]
    flat = [name for name, spans in methods.items() if _is_flat(spans)]
    return [*said, *(texts.label("plan.bau.flat", method=name) for name in flat)]


def _is_flat(spans: Sequence[Span]) -> bool:
    """Whether today's use and factors are drawn on unchanged: one value without a range in several years."""
    frozen = [span for span in spans if span.method == "frozen"]
    return len(frozen) > 1 and len({value for span in frozen for value in (span.low, span.middle, span.high)}) == 1
