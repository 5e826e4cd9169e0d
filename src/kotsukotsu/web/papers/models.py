"""Drafts of documents, how far their making is, and what readers say of their sections."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.publications.models import Publication

RUNNING, DONE, FAILED = "running", "done", "failed"
STATES = (RUNNING, DONE, FAILED)


class Making(models.Model):
    """The making of a version's documents; its files appear all at once, at its end.

    Attributes
    ----------
    token : UUID
        Of this making: one that was started anew no longer counts.
    basis : str
        What the documents depend on besides the frozen figures: SHA-256 over the city's texts and its registers' state.
    error : str
        What stood in the way, in words.
    """

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="making")
    token = models.UUIDField()
    state = models.CharField(max_length=16, default=RUNNING)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    basis = models.CharField(max_length=64)
    error = models.TextField(blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(condition=Q(state__in=STATES), name="making_state")]

    def __str__(self) -> str:
        return f"{self.publication} {self.state}"


class Paper(models.Model):
    """A file made for a version that is not yet published: as a draft to read, and as it will be published."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="papers")
    name = models.CharField(max_length=200)
    is_final = models.BooleanField()
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [UniqueConstraint(fields=["publication", "name", "is_final"], name="paper_once")]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What a reader says of a section of a version's documents; it outlives a version that is made anew.

    Attributes
    ----------
    part : str
        Name of the section, for example ``plan-basics``.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=64)
    text = models.TextField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["part", "at", "id"]
        indexes = [models.Index(fields=["fiscal_year", "number"], name="comment_of_version")]

    def __str__(self) -> str:
        return self.text[:40]
