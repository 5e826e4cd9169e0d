"""What holds for any ledger; small random ones against each other and against a plain loop over rows."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotsukotsu.accounting.inventory import COLUMNS
from tests.accounting import referee
from tests.base.town import Town

FY = 2013
FIRST, LAST = date(2013, 4, 1), date(2014, 3, 31)
KINDS = [
    ("electricity", "kWh", None), ("electricity", "千kWh", None), ("gasoline", "L", None), ("kerosene", "kL", None),
    ("kerosene", "L", "household"), ("lpg", "t", "household"), ("diesel", "L", None),
    ("distance_gasoline_passenger", "km", None), ("sewage", "m3", None), ("car_air_conditioner", "台", None),
]  # fmt: skip
quantities = st.one_of(st.none(), st.decimals(0, 10**6, places=6), st.integers(0, 10**9))
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def bills(draw):
    """A row within FY2013 or FY2014, of at most 70 days."""
    item, unit, use = draw(st.sampled_from(KINDS))
    start = draw(st.dates(FIRST, date(2015, 3, 30)))
    end = min(start + timedelta(days=draw(st.integers(1, 70))), date(2015, 4, 1))
    facility = draw(st.sampled_from(["f1", "f2", "f3"]))
    return {
        "item": item, "unit": unit, "use": use, "facility_id": facility, "start": start.isoformat(),
        "end": end.isoformat(), "quantity": draw(quantities),
    }  # fmt: skip


ledgers = st.lists(bills(), min_size=1, max_size=12)


@contextmanager
def town_of(rows, policy=()):
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder) / "town")
        town.policy = list(policy)
        for key, use in (("f2", "小学校"), ("f3", "公用車")):
            town.facility(key, key, use=use, department_id=f"d-{key}")
        for facility in ("f1", "f2", "f3"):
            town.contract("北海道電力", facility=facility)
        town.year("gasoline", FY, 1)  # so that every year has a total
        town.year("gasoline", FY + 1, 1)
        for row in rows:
            town.act(**row)
        yield town


def total(rows, policy=(), fy=FY):
    with town_of(rows, policy) as town:
        return town.total(fy)


@FEW
@given(rows=ledgers)
def test_every_figure_equals_that_of_a_plain_loop_over_rows(rows):
    with town_of(rows) as town:
        for fy in (FY, FY + 1):
            found = {
                tuple(row.keys.values()): row.tonnes_co2e
                for row in town.inventory(fy).rows(("facility", "item", "gas"))
            }
            assert found == referee.co2e(town.tables["activities"], fy)


@FEW
@given(rows=ledgers, order=st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows, order):
    shuffled = list(rows)
    order.shuffle(shuffled)
    for policy in ([], ['month_of = "days"']):
        with town_of(rows, policy) as one, town_of(shuffled, policy) as other:
            first, second = (town.inventory(FY).rows(("facility", "item", "gas")) for town in (one, other))
            assert first == second


@FEW
@given(rows=ledgers, data=st.data())
def test_a_bill_split_in_two_within_the_month_of_its_last_day_is_the_same(rows, data):
    row = data.draw(st.sampled_from(rows))
    last = date.fromisoformat(row["end"]) - timedelta(days=1)
    begin = max(date.fromisoformat(row["start"]), last.replace(day=1))
    cut = begin + timedelta(days=data.draw(st.integers(0, (last - begin).days)))
    assert total(rows) == total(_split(rows, row, cut, data))


@FEW
@given(rows=ledgers, data=st.data())
def test_a_bill_split_in_two_on_any_day_is_the_same_by_day(rows, data):
    row = data.draw(st.sampled_from(rows))
    start, end = (date.fromisoformat(row[name]) for name in ("start", "end"))
    cut = start + timedelta(days=data.draw(st.integers(0, (end - start).days - 1)))
    policy = ['month_of = "days"']
    parts = _split(rows, row, cut, data, by_day=True)
    for fy in (FY, FY + 1):
        before, after = (total(ledger, policy, fy) for ledger in (rows, parts))
        # Shares of days have 18 decimals, and the parts' quantities are rounded to six.
        assert abs(before - after) <= Decimal("0.000001") * 1000 + abs(before) * Decimal("1E-15")


def _split(rows, row, cut, data, by_day=False):
    """The row as two, the first ending on `cut`; none if that leaves no day."""
    start, end = (date.fromisoformat(row[name]) for name in ("start", "end"))
    if row["quantity"] is None or not start < cut < end:
        return rows
    whole = Decimal(str(row["quantity"]))
    if by_day:
        first = (whole * (cut - start).days / (end - start).days).quantize(Decimal("0.000001"))
    else:
        first = (whole * data.draw(st.integers(0, 100)) / 100).quantize(Decimal("0.000001"))
    parts = [
        {**row, "end": cut.isoformat(), "quantity": first},
        {**row, "start": cut.isoformat(), "quantity": whole - first},
    ]
    return [*(other for other in rows if other is not row), *parts]


@FEW
@given(rows=ledgers, wrong=quantities, data=st.data())
def test_a_correction_and_its_reversal_change_nothing(rows, wrong, data):
    with town_of(rows) as town:
        before = town.inventory(FY).rows(("facility", "item", "gas"))
        row = data.draw(st.sampled_from(town.tables["activities"]))
        town.add("activities", **{**row, "activity_id": "C1", "replaces": row["activity_id"], "quantity": wrong})
        town.add("activities", **{**row, "activity_id": "C2", "replaces": "C1"})
        assert town.inventory(FY).rows(("facility", "item", "gas")) == before


@FEW
@given(rows=ledgers)
def test_parts_add_up_to_the_total_by_every_column(rows):
    for policy in ([], ['fuel_factors = "exact"', 'month_of = "days"']):
        with town_of(rows, policy) as town:
            result = town.inventory(FY, by_month=True)
            for column in COLUMNS:
                parts = sum(row.tonnes_co2e for row in result.rows((column,)))
                assert abs(parts - result.total) <= abs(result.total) * Decimal("1E-25")


@FEW
@given(rows=ledgers)
def test_months_and_the_year_give_the_same_rows(rows):
    for policy in ([], ['month_of = "days"']):
        with town_of(rows, policy) as town:
            session = town.session()
            year, months = (session.inventory(FY, by_month=flag) for flag in (False, True))
            assert year.rows(COLUMNS[:5]) == months.rows(COLUMNS[:5])


@FEW
@given(rows=ledgers)
def test_a_trace_adds_up_to_the_inventory(rows):
    with town_of(rows, ['month_of = "days"']) as town:
        assert town.trace(FY).total == town.total(FY)
