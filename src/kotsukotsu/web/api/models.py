"""Tokens by which programs act for a person, and the attempts of those that had none."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from kotsukotsu.web.accounts.models import User


class Token(models.Model):
    """A token of a person; only its digest is kept, so that nobody can read it from the database.

    `valid_to` is the first day on which it is no longer accepted.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=12)
    is_read_only = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    valid_to = models.DateField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.name} {self.beginning}"

    def is_valid(self, day: date | None = None) -> bool:
        """Whether it is accepted on a day."""
        return self.revoked_at is None and (day or timezone.localdate()) < self.valid_to


class Attempt(models.Model):
    """A request whose token was none; too many from one address are no longer looked at."""

    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"])]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
