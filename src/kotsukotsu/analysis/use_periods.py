"""Billing periods of one facility and item, all its meters and uses together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import IN_ORDER, Entry
from kotsukotsu.ledger.limits import limit as ledger_limit
from kotsukotsu.periods import days

TWO_KINDS, TOO_LONG, INCOMPLETE, ESTIMATED = "WE-30", "WE-31", "WE-32", "WE-33"


@dataclass(frozen=True, slots=True)
class Period:
    """What was used in a half-open period.

    Attributes
    ----------
    quantity : Decimal or None
        None where a part of it is missing. [base unit of the item's dimension]
    estimated : bool
        Whether a part of it is an estimate.
    """

    start: date
    end: date
    quantity: Decimal | None
    estimated: bool = False

    @property
    def days(self) -> int:
        """Length. [d]"""
        return days(self.start, self.end)


def use_periods(entries: Iterable[Entry]) -> list[Period]:
    """The billing periods of the entries of one facility and item.

    Periods of several meters that overlap become one. It is missing (`quantity` None) where one of them has no
    quantity, and where a meter with rows before and after has none. "Not occurring" is a use of 0; a withdrawn row
    is none.
    """
    own = sorted((entry for entry in entries if not entry.withdrawn), key=IN_ORDER)
    alive: dict[tuple[str, str], tuple[date, date]] = {}
    for entry in own:
        start, end = alive.get((entry.meter, entry.use), (entry.start, entry.end))
        alive[entry.meter, entry.use] = min(start, entry.start), max(end, entry.end)
    found: list[Period] = []
    for group in _overlapping(own):
        start, end = group[0].start, max(entry.end for entry in group)
        owed = {key for key, (first, last) in alive.items() if first < end and start < last}
        whole = owed == {(entry.meter, entry.use) for entry in group}
        estimated = any(entry.state == "estimated" for entry in group)
        found.append(Period(start, end, _sum(group) if whole else None, estimated))
    return found


def _overlapping(entries: Sequence[Entry]) -> list[list[Entry]]:
    groups: list[list[Entry]] = []
    end = date.min
    for entry in entries:
        if entry.start < end:
            groups[-1].append(entry)
        else:
            groups.append([entry])
        end = max(end, entry.end)
    return groups


def _sum(group: Sequence[Entry]) -> Decimal | None:
    total = Decimal(0)
    for entry in group:
        if entry.state == "not_occurring":
            continue
        if entry.amount is None:
            return None
        total += entry.row["quantity"] * units.find(entry.row["unit"]).ratio
    return total


def usable(periods: Iterable[Period], where: str) -> tuple[list[Period], list[Finding]]:
    """The measured periods of a usual length, by their first day, and findings on the others.

    Returns
    -------
    list of Period
        To be used.
    list of Finding
        WE-31 longer than a bill, WE-32 without the whole quantity, WE-33 estimated; each once, with the count.
    """
    longest = int(ledger_limit("bill_days"))
    kept: list[Period] = []
    counts = dict.fromkeys((TOO_LONG, INCOMPLETE, ESTIMATED), 0)
    for period in sorted(periods, key=lambda one: one.start):
        if period.days > longest:
            counts[TOO_LONG] += 1
        elif period.quantity is None:
            counts[INCOMPLETE] += 1
        elif period.estimated:
            counts[ESTIMATED] += 1
        else:
            kept.append(period)
    return kept, [Finding(code, where, {"count": n, "limit": longest}) for code, n in counts.items() if n]


def one_kind(entries: Sequence[Entry], where: str) -> Finding | None:
    """WE-30 if the rows of an item are in units of different kinds (LPG in m3 and in kg), which do not add up."""
    kinds = sorted({entry.dimension for entry in entries if entry.state != "not_occurring" and entry.dimension})
    return (
        Finding(TWO_KINDS, where, {"units": "・".join(_unit(entries, kind) for kind in kinds)}) if kinds[1:] else None
    )


def _unit(entries: Sequence[Entry], kind: str) -> str:
    return next(str(entry.row["unit"]) for entry in entries if entry.dimension == kind)
