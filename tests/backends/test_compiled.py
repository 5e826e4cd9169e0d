"""The SQL that is shipped is what Ibis makes of the expressions now."""

from __future__ import annotations

import pytest

from kotsukotsu.accounting.compile import FOLDER, compiled
from kotsukotsu.accounting.expressions import TABLES, expressions
from kotsukotsu.accounting.queries import ENGINES, columns, sql

COMPILED = compiled()


@pytest.mark.parametrize("path", sorted(COMPILED), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_is_what_its_expression_says(path):
    assert path.read_text(encoding="utf-8") == COMPILED[path], "run: make compile"


def test_there_is_no_file_without_an_expression():
    assert {path for path in FOLDER.rglob("*.*") if path.is_file()} == set(COMPILED)


def test_every_engine_has_every_expression_and_every_table():
    for name in expressions():
        assert all(sql(engine, name).startswith(("SELECT", "WITH")) for engine in ENGINES)
    assert {name: columns(name) for name in TABLES} == {name: dict(kinds) for name, kinds in TABLES.items()}
