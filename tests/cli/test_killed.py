"""``kotsukotsu publish`` killed in the middle leaves nothing half-written under the final name."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from kotsukotsu.store import whole_folder
from tests.web.publications.conftest import two_years

ROOT = Path(__file__).parents[2]
AMONG_THE_FILES = 12


def test_publish_killed_among_its_files_leaves_the_folder_of_last_time(town, tmp_path):
    two_years(town)
    town.write()
    out = tmp_path / "made" / "2014"
    whole_folder.write(out, {"site/index.html": b"last time"})
    asked = ["publish", str(town.path), "--fy", "2014", "--out", str(out)]
    child = [sys.executable, "tests/killing.py", str(AMONG_THE_FILES), "command", str(out), *asked]
    assert subprocess.run(child, cwd=ROOT, check=False, capture_output=True).returncode == -signal.SIGKILL
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert files == {"site/index.html": b"last time", ".kotsukotsu": b""}
