"""The study of a controller's weeks: cost and maximum beside doing nothing and knowing everything, and the regret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kotsukotsu import texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.study import Part, Study, figure, footer, month_name
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.backtest import CONTROLLER, FORESIGHT, NOTHING, PERSISTENCE, Result, closed, gap, regret
from kotsukotsu.energy.site import Site
from kotsukotsu.energy.slots import HOURS, PER_DAY
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

Floats = NDArray[np.float64]
NAMES = (NOTHING, PERSISTENCE, CONTROLLER, FORESIGHT)
COLOURS = {NOTHING: "#767676", PERSISTENCE: "#E69F00", CONTROLLER: "#0072B2", FORESIGHT: "#009E73"}
BOUGHT, LOAD, SUN = "#8fc1e3", "#1a1a1a", "#E69F00"
DEMAND_COLOUR, REST_COLOUR = "#0b2e7a", "#8fc1e3"
GAPS = ("maximum", "energy", "trips", "use")
PARTS = ("demand", "energy", "sold", "wear", "work", "short")
ZERO, THOUSAND = Decimal(0), Decimal(1000)
WEEK = 7 * PER_DAY


@dataclass(frozen=True)
class Backtested:
    """Days of a year by every controller.

    Attributes
    ----------
    first, days : int
        Number of the first day in the year, from 0, and how many.
    load, sun : array
        What the buildings took and the sun gave in these days. [kW]
    target : float, optional
        Maximum that the controller was told to aim at. [kW]
    """

    first: int
    days: int
    results: Mapping[str, Result]
    load: Floats
    sun: Floats
    target: float | None


def study(site: Site, found: Backtested, findings: tuple[Finding, ...], made: date) -> Study:
    """Sentences, cost by controller, the maximum of each month, the controller's week of the highest load."""
    year = site.fiscal_year.name
    parts = (
        Part("cost", label("part.cost"), (_cost(found),)),
        Part("gap", label("part.gap"), tables=(_gap(found),)),
        Part("parts", label("part.parts"), tables=(_parts(found),)),
        Part("months", label("part.months"), (_months(site, found),)),
        Part("week", label("part.week"), (_week(site, found),), on_terminal=False),
    )
    return Study(label("title", site=site.name, year=year), _banners(site, found), _sentences(site, found), parts,
                 _data(site, found), findings, footer(site.name, year, made), made)  # fmt: skip


def label(key: str, /, **more: Any) -> str:
    """A text of this study."""
    return texts.label(f"energy.backtest.{key}", **more)


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)


def _f(value: float, digits: int = 0) -> Figure:
    return figure(exact.decimal(value), digits)


def _day(site: Site, number: int) -> str:
    at = site.calendar.start + timedelta(days=number)
    return label("date", month=at.month, day=at.day)


def _banners(site: Site, found: Backtested) -> tuple[str, ...]:
    """Whether the year is synthetic, whether the setting has seen it, what was assumed."""
    said = [texts.label("energy.synthetic"), label("synthetic")] if site.synthetic else []
    seen = label("unseen") if found.target is None else label("target", kw=_n(found.target))
    return (*said, seen, label("assumed"))


def _sentences(site: Site, found: Backtested) -> tuple[str, ...]:
    left, results = regret(found.results), found.results
    share = closed(results)
    days = {"start": _day(site, found.first), "end": _day(site, found.first + found.days - 1), "days": found.days}
    saved = results[NOTHING].cost - results[CONTROLLER].cost
    headline = label("headline", **days, yen=_n(abs(saved)), regret=_n(left[CONTROLLER]),
                     way=label("cheaper" if saved >= 0 else "dearer"))  # fmt: skip
    if share is None:
        said = label("closed.none")
    elif share < 0:
        said = label("closed.worse", regret=_n(left[PERSISTENCE]))
    else:
        said = label("closed", share=_n(100 * share), regret=_n(left[PERSISTENCE]))
    power = label("contract", **{name: _n(results[name].contract) for name in NAMES})
    made = gap(results, CONTROLLER)
    why = label("why", **{part: _n(made[part]) for part in GAPS})
    return headline, said, why, power


def _gap(found: Backtested) -> Table:
    """What each costs more than knowing everything, by what it is paid for."""
    left = regret(found.results)
    rows: list[Row] = []
    for name in (NOTHING, PERSISTENCE, CONTROLLER):
        made = gap(found.results, name)
        rows.append((label(name), *(_f(made[part]) for part in GAPS), _f(left[name])))
    heads = (label("head.controller"), *(label(f"gap.{part}") for part in GAPS), label("total"))
    return Table(label("gap.table"), label("yen"), heads, tuple(rows))


