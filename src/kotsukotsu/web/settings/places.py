"""Where the database may lie: on a disk of this machine, never on a network share.

SQLite's write-ahead log needs memory shared between processes, which a network file system does not give; a database
there can be destroyed without a word (https://www.sqlite.org/wal.html, "All processes using a database must be on the
same host computer").
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path, PureWindowsPath

from kotsukotsu.web.errors import WebError

# Names of Linux for file systems of another computer.
SHARES = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs", "9p",
     "davfs", "fuse.davfs2", "lustre", "beegfs")
)  # fmt: skip
MOUNTS = Path("/proc/self/mountinfo")
REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE


def refuse_share(place: Path) -> None:
    """Refuse a folder on a network share.

    Raises
    ------
    WebError
        W-12.
    """
    if on_share(place):
        raise WebError("W-12", folder=place)


def on_share(place: Path) -> bool:
    """Whether a folder lies on another computer."""
    if sys.platform == "win32":
        return _is_remote_on_windows(PureWindowsPath(place.resolve()))
    table = MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else ""
    return kind_of(place.resolve(), table) in SHARES


def kind_of(place: Path, mounts: str) -> str:
    r"""The file system of a folder, by the kernel's table of mounts.

    >>> mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:40 / /mnt/share rw shared:1 - cifs //server/share rw"
    >>> kind_of(Path("/mnt/share/web"), mounts), kind_of(Path("/srv"), mounts)
    ('cifs', 'ext4')
    """
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = Path(fields[4].encode().decode("unicode_escape"))
        if place.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = after.split(" ")[0], len(point.parts)
    return found


def _is_remote_on_windows(place: PureWindowsPath) -> bool:
    if place.drive.startswith("\\\\"):
        return True
    windows = getattr(ctypes, "windll", None)
    return windows is not None and windows.kernel32.GetDriveTypeW(f"{place.drive}\\") == REMOTE_DRIVE
