"""Spark: a cluster where one machine is too small, or this machine alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import types as spark

# A moment of the ledger is a time of day without a zone, as on the other engines: nothing may move it.
TYPES: Mapping[str, tuple[spark.DataType, pa.DataType]] = {
    "string": (spark.StringType(), pa.string()),
    "date": (spark.DateType(), pa.date32()),
    "timestamp": (spark.TimestampNTZType(), pa.timestamp("us")),
    "int32": (spark.IntegerType(), pa.int32()),
}
EXACT = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
ONE_MACHINE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def session(settings: Mapping[str, str] | None = None) -> SparkSession:
    """The Spark session: of ``spark-submit``'s cluster, else of this machine.

    Parameters
    ----------
    settings : mapping, optional
        Settings besides those of ``spark-submit``; `ONE_MACHINE` keeps everything off the network.

    Notes
    -----
    In ANSI mode a decimal that does not fit is an error, never an empty cell.
    """
    builder = SparkSession.builder.appName("kotsukotsu")
    for key, value in {**(settings or {}), **EXACT}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def put(session: SparkSession, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Make a view of rows, in the order of `columns`."""
    kinds = {column: _types(kind) for column, kind in columns.items()}
    lists = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(values, kind) for values, (_, kind) in zip(lists, kinds.values(), strict=True)]
    schema = spark.StructType([spark.StructField(column, kind) for column, (kind, _) in kinds.items()])
    table = pa.Table.from_arrays(arrays, names=list(columns))
    session.createDataFrame(table, schema).createOrReplaceTempView(name)


def view_of_parquet(session: SparkSession, name: str, path: Path | str) -> None:
    """A view of one or many Parquet files."""
    session.read.parquet(str(path)).createOrReplaceTempView(name)


def run(session: SparkSession, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query."""
    return [tuple(row) for row in session.sql(sql).collect()]


def table(session: SparkSession, sql: str) -> pa.Table:
    """Result of a query as columns."""
    return session.sql(sql).toArrow()


def _types(kind: str) -> tuple[spark.DataType, pa.DataType]:
    if not kind.startswith("decimal"):
        return TYPES[kind]
    precision, scale = (int(part) for part in kind.removeprefix("decimal(").removesuffix(")").split(","))
    return spark.DecimalType(precision, scale), pa.decimal128(precision, scale)
