"""What holds for any ledger: reversal, order, and the past that later rows cannot change."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.ledger.current import as_of
from kotsukotsu.ledger.post import correct, post
from kotsukotsu.ledger.states import ORDER, cells, combined
from kotsukotsu.periods import FiscalYear, Month

START = datetime(2025, 4, 1, tzinfo=timezone(timedelta(hours=9)))
KEPT = ("facility_id", "item", "start", "end", "quantity", "unit", "basis", "cost_yen")
quantities = st.none() | st.decimals(min_value=-(10**6), max_value=10**6, places=6)
steps = st.lists(st.tuples(st.sampled_from(["post", "correct"]), quantities, st.integers(0, 10**6)), max_size=12)


def new_row(quantity, month):
    begins = Month.at(2024 * 12 + 3 + month % 12)
    basis = "measured" if month % 3 else "estimated"
    row = {
        "facility_id": "s1",
        "item": "electricity",
        "start": begins.start,
        "end": begins.end,
        "unit": "kWh",
    }
    return {**row, "quantity": quantity, "basis": basis, "note": "x"}


def played(actions):
    """A ledger made by posting and correcting, one action an hour."""
    ledger = []
    for hour, (action, quantity, pick) in enumerate(actions):
        by = {"actor": "x", "now": START + timedelta(hours=hour)}
        standing = as_of(ledger, None)
        if action == "post" or not standing:
            ledger += post(ledger, [new_row(quantity, pick)], **by)
            continue
        target = standing[pick % len(standing)]
        if target["quantity"] != quantity:
            changes = {"quantity": quantity}
            ledger.append(correct(ledger, target["activity_id"], changes, note="y", **by))
    return ledger


def values(rows):
    return sorted(tuple(str(row[name]) for name in KEPT) for row in rows)


@given(steps, quantities, st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_correction_and_its_reversal_leave_the_values_as_they_were(actions, quantity, pick):
    ledger = played([("post", Decimal(1), 0), *actions])
    before = as_of(ledger, None)
    target = before[pick % len(before)]
    if target["quantity"] == quantity:
        return
    by = {"actor": "x", "now": START + timedelta(days=9), "note": "z"}
    wrong = correct(ledger, target["activity_id"], {"quantity": quantity}, **by)
    back = correct([*ledger, wrong], wrong["activity_id"], {"quantity": target["quantity"]}, **by)
    assert values(as_of([*ledger, wrong], None)) != values(before)
    assert values(as_of([*ledger, wrong, back], None)) == values(before)


@given(steps, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(actions, chance: random.Random):
    ledger = played(actions)
    shuffled = list(ledger)
    chance.shuffle(shuffled)
    assert values(as_of(shuffled, None)) == values(as_of(ledger, None))
    year = FiscalYear(2024)
    assert cells(as_of(shuffled, None), "s1", "electricity", year) == cells(
        as_of(ledger, None), "s1", "electricity", year
    )


@given(steps, st.integers(-1, 12))
@settings(max_examples=60, deadline=None)
def test_what_was_posted_later_does_not_change_the_past(actions, hour):
    ledger = played(actions)
    moment = START + timedelta(hours=hour)
    then = as_of(ledger, moment)
    assert all(row["posted_at"] <= moment for row in then)
    assert then == as_of([row for row in ledger if row["posted_at"] <= moment], None)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_every_posting_counts_once_however_often_it_is_corrected(actions):
    ledger = played(actions)
    assert len(as_of(ledger, None)) == sum(row["replaces"] is None for row in ledger)
    assert as_of(ledger, START - timedelta(seconds=1)) == []


@given(st.lists(st.sampled_from(ORDER), min_size=1))
def test_a_cell_is_missing_if_one_of_its_rows_is(states):
    assert (combined(states) == "missing") == ("missing" in states)


@pytest.mark.parametrize("month", range(12))
def test_a_cell_without_a_row_is_never_zero(month):
    empty = cells([], "s1", "electricity", FiscalYear(2024))
    assert empty[FiscalYear(2024).months()[month]] == "missing"
