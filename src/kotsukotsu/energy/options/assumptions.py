"""What is assumed about money, sun and CO2: every value with its source and status; one that is missing is refused."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.schema import Row

FILE = "assumptions.csv"
KNOWN = Path(__file__).parent / "known.csv"
CONFIRMED = "confirmed"
YEARS = "year"  # unit of what must be whole


@dataclass(frozen=True, slots=True)
class Known:
    """An assumption that a study can ask for.

    Attributes
    ----------
    unit : str
        A key of texts.
    least, most : Decimal
        Outside of which a value is taken for a slip of the unit.
    needed : str
        For what: ``always``, or a word of `model.needs`.
    site : str
        The setting of ``site.toml`` that says the same, if there is one.
    """

    key: str
    unit: str
    least: Decimal
    most: Decimal
    needed: str
    site: str


@cache
def known() -> Mapping[str, Known]:
    """All of them by key, in the order in which they are printed."""
    with KNOWN.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: Known(row["key"], row["unit"], Decimal(row["least"]), Decimal(row["most"]), row["needed"],
                              row["site"])
            for row in csv.DictReader(file)
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value, how far it may lie off to either side, where it comes from, and whether somebody confirmed it."""

    key: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    source: str
    status: str

    @property
    def ends(self) -> tuple[Decimal, ...]:
        """The ends of its range that differ from the value."""
        return tuple(end for end in (self.low, self.high) if end is not None and end != self.value)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All that is assumed of a site."""

    rows: Mapping[str, Assumption]

    def __getitem__(self, key: str) -> float:
        """A value.

        Raises
        ------
        StudyError
            OP-02 if it is not known; there are no defaults.
        """
        self.need((key,))
        return float(self.rows[key].value)

    def missing(self, needs: Iterable[str]) -> list[str]:
        """What is needed for these things and not known."""
        wanted = {"always", *needs}
        return [key for key, one in known().items() if one.needed in wanted and key not in self.rows]

    def need(self, keys: Sequence[str]) -> None:
        """OP-02 with all keys that are not known."""
        lacking = [key for key in keys if key not in self.rows]
        if lacking:
            raise StudyError("OP-02", file=FILE, keys=texts.listed(lacking))

    def changed(self, key: str, value: Decimal) -> Assumptions:
        """The same with another value."""
        return Assumptions({**self.rows, key: replace(self.rows[key], value=value)})


def assumptions(rows: Iterable[Row], settings: Mapping[str, Any]) -> Assumptions:
    """The table of a site; a row without a value is one that nobody knows yet.

    Raises
    ------
    StudyError
        OP-03 an unknown key or one given twice, OP-04 a value out of its range, OP-05 ``site.toml`` says another
        value, OP-06 a range that does not hold the value.
    """
    found: dict[str, Assumption] = {}
    seen: set[str] = set()
    for row in rows:
        key = row["key"]
        if key not in known() or key in seen:
            raise StudyError("OP-03", file=FILE, key=key, known=texts.listed(known()))
        seen.add(key)
        if row["value"] is None:
            continue
        found[key] = Assumption(key, row["value"], row["low"], row["high"], row["source"], row["status"])
        _check(found[key], settings)
    return Assumptions({key: found[key] for key in known() if key in found})


def _check(one: Assumption, settings: Mapping[str, Any]) -> None:
    rule = known()[one.key]
    for value in (one.value, *one.ends):
        if not rule.least <= value <= rule.most or (rule.unit == YEARS and value % 1):
            raise StudyError("OP-04", file=FILE, key=one.key, value=value, least=rule.least, most=rule.most)
    if not (one.low or one.value) <= one.value <= (one.value if one.high is None else one.high):
        raise StudyError("OP-06", file=FILE, key=one.key, value=one.value, low=one.low, high=one.high)
    section, _, name = rule.site.partition(".")
    other = settings.get(section, {}).get(name) if rule.site else None
    if other is not None and Decimal(str(other)) != one.value:
        raise StudyError("OP-05", file=FILE, key=one.key, value=one.value, setting=rule.site, other=other)
