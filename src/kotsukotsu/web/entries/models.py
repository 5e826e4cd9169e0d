"""The ledger in the database: rows are only ever added; the database itself refuses anything else."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from kotsukotsu.web.entries.cycle import Asked, Collection, Entered, Evidence, Proved, Sheet, SupplyReport
from kotsukotsu.web.municipalities.fields import column
from kotsukotsu.web.municipalities.tabled import Tabled

__all__ = ["Activity", "Asked", "Collection", "Entered", "Evidence", "Proved", "Sheet", "SupplyReport"]


class Activity(Tabled):
    """A row of the ledger. A row is replaced by at most one other: who comes second is refused by the database."""

    table = "activities"
    activity_id = column(table, "activity_id", unique=True)
    facility_id = column(table, "facility_id")
    item = column(table, "item")
    start = column(table, "start")
    end = column(table, "end")
    quantity = column(table, "quantity")
    unit = column(table, "unit")
    basis = column(table, "basis")
    cost_yen = column(table, "cost_yen")
    source = column(table, "source")
    note = column(table, "note")
    meter_id = column(table, "meter_id")
    use = column(table, "use")
    replaces = column(table, "replaces")
    posted_at = column(table, "posted_at")
    posted_by = column(table, "posted_by")

    class Meta(Tabled.Meta):
        indexes = [
            models.Index(fields=["facility_id", "item", "end"], name="activity_place"),
            # Every page asks for the first and the last year of the ledger.
            models.Index(fields=["start"], name="activity_start"),
            models.Index(fields=["end"], name="activity_end"),
        ]
        constraints = [
            UniqueConstraint(fields=["replaces"], condition=Q(replaces__isnull=False), name="replaced_once"),
            CheckConstraint(condition=~Q(replaces=F("activity_id")), name="replaces_another"),
        ]

    @property
    def label(self) -> str:
        """Its number."""
        return str(self.activity_id)
