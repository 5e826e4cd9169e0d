"""Three real engines: DuckDB in process, a private PostgreSQL server, Spark on this machine.

What a machine lacks is named at the end with the line that installs it; in CI it is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kotsukotsu.store import duckdb, postgres, spark
from tests.backends.server import binaries, running_server

INSTALL = {"postgres": "apt-get install -y postgresql", "spark": "apt-get install -y openjdk-17-jre-headless"}
LEFT_OUT = pytest.StashKey[dict[str, int]]()
SPARK = {  # one thread and a quick start: the tables are tiny
    **spark.ONE_MACHINE,
    "spark.master": "local[1]",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


@dataclass(frozen=True)
class Engine:
    """One engine, ready to take tables and answer queries."""

    name: str
    put: Callable[[str, Mapping[str, str], Iterable[Sequence[Any]]], None]
    run: Callable[[str], list[tuple[Any, ...]]]
    view_of_parquet: Callable[[str, Path], None]
    table: Callable[[str], pa.Table]


def no_parquet(name: str, path: Path) -> None:
    raise AssertionError("PostgreSQL reads no Parquet")


def missing() -> set[str]:
    found = {"postgres": bool(binaries()), "spark": bool(shutil.which("java") or os.environ.get("JAVA_HOME"))}
    return {name for name, there in found.items() if not there}


def pytest_collection_modifyitems(config, items):
    lacking = set() if os.environ.get("CI") == "true" else missing()
    out = [item for item in items if needed(item) in lacking]
    if not out:
        return
    counts = config.stash.setdefault(LEFT_OUT, {})
    for item in out:
        counts[needed(item)] = counts.get(needed(item), 0) + 1
    items[:] = [item for item in items if needed(item) not in lacking]
    config.hook.pytest_deselected(items=out)


def needed(item) -> str:
    """Engine that a test of this folder asks for, empty for none."""
    ours = item.path.parent == Path(__file__).parent and hasattr(item, "callspec")
    return str(item.callspec.params.get("engine", "")) if ours else ""


def pytest_terminal_summary(terminalreporter, config):
    for name, count in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(f"left out: {count} tests on {name}; install it with: {INSTALL[name]}", yellow=True)


@pytest.fixture(scope="session")
def duckdb_engine():
    connection = duckdb.connect()
    yield Engine(
        "duckdb",
        lambda name, columns, rows: duckdb.put(connection, name, columns, rows),
        lambda sql: duckdb.run(connection, sql),
        lambda name, path: duckdb.view_of_parquet(connection, name, path),
        lambda sql: connection.sql(sql).to_arrow_table(),
    )
    connection.close()


@pytest.fixture(scope="session")
def postgres_engine():
    assert binaries(), f"PostgreSQL is missing: {INSTALL['postgres']}"
    with running_server() as url, postgres.connect(url) as connection:
        yield Engine(
            "postgres",
            lambda name, columns, rows: postgres.put(connection, name, columns, rows),
            lambda sql: postgres.run(connection, sql),
            no_parquet,
            lambda sql: postgres.table(connection, sql),
        )


@pytest.fixture(scope="session")
def spark_engine():
    assert "spark" not in missing(), f"Java is missing: {INSTALL['spark']}"
    session = spark.session(SPARK)
    session.sparkContext.setLogLevel("ERROR")
    yield Engine(
        "spark",
        lambda name, columns, rows: spark.put(session, name, columns, rows),
        lambda sql: spark.run(session, sql),
        lambda name, path: spark.view_of_parquet(session, name, path),
        lambda sql: spark.table(session, sql),
    )
    session.stop()


@pytest.fixture(params=["duckdb", "postgres", "spark"])
def engine(request) -> Engine:
    return request.getfixturevalue(f"{request.param}_engine")
