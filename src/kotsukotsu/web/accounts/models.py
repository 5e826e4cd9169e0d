"""People, the places where they have a say, who stands in for whom, and the log."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import CheckConstraint, Q, QuerySet, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.common.asking import objects


class UserManager(BaseUserManager):
    """Accounts by their names for signing in."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """The account of a name, capitals or not."""
        return self.get(username__iexact=username)

    def get(self, *args: Any, **asked: Any) -> Any:
        """As Django's; an account by its number, which every request asks for, in SQL and with what it is today."""
        if args or asked.keys() != {"pk"}:
            return super().get(*args, **asked)
        found = objects((User, Role), ACCOUNT, [*_held(asked["pk"], timezone.localdate()), asked["pk"]])
        if not found:
            raise User.DoesNotExist
        user = found[0][0]
        user.held_today = [role for _, role in found if role is not None] if user.is_active else []
        return user


class User(AbstractBaseUser):
    """A person who can sign in; an account is closed, never deleted while the log speaks of it.

    Attributes
    ----------
    password_is_given : bool
        Whether another person knows the password: it is changed before anything else.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True)
    password_is_given = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    acts_for = ""  # names of whom a deputy acts for, by the right that was last required
    held_today: list[Role]  # as `Role.objects.held_by`, one answer for a whole request
    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [UniqueConstraint(Lower("username"), name="username_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Name for people."""
        return self.name


class RoleQuerySet(QuerySet):
    """Roles on a day."""

    def on(self, day: date) -> RoleQuerySet:
        """Roles that are in force."""
        began = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(began, Q(valid_to=None) | Q(valid_to__gt=day))

    def held_by(self, user: User, day: date) -> list[Role]:
        """A person's roles, and those of whom they stand in for; asked by every request, so written out in SQL."""
        return [role for (role,) in objects((Role,), f"accounts_role WHERE {HELD}", _held(user.pk, day))]


HELD = """
(valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to > %s) AND (
    user_id = %s OR user_id IN (
        SELECT d.absent_id FROM accounts_deputy d JOIN accounts_user u ON u.id = d.absent_id
        WHERE d.deputy_id = %s AND d.valid_from <= %s AND d.valid_to > %s AND u.is_active
    )
)
"""
ACCOUNT = f"accounts_user LEFT JOIN accounts_role ON {HELD} WHERE accounts_user.id = %s"


def _held(user: int, day: date) -> list[Any]:
    """What stands at the places of `HELD`."""
    today = connection.ops.adapt_datefield_value(day)
    return [today, today, user, user, today, today]


class Role(models.Model):
    """What a person is, where, and from when to when; the place is a department, a facility or the city."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=32)
    department_id = models.CharField(max_length=64, blank=True, db_index=True)
    facility_id = models.CharField(max_length=64, blank=True, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(department_id="") | Q(facility_id=""), name="role_at_one_place"),
            CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="role_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.department_id or self.facility_id}".strip()

    @property
    def is_of_the_city(self) -> bool:
        """Whether it reaches every facility."""
        return not self.department_id and not self.facility_id

    @property
    def place(self) -> str:
        """Kind of its place."""
        return "facility" if self.facility_id else "department" if self.department_id else "city"


class Deputy(models.Model):
    """Who stands in for whom, from when to when; both have the rights, each acts under their own name."""

    absent = models.ForeignKey(User, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="stands_in")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(absent=models.F("deputy")), name="nobody_stands_in_for_themselves"),
            CheckConstraint(condition=Q(valid_to__gt=models.F("valid_from")), name="deputy_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.absent_id}"


class LogEntry(models.Model):
    """One change: who, when, what before and after, why. The database itself refuses to change it.

    `actor_name` is kept as it was; `actor` is empty where the account has been removed after its retention period or
    where the program itself acted (`actor_name` says so). `absent_name` is for whom a deputy acted, as it was.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=128)
    absent_name = models.CharField(max_length=256, blank=True)
    verb = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    facility_id = models.CharField(max_length=64, blank=True, db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.key}"

    @property
    def who(self) -> str:
        """Who did it, and for whom where it was a deputy."""
        if not self.absent_name:
            return self.actor_name
        return texts.label("web.log.deputy", name=self.actor_name, absent=self.absent_name)


class Retention(models.Model):
    """How long records are kept; the triggers allow to delete what is older than `keep_from`."""

    kind = models.CharField(max_length=32, primary_key=True)
    years = models.PositiveSmallIntegerField()
    keep_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.years}"
