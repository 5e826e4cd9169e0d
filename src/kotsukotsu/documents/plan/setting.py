"""What a city says of its plan in municipality.toml, table ``[plan]``; nothing is invented where it is silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.periods import FiscalYear

STYLES = ("both", "era", "western")
TEXTS = ("title", "issued", "office", "address", "contact")
LISTS = ("parents", "related", "council", "organisation")
SPAN = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's own particulars.

    Attributes
    ----------
    first_fy, last_fy : int
        The plan's years, both included.
    years : str
        How years are written: ``both`` 令和8（2026）年度, ``era`` 令和8年度, ``western`` 2026年度.
    texts : mapping
        Title, month of issue, office, address, contact; empty where not given.
    lists : mapping
        Plans above and beside this one, bodies that advise, posts of the organisation.
    """

    first_fy: int
    last_fy: int
    years: str = "both"
    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def year(self, fy: int) -> str:
        """A fiscal year as the plan writes it."""
        return FiscalYear(fy).label(self.years)

    def short(self, fy: int) -> tuple[str, ...]:
        """A fiscal year under a column or point of a chart."""
        era = FiscalYear(fy).label("era").removesuffix("年度")
        if texts.language() != "ja":
            return (era,)
        both = {"both": (era, f"{fy}"), "era": (era,), "western": (f"{fy}",)}
        return both[self.years]


def setting_of(settings: Mapping[str, Any], last_fy: int) -> Plan:
    """The particulars, or those that follow from the next milestone's year.

    Raises
    ------
    DocumentError
        DC-14 if a value is not what it must be.
    """
    rows = settings.get("plan", {})
    last = _number(rows, "last_fy", last_fy)
    first = _number(rows, "first_fy", last - SPAN + 1)
    years = rows.get("years", STYLES[0])
    if first > last:
        raise DocumentError("DC-14", key="first_fy", value=first)
    if years not in STYLES:
        raise DocumentError("DC-14", key="years", value=years)
    texts = {key: _text(rows, key) for key in TEXTS}
    return Plan(first, last, years, texts, {key: _list(rows, key) for key in LISTS})


def _number(rows: Mapping[str, Any], key: str, otherwise: int) -> int:
    value = rows.get(key, otherwise)
    if type(value) is not int:
        raise DocumentError("DC-14", key=key, value=value)
    return value


def _text(rows: Mapping[str, Any], key: str) -> str:
    value = rows.get(key, "")
    if not isinstance(value, str):
        raise DocumentError("DC-14", key=key, value=value)
    return value


def _list(rows: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = rows.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise DocumentError("DC-14", key=key, value=value)
    return tuple(value)
