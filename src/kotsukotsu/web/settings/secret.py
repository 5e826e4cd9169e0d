"""The secret that signs sessions: made once, kept beside the database, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FILE = "secret_key"
LENGTH = 64


def secret_key(home: Path) -> str:
    """``KOTSUKOTSU_SECRET_KEY``, else the one of this installation."""
    if given := os.environ.get("KOTSUKOTSU_SECRET_KEY"):
        return given
    path = home / FILE
    home.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(LENGTH))
    return path.read_text(encoding="ascii")
