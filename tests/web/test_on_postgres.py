"""Every other test of the web application on PostgreSQL too, the whole year in a browser among them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.backends.server import binaries, running_server

ROOT = Path(__file__).parents[2]
# What begins processes of its own, each with its own SQLite file, whatever the database of the tests.
OWN_FILE = ("test_on_postgres.py", "test_killed.py", "test_killed_publication.py", "test_proxy.py")


@pytest.mark.skipif(binaries() is None, reason="no PostgreSQL on this machine")
def test_all_the_others_pass_on_postgresql():
    with running_server() as server:
        folder = re.search(r"host=(\S+)", server)[1]
        environment = {**os.environ, "DATABASE_URL": f"postgres://kotsukotsu@{quote(folder, safe='')}/postgres"}
        ignored = [f"--ignore=tests/web/{name}" for name in OWN_FILE]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "tests/web", *ignored],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
