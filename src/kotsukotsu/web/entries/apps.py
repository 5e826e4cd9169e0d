"""The app of the ledger; it has the database protect its rows after every migration."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from kotsukotsu.web.common import protection


class EntriesConfig(AppConfig):
    """What was used."""

    name = "kotsukotsu.web.entries"

    def ready(self) -> None:
        """Wait for migrations."""
        post_migrate.connect(protection.protect, sender=self, dispatch_uid="protection")
