"""What must hold for every ledger."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.backends.ledgers import asked, plain_sums, with_decimal_shares
from tests.backends.strategies import in_two, ledgers, together

MANY = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(MANY, max_examples=4, phases=[Phase.generate])  # a server is too slow to look for the smallest example
EXPRESSIONS = {"years_end": (False, False), "months_end": (False, True), "months_days": (True, True)}


def without_counts(rows):
    return [(*row[:13], row[14] > 0) for row in rows]


@MANY
@given(ledger=ledgers(), name=st.sampled_from([*EXPRESSIONS, "years_days"]))
def test_the_engine_says_what_a_loop_in_decimal_says(duckdb_engine, ledger, name):
    ledger.put(duckdb_engine)
    by_day, by_month = name.endswith("days"), name.startswith("months")
    assert with_decimal_shares(asked(duckdb_engine, name)) == plain_sums(ledger, by_day, by_month)


@MANY
@given(ledger=ledgers(), name=st.sampled_from(sorted(EXPRESSIONS)), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(duckdb_engine, ledger, name, random):
    ledger.put(duckdb_engine)
    first = asked(duckdb_engine, name)
    for table in (ledger.activity, ledger.supplies, ledger.apportionments):
        random.shuffle(table)
    ledger.put(duckdb_engine)
    assert asked(duckdb_engine, name) == first


@MANY
@given(ledger=ledgers(), name=st.sampled_from(sorted(EXPRESSIONS)), part=st.decimals(0, 1, places=3))
def test_a_bill_written_as_two_leaves_the_sums(duckdb_engine, ledger, name, part):
    ledger.put(duckdb_engine)
    whole = without_counts(asked(duckdb_engine, name))
    in_two(ledger, part).put(duckdb_engine)
    assert without_counts(asked(duckdb_engine, name)) == whole


@MANY
@given(ledger=ledgers(), name=st.sampled_from(sorted(EXPRESSIONS)))
def test_a_correction_and_its_reversal_change_no_sum(duckdb_engine, ledger, name):
    ledger.scope = (*ledger.scope[:2], max([ledger.scope[2], *(row[13] for row in ledger.activity if row[13])]))
    ledger.put(duckdb_engine)
    before = asked(duckdb_engine, name)
    replaced = {row[12] for row in ledger.activity}
    first = next(row for row in reversed(ledger.activity) if row[0] not in replaced)
    wrong = ("wrong", *first[1:5], Decimal(123), *first[6:12], first[0], first[13])
    ledger.activity += [wrong, ("back", *first[1:12], "wrong", first[13])]
    ledger.put(duckdb_engine)
    assert asked(duckdb_engine, name) == before


@FEW
@given(many=st.lists(ledgers(), min_size=10, max_size=10))
@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_engines_agree_on_random_ledgers(engine, name, many):
    ledger = together(many)
    ledger.put(engine)
    assert with_decimal_shares(asked(engine, name)) == plain_sums(ledger, *EXPRESSIONS[name])
