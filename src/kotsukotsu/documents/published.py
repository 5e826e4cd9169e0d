"""The numbers that a publication freezes, and what has changed between two of them (正誤表)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.documents.model import Overview, Part
from kotsukotsu.documents.registry import Behind, Number

KINDS = ("gas", "sector", "item", "department", "facility")


@dataclass(frozen=True, slots=True)
class Change:
    """A number that reads otherwise than before.

    Attributes
    ----------
    before, after : str
        As printed; `texts.none()` where it was not, or is no longer, published.
    """

    key: str
    meaning: str
    before: str
    after: str
    unit: str


def numbers(found: Overview) -> tuple[Number, ...]:
    """Totals of the year, of the years before, and of each gas, sector, item, department and facility."""
    return (*_totals(found), *_years(found), *(number for kind in KINDS for number in _parts(found, kind)))


def _rule(found: Overview) -> str:
    return dict(found.policy)[texts.label("doc.policy.label.rounding")]


def _totals(found: Overview) -> Iterator[Number]:
    rule, totals, fy = _rule(found), found.totals, found.year.fy
    behind = {"total": Behind(fy), "base": Behind(found.base_fy)}
    for key in ("total", "base", "change", "rate", "comparable"):
        yield Number(key, texts.label(f"published.{key}"), getattr(totals, key), rule, behind.get(key))


def _years(found: Overview) -> Iterator[Number]:
    for year in found.years:
        meaning = texts.label("published.year", year=year.label)
        yield Number(f"year.{year.fy}", meaning, year.total, _rule(found), Behind(year.fy))


def _parts(found: Overview, kind: str) -> Iterator[Number]:
    parts: Mapping[str, tuple[Part, ...]] = {
        "gas": found.gases, "sector": found.sectors, "item": found.items,
        "department": found.departments, "facility": found.facilities,
    }  # fmt: skip
    for part in parts[kind]:
        if part.tonnes.exact is not None:
            meaning = texts.label(f"published.{kind}", name=part.name)
            yield Number(f"{kind}.{part.code}", meaning, part.tonnes, _rule(found), _behind(found, kind, part.code))


def _behind(found: Overview, kind: str, code: str) -> Behind | None:
    """A facility, an item and a sector lead to their rows; other sums are not a filter of the trace."""
    fy = found.year.fy
    return {
        "facility": Behind(fy, facility=code), "item": Behind(fy, item=code), "sector": Behind(fy, sectors=(code,)),
    }.get(kind)  # fmt: skip


def changes(before: Iterable[Number], after: Iterable[Number]) -> tuple[Change, ...]:
    """What reads otherwise, in the order of the later one, numbers that are gone last."""
    old, new = ({number.key: number for number in given} for given in (before, after))
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        first, second = old.get(key), new.get(key)
        shown = tuple(number.figure.text if number else texts.none() for number in (first, second))
        number = second or first
        if shown[0] != shown[1] and number:
            found.append(Change(key, number.meaning, shown[0], shown[1], number.figure.unit))
    return tuple(found)
