"""Tables of a matching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.energy.study import figure
from kotsukotsu.documents.table import Cell, Table
from kotsukotsu.energy.match.battery import Battery
from kotsukotsu.energy.match.carbon import Saved
from kotsukotsu.energy.match.certificates import Ledger
from kotsukotsu.energy.match.claim import Claim
from kotsukotsu.energy.match.ladder import Rung
from kotsukotsu.energy.match.model import Matching, kwh

HUNDRED = Decimal(100)


def rungs(found: Sequence[Rung]) -> Table:
    """The ladder."""
    rows = tuple(
        (level(one.level), figure(one.covered), figure(one.load), figure(one.share * HUNDRED, 1)) for one in found
    )
    return Table(label("ladder"), "", _heads("level", "covered", "load", "share"), rows)


def months(found: Matching) -> Table:
    """Generation that arrived, use, matched, shortfall and surplus of each month."""
    rows: list[tuple[Cell, ...]] = []
    calendar = found.calendar
    for number, month in enumerate(calendar.months):
        delivered, load, matched = month_sums(found, number)
        share = matched / load * HUNDRED if load else None
        rows.append((str(month), figure(delivered), figure(load), figure(matched), figure(load - matched),
                     figure(delivered - matched), figure(share, 1)))  # fmt: skip
    heads = _heads("month", "delivered", "load", "matched", "short", "over", "share")
    return Table(label("months"), "kWh", heads, tuple(rows))


def month_sums(found: Matching, number: int) -> tuple[Decimal, Decimal, Decimal]:
    """Arrived, used and matched in a month. [kWh]"""
    here = found.calendar.month_index == number
    parts = (found.delivered, found.load, found.matched.sum(axis=0))
    delivered, load, matched = (kwh(int(part[here].sum())) for part in parts)
    return delivered, load, matched


def buildings(ledger: Ledger, names: Mapping[str, str]) -> Table:
    """What each building used, got, and what certificates stand behind."""
    found = ledger.matching
    used, got = found.loads.sum(axis=1), found.matched.sum(axis=1)
    certified = ledger.cancelled.sum(axis=(0, 2))
    rows = tuple(
        (names[building], figure(kwh(used[place])), figure(kwh(got[place])),
         figure(Decimal(int(got[place])) / int(used[place]) * HUNDRED if used[place] else None, 1),
         figure(kwh(certified[place])))
        for place, building in enumerate(found.buildings)
    )  # fmt: skip
    sums = [figure(kwh(int(np.sum(values)))) for values in (used, got, certified)]
    share = figure(kwh(int(got.sum())) / kwh(int(used.sum())) * HUNDRED if used.sum() else None, 1)
    total: tuple[Cell, ...] = (texts.label("total"), sums[0], sums[1], share, sums[2])
    return Table(label("buildings"), "kWh", _heads("building", "load", "matched", "share", "certified"), rows, (total,))


def accounts(ledger: Ledger) -> Table:
    """Certificates by generator: issued = lost + allocated + left."""
    names = ("issued", "lost", "allocated", "left", "cancelled")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.name, *(figure(getattr(one, name)) for name in names)) for one in ledger.accounts()
    )
    return Table(label("accounts"), "kWh", _heads("generator", *names), rows, (), label("accounts.note"))


def carbon(found: Sequence[Saved]) -> Table:
    """Tonnes by level, each with its factor."""
    rows = tuple(
        (level(one.level), figure(one.kwh), figure(one.factor.value, 6), figure(one.tonnes), one.factor.source)
        for one in found
    )
    return Table(label("carbon"), "", _heads("level", "covered", "factor", "tonnes", "source"), rows)


def batteries(found: Sequence[tuple[Battery, Rung]], without: Rung) -> Table:
    """Coverage with each battery."""
    first = (label("battery.none"), figure(None), figure(without.share * HUNDRED, 1))
    rows = tuple(
        (f"{one.mwh} MWh", figure(one.mwh * 1000 / one.hours), figure(rung.share * HUNDRED, 1)) for one, rung in found
    )
    return Table(label("battery"), "", _heads("battery", "battery.kw", "share"), (first, *rows), (),
                 label("battery.note"))  # fmt: skip


def claim(said: Claim) -> Table:
    """What may be said, and why it is not 100 %."""
    first = (label("claim.share", level=level(said.level)), figure(said.share * HUNDRED, 1), "")
    reasons = tuple((reason.message(), figure(None), reason.advice()) for reason in said.reasons)
    return Table(label("claim"), "%", _heads("claim", "share", "advice"), (first, *reasons))


def level(name: str) -> str:
    """A kind of period."""
    return texts.label(f"energy.level.{name}")


def label(name: str, /, **data: str) -> str:
    """A heading of these tables."""
    return texts.label(f"energy.match.{name}", **data)


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(label(name) for name in names)
