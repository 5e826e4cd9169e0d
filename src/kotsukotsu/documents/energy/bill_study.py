"""The study of a year's electricity bills of a site."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.energy import bill_charts, bill_tables
from kotsukotsu.documents.energy.bill_data import data
from kotsukotsu.documents.energy.meters import Meter
from kotsukotsu.documents.energy.study import Part, Study, footer
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.room import Room, excess, of_power
from kotsukotsu.energy.site import Site
from kotsukotsu.findings import Finding
from kotsukotsu.periods import month_name
from kotsukotsu.rounding import printed

HUNDRED = Decimal(100)
MOST = 3  # meters of which a sentence tells: those with the least room


def study(site: Site, found: Sequence[Meter], findings: Sequence[Finding], made: date) -> Study:
    """Sentences, composition, maxima, room, half-hours, every line."""
    year = site.fiscal_year.name
    if site.until is not None:
        year = texts.label("energy.bill.until", year=year, month=month_name(found[0].bill.months[-1].month))
    title = texts.label("energy.bill.title", site=site.name, year=year)
    power = (*bill_charts.maxima(found), *bill_charts.rooms(found))
    pictures = bill_charts.halfhours(found, site)
    every = (bill_tables.lines(found),)
    parts = (
        _part("composition", charts=(bill_charts.composition(found),), tables=(bill_tables.by_meter(found),)),
        _part(
            "maximum", charts=power, closed=tuple(bill_tables.maxima(one) for one in found) if len(found) > 1 else ()
        ),
        _part("halfhours", charts=pictures, on_terminal=False),
        _part("lines", closed=every, on_terminal=False),
    )
    return Study(
        title, banners(site, [one.bill for one in found]), _sentences(found, year), parts, data(site, found),
        (*findings, *_against_billed(found)), footer(site.name, year, made), made,
    )  # fmt: skip


def _part(name: str, **more: Any) -> Part:
    return Part(name, texts.label(f"energy.bill.part.{name}"), **more)


def banners(site: Site, bills: Sequence[Bill]) -> tuple[str, ...]:
    """Synthetic shapes, example prices, prices not confirmed."""
    return priced(site, {status for one in bills for status in one.statuses})


def priced(site: Site, statuses: Collection[str]) -> tuple[str, ...]:
    """The same from the statuses of all prices."""
    said = (
        ("energy.synthetic", site.synthetic),
        ("energy.example_prices", "example" in statuses),
        ("energy.unconfirmed_prices", "unconfirmed" in statuses),
    )
    return tuple(texts.label(code) for code, is_so in said if is_so)


def _sentences(found: Sequence[Meter], year: str) -> tuple[str, ...]:
    yen = sum((one.bill.total for one in found), Decimal(0))
    kwh = sum((one.bill.kwh for one in found), Decimal(0))
    power = sum((of_power(one.bill) for one in found), Decimal(0))
    first = texts.label(
        "energy.bill.headline", year=year, yen=printed(yen), kwh=printed(kwh),
        unit=printed(yen / kwh, 1) if kwh else texts.none(),
        share=printed(power / yen * HUNDRED) if yen else texts.none(),
    )  # fmt: skip
    rooms = sorted(((one.room.left_kw, number, one, one.room) for number, one in enumerate(found) if one.room))
    told = [_room(one, left) for _, _, one, left in rooms[:MOST]]
    return (first, *told, *_more(len(rooms)))


def _more(rooms: int) -> list[str]:
    """That the meters with more room stand in the table."""
    return [texts.label("energy.bill.more_rooms", count=rooms - MOST)] if rooms > MOST else []


def _room(meter: Meter, left: Room) -> str:
    if left.set_in is None or left.last_month is None:
        return _agreed(meter, left)
    return texts.label(
        "energy.bill.room", meter=meter.name, month=month_name(left.month), left=printed(left.left_kw),
        contract=printed(left.contract_kw), yen=printed(left.yen_per_kw), set_in=month_name(left.set_in),
        last=month_name(left.last_month),
    )  # fmt: skip


def _agreed(meter: Meter, left: Room) -> str:
    """In how many months an agreed power was passed and what that cost, or what it would cost."""
    agreed = [month for month in meter.bill.months if month.contract is not None and month.contract.set_by is None]
    highest = max(agreed, key=lambda month: month.maximum.kw)
    known = {"meter": meter.name, "contract": printed(left.contract_kw), "month": month_name(highest.month),
             "most": printed(highest.maximum.kw)}  # fmt: skip
    count, yen = excess(meter.bill)
    if any(month.tariff.penalty_ratio is None for month in agreed):
        return texts.label("energy.bill.no_penalty", count=count, **known)
    if count:
        return texts.label("energy.bill.passed", count=count, yen=printed(yen), **known)
    return texts.label("energy.bill.agreed", left=printed(left.contract_kw - highest.maximum.kw),
                       yen=printed(left.yen_per_kw), **known)  # fmt: skip


def _against_billed(found: Sequence[Meter]) -> list[Finding]:
    """BL-04 for each month whose bill at hand differs from the one computed."""
    return [
        Finding("BL-04", one.meter_id, {"month": month.month, "bill": printed(billed), "made": printed(month.total)})
        for one in found
        for month in one.bill.months
        if (billed := one.billed_yen.get(str(month.month))) is not None and billed != month.total
    ]
