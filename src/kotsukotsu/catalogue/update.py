"""A yearly update: one zip file with a manifest of checksums, carried by hand into a closed network.

``manifest.toml`` names title, edition (the catalogue's new version), the day it was made and the SHA-256 of
every file; the files lie as in ``data``. An update takes the place of files of the same name.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import tempfile
import tomllib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kotsukotsu.catalogue.load import SHIPPED, VERSION, load
from kotsukotsu.errors import UpdateError

MANIFEST = "manifest.toml"
POINTER = "current"
LARGEST_FILE = 20_000_000
LARGEST_UPDATE = 60_000_000
MOST_FILES = 500
READABLE = 0o755
TABLES = frozenset(path.name for path in SHIPPED.glob("*.csv")) | {VERSION}
_IN_FOLDER = re.compile(r"(factors|gwp)/[a-z0-9][a-z0-9._-]*\.csv")
_EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,40}")


@dataclass(frozen=True, slots=True)
class Update:
    """A verified update, not yet installed."""

    title: str
    edition: str
    created: str
    files: Mapping[str, bytes]


def read_update(data: bytes) -> Update:
    """The update in a file, every checksum verified.

    Raises
    ------
    UpdateError
        UP-01 no zip file or a damaged one, UP-02 manifest missing or unreadable, UP-03 a path that no catalogue
        has, UP-04 too large, UP-05 files and manifest differ, UP-06 a checksum differs, UP-07 not UTF-8,
        UP-08 another version than the manifest says.
    """
    files = _unpack(data)
    manifest = _manifest(files.pop(MANIFEST, None))
    named = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    for name in sorted(named.keys() ^ files.keys()):
        raise UpdateError("UP-05", path=name)
    for name, content in files.items():
        _verify(name, content, named[name])
    if files.get(VERSION, b"").decode().strip() != manifest["edition"]:
        raise UpdateError("UP-08", edition=manifest["edition"])
    return Update(manifest["title"], manifest["edition"], manifest["created"], files)


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            return {_safe(entry, entries): archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise UpdateError("UP-01") from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    sizes = [entry.file_size for entry in entries]
    if len(sizes) > MOST_FILES or max(sizes, default=0) > LARGEST_FILE or sum(sizes) > LARGEST_UPDATE:
        raise UpdateError("UP-04")


def _safe(entry: zipfile.ZipInfo, entries: list[zipfile.ZipInfo]) -> str:
    """The name, if a catalogue may have it and it stands once; so no path can lead out of the folder."""
    name = entry.filename
    known = name in TABLES or name == MANIFEST or _IN_FOLDER.fullmatch(name)
    if not known or sum(other.filename == name for other in entries) > 1:
        raise UpdateError("UP-03", path=name)
    return name


def _manifest(content: bytes | None) -> dict[str, Any]:
    if content is None:
        raise UpdateError("UP-02")
    try:
        manifest = tomllib.loads(content.decode("utf-8"))
        texts = [manifest[key] for key in ("title", "edition", "created")]
        texts += [entry[key] for entry in manifest["files"] for key in ("path", "sha256")]
    except (ValueError, KeyError, TypeError):
        raise UpdateError("UP-02") from None
    if not all(isinstance(text, str) for text in texts) or not _EDITION.fullmatch(manifest["edition"]):
        raise UpdateError("UP-02")
    return manifest


def _verify(name: str, content: bytes, sha256: str) -> None:
    if hashlib.sha256(content).hexdigest() != sha256.lower():
        raise UpdateError("UP-06", path=name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise UpdateError("UP-07", path=name) from None


def build_update(files: Mapping[str, bytes], *, title: str, edition: str, created: str) -> bytes:
    """An update file of changed tables; its VERSION is `edition`. For maintainers.

    Raises
    ------
    UpdateError
        As `read_update`, which must be able to read it.
    """
    files = {**files, VERSION: f"{edition}\n".encode()}
    lines = [f"{key} = {json.dumps(value)}" for key, value in _head(title, edition, created)]
    for name, content in sorted(files.items()):
        lines += [
            "[[files]]",
            f"path = {json.dumps(name)}",
            f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, "\n".join(lines) + "\n")
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
    read_update(out.getvalue())
    return out.getvalue()


def _head(title: str, edition: str, created: str) -> tuple[tuple[str, str], ...]:
    return ("title", title), ("edition", edition), ("created", created)


def installed(folder: Path) -> tuple[Path, ...]:
    """The folders to load the catalogue from: the shipped one, then the installed update if there is one."""
    pointer = folder / POINTER
    if not pointer.exists():
        return (SHIPPED,)
    return SHIPPED, folder / pointer.read_text(encoding="utf-8").strip()


def install(update: Update, folder: Path) -> Path:
    """Install an update after trying it out; on any error nothing has changed.

    The new folder is written beside the old one and checked as a whole; then one file, the pointer, is replaced,
    which the operating system does in one step.

    Raises
    ------
    CatalogueError
        If the catalogue with the update does not pass its checks.
    UpdateError
        UP-09 if the folder cannot be written.
    """
    before = set(folder.iterdir()) if folder.is_dir() else None
    try:
        return _install(update, folder)
    except OSError as error:
        _clear(folder, before)
        raise UpdateError("UP-09", folder=str(folder)) from error
    except BaseException:
        _clear(folder, before)
        raise


def _install(update: Update, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f"{update.edition}-", dir=folder))
    new.chmod(READABLE)
    for old in installed(folder)[1:]:
        shutil.copytree(old, new, dirs_exist_ok=True)
    for name, content in update.files.items():
        (new / name).parent.mkdir(exist_ok=True)
        (new / name).write_bytes(content)
    load(SHIPPED, new)
    pointer = new / POINTER
    pointer.write_text(new.name + "\n", encoding="utf-8")
    pointer.replace(folder / POINTER)
    return new


def _clear(folder: Path, before: set[Path] | None) -> None:
    """Remove what a failed installation wrote."""
    if before is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in set(folder.iterdir()) - before:
        shutil.rmtree(path, ignore_errors=True)
