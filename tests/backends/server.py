"""A PostgreSQL server of the test's own, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # initdb refuses root; Debian's package makes this user


def binaries() -> Path | None:
    """Folder of initdb and pg_ctl, of the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).parent if elsewhere else None


@contextmanager
def running_server() -> Iterator[str]:
    """The url of a server that lives as long as the block."""
    folder = Path(tempfile.mkdtemp(prefix="kotsukotsu-pg-"))
    data, owner = folder / "data", OWNER if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)
    try:
        _do(
            "initdb",
            "-D",
            data,
            "-U",
            "kotsukotsu",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
            owner=owner,
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        _do("pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", options, owner=owner)
        try:
            yield f"host={folder} user=kotsukotsu dbname=postgres"
        finally:
            _do("pg_ctl", "stop", "-m", "immediate", "-D", data, owner=owner)
    finally:
        shutil.rmtree(folder)


def _do(program: str, *arguments: object, owner: str | None) -> None:
    folder = binaries()
    assert folder
    subprocess.run(
        [str(folder / program), *map(str, arguments)],
        check=True, user=owner, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
