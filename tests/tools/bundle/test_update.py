"""A PC with the city's data is updated from a stick: saved first, migrated by the new version, nothing lost."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.tools.bundle.test_bundle import NO_NETWORK, PYTHON
from tools.bundle.__main__ import fill, write_checksums

CITY = Path(__file__).parents[3] / "examples" / "kosen"
LATER = "kotsukotsu/web/entries/migrations/9999_later.py"
MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("entries", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE later (id integer)")]
"""


def clean():
    """The environment of a person of the city hall: nothing of the tests, no network."""
    ours = ("DJANGO", "DATABASE", "KOTSUKOTSU", "PYTHONPATH")
    return {**{name: value for name, value in os.environ.items() if not name.startswith(ours)}, **NO_NETWORK}


def run(*words, **more):
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, env=clean(), check=False, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def totals(backup):
    with zipfile.ZipFile(backup) as archive:
        return json.loads(archive.read("backup.json"))["totals"]


def at(home, question):
    with closing(sqlite3.connect(home / "kotsukotsu.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def started(program, home):
    """Start the version in use until it answers, and stop it."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = subprocess.Popen([program, "serve", "--port", str(port), "--home", home], env=clean())
    try:
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up and server.poll() is None:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    return True
            time.sleep(0.1)
        return False
    finally:
        server.terminate()
        server.wait()


def newer(stage):
    """Put a version that changes the form of the database in place of the one on the stick."""
    wheel = next((stage / "wheels").glob("kotsukotsu-*.whl"))
    with zipfile.ZipFile(wheel, "a") as packed:
        record = next(name for name in packed.namelist() if name.endswith("/RECORD"))
        lines = packed.read(record).decode()
        folder = LATER.rpartition("/")[0]
        last = max(Path(name).stem for name in packed.namelist() if name.startswith(f"{folder}/0"))
        packed.writestr(LATER, MIGRATION.format(last=last))
        packed.writestr(record, f"{lines}{LATER},,\n")
    (stage / "SHA256SUMS").unlink()
    write_checksums(stage)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_update_saves_the_data_first_and_the_new_version_migrates_them(tmp_path):
    stick, place, home = tmp_path / "stick", tmp_path / "place", tmp_path / "home"
    fill(stick, "linux", PYTHON, extras=("web",))
    write_checksums(stick)
    setup, program = (sys.executable, stick / "install.py", "--to", place, "--home", home), place / "kotsukotsu"
    run(*setup)
    password = "a-long-test-password"
    run(program, "init", "--city", CITY, "--home", home, input=f"kanri\n管理 太郎\n{password}\n{password}\n")
    run(program, "backup", tmp_path / "first.zip", "--home", home)
    rows, before = at(home, "SELECT * FROM entries_activity ORDER BY id"), totals(tmp_path / "first.zip")
    assert rows
    newer(stick)
    run(*setup)
    (saved,) = (home / "backups").glob("before-*.zip")
    assert totals(saved) == before
    assert at(home, "SELECT name FROM sqlite_master WHERE name = 'later'") == []
    assert started(program, home)
    assert at(home, "SELECT name FROM sqlite_master WHERE name = 'later'") == [("later",)]
    assert at(home, "SELECT * FROM entries_activity ORDER BY id") == rows
    run(program, "backup", tmp_path / "second.zip", "--home", home)
    assert totals(tmp_path / "second.zip") == before
