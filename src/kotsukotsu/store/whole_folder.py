"""A folder written as one: it appears whole under its name, or what stood there before stays."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kotsukotsu.errors import PublicationError

MARKER = ".kotsukotsu"  # stands in every folder that this module wrote, which alone it may replace


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that does not exist, is empty, or was written here before.

    Parameters
    ----------
    files : mapping
        Path below the folder to content.

    Raises
    ------
    PublicationError
        PB-03 the folder holds something else, PB-04 it cannot be written.
    """
    check(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
        try:
            _fill(made, {**files, MARKER: b""})
            _exchange(made, out)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise PublicationError("PB-04", folder=out, problem=error.strerror or str(error)) from None


def check(out: Path) -> None:
    """Refuse a folder that holds something else, before anything is computed for it.

    Raises
    ------
    PublicationError
        PB-03.
    """
    if not _is_free(out):
        raise PublicationError("PB-03", folder=out)


def _is_free(out: Path) -> bool:
    return not out.exists() or (out.is_dir() and ((out / MARKER).exists() or not any(out.iterdir())))


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.chmod(0o755)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _exchange(made: Path, out: Path) -> None:
    """Put the new folder in the place of the old one; the old one comes back if that fails."""
    old = made.with_name(f"{made.name}.old")
    if out.exists():
        os.replace(out, old)
    try:
        os.replace(made, out)
    except OSError:
        if old.exists():
            os.replace(old, out)
        raise
    shutil.rmtree(old, ignore_errors=True)
