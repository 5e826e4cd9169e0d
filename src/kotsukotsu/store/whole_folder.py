"""A folder written as one: it appears whole under its name, or what stood there before stays."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kotsukotsu.errors import PublicationError

MARKER = ".kotsukotsu"  # stands in every folder that this module wrote, which alone it may replace
OLD = ".old"
HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


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
    _recover(out)
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
    if not out.exists():
        os.replace(made, out)
        return
    if _at_once(made, out):
        return
    old = made.with_name(f"{made.name}{OLD}")
    os.replace(out, old)
    try:
        os.replace(made, out)
    except OSError:
        os.replace(old, out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _at_once(made: Path, out: Path) -> bool:
    """Let two folders change places in one step, where the system can: Linux, on most file systems."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if exchange is None:
        return False
    return bool(exchange(HERE, os.fsencode(made.resolve()), HERE, os.fsencode(out.resolve()), EXCHANGE) == 0)


def _recover(out: Path) -> None:
    """Bring back a folder that a process, killed between two steps, left under its other name."""
    if not out.exists():
        for old in sorted(out.parent.glob(f".{out.name}.*{OLD}")):
            if (old / MARKER).exists():
                os.replace(old, out)
                return
