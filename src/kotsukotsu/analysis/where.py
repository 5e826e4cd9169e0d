"""Where the emissions are: facilities, items, departments ranked, and the few that make most of the total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Line

ZERO, HUNDRED = Decimal(0), Decimal(100)
REACH = Decimal(90)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking, as figure 9 of the plan of 石狩市 prints it.

    Attributes
    ----------
    base, latest : Decimal or None
        Emission of the two years; None where there are no rows, which is not 0. [t-CO2e]
    share, cumulative : Decimal or None
        Of the latest year's total, alone and with all before it; None where the total is not positive. [%]
    change : Decimal
        Latest minus base; what has no rows in a year did not emit in it. [t-CO2e]
    is_main : bool
        Whether it is one of the fewest that make the share asked for.
    """

    rank: int
    key: str
    base: Decimal | None
    latest: Decimal | None
    share: Decimal | None
    cumulative: Decimal | None
    change: Decimal
    is_main: bool

    @property
    def is_new(self) -> bool:
        """Whether there were no rows in the base year."""
        return self.base is None

    @property
    def rate(self) -> Decimal | None:
        """Change in per cent of the base year; None from nothing or from less. [%]"""
        return None if self.base is None else per_cent(self.change, self.base)


def totals(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, Decimal]:
    """Emission by a key of the lines. [t-CO2e]"""
    found: dict[str, list[Decimal]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line.thirds_co2e)
    return {name: exact.whole(exact.total(thirds)) for name, thirds in found.items()}


def ranking(
    base: Mapping[str, Decimal], latest: Mapping[str, Decimal], reach: Decimal = REACH, whole: Decimal | None = None
) -> list[Ranked]:
    """Largest first in the latest year; those with equal emission by key, those without rows last.

    Parameters
    ----------
    base, latest : mapping
        Key to emission. [t-CO2e]
    reach : Decimal
        The main ones are the fewest that make this share together. [%]
    whole : Decimal or None
        What the shares are of; the sum of the latest year if None. [t-CO2e]

    Examples
    --------
    >>> rows = ranking({"a": Decimal(50), "b": Decimal(10)}, {"a": Decimal(30), "c": Decimal(70)}, Decimal(60))
    >>> [(row.key, str(row.share), str(row.cumulative), str(row.change), row.is_main) for row in rows[:2]]
    [('c', '70', '70', '70', True), ('a', '30', '100', '-20', False)]
    >>> (rows[2].key, rows[2].latest, str(rows[2].change))
    ('b', None, '-10')
    """
    whole = exact.total(latest.values()) if whole is None else whole
    keys = sorted({*base, *latest}, key=lambda key: (key not in latest, -latest.get(key, ZERO), key))
    rows: list[Ranked] = []
    sum_so_far = ZERO
    for rank, key in enumerate(keys, 1):
        now = latest.get(key)
        is_main = now is not None and now > 0 and exact.product(sum_so_far, HUNDRED) < exact.product(whole, reach)
        sum_so_far = exact.total((sum_so_far, now or ZERO))
        change = exact.difference(now or ZERO, base.get(key, ZERO))
        share = None if now is None else per_cent(now, whole)
        cumulative = None if now is None else per_cent(sum_so_far, whole)
        rows.append(Ranked(rank, key, base.get(key), now, share, cumulative, change, is_main))
    return rows


def main_ones(rows: Iterable[Ranked]) -> list[Ranked]:
    """The fewest that make the share asked for (主要施設)."""
    return [row for row in rows if row.is_main]


def per_cent(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole; None where that is not above zero. [%]"""
    return exact.quotient(exact.product(part, HUNDRED), whole) if whole > 0 else None
