"""Reviews: what a manager says of a facility's year beside what the data say, and what will be done."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kotsukotsu.web.accounts.models import User

STATES = ("draft", "submitted", "returned", "approved")
OPEN = ("draft", "returned")


class FacilityReview(models.Model):
    """The review of a facility's year; once approved it stands in the register of reviews, which documents read."""

    facility_id = models.CharField(max_length=64, db_index=True)
    fiscal_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default="draft")
    version = models.PositiveIntegerField(default=1)
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["facility_id", "fiscal_year"], name="one_review_of_a_year"),
            CheckConstraint(condition=Q(state__in=STATES), name="review_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.facility_id} {self.fiscal_year}"

    @property
    def is_open(self) -> bool:
        """Whether it may be written."""
        return self.state in OPEN


class Countermeasure(models.Model):
    """What will be done, by whom, until when."""

    review = models.ForeignKey(FacilityReview, models.CASCADE, related_name="countermeasures")
    text = models.TextField()
    person = models.CharField(max_length=100)
    due_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
