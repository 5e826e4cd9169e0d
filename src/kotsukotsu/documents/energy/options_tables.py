"""Tables of options: money, effects, pairs, ways of paying, ranges, assumptions."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.energy.size_words import unit
from kotsukotsu.documents.energy.study import figure
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.options.asked import Swing
from kotsukotsu.energy.options.assumptions import known
from kotsukotsu.energy.options.cash import LINES
from kotsukotsu.energy.options.compare import Compared
from kotsukotsu.energy.options.judged import Judged
from kotsukotsu.energy.options.model import BASE, NEW, PRICED
from kotsukotsu.rounding import plain, printed

THOUSAND = 1000.0
PER_CENT = 100.0


def label(key: str, /, **more: Any) -> str:
    """A text of this study."""
    return texts.label(f"energy.options.{key}", **more)


def f(value: float | None, digits: int = 0) -> Figure:
    """A number as it is printed."""
    return figure(None if value is None else exact.decimal(value), digits)


def name_of(one: Judged) -> str:
    """Number and name of an option."""
    if one.option.option_id == BASE:
        return one.option.name
    return label("named", option=one.option.option_id, name=one.option.name)


def id_of(one: Judged) -> str:
    """Number of an option, where its name stands near by."""
    return one.option.name if one.option.option_id == BASE else one.option.option_id


def form_of(one: Judged) -> str:
    """Who pays."""
    return texts.none() if one.option.option_id == BASE else label(f"form.{one.option.form}")


def money(found: Compared) -> Table:
    """The ranked options and their money."""
    rows: list[Row] = []
    for place, one in enumerate(found.ranked, 1):
        first = one.cash.flows[0]
        rate = None if one.irr is None else PER_CENT * one.irr
        rows.append((f(place), name_of(one), form_of(one), f(one.npv / THOUSAND), f(one.whole_worth / THOUSAND),
                     f(-first / THOUSAND), f(rate, 1), f(one.payback, 1), f(one.lcoe, 1)))  # fmt: skip
    keys = ("rank", "option", "form", "npv", "whole", "first", "irr", "payback", "lcoe")
    return Table(label("money"), "", heads(*keys), tuple(rows), note=label("money.note"))


def effects(found: Compared) -> Table:
    """What a year of each option does, and whether it stands on the front."""
    rows: list[Row] = []
    for one in found.ranked:
        beaten = found.beaten.get(one.option.option_id)
        rows.append((id_of(one), front_said(beaten), f(one.tonnes, 1), f(one.yen_per_tonne), f(one.hours[0], 1),
                     f(one.hours[1], 1), f(one.year.contract_kw), f(one.running_yen / THOUSAND)))  # fmt: skip
    keys = ("option", "front", "tonnes", "per_tonne", "p10", "p50", "contract", "running")
    note = label("effects.note", factor=plain(found.assumed.rows["co2_kg_per_kwh"].value),
                 status=_status(found, "co2_kg_per_kwh"))  # fmt: skip
    return Table(label("effects"), "", heads(*keys), tuple(rows), note=note)


def sizes(found: Compared) -> Table:
    """What is built, and what checks the year."""
    rows: list[Row] = [
        (name_of(one), f(one.option.sizes.sun_kw, 1), f(one.option.sizes.battery_kwh), f(one.option.sizes.battery_kw),
         _more(one), f(one.year.sun_kwh), f(one.year.unused_kwh), f(one.year.sold_kwh), f(one.year.bought_kwh),
         f(one.year.short_kwh, 1), f(one.year.gap_yen), one.option.source)
        for one in found.ranked
    ]  # fmt: skip
    keys = ("option", "sun", "kwh", "kw", "more", "sun_kwh", "unused", "sold", "bought", "short", "gap", "source")
    return Table(label("sizes"), "", heads(*keys), tuple(rows), note=label("sizes.note"))


def _more(one: Judged) -> str:
    """What stands beside sun and battery."""
    found = {name: value for name, value in asdict(one.option.sizes).items() if name not in NEW and value}
    return (
        texts.label("energy.size.and").join(
            texts.label(
                "energy.size.one", name=label(f"size.{name}"), value=plain(exact.decimal(value)), unit=unit(name)
            )
            for name, value in found.items()
        )
        or texts.none()
    )


def pairs(found: Compared) -> Table:
    """The option with all its parts, and without each of them."""
    rows: list[Row] = [(label("pairs.all"), *_paired(found.one), f(found.one.npv / THOUSAND))]
    for pair in found.pairs:
        npv = f(pair.without.npv / THOUSAND) if pair.has_price else f(None)
        rows.append((label("pairs.without", part=label(f"part.{pair.component}")), *_paired(pair.without), npv))
    keys = ("case", "running", "contract", "tonnes", "p10", "p50", "npv")
    standing = [label(f"part.{pair.component}") for pair in found.pairs if pair.component not in PRICED]
    note = label("pairs.note", parts=texts.listed(standing)) if standing else ""
    return Table(label("pairs", option=name_of(found.one)), "", heads(*keys), tuple(rows), note=note)


def _paired(one: Judged) -> tuple[Figure, ...]:
    return (f(one.running_yen / THOUSAND), f(one.year.contract_kw), f(one.tonnes, 1), f(one.hours[0], 1),
            f(one.hours[1], 1))  # fmt: skip


def forms(found: Compared) -> Table:
    """The ways of paying beside each other."""
    rows: list[Row] = []
    for way in found.forms:
        name = label(f"form.{way.form}")
        if way.found is None:
            lacking = texts.listed(label(f"a.{key}") for key in way.missing)
            rows.append((label("forms.missing", form=name, keys=lacking), *[f(None)] * 7))
            continue
        one = way.found
        rate = None if one.irr is None else PER_CENT * one.irr
        rows.append((name, f(-one.cash.flows[0] / THOUSAND), f(one.cash.flows[1] / THOUSAND),
                     f(sum(one.cash.flows) / THOUSAND), f(one.npv / THOUSAND), f(rate, 1), f(one.payback, 1),
                     f(one.lcoe, 1)))  # fmt: skip
    keys = ("form", "first", "year1", "sum", "npv", "irr", "payback", "lcoe")
    return Table(label("forms", option=name_of(found.one)), "", heads(*keys), tuple(rows), note=label("forms.note"))


def yearly(found: Compared) -> Table:
    """Cash flow of each year and its sum, by way of paying."""
    known_ = [way for way in found.forms if way.found is not None]
    flows = [way.found.cash.flows for way in known_ if way.found]
    rows: list[Row] = []
    sums = [0.0] * len(flows)
    for year in range(len(flows[0])):
        sums = [before + flow[year] for before, flow in zip(sums, flows, strict=True)]
        rows.append((year_of(year), *(f(flow[year] / THOUSAND) for flow in flows),
                     *(f(value / THOUSAND) for value in sums)))  # fmt: skip
    names = [label(f"form.{way.form}") for way in known_]
    headings = (label("head.year"), *(label("head.flow", form=name) for name in names),
                *(label("head.summed", form=name) for name in names))  # fmt: skip
    return Table(label("yearly"), label("thousand_yen"), headings, tuple(rows))


def lines(found: Compared) -> tuple[Table, ...]:
    """Every line of every year, a table for each way of paying."""
    made = []
    for way in found.forms:
        if way.found is None:
            continue
        cash = way.found.cash
        rows: list[Row] = [
            (year_of(year), *(f(cash.lines[name][year]) for name in LINES), f(cash.flows[year]))
            for year in range(len(cash.flows))
        ]
        totals: Row = (texts.label("total"), *(f(sum(cash.lines[name])) for name in LINES), f(sum(cash.flows)))
        headings = (label("head.year"), *(label(f"line.{name}") for name in LINES), texts.label("total"))
        title = label("lines", form=label(f"form.{way.form}"))
        made.append(Table(title, label("yen"), headings, tuple(rows), (totals,)))
    return tuple(made)


def swings(found: Compared) -> Table:
    """What hangs on each assumption."""
    rows: list[Row] = [
        (label(f"a.{one.key}"), ends(one), f(one.npvs[0] / THOUSAND), f(one.npvs[1] / THOUSAND), _turn(one),
         _first(found, one), f(one.width / THOUSAND), *(f(tonnes, 1) for tonnes in one.tonnes))
        for one in found.swings
    ]  # fmt: skip
    keys = ("assumption", "ends", "npv_low", "npv_high", "turn", "changed", "width", "tonnes_low", "tonnes_high")
    note = label("swings.note")
    return Table(label("swings", option=name_of(found.one)), "", heads(*keys), tuple(rows), note=note)


def ends(one: Swing) -> str:
    """Both ends with the unit."""
    return label("ends", low=given(one.values[0]), high=given(one.values[1]), unit=unit_of(one.key))


def unit_of(key: str) -> str:
    """The unit of an assumption."""
    return label(f"unit.{known()[key].unit}")


def given(value: Decimal) -> str:
    """An assumption as it was given, with commas where it is large.

    >>> given(Decimal("-0.01")), given(Decimal(250000))
    ('△0.01', '250,000')
    """
    return printed(value, max(-int(value.as_tuple().exponent), 0))


def year_of(number: int) -> str:
    """A year of the cash flow; the first is today."""
    return label("year", number=number) if number else label("today")


def _turn(one: Swing) -> Figure:
    """To three or more digits."""
    if one.turns_at is None:
        return f(None)
    digits = next((count for count in (0, 1, 2, 3) if abs(one.turns_at) >= 10 ** (2 - count)), 4)
    return f(one.turns_at, digits)


def _first(found: Compared, one: Swing) -> str:
    """Where another option stands first."""
    now = found.ranked[0].option.option_id
    if one.firsts == (None, None):
        return label("first.unknown")
    said = [
        label("first.at", value=given(value), option=first)
        for value, first in zip(one.values, one.firsts, strict=True)
        if first not in (now, None)
    ]
    return texts.listed(said) or label("first.same")


def assumed(found: Compared) -> Table:
    """Every assumption with its source and status."""
    rows: list[Row] = [
        (label(f"a.{key}"), Figure(row.value, row.value, given(row.value), ""), unit_of(key),
         _range(row.low), _range(row.high), row.source, texts.label(f"energy.status.{row.status}"))
        for key, row in found.assumed.rows.items()
    ]  # fmt: skip
    keys = ("assumption", "value", "unit", "low", "high", "source", "status")
    return Table(label("assumed"), "", heads(*keys), tuple(rows), note=label("assumed.note"))


def _range(value: Decimal | None) -> Figure:
    return figure(None) if value is None else Figure(value, value, given(value), "")


def _status(found: Compared, key: str) -> str:
    return texts.label(f"energy.status.{found.assumed.rows[key].status}")


def front_said(beaten: str | None) -> str:
    """Whether an option stands on the front, else which one beats it."""
    if beaten is None:
        return label("front.on")
    return label("front.base") if beaten == BASE else label("front.off", option=beaten)


def heads(*keys: str) -> tuple[str, ...]:
    """Headings."""
    return tuple(label(f"head.{key}") for key in keys)
