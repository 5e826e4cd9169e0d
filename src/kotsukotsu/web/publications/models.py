"""Publications: frozen figures and files, their way to the decision, and remarks on them."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.municipalities.fields import ExactColumn

DRAFT, SUBMITTED, RETURNED, PUBLISHED = "draft", "submitted", "returned", "published"
STATES = (DRAFT, SUBMITTED, RETURNED, PUBLISHED)


class Publication(models.Model):
    """One version of a year's result; nothing of it changes once it is published.

    Attributes
    ----------
    number : int
        1 for the first publication of the year, 2 and more for corrections, which have a reason.
    moment : datetime
        The ledger is read as it stood then.
    digest : str
        SHA-256 over all frozen figures.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default=DRAFT)
    reason = models.TextField(blank=True)
    moment = models.DateTimeField()
    made_on = models.DateField()
    policy = models.JSONField()
    catalogue_version = models.CharField(max_length=32)
    code_version = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    document_number = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            UniqueConstraint(fields=["fiscal_year", "number"], name="publication_number_once"),
            UniqueConstraint(fields=["fiscal_year"], condition=~Q(state=PUBLISHED), name="one_open_publication"),
            CheckConstraint(condition=Q(state__in=STATES), name="publication_state"),
            CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} #{self.number}"

    @property
    def is_published(self) -> bool:
        """Whether it is final."""
        return self.state == PUBLISHED


class PublishedFigure(models.Model):
    """A number as it was printed, with what stands behind it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="figures")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=128)
    meaning = models.CharField(max_length=400)
    exact = ExactColumn(null=True)
    printed = ExactColumn(null=True)
    text = models.CharField(max_length=64)
    unit = models.CharField(max_length=32)
    status = models.CharField(max_length=128, blank=True)
    rule = models.CharField(max_length=200)
    behind = models.JSONField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [UniqueConstraint(fields=["publication", "key"], name="figure_once")]

    def __str__(self) -> str:
        return self.key


class PublishedFile(models.Model):
    """A file that belongs to a publication, byte by byte."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [UniqueConstraint(fields=["publication", "name"], name="file_once")]

    def __str__(self) -> str:
        return self.name


class Remark(models.Model):
    """What a reader says of a version that is not yet published."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class Preparing(models.Model):
    """The next version of a year while it is computed; gone when the version is there.

    Attributes
    ----------
    token : UUID
        Of this beginning: one that was begun anew no longer counts.
    done, steps : int
        How far it is.
    error : str
        What stood in the way, in words.
    """

    fiscal_year = models.PositiveSmallIntegerField(unique=True)
    token = models.UUIDField()
    reason = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.done}/{self.steps}"
