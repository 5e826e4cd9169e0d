"""The study of a year's dispatch: where electricity came from and went, hour by hour, and what it saves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kotsukotsu import texts
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import dispatch_heat as heat
from kotsukotsu.documents.energy import dispatch_known, given
from kotsukotsu.documents.energy.bill_study import banners
from kotsukotsu.documents.energy.charts.sankey import bands, sankey
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.dispatch_heat import Heated
from kotsukotsu.documents.energy.given import Given
from kotsukotsu.documents.energy.study import Part, Study, figure, footer, month_name
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact, kpis
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.dispatch import money
from kotsukotsu.energy.dispatch.model import Meter
from kotsukotsu.energy.dispatch.solve import Plan
from kotsukotsu.energy.site import Site
from kotsukotsu.energy.slots import HOURS, PER_DAY
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

Floats = NDArray[np.float64]
SOURCES = {"buy": "#0072B2", "sun": "#E69F00", "battery_out": "#009E73", "cars_out": "#CC79A7", "fuel_cell": "#56B4E9",
           "received": "#882255"}  # fmt: skip
SINKS = {
    "load": "#4d4d4d", "battery_in": "#009E73", "cars_in": "#CC79A7", "unit": "#7F4F24", "electrolyser": "#56B4E9",
    "heat_pump": "#D55E00", "sent": "#882255", "sell": "#E69F00",
}  # fmt: skip
FLOWS = {
    "buy": "buy", "sun": "sun/used", "battery_out": "battery/discharge", "cars_out": "cars/discharge",
    "fuel_cell": "hydrogen/fuel_cell", "battery_in": "battery/charge", "cars_in": "cars/charge",
    "unit": "unit/work", "electrolyser": "hydrogen/electrolyser", "heat_pump": "heat_pump/power",
    "sell": "sell",
}  # fmt: skip
RECEIVED, SENT = "received", "sent"  # from and to other meters
USERS = ("load", "cars_in", "unit", "heat_pump")
WEEK = 7 * PER_DAY
SMALL = 0.05  # what is told of what is lacking [kWh]
ZERO = Decimal(0)


@dataclass(frozen=True)
class Dispatched:
    """A year's plan beside the year without equipment.

    Attributes
    ----------
    before, after : Bill
        By the bill engine, of the buildings alone and of what the plan buys; both of a year that was like this before.
    objective : Decimal
        What the programme says the bill is: energy and contract, without rounding. [yen]
    day : int
        The day that is looked at, from 0.
    yen_per_kw, agreed_kw : Decimal, optional
        What the last kW of the maximum costs in a year where the maximum sets the contract [yen]; an agreed one [kW].
    given : sequence of Given
        Numbers of ``site.toml`` that the plan rests on.
    heat : Heated, optional
        What heat pump and boiler give, where heat is needed.
    chosen : sequence of str
        Where the sizes come from, if not from ``site.toml``.
    place : sequence of str
        Which meters are planned together and which is shown, if there are several.
    """

    plan: Plan
    before: Bill
    after: Bill
    objective: Decimal
    day: int
    yen_per_kw: Decimal | None
    agreed_kw: Decimal | None = None
    given: Sequence[Given] = ()
    heat: Heated | None = None
    chosen: Sequence[str] = ()
    place: Sequence[str] = ()

    @property
    def slots(self) -> slice:
        """Its half-hours."""
        return slice(self.day * PER_DAY, (self.day + 1) * PER_DAY)

    def flow(self, name: str) -> Floats:
        """A source or a sink of the meter that is shown. [kW]"""
        if name == "load":
            return self.meter.load
        if name in (RECEIVED, SENT):
            return self._lines(name)
        return self.plan.flow(f"{self.meter.name}/{FLOWS[name]}")

    @property
    def meter(self) -> Meter:
        """The meter that is shown: the first of those that are planned together."""
        return self.plan.system.meters[0]

    def _lines(self, name: str) -> Floats:
        """What comes from other meters, or is sent to them. [kW]"""
        found = np.zeros(self.meter.slots)
        for wire in self.plan.system.wires:
            if (wire.end if name == RECEIVED else wire.start) == self.meter.name:
                sent = self.plan.flow(f"{wire.name}/sent")
                found = found + (sent * wire.efficiency if name == RECEIVED else sent)
        return found

    @property
    def sold(self) -> Decimal:
        """Income from what flows back. [yen]"""
        return exact.decimal(money.sold(self.plan, self.meter))

    @property
    def cars_short(self) -> float:
        """What cars had to charge elsewhere. [kWh]"""
        return float(self.plan.flow(f"{self.meter.name}/cars/short").sum())

    @property
    def unserved(self) -> float:
        """What could not be served at all. [kWh]"""
        return float(self.plan.flow(f"{self.meter.name}/unserved").sum()) * HOURS

    def own(self, slots: slice) -> Decimal:
        """Share of what buildings, cars, the unit and the heat pump used that came from no other place. [%]"""
        used = sum(_kwh(self, name, slots) for name in USERS) - _kwh(self, "cars_out", slots)
        outside = _kwh(self, "buy", slots) + _kwh(self, RECEIVED, slots)
        return exact.decimal(100 * (kpis.self_sufficiency(outside, used) or 0.0))


def study(site: Site, found: Dispatched, findings: tuple[Finding, ...], made: date) -> Study:
    """Sentences, the flows of a day, the week around it, the months."""
    year = site.fiscal_year.name
    parts = (
        Part("flows", label("part.flows"), (_flows(site, found),)),
        Part("day", label("part.day"), (_day(site, found), _week(site, found)), on_terminal=False),
        Part("months", label("part.months"), (_months(site, found),), on_terminal=False),
        *(heat.parts(site, found.heat) if found.heat else ()),
        dispatch_known.part(found),
        given.part(found.given),
    )
    return Study(
        label("title", site=site.name, year=year),
        (*banners(site, [found.before]), *found.chosen, *found.place, *_repeated(found)),
        _sentences(found), parts,
        _data(site, found), (*given.finding(found.given), *findings), footer(site.name, year, made), made,
    )  # fmt: skip


def label(key: str, /, **more: Any) -> str:
    """A text of this study."""
    return texts.label(f"energy.dispatch.{key}", **more)


def _sentences(found: Dispatched) -> tuple[str, ...]:
    highest = [max(month.maximum.kw for month in one.months) for one in (found.before, found.after)]
    return (
        label("headline", before=printed(found.before.total), after=printed(found.after.total),
              high=printed(highest[0]), low=printed(highest[1])),
        *_last(found),
        *((label("sold", yen=printed(found.sold)),) if found.sold else ()),
        *(heat.sentences(found.heat) if found.heat else ()),
        *_short(found),
        label("reconciled", objective=printed(found.objective), bill=printed(found.after.unrounded),
              difference=printed(found.objective - found.after.unrounded)),
    )  # fmt: skip


def _repeated(found: Dispatched) -> Iterator[str]:
    """Of a contract with a memory, that the year before is taken to have been the same."""
    if found.yen_per_kw is not None:
        yield label("repeated")


def _last(found: Dispatched) -> Iterator[str]:
    """What the last kW costs, by the rule of the contract; nothing where no kW is paid."""
    if found.yen_per_kw is not None:
        yield label("last", yen=printed(found.yen_per_kw))
    if found.agreed_kw is not None:
        above = max(ZERO, max(month.maximum.kw for month in found.after.months) - found.agreed_kw)
        yield label("agreed", kw=printed(found.agreed_kw), above=printed(above))


def _short(found: Dispatched) -> Iterator[str]:
    """What could not be served; it costs nothing in the bill, so it must be told."""
    if found.cars_short > SMALL:
        yield label("short.cars", kwh=printed(exact.decimal(found.cars_short)))
    if found.unserved > SMALL:
        yield label("short.load", kwh=printed(exact.decimal(found.unserved)))


def _name(site: Site, day: int) -> str:
    at = site.calendar.start + timedelta(days=day)
    return label("date", month=at.month, day=at.day)


def _used(found: Dispatched, names: dict[str, str], slots: slice) -> list[str]:
    """Sources or sinks that carry anything on the day."""
    return [name for name in names if found.flow(name)[slots].sum() > 0]


def _kwh(found: Dispatched, name: str, slots: slice) -> float:
    return float(found.flow(name)[slots].sum()) * HOURS


def _flows(site: Site, found: Dispatched) -> Chart:
    """The flows of a day, and the same as a table whose sums are the bars."""
    slots = found.slots
    sources, sinks = _used(found, SOURCES, slots), _used(found, SINKS, slots)
    given, taken = (np.array([found.flow(name)[slots] for name in names]) * HOURS for names in (sources, sinks))
    flow = bands(given, taken)
    names = ([_bar(found, name, slots) for name in sources], [_bar(found, name, slots) for name in sinks])
    colours = ([SOURCES[name] for name in sources], [SINKS[name] for name in sinks])
    title = label("flows", date=_name(site, found.day), share=printed(found.own(slots)))
    drawn = sankey(names, colours, flow, ident="flows", title=title, description=label("flows.unit"))
    rows: list[Row] = [
        (label(name), *(figure(exact.decimal(value), 1) for value in row), figure(exact.decimal(row.sum()), 1))
        for name, row in zip(sources, flow, strict=True)
    ]
    total: Row = (label("total"), *(figure(exact.decimal(value), 1) for value in flow.sum(axis=0)),
                  figure(exact.decimal(flow.sum()), 1))  # fmt: skip
    headings = (label("from"), *(label(name) for name in sinks), label("total"))
    table = Table(
        label("flows.table", date=_name(site, found.day)), "kWh", headings, tuple(rows), (total,), label("rule")
    )
    return Chart("flows", title, label("flows.unit"), drawn, table)


def _bar(found: Dispatched, name: str, slots: slice) -> str:
    return f"{label(name)} {printed(exact.decimal(_kwh(found, name, slots)))}"


def _series(found: Dispatched, places: list[slice], scale: float) -> list[Series]:
    """Sources above zero, what they fill besides the buildings below."""

    def values(name: str, sign: int) -> list[float]:
        return [sign * scale * float(found.flow(name)[place].mean()) for place in places]

    below = [name for name in SINKS if name != "load"]
    shown = [(name, SOURCES[name], values(name, 1)) for name in SOURCES]
    shown += [(name, _pale(SINKS[name]), values(name, -1)) for name in below]
    return [Series(label(name), colour, row) for name, colour, row in shown if any(abs(value) > 1e-6 for value in row)]


def _pale(colour: str) -> str:
    """The colour on the way to white, for what is stored or sold."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in parts)


