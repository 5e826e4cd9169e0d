"""Many bodies' rows: the same sums on every engine, from memory and from Parquet."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotsukotsu.accounting.portfolio import emissions
from kotsukotsu.accounting.queries import columns, sql
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.store import duckdb
from tests.backends.ledgers import Ledger, activity, asked, in_order

START = date(2013, 4, 1)
ROWS = [
    (
        f"B{n % 3}", f"B{n % 3}-{n % 7}", "electricity" if n % 2 else "city_gas", "A0267" if n % 4 else "", "",
        ("", "", "household", "boiler")[n % 4] if n % 2 == 0 else "", "kWh" if n % 5 else "MWh",
        START + timedelta(days=n * 37 % 4383),
        None if n % 11 == 0 else Decimal(n * n * 7919 % 10**9) / 1000 - 5,
    )
    for n in range(500)
]  # fmt: skip
ROWS += [
    ("B0", "B0-0", "lpg", "", "", use, "kg", day, Decimal(1))
    for day in (date(2024, 3, 31), date(2024, 4, 1))
    for use in ("", "household")
]
PLACES = {"portfolio_facility": 1, "portfolio_municipality": 0}


def plain_sums(rows, place):
    sums = defaultdict(lambda: (None, 0))
    for row in rows:
        day, quantity = row[7:]
        key = (row[place], *row[2:7], day.year - (day.month < 4))
        total, missing = sums[key]
        total = total if quantity is None else (total or 0) + quantity
        sums[key] = (total, missing + (quantity is None))
    return in_order((*key, *values) for key, values in sums.items())


@pytest.mark.parametrize("name", sorted(PLACES))
def test_emissions_are_the_same_from_every_engine(engine, duckdb_engine, name):
    law = Law(load())
    found = []
    for one in (engine, duckdb_engine):
        one.put("supplied", columns("supplied"), ROWS)
        portfolio = emissions(one.table(sql(one.name, name)), law, lambda fy: Policy())
        found.append((sorted(portfolio.lines()), sorted(map(str, portfolio.problems)), portfolio.incomplete))
    assert found[0] == found[1]
    assert all(found[0])


def test_a_table_without_rows_has_no_cells(engine):
    engine.put("supplied", columns("supplied"), [])
    portfolio = emissions(engine.table(sql(engine.name, "portfolio_facility")), Law(load()), lambda fy: Policy())
    assert (portfolio.cells.num_rows, portfolio.problems) == (0, ())


@pytest.fixture(scope="session")
def parquet(duckdb_engine, tmp_path_factory):
    """Folder with the tables `supplied` and those of a ledger, as Parquet that DuckDB wrote."""
    folder = tmp_path_factory.mktemp("parquet")
    duckdb_engine.put("supplied", columns("supplied"), ROWS)
    Ledger([activity("a"), activity("b", quantity=None, use="boiler"), activity("c", replaces="a")]).put(duckdb_engine)
    for name in ("supplied", "activity", "supplies", "apportionments", "portions", "scope"):
        duckdb_engine.run(f"COPY \"{name}\" TO '{folder / name}.parquet' (FORMAT parquet)")
    return folder


@pytest.mark.parametrize("name", sorted(PLACES))
def test_sums_equal_the_plain_loop(engine, name):
    engine.put("supplied", columns("supplied"), ROWS)
    assert in_order(engine.run(sql(engine.name, name))) == plain_sums(ROWS, PLACES[name])


@pytest.fixture
def duckdb_views(parquet):
    """DuckDB that has the Parquet files only."""
    connection = duckdb.connect()
    for path in parquet.iterdir():
        duckdb.view_of_parquet(connection, path.stem, path)
    yield connection
    connection.close()


@pytest.mark.parametrize("engine", ["spark"], indirect=True)
@pytest.mark.parametrize("name", sorted(PLACES))
def test_sums_from_parquet_equal_the_plain_loop(engine, duckdb_views, name, parquet):
    engine.view_of_parquet("supplied", parquet / "supplied.parquet")
    expected = plain_sums(ROWS, PLACES[name])
    assert in_order(engine.run(sql(engine.name, name))) == expected
    assert in_order(duckdb.run(duckdb_views, sql("duckdb", name))) == expected


@pytest.mark.parametrize("engine", ["spark"], indirect=True)
@pytest.mark.parametrize("name", ["months_end", "years_days", "identified_end"])
def test_a_ledger_in_parquet_is_the_same_ledger(engine, duckdb_views, name, parquet):
    for path in parquet.iterdir():
        engine.view_of_parquet(path.stem, path)
    expected = in_order(duckdb.run(duckdb_views, sql("duckdb", name)))
    assert expected
    assert asked(engine, name) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=60), name=st.sampled_from(sorted(PLACES)))
def test_any_rows_in_any_order_equal_the_plain_loop(duckdb_engine, rows, name):
    duckdb_engine.put("supplied", columns("supplied"), rows)
    assert in_order(duckdb_engine.run(sql("duckdb", name))) == plain_sums(rows, PLACES[name])
