"""The study of shared cars: bookings, how many cars they need, charging, the maximum, and help in a disaster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy.study import Part, Study, figure, footer
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.ev.fleet import Delivered
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.site import Site
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

SOURCES = ("sun", "cheap", "other")
ZERO = Decimal(0)
NEAR = 1e-6


@dataclass(frozen=True)
class Use:
    """Bookings of staff or of citizens; energy that was booked. [kWh]"""

    who: str
    booked: int
    refused: int
    kwh: float


@dataclass(frozen=True)
class Way:
    """The site without cars, with cars that are charged, with cars that give too: maximum [kW] and cost [yen]."""

    name: str
    kw: float
    yen: float


@dataclass(frozen=True)
class Disaster:
    """At each half-hour what cars that stand there can give.

    Attributes
    ----------
    by_plan, kwh : array
        As the plan of least cost leaves them, and with the share that the site keeps in them. [kWh]
    need : float, optional
        All critical loads. [kW]
    hours : array, optional
        How long they live of `kwh`. [h]
    share : float, optional
        ``car_reserve`` of ``site.toml``. [1]
    """

    by_plan: Values
    kwh: Values
    kw: Values
    need: float | None
    hours: Values | None
    share: float | None


@dataclass(frozen=True)
class Far:
    """Trips that were taken and go beyond what a battery holds: what they charge on the way [kWh], its reach [km]."""

    trips: int
    kwh: float
    reach: float


@dataclass(frozen=True)
class Shared:
    """A year of shared cars.

    Attributes
    ----------
    needed : int
        The fewest cars with which no booking is refused.
    charged : tuple of float
        From surplus sun, in cheaper half-hours, in others. [kWh]
    given : float
        To the building. [kWh]
    made_up : bool
        Whether the bookings are synthetic.
    """

    uses: tuple[Use, ...]
    cars: int
    needed: int
    delivered: Delivered
    charged: tuple[float, float, float]
    given: float
    ways: tuple[Way, ...]
    disaster: Disaster
    far: Far
    made_up: bool


def study(site: Site, found: Shared, findings: tuple[Finding, ...], made: date) -> Study:
    """Sentences, trips, cars needed, sources of charging, the maximum, what cars hold in a disaster."""
    year = site.fiscal_year.name
    banners = [texts.label("energy.synthetic")] if site.synthetic else []
    banners += [label("made_up")] if found.made_up else []
    parts = (
        Part("trips", label("part.trips"), tables=(_trips(found),)),
        Part("charged", label("part.charged"), tables=(_charged(found),)),
        Part("ways", label("part.ways"), (_ways(found),)),
        Part("disaster", label("part.disaster"), tables=(_disaster(found),)),
    )
    return Study(label("title", site=site.name, year=year), (*banners, label("assumed")), _sentences(found), parts,
                 _data(site, found), findings, footer(site.name, year, made), made)  # fmt: skip


def label(key: str, /, **more: Any) -> str:
    """A text of this study."""
    return texts.label(f"energy.cars.{key}", **more)


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)


def _f(value: float, digits: int = 0) -> Figure:
    return figure(exact.decimal(value), digits)


def _sentences(found: Shared) -> tuple[str, ...]:
    got, whole = found.delivered, sum(found.charged)
    _, charged, given = found.ways
    share = got.share
    kept = (
        label("kept.far" if found.far.trips else "kept") if got.short < NEAR else label("short", kwh=_n(got.short, 1))
    )
    return (
        label("headline", cars=found.cars, needed=found.needed, refused=f"{got.refused:,}",
              booked=f"{got.trips + got.refused:,}"),
        label("delivered", share=texts.none() if share is None else _n(100 * share, 1), kept=kept),
        *_far(found.far),
        label("sources", whole=_n(whole), **{name: _n(kwh) for name, kwh in zip(SOURCES, found.charged, strict=True)}),
        label("peak", kw=_n(charged.kw - given.kw, 1), yen=_n(charged.yen - given.yen), kwh=_n(found.given)),
        _lost(found.disaster),
    )  # fmt: skip


def _far(far: Far) -> Iterator[str]:
    """Of trips that no battery is large enough for."""
    if far.trips:
        yield label("far", trips=f"{far.trips:,}", kwh=_n(far.kwh), km=_n(far.reach))


def _lost(lost: Disaster) -> str:
    """What cars can give nine times out of ten: as the plan leaves them, and with what the site keeps in them."""
    plan, kept = (_n(float(np.quantile(values, 0.1))) for values in (lost.by_plan, lost.kwh))
    if lost.share is None:
        return label("disaster.plan", kwh=plan)
    return label("disaster", plan=plan, kwh=kept, share=_n(100 * lost.share))


def _trips(found: Shared) -> Table:
    rows: list[Row] = [
        (label(use.who), figure(Decimal(use.booked)), figure(Decimal(use.refused)), _f(use.kwh)) for use in found.uses
    ]
    booked, refused = (sum(values) for values in zip(*((use.booked, use.refused) for use in found.uses), strict=True))
    rows.append((label("total"), figure(Decimal(booked)), figure(Decimal(refused)),
                 _f(sum(use.kwh for use in found.uses))))  # fmt: skip
    heads = tuple(label(f"head.{key}") for key in ("who", "booked", "refused", "kwh"))
    return Table(label("part.trips"), "", heads, tuple(rows))


def _charged(found: Shared) -> Table:
    whole = sum(found.charged)
    rows: list[Row] = [
        (label(f"source.{name}"), _f(kwh), _f(100 * kwh / whole if whole else 0.0, 1))
        for name, kwh in zip(SOURCES, found.charged, strict=True)
    ]
    heads = tuple(label(f"head.{key}") for key in ("source", "charged", "share"))
    return Table(label("part.charged"), "", heads, tuple(rows))


def _ways(found: Shared) -> Chart:
    title = label("ways", kw=_n(found.ways[1].kw - found.ways[2].kw, 1))
    rows = [Bar(label(f"way.{way.name}"), f"{_n(way.kw, 1)} kW", (Segment(ZERO, exact.decimal(way.kw), "#0017c1"),))
            for way in found.ways]  # fmt: skip
    table: list[Row] = [(label(f"way.{way.name}"), _f(way.kw, 1), _f(way.yen)) for way in found.ways]
    heads = tuple(label(f"head.{key}") for key in ("way", "kw", "yen"))
    picture = bars(rows, "ways", title, label("ways.unit"))
    return Chart("ways", title, label("ways.unit"), (picture,), Table(label("part.ways"), "", heads, tuple(table)))


def _disaster(found: Shared) -> Table:
    lost = found.disaster
    what = [("plan", lost.by_plan), ("holds", lost.kwh), ("gives", lost.kw)]
    what += [("hours", lost.hours)] if lost.hours is not None else []
    rows: list[Row] = [
        (label(f"disaster.head.{name}", need=_n(lost.need or 0.0, 1)), _f(float(np.quantile(values, 0.1)), 1),
         _f(float(np.quantile(values, 0.5)), 1))
        for name, values in what
    ]  # fmt: skip
    return Table(label("part.disaster"), "", (label("head.what"), "P10", "P50"), tuple(rows))


def _data(site: Site, found: Shared) -> dict[str, Any]:
    def told(value: float) -> str:
        return plain(exact.decimal(value))

    got, lost = found.delivered, found.disaster
    kinds = (("by_plan_kwh", lost.by_plan), ("kwh", lost.kwh), ("kw", lost.kw), ("hours", lost.hours))
    return {
        "site": site.name, "fiscal_year": site.fiscal_year.number, "made_up": found.made_up, "cars": found.cars,
        "cars_needed": found.needed, "trips": got.trips, "refused": got.refused,
        "by_who": [{"who": use.who, "booked": use.booked, "refused": use.refused, "kwh": told(use.kwh)}
                   for use in found.uses],
        "far": {"trips": found.far.trips, "charged_on_the_way_kwh": told(found.far.kwh),
                "reach_km": told(found.far.reach)},
        "needed_kwh": told(got.needed), "short_kwh": told(got.short),
        "delivered_share": None if got.share is None else told(got.share),
        "charged_kwh": {name: told(kwh) for name, kwh in zip(SOURCES, found.charged, strict=True)},
        "given_kwh": told(found.given),
        "ways": [{"name": way.name, "kw": told(way.kw), "yen": told(way.yen)} for way in found.ways],
        "disaster": {name: {"p10": told(float(np.quantile(values, 0.1))), "p50": told(float(np.quantile(values, 0.5)))}
                     for name, values in kinds if values is not None},
    }  # fmt: skip
