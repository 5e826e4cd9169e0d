"""SQLite on this PC, or PostgreSQL by ``DATABASE_URL``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

from kotsukotsu.web.settings.places import refuse_share

FILE = "kotsukotsu.sqlite3"
# A writer waits for another one this long. [s]
PATIENCE = 20
KEPT = 600  # a connection to PostgreSQL serves this long [s]
# A question that a connection asks again is not read and planned anew: half the time of most.
POSTGRESQL = {"server_side_binding": True, "prepare_threshold": 5}
# IMMEDIATE: a transaction that will write takes its turn at its beginning, so that it never fails at its end.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": PATIENCE,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def databases(home: Path) -> dict[str, dict[str, Any]]:
    """Django's setting of databases."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        server: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=KEPT, conn_health_checks=True))
        return {"default": {**server, "OPTIONS": {**POSTGRESQL, **server.get("OPTIONS", {})}}}
    home.mkdir(parents=True, exist_ok=True)
    refuse_share(home)
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home / FILE), "OPTIONS": SQLITE}
    # A thread keeps its connection: whoever closes the last one waits until what was written stands in the file.
    return {"default": {**file, "CONN_MAX_AGE": None, "TEST": {"NAME": str(home / f"test-{FILE}")}}}
