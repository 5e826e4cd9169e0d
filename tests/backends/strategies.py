"""Random ledgers: few facilities and days, so that rows meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.backends.ledgers import ALWAYS, Ledger, activity, at

FACILITIES = st.sampled_from(["f1", "f2", "f3"])
ITEMS = st.sampled_from(["electricity", "lpg"])
METERS = st.sampled_from([None, "m1", "m2"])
DAYS = st.dates(date(2023, 1, 1), date(2025, 6, 30))
MOMENTS = st.datetimes(at("2024-01-01"), at("2024-01-04")).map(lambda moment: moment.replace(microsecond=0))
QUANTITIES = st.none() | st.just(Decimal(0)) | st.decimals("-99999", "999999999999", places=6)
CUT = date(2024, 6, 15)
SPANS = st.sampled_from([ALWAYS, (ALWAYS[0], CUT), (CUT, ALWAYS[1])])


@st.composite
def activities(draw, number):
    start = draw(DAYS)
    earlier = st.sampled_from([None, *(f"a{n}" for n in range(number))])
    return activity(
        f"a{number}", draw(FACILITIES), draw(ITEMS), start, start + timedelta(days=draw(st.integers(1, 400))),
        draw(QUANTITIES), draw(st.sampled_from(["kWh", "MWh"])), draw(st.sampled_from(["actual", "estimated"])),
        draw(METERS), draw(st.sampled_from([None, "boiler"])), draw(earlier), draw(st.none() | MOMENTS),
    )  # fmt: skip


SUPPLIES = st.tuples(
    FACILITIES, ITEMS, METERS.map(lambda meter: meter or ""), st.sampled_from(["A0267", "substitute"]),
    st.sampled_from(["", "メニューA"]), st.sampled_from(["1", "0.25", "0.333333"]), SPANS,
).map(lambda row: (*row[:-1], *row[-1]))  # fmt: skip
APPORTIONMENTS = st.tuples(
    FACILITIES, ITEMS, METERS.map(lambda meter: meter or ""), FACILITIES, st.sampled_from(["0.5", "0.1"]), SPANS,
).map(lambda row: (*row[:-1], *row[-1]))  # fmt: skip


@st.composite
def ledgers(draw, size=8):
    rows = [draw(activities(number)) for number in range(draw(st.integers(1, size)))]
    first = draw(st.integers(2022, 2025))
    scope = (first, first + draw(st.integers(0, 3)), draw(MOMENTS))
    return Ledger(rows, draw(st.lists(SUPPLIES, max_size=3)), draw(st.lists(APPORTIONMENTS, max_size=3)), scope)


def together(many):
    """Ledgers side by side in one, each with ids of its own, under the first one's scope."""
    return Ledger(
        [_own(row, n, (0, 1, 12)) for n, ledger in enumerate(many) for row in ledger.activity],
        [_own(row, n, (0,)) for n, ledger in enumerate(many) for row in ledger.supplies],
        [_own(row, n, (0, 3)) for n, ledger in enumerate(many) for row in ledger.apportionments],
        many[0].scope,
    )


def _own(row, number, ids):
    return tuple(f"{number}-{v}" if i in ids and v is not None else v for i, v in enumerate(row))


def in_two(ledger, part):
    """The same bills, each written as two rows whose quantities add up to it; corrections name both."""
    rows = []
    for row in ledger.activity:
        one = None if row[5] is None else (row[5] * part).quantize(Decimal("1E-6"))
        rest = None if row[5] is None else row[5] - one
        rows.append((row[0], *row[1:5], one, *row[6:]))
        rows.append((f"{row[0]}b", *row[1:5], rest, *row[6:12], row[12] and f"{row[12]}b", row[13]))
    return replace(ledger, activity=rows)
