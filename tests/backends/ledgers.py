"""Ledgers as the engines' tables, and what they must give: a loop over rows in Decimal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from kotsukotsu.accounting.expressions import KEYS
from kotsukotsu.accounting.groups import portions_table
from kotsukotsu.accounting.queries import columns, sql

SHARES = [KEYS.index(name) for name in ("supply_share", "apportionment_share", "period_share")]
at = datetime.fromisoformat
ALWAYS = (date(1900, 1, 1), date(2999, 12, 31))


@dataclass
class Ledger:
    """Rows of the tables `activity`, `supplies`, `apportionments` and `scope`."""

    activity: list[tuple]
    supplies: list[tuple] = field(default_factory=list)
    apportionments: list[tuple] = field(default_factory=list)
    scope: tuple = (1900, 2999, at("2999-12-31"))

    def put(self, engine):
        periods = sorted({(row[3], row[4]) for row in self.activity})
        tables = {
            "activity": self.activity,
            "supplies": self.supplies,
            "apportionments": self.apportionments,
            "portions": portions_table(periods),
            "scope": [self.scope],
        }
        for name, rows in tables.items():
            engine.put(name, columns(name), rows)


def activity(key, facility="f1", item="electricity", start=date(2024, 4, 1), end=date(2024, 5, 1), quantity="10",
             unit="kWh", basis="actual", meter=None, use=None, replaces=None, posted_at=None):  # fmt: skip
    amount = None if quantity is None else Decimal(quantity)
    return (key, facility, item, start, end, amount, unit, basis, "", "", meter, use, replaces, posted_at)


def asked(engine, name):
    """Rows of a compiled expression; shares as decimals, in an order of their own."""
    return in_order(engine.run(sql(engine.name, name)))


def in_order(rows):
    return sorted((tuple(row) for row in rows), key=lambda row: [(value is None, value) for value in row])


def with_decimal_shares(rows, first=0):
    places = {first + place for place in SHARES}
    return in_order(tuple(Decimal(v) if i in places else v for i, v in enumerate(row)) for row in rows)


def plain_sums(ledger, by_day, by_month):
    """The sums, row by row: the independent account of what the engines must say."""
    first, last, moment = ledger.scope
    posted = [row for row in ledger.activity if row[13] is None or row[13] <= moment]
    replaced = {row[12] for row in posted}
    sums = {}
    for key, facility, item, start, end, quantity, unit, basis, _, _, meter, use, _, _ in posted:
        if key in replaced:
            continue
        for fy, month, day, part in plain_portions(start, end, by_day):
            for supplier, menu, supplied in behind(ledger.supplies, facility, item, meter, day) or [("", "", "1")]:
                for target, shared in behind(ledger.apportionments, facility, item, meter, day) or [(facility, "1")]:
                    place = (target, item, supplier, menu, use or "", unit, basis, fy, month if by_month else None,
                             Decimal(supplied), Decimal(shared), part)  # fmt: skip
                    total, rows, missing = sums.get(place, (None, 0, 0))
                    if first <= fy <= last:
                        total = total if quantity is None else (total or 0) + quantity
                        sums[place] = (total, rows + 1, missing + (quantity is None))
    return in_order((*place, *values) for place, values in sums.items())


def behind(table, facility, item, meter, day):
    """What a contract or key says for a meter on the last day used."""
    return [r[3:-2] for r in table if r[:2] == (facility, item) and r[2] in ("", meter) and r[-2] <= day < r[-1]]


def plain_portions(start, end, by_day):
    """Fiscal year, month (none for more than 70 days), last day and share of each part of a period."""
    length = (end - start).days
    counted = {}
    for day in [start + timedelta(days=n) for n in range(length)] if by_day else [end - timedelta(days=1)]:
        month = None if length > 70 else day.year * 12 + day.month - 1
        counted.setdefault((day.year - (day.month < 4), month), []).append(day)
    parts = [round(Decimal(len(days)) / length, 18) for days in counted.values()]
    parts[-1] = 1 - sum(parts[:-1])
    return [(*place, days[-1], part) for (place, days), part in zip(counted.items(), parts, strict=True)]
