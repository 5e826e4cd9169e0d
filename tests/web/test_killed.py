"""A process killed in the middle leaves the state before or after, never between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kotsukotsu.web.settings.database import FILE
from tests.web.conftest import PASSWORD

DEMO = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
TABLES = ("municipalities_municipality", "entries_activity", "municipalities_facility", "municipalities_cityfile")


@pytest.fixture
def home(tmp_path):
    made = tmp_path / "home"
    answers = f"kanri\n管理 太郎\n{PASSWORD}\n{PASSWORD}\n"
    subprocess.run(
        command("init", "--home", made), input=answers, text=True, check=True, env=clean(), capture_output=True
    )
    return made


def clean():
    """The environment of a person, without what the tests set."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}


def command(*arguments):
    return [str(Path(sys.executable).parent / "kotsukotsu"), *map(str, arguments)]


def counts(home):
    with sqlite3.connect(home / FILE) as connection:
        return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


def written(home):
    return sum(path.stat().st_size for path in home.glob(f"{FILE}*"))


def test_an_import_killed_in_the_middle_leaves_an_empty_database(home):
    size = written(home)
    process = subprocess.Popen(
        command("import-city", DEMO, "--actor", "kanri", "--home", home), env=clean(), stdout=subprocess.DEVNULL
    )
    give_up = time.monotonic() + 60
    while process.poll() is None and written(home) < size + 1_000_000 and time.monotonic() < give_up:
        time.sleep(0.02)
    assert process.poll() is None, "it ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert counts(home) == [0, 0, 0, 0]
