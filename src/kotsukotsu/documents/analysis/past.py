"""Figures 3 to 15 of a plan as plain data: worked out here, only drawn by the charts.

Which chart stands for which figure of the plan of 石狩市: `totals` 3, `energy` 4, `rates` 5, `shares` 6, `changes` 7,
`main` 8 and 9, `drills` 10 to 13, `others` 14, `waste` 15.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import documents, texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.analysis.past import Cell, Past
from kotsukotsu.analysis.where import Ranked, main_ones, ranking
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.groups import OTHER, chart_group, colours
from kotsukotsu.documents.printing import Figure, Printer

MOST = 8  # the seven energies of a plan, and the rest
HUNDRED = Decimal(100)
ZERO = Decimal(0)
Values = Mapping[int, Decimal | None]
ELECTRICITY = "electricity"
DRILLED = 2  # facilities that rose most, and that fell most


@dataclass(frozen=True, slots=True)
class Stack:
    """Emissions of every year in parts, from the bottom up.

    Attributes
    ----------
    names, colours : mapping
        Part to its name and colour.
    parts : mapping
        Part to its series. [t-CO2e]
    totals : mapping
        Fiscal year to the printed total.
    rate : Figure
        Change from the base year to the latest. [%]
    """

    names: Mapping[str, str]
    colours: Mapping[str, str]
    parts: Mapping[str, Values]
    totals: Mapping[int, Figure]
    rate: Figure

    @property
    def largest(self) -> str:
        """The part that is largest in the latest year."""
        last = max(self.totals)
        return max(self.parts, key=lambda part: self.parts[part].get(last) or ZERO)


@dataclass(frozen=True, slots=True)
class Rate:
    """One energy: emission of every year beside the base year.

    Attributes
    ----------
    index : mapping
        The base year as 100; None where there is no value. [%]
    base, latest : Figure
        Emission of the two years.
    shares : pair of Figure
        Of the sum of all energies in the two years. [%]
    """

    group: str
    name: str
    colour: str
    index: Values
    base: Figure
    latest: Figure
    shares: tuple[Figure, Figure]
    rate: Figure


@dataclass(frozen=True, slots=True)
class Main:
    """A main facility: its energy-origin CO2 by energy."""

    row: Ranked
    name: str
    parts: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Drill:
    """A main facility that changed much: emission by energy, and electricity's emission beside its use.

    Attributes
    ----------
    emission, use : mapping
        Of electricity, the base year as 100; empty where the base year has none. [%]
    """

    facility: str
    name: str
    change: Figure
    stack: Stack
    emission: Values
    use: Values


def totals(view: View) -> Stack:
    """All gases: energy-origin CO2 of buildings and of vehicles, other CO2, methane and so on (figure 3)."""
    known = sector_colours()
    order = [sector for sector in ORDER if sector in known]
    return _stack(view, lambda cell: cell.sector if cell.sector in known else OTHER, lambda _: True, known, order)


def energy(view: View, facility: str = "") -> Stack:
    """Energy-origin CO2 by energy, of the part looked at or of one facility in it (figures 4, 10 to 13)."""

    def keep(cell: Cell) -> bool:
        return cell.is_energy and facility in ("", cell.facility)

    return _stack(view, _group(view), keep, colours(), _largest(view.report.past, _group(view), keep))


def others(view: View) -> Stack:
    """All that is not energy-origin CO2, by gas (figure 14)."""
    known = sector_colours()
    order = [sector for sector in ORDER if sector in known]
    return _stack(
        view, lambda cell: cell.sector if cell.sector in known else OTHER, lambda cell: not cell.is_energy, known, order
    )


def rates(view: View) -> list[Rate]:
    """Every energy beside its base year, the largest of the base year first (figures 5, 6 and 7)."""
    past, printer = view.report.past, _printer(view)
    order = _largest(past, _group(view), lambda cell: cell.is_energy)
    series = _folded(past.by(_group(view), lambda cell: cell.is_energy), order)
    first, last = past.base, past.latest
    sums = {year: exact.total(own.get(year) or ZERO for own in series.values()) for year in (first, last)}
    found = []
    for group in (*order, OTHER):
        if group not in series:
            continue
        own = series[group]
        base = own.get(first)
        index = {year: _per_cent(value, base) for year, value in own.items()}
        shares = (printer.share(own.get(first), sums[first]), printer.share(own.get(last), sums[last]))
        found.append(
            Rate(group, _named(group), colours()[group], index, printer.emission(base), printer.emission(own.get(last)),
                 shares, printer.rate(own.get(last), base))
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.group == OTHER, -(one.base.exact or ZERO)))


def ranked(view: View) -> list[Ranked]:
    """Facilities by their energy-origin CO2 (figure 9)."""
    past = view.report.past
    series = past.by(lambda cell: cell.facility, lambda cell: cell.is_energy)
    base, latest = (
        {key: value for key, own in series.items() if (value := own.get(year)) is not None}
        for year in (past.base, past.latest)
    )
    return ranking(base, latest, view.report.reach)


def main(view: View) -> list[Main]:
    """The main facilities, each with its energies (figure 8)."""
    past, group = view.report.past, _group(view)
    order = _largest(past, group, lambda cell: cell.is_energy)
    cells = past.emissions[past.latest] or {}
    found = []
    for row in main_ones(ranked(view)):
        parts: dict[str, Decimal] = {}
        for cell, value in cells.items():
            if cell.facility == row.key and cell.is_energy:
                key = group(cell) if group(cell) in order else OTHER
                parts[key] = exact.total((parts.get(key, ZERO), value))
        found.append(Main(row, view.names["facility"](row.key), parts))
    return found


def drills(view: View) -> list[Drill]:
    """Main facilities with rows in both years that rose most, and that fell most (figures 10 to 13)."""
    rows = [row for row in main_ones(ranked(view)) if not row.is_new]
    up = sorted((row for row in rows if row.change > 0), key=lambda row: -row.change)[:DRILLED]
    down = sorted((row for row in rows if row.change < 0), key=lambda row: row.change)[:DRILLED]
    return [drill(view, row.key) for row in (*up, *down)]


def drill(view: View, facility: str) -> Drill:
    """One facility as figures 10 to 13 show it."""
    past, printer = view.report.past, _printer(view)
    series = past.by(
        lambda cell: cell.item, lambda cell: cell.facility == facility and cell.is_energy and cell.item == ELECTRICITY
    )
    own = past.total(lambda cell: cell.facility == facility and cell.is_energy)
    emission, use = series.get(ELECTRICITY, {}), past.use(facility, ELECTRICITY)
    return Drill(
        facility, view.names["facility"](facility), printer.change(own[past.latest], own[past.base]),
        energy(view, facility), _indexed(emission, past.base), _indexed(use, past.base),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waste:
    """Waste burnt and the plastics in it. [t], [%]"""

    burnt: Figure
    plastics: Figure
    share: Figure


def waste(view: View) -> dict[int, Waste | None]:
    """Waste burnt in every year, and the share of plastics (figure 15); empty where the city burns none."""
    printer = _printer(view)
    found = view.report.past.burnt()
    if not any(found.values()):
        return {}
    return {
        year: None
        if pair is None
        else Waste(
            printer.quantity(pair[0], "t"), printer.quantity(pair[1], "t"), printer.share(pair[1], pair[0])
        )
        for year, pair in found.items()
    }  # fmt: skip


@cache
def sector_colours() -> dict[str, str]:
    """Colour of each sector; what is not in it is drawn as `OTHER`."""
    with (Path(documents.__file__).parent / "sector_colours.csv").open(encoding="utf-8", newline="") as file:
        return {row["sector"]: row["colour"] for row in csv.DictReader(file)}


def _stack(
    view: View, key: Callable[[Cell], str], keep: Callable[[Cell], bool], painted: Mapping[str, str], order: list[str]
) -> Stack:
    past, printer = view.report.past, _printer(view)
    parts = _folded(past.by(key, keep), order)
    kept = {code: parts[code] for code in (*order, OTHER) if code in parts}
    whole = past.total(keep)
    return Stack(
        {code: _named(code) for code in kept}, {code: painted[code] for code in kept}, kept,
        {year: printer.emission(value) for year, value in whole.items()},
        printer.rate(whole[past.latest], whole[past.base]),
    )  # fmt: skip


def _named(code: str) -> str:
    return texts.label(f"sector.{code}" if code in ORDER else f"doc.group.{code}")


def _group(view: View) -> Callable[[Cell], str]:
    groups = {item: chart_group(found) for item, found in view.items.items()}
    return lambda cell: groups[cell.item]


def _largest(past: Past, key: Callable[[Cell], str], keep: Callable[[Cell], bool]) -> list[str]:
    """The parts that are drawn apart, largest over all years first, in the order of their colours."""
    series = past.by(key, keep)
    sums = {code: exact.total(value for value in own.values() if value is not None) for code, own in series.items()}
    ranked_ones = sorted((code for code in sums if code != OTHER), key=lambda code: (-sums[code], code))
    shown = ranked_ones if len(sums) <= MOST else ranked_ones[: MOST - 1]
    return [code for code in colours() if code in shown]


def _folded(series: Mapping[str, Values], order: list[str]) -> dict[str, dict[int, Decimal | None]]:
    """The series of `order`; all others together as `OTHER`."""
    found: dict[str, dict[int, Decimal | None]] = {}
    for code, own in series.items():
        into = found.setdefault(code if code in order else OTHER, dict.fromkeys(own))
        for year, value in own.items():
            if value is not None:
                into[year] = exact.total((into[year] or ZERO, value))
    return found


def _indexed(series: Values, base: int) -> dict[int, Decimal | None]:
    return {year: _per_cent(value, series.get(base)) for year, value in series.items()} if series.get(base) else {}


def _per_cent(value: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if value is None or not whole else exact.quotient(exact.product(value, HUNDRED), whole)


def _printer(view: View) -> Printer:
    return Printer(view.report.voice.rounding)