def _load(found: Dispatched, places: list[slice], scale: float) -> Series:
    return Series(label("load"), "#1a1a1a", [scale * float(found.flow("load")[place].mean()) for place in places])


def _day(site: Site, found: Dispatched) -> Chart:
    first = found.day * PER_DAY
    places = [slice(first + koma, first + koma + 1) for koma in range(PER_DAY)]
    names = [f"{koma // 2}:{'30' if koma % 2 else '00'}" for koma in range(PER_DAY)]
    bought = found.flow("buy")[found.slots]
    title = label("day", date=_name(site, found.day), kw=printed(exact.decimal(float(bought.max()))),
                  load=printed(exact.decimal(float(found.flow("load")[found.slots].max()))))  # fmt: skip
    drawn = stacked(names, _series(found, places, 1.0), [_load(found, places, 1.0)], ident="day", title=title,
                    description=label("day.unit"), every=6)  # fmt: skip
    return Chart("day", title, label("day.unit"), drawn, _table(found, names, places, 1.0, label("day.table"), "kW"))


def _week(site: Site, found: Dispatched) -> Chart:
    count = len(found.flow("load"))
    first = min(max(0, found.day * PER_DAY - 3 * PER_DAY), count - WEEK)
    places = [slice(first + 2 * hour, first + 2 * hour + 2) for hour in range(7 * 24)]
    names = [f"{_name(site, (first + 2 * hour) // PER_DAY)}" for hour in range(7 * 24)]
    title = label("week", date=_name(site, first // PER_DAY))
    drawn = stacked(names, _series(found, places, 1.0), [_load(found, places, 1.0)], ident="week", title=title,
                    description=label("week.unit"), every=24)  # fmt: skip
    days = [slice(first + day * PER_DAY, first + (day + 1) * PER_DAY) for day in range(7)]
    named = [_name(site, first // PER_DAY + day) for day in range(7)]
    table = _table(found, named, days, 24.0, label("week.table"), "kWh")
    return Chart("week", title, label("week.unit"), drawn, table)


def _months(site: Site, found: Dispatched) -> Chart:
    calendar = site.calendar
    starts = [int(np.argmax(calendar.month_index == number)) for number in range(len(calendar.months))]
    places = [slice(start, end) for start, end in zip(starts, [*starts[1:], len(calendar)], strict=True)]
    names = [month_name(month.month) for month in calendar.months]
    sums = {name: [_kwh(found, name, place) for place in places] for name in (*SOURCES, *SINKS)}
    shown = [Series(label(name), SOURCES[name], sums[name]) for name in SOURCES if sum(sums[name]) > 0]
    title = label("months", share=printed(found.own(slice(0, len(calendar)))))
    drawn = stacked(names, shown, [Series(label("load"), "#1a1a1a", sums["load"])], ident="months", title=title,
                    description=label("months.unit"))  # fmt: skip
    rows: list[Row] = []
    kinds = [name for name in sums if sum(sums[name]) > 0]
    for number, name in enumerate(names):
        rows.append((name, *(figure(exact.decimal(sums[kind][number])) for kind in kinds)))
    total: Row = (label("total"), *(figure(exact.decimal(sum(sums[kind]))) for kind in kinds))
    headings = (label("month"), *(label(kind) for kind in kinds))
    table = Table(label("months.table"), "kWh", headings, tuple(rows), (total,))
    return Chart("months", title, label("months.unit"), drawn, table)


def _table(found: Dispatched, names: list[str], places: list[slice], scale: float, title: str, unit: str) -> Table:
    kinds = [name for name in (*SOURCES, *SINKS) if any(found.flow(name)[place].sum() > 0 for place in places)]
    rows: list[Row] = [
        (name, *(figure(exact.decimal(scale * float(found.flow(kind)[place].mean())), 1) for kind in kinds))
        for name, place in zip(names, places, strict=True)
    ]
    return Table(title, unit, (label("time"), *(label(kind) for kind in kinds)), tuple(rows))


def _data(site: Site, found: Dispatched) -> dict[str, Any]:
    whole = slice(0, len(found.flow("load")))
    return {
        "site": site.name,
        "fiscal_year": site.fiscal_year.number,
        "bill_without_yen": plain(found.before.total),
        "bill_yen": plain(found.after.total),
        "sold_yen": plain(found.sold),
        "objective_yen": plain(found.objective),
        "bill_unrounded_yen": plain(found.after.unrounded),
        "maximum_without_kw": plain(max(month.maximum.kw for month in found.before.months)),
        "maximum_kw": plain(max(month.maximum.kw for month in found.after.months)),
        "kwh": {name: plain(exact.decimal(_kwh(found, name, whole))) for name in (*SOURCES, *SINKS)},
        "known_by": dispatch_known.data(found),
        "not_bought_pct": plain(found.own(whole)),
        "unserved_kwh": plain(exact.decimal(found.unserved)),
        "cars_short_kwh": plain(exact.decimal(found.cars_short)),
        **(heat.data(found.heat) if found.heat else {}),
        "assumed": given.data(found.given),
    }
