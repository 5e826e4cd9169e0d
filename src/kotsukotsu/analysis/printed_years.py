"""Two years of which one has printed figures only, or both, compared as far as the print goes.

A printed figure is of a kind: sector, item and gas, each of which may be left open. Figures of one kind are ranked
among each other; kinds are never added up, for one may hold another (``エネルギー起源CO2`` holds the vehicles).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.index import index
from kotsukotsu.analysis.scope import Scope
from kotsukotsu.analysis.where import REACH, Ranked, ranking, totals
from kotsukotsu.findings import Finding

TWICE, ONLY_PRINTED, ONE_COMPUTED, ONE_YEAR = "AN-15", "AN-14", "AN-16", "AN-17"
Rows = Iterable[Mapping[str, Any]]  # of the schema ``printed_totals``


class Kind(NamedTuple):
    """What a printed figure counts; an empty word means all."""

    sector: str
    item: str
    gas: str


WHOLE = Kind("", "", "")


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of emission of the whole city in two years; None where nothing is printed. [t-CO2e]"""

    kind: Kind
    base: Decimal | None
    latest: Decimal | None
    index: Decimal | None


@dataclass(frozen=True, slots=True)
class Places:
    """The facilities of one kind, ranked.

    Attributes
    ----------
    whole : Decimal or None
        Printed total of the kind in the later year, of which the shares are; None where none is printed, and the
        shares are of the facilities' sum. [t-CO2e]
    """

    kind: Kind
    whole: Decimal | None
    rows: tuple[Ranked, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedYears:
    """What the printed figures of two years allow.

    Attributes
    ----------
    computed : int or None
        The year whose figures are computed from its rows; None where both are printed.
    """

    fy: int
    against: int
    total: Part
    parts: tuple[Part, ...]
    places: tuple[Places, ...]
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    computed: int | None = None


Figures = Mapping[tuple[Kind, str], Mapping[int, Decimal]]  # kind and facility to values by year


def printed_years(
    rows: Rows, fy: int, against: int, scope: Scope, reach: Decimal = REACH, computed: int | None = None
) -> PrintedYears | None:
    """The comparison; None where the later year has no figure. An earlier year without one stays open.

    Parameters
    ----------
    rows : iterable of rows
        Printed figures, and in the same form those of a computed year.
    scope : Scope
        Which facilities and which item are shown; shares stay those of the whole.
    computed : int, optional
        Which of the two years is computed.
    """
    used = [row for row in rows if row["fiscal_year"] in (fy, against)]
    years = {row["fiscal_year"] for row in used}
    if fy not in years:
        return None
    if computed == against:
        used = _also_printed(used, computed)
    figures, findings = _figures(used)
    kinds = list(dict.fromkeys(kind for kind, _ in figures if scope.item in (None, kind.item)))
    parts = [_part(figures, kind, fy, against) for kind in kinds if (kind, "") in figures and kind != WHOLE]
    places = [_places(figures, kind, fy, against, scope, reach, used) for kind in kinds]
    only = _limits(fy, against, computed, has_both=against in years)
    return PrintedYears(
        fy, against, _part(figures, WHOLE, fy, against), tuple(parts), tuple(one for one in places if one.rows),
        _said((row for row in used if not row["facility_id"]), "source"), (only, *findings), computed,
    )  # fmt: skip


def _also_printed(rows: Sequence[Mapping[str, Any]], computed: int) -> list[Mapping[str, Any]]:
    """Of an earlier year that is computed only the kinds that the later one prints too."""
    kinds = {_sort(row) for row in rows if row["fiscal_year"] != computed}
    return [row for row in rows if row["fiscal_year"] != computed or _sort(row) in kinds]


def _sort(row: Mapping[str, Any]) -> tuple[Kind, bool]:
    return _kind(row), bool(row["facility_id"])


def _limits(fy: int, against: int, computed: int | None, *, has_both: bool) -> Finding:
    """What the figures at hand do not allow."""
    if not has_both:
        return Finding(ONE_YEAR, data={"against": against, "fy": fy})
    if computed is None:
        return Finding(ONLY_PRINTED, data={"against": against, "fy": fy})
    printed = against if computed == fy else fy
    return Finding(ONE_COMPUTED, data={"printed": printed, "fiscal_year": computed})


def computed_rows(lines: Sequence[Line], fy: int) -> list[dict[str, Any]]:
    """A computed year in the form of printed figures: the whole, its gases, items and facilities, largest first."""
    whole = [*totals(lines, lambda _: "").items()] or [("", Decimal(0))]
    kinds = [
        *((Kind("", "", ""), facility, tonnes) for facility, tonnes in totals(lines, _facility).items()),
        *((Kind("", "", gas), "", tonnes) for gas, tonnes in totals(lines, lambda line: line.gas).items()),
        *((Kind("", item, ""), "", tonnes) for item, tonnes in totals(lines, lambda line: line.item).items()),
        *((WHOLE, "", tonnes) for _, tonnes in whole),
    ]
    kinds.sort(key=lambda one: (bool(one[0].item), -one[2]))
    return [
        {**kind._asdict(), "fiscal_year": fy, "facility_id": facility, "tonnes_co2e": tonnes, "source": "", "note": ""}
        for kind, facility, tonnes in kinds
    ]


def _facility(line: Line) -> str:
    return line.group.facility_id


def _figures(rows: Rows) -> tuple[Figures, list[Finding]]:
    """Values by kind, facility and year; where two differ, neither is used."""
    found: dict[tuple[Kind, str], dict[int, Decimal]] = {}
    twice: list[tuple[tuple[Kind, str], int]] = []
    for row in rows:
        key = (_kind(row), row["facility_id"] or "")
        values = found.setdefault(key, {})
        if values.setdefault(row["fiscal_year"], row["tonnes_co2e"]) != row["tonnes_co2e"]:
            twice.append((key, row["fiscal_year"]))
    for key, year in dict.fromkeys(twice):
        del found[key][year]
    return found, [_twice(kind, facility, year) for (kind, facility), year in dict.fromkeys(twice)]


def _twice(kind: Kind, facility: str, year: int) -> Finding:
    return Finding(TWICE, data={"fiscal_year": year, "name": " ".join(word for word in (*kind, facility) if word)})


def _kind(row: Mapping[str, Any]) -> Kind:
    return Kind(*(row[name] or "" for name in Kind._fields))


def _part(figures: Figures, kind: Kind, fy: int, against: int) -> Part:
    values = figures.get((kind, ""), {})
    base, latest = values.get(against), values.get(fy)
    return Part(kind, base, latest, index({against: base, fy: latest}, against)[fy])


def _places(
    figures: Figures, kind: Kind, fy: int, against: int, scope: Scope, reach: Decimal, rows: Rows
) -> Places:  # fmt: skip
    own = {facility: values for (other, facility), values in figures.items() if other == kind and facility}
    then, now = scope.in_year(against), scope.in_year(fy)
    base = {key: values[against] for key, values in own.items() if against in values and (then is None or key in then)}
    latest = {key: values[fy] for key, values in own.items() if fy in values}
    whole = _whole(figures, kind, fy)
    ranked = [row for row in ranking(base, latest, reach, whole) if now is None or row.key in now]
    shown = {row.key for row in ranked}
    printed = [row for row in rows if row["facility_id"] in shown and _kind(row) == kind]
    return Places(kind, whole, tuple(ranked), _said(printed, "source"), _said(printed, "note"))


def _whole(figures: Figures, kind: Kind, fy: int) -> Decimal | None:
    """The printed total of a kind, of its gas alone or of all gases."""
    fitting = (figures.get((one, ""), {}).get(fy) for one in (kind, kind._replace(gas="")))
    return next((value for value in fitting if value is not None), None)


def _said(rows: Rows, column: str) -> tuple[str, ...]:
    """What a column says, each thing once."""
    return tuple(dict.fromkeys(row[column] for row in rows if row[column]))


def indexed(row: Ranked) -> Decimal | None:
    """A facility's emission with the earlier year as 100; None from nothing. [1]"""
    return index({0: row.base, 1: row.latest}, 0)[1]


def main_count(rows: Sequence[Ranked]) -> int:
    """How many of the facilities make the share asked for."""
    return sum(row.is_main for row in rows)
