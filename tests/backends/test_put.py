"""Every engine keeps what it is given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.backends.ledgers import at

COLUMNS = {
    "key": "string",
    "day": "date",
    "moment": "timestamp",
    "number": "int32",
    "quantity": "decimal(18, 6)",
}
ROWS = [
    ("a", date(2024, 4, 1), at("2024-04-01T09:30:00.123456"), 2024, Decimal("999999999999.999999")),
    ("b", date(1900, 1, 1), at("2999-12-31"), -1, Decimal("-0.000001")),
    ("c", None, None, None, None),
    ("", date(2999, 12, 31), at("1900-01-01"), 0, Decimal(0)),
    ("髙﨑\t㈱\n\\N \"q\" 'r' , ☃", date(2024, 2, 29), at("2024-03-31T23:59:59"), 1, Decimal("1.5")),
]
SELECT = {
    "duckdb": 'SELECT "key", "day", "moment", "number", "quantity" FROM "things"',
    "postgres": 'SELECT "key", "day", "moment", "number", "quantity" FROM "things"',
    "spark": "SELECT `key`, `day`, `moment`, `number`, `quantity` FROM `things`",
}


def everything(engine):
    return sorted(engine.run(SELECT[engine.name]), key=lambda row: row[0])


def put_and_read(engine, row):
    engine.put("things", COLUMNS, [row])
    return everything(engine)


def test_rows_come_back_as_they_were_put(engine):
    engine.put("things", COLUMNS, ROWS)
    assert everything(engine) == sorted(ROWS, key=lambda row: row[0])


def test_a_table_that_is_put_again_replaces_the_first(engine):
    engine.put("things", COLUMNS, ROWS)
    engine.put("things", COLUMNS, ROWS[:1])
    assert everything(engine) == ROWS[:1]


def test_a_table_without_rows_is_empty_and_has_its_columns(engine):
    engine.put("things", COLUMNS, [])
    assert everything(engine) == []


def test_a_quantity_with_too_many_digits_is_an_error_and_never_cut(engine):
    row = ("a", None, None, None, Decimal(1000000000000))
    with pytest.raises(Exception, match=r"(?i)precision|overflow|convert|range"):
        put_and_read(engine, row)


def test_names_of_columns_may_be_words_of_sql(engine):
    engine.put("things", {"end": "date", "use": "string"}, [(date(2024, 4, 1), "boiler")])
    assert engine.run("SELECT * FROM things") == [(date(2024, 4, 1), "boiler")]
