"""The yearly cycle: a collection for a year, a sheet for each facility in it, what is asked for, evidence."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kotsukotsu.web.accounts.models import User

STATES = ("not_started", "entering", "submitted", "returned", "confirmed", "settled")
# States in which figures may be entered.
OPEN = ("not_started", "entering", "returned")


class Collection(models.Model):
    """What the secretariat asks for a fiscal year (照会), until when."""

    fiscal_year = models.PositiveSmallIntegerField(unique=True)
    due_on = models.DateField()
    message = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return str(self.fiscal_year)


class Sheet(models.Model):
    """A facility in a collection: its state, and who brought it there.

    Attributes
    ----------
    version : int
        Raised by every change of state: who acts on an older one is told.
    due_on : date or None
        Another due date than the collection's.
    """

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="sheets")
    facility_id = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=16, default="not_started")
    version = models.PositiveIntegerField(default=1)
    due_on = models.DateField(null=True, blank=True)
    comment = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["collection", "facility_id"], name="one_sheet_for_a_facility"),
            CheckConstraint(condition=Q(state__in=STATES), name="sheet_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.fiscal_year}"

    @property
    def fiscal_year(self) -> int:
        """The collection's year."""
        return self.collection.fiscal_year

    @property
    def due(self) -> date:
        """Its own due date, else the collection's."""
        return self.due_on or self.collection.due_on

    @property
    def is_open(self) -> bool:
        """Whether figures may be entered."""
        return self.state in OPEN


class Asked(models.Model):
    """One line of a sheet: an item, with the meter, the use and the unit in which it is asked for."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="lines")
    item = models.CharField(max_length=64)
    meter_id = models.CharField(max_length=64, blank=True)
    use = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=32)

    class Meta:
        ordering = ["id"]
        constraints = [UniqueConstraint(fields=["sheet", "item", "meter_id", "use"], name="asked_once")]

    def __str__(self) -> str:
        return self.item

    @property
    def ident(self) -> str:
        """Item, meter and use as one text."""
        return f"{self.item}|{self.meter_id}|{self.use}"


class Entered(models.Model):
    """Who entered something into a sheet: they cannot approve it."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="entered")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [UniqueConstraint(fields=["sheet", "user"], name="entered_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.user_id}"


class Evidence(models.Model):
    """A file that proves an entry, kept in the database beside it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Proved(models.Model):
    """A month of a line that a file proves; a month left open is the whole year."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="proved")
    item = models.CharField(max_length=64)
    meter_id = models.CharField(max_length=64, blank=True)
    use = models.CharField(max_length=64, blank=True)
    month = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [UniqueConstraint(fields=["evidence", "item", "meter_id", "use", "month"], name="proved_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.month}"


class SupplyReport(models.Model):
    """A changed supply contract as a clerk reads it from the bill; the secretariat takes it into the register."""

    facility_id = models.CharField(max_length=64, db_index=True)
    item = models.CharField(max_length=64)
    supplier = models.CharField(max_length=200)
    menu = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    note = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, default="open")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [CheckConstraint(condition=Q(state__in=("open", "taken", "refused")), name="report_state_known")]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.item} {self.supplier}"
