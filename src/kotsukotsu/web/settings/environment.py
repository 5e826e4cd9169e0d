"""What an installation says through its environment."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """Folder of the database and the secret."""
    named_one = os.environ.get("KOTSUKOTSU_HOME")
    return Path(named_one) if named_one else user_data_path("kotsukotsu", appauthor=False) / "web"


def on(name: str, *, default: bool = False) -> bool:
    """Whether a switch is on."""
    value = os.environ.get(name, "").strip().casefold()
    return value in ("on", "1", "yes", "true") if value else default


def named(name: str) -> list[str]:
    """Values parted by commas."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def proxy() -> str:
    """Address of the server that takes https for this one; empty without one, ``on`` means one on this machine."""
    value = os.environ.get("KOTSUKOTSU_PROXY", "").strip()
    if value.casefold() in ("", "off", "0", "no", "false"):
        return ""
    return "127.0.0.1" if on("KOTSUKOTSU_PROXY") else value