def _cost(found: Backtested) -> Chart:
    left = regret(found.results)
    title = label("cost", regret=_n(left[CONTROLLER] / 1000))
    rows: list[Bar] = []
    table: list[Row] = []
    for name in NAMES:
        result = found.results[name]
        demand, whole = exact.decimal(result.parts["demand"]), exact.decimal(result.cost)
        stretches = (Segment(ZERO, demand, DEMAND_COLOUR), Segment(demand, max(whole, demand), REST_COLOUR))
        rows.append(Bar(label(name), label("thousand", value=printed(whole / THOUSAND)), stretches))
        table.append((label(name), _f(result.contract), figure(whole), _f(left[name]), _f(result.short_kwh)))
    legend = ((DEMAND_COLOUR, label("demand")), (REST_COLOUR, label("rest")))
    picture = bars(rows, "cost", title, label("cost.unit"), legend)
    heads = tuple(label(f"head.{key}") for key in ("controller", "contract", "cost", "regret", "short"))
    return Chart("cost", title, label("cost.unit"), (picture,), Table(label("cost.table"), "", heads, tuple(table)))


def _parts(found: Backtested) -> Table:
    rows: list[Row] = [
        (label(name), *(_f(found.results[name].parts[part]) for part in PARTS), _f(found.results[name].cost))
        for name in NAMES
    ]
    heads = (label("head.controller"), *(label(part) for part in PARTS), label("total"))
    return Table(label("parts.table"), label("yen"), heads, tuple(rows))


def _months(site: Site, found: Backtested) -> Chart:
    """The maximum of each month; the first and the last may be parts of months."""
    slots = slice(found.first * PER_DAY, (found.first + found.days) * PER_DAY)
    numbers = site.calendar.month_index[slots]
    shown = [int(number) for number in np.unique(numbers)]
    names = [month_name(site.calendar.months[number].month) for number in shown]
    most = {name: [max(0.0, float(found.results[name].grid[numbers == number].max())) for number in shown]
            for name in NAMES}  # fmt: skip
    title = label("months", kw=_n(found.results[CONTROLLER].contract), most=_n(found.results[NOTHING].contract))
    drawn = stacked(names, (), [Series(label(name), COLOURS[name], most[name]) for name in NAMES], ident="months",
                    title=title, description=label("months.unit"))  # fmt: skip
    rows: list[Row] = [(name, *(_f(most[kind][place], 1) for kind in NAMES)) for place, name in enumerate(names)]
    heads = (label("head.month"), *(label(name) for name in NAMES))
    return Chart("months", title, label("months.unit"), drawn, Table(label("months.table"), "kW", heads, tuple(rows)))


def _week(site: Site, found: Backtested) -> Chart:
    """By the hour the larger of its half-hours, so that the maximum is in the picture."""
    count = len(found.load)
    first = min(int(np.argmax(found.load)) // WEEK * WEEK, count - WEEK)
    bought = np.maximum(found.results[CONTROLLER].grid, 0.0)
    without = np.maximum(found.results[NOTHING].grid, 0.0)
    hours = [slice(first + 2 * hour, first + 2 * hour + 2) for hour in range(WEEK // 2)]
    names = [_day(site, found.first + place.start // PER_DAY) for place in hours]
    start = _day(site, found.first + first // PER_DAY)
    title = label("week", date=start, kw=_n(float(bought[first : first + WEEK].max())))
    shown = Series(label("bought"), BOUGHT, [float(bought[place].max()) for place in hours])
    line = Series(label("without"), LOAD, [float(without[place].max()) for place in hours])
    drawn = stacked(names, (shown,), (line,), ident="week", title=title, description=label("week.unit"), every=24)
    rows: list[Row] = []
    for day in range(7):
        here = slice(first + day * PER_DAY, first + (day + 1) * PER_DAY)
        rows.append((_day(site, found.first + first // PER_DAY + day), _f(float(bought[here].max()), 1),
                     _f(float(without[here].max()), 1), *(_f(float(one[here].sum()) * HOURS)
                     for one in (bought, found.load, found.sun))))  # fmt: skip
    heads = tuple(label(f"head.{key}") for key in ("day", "bought_kw", "without_kw", "bought", "load", "sun"))
    return Chart("week", title, label("week.unit"), drawn, Table(label("week.table"), "", heads, tuple(rows)))


def _data(site: Site, found: Backtested) -> dict[str, Any]:
    def told(value: float) -> str:
        return plain(exact.decimal(value))

    left, share = regret(found.results), closed(found.results)
    start = site.calendar.start + timedelta(days=found.first)
    return {
        "site": site.name,
        "fiscal_year": site.fiscal_year.number,
        "synthetic": site.synthetic,
        "start": start.isoformat(),
        "end": (start + timedelta(days=found.days)).isoformat(),
        "target_kw": None if found.target is None else told(found.target),
        "controllers": [
            {"name": name, "contract_kw": told(result.contract), "cost_yen": told(result.cost),
             "regret_yen": told(left[name]), "short_kwh": told(result.short_kwh),
             "parts_yen": {part: told(result.parts[part]) for part in PARTS},
             "regret_by_yen": {part: told(yen) for part, yen in gap(found.results, name).items()}}
            for name, result in ((name, found.results[name]) for name in NAMES)
        ],
        "closed_share": None if share is None else told(share),
    }  # fmt: skip
