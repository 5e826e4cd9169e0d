"""What is asked of people, roles and the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.accounts.models import LogEntry, Role, User
from kotsukotsu.web.municipalities.selectors import department_names, facility_names

# The demo's accounts all have this password, which the login page shows.
DEMO_PASSWORD = "kotsukotsu-demo"  # noqa: S105
VERB = "web.verb."


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role for people."""

    name: str
    place: str
    stands_in_for: str
    role: Role


def described(roles: Iterable[Role], reader: User) -> list[RoleLine]:
    """Roles with their places in words."""
    departments, facilities = department_names(timezone.localdate()), facility_names()
    return [
        RoleLine(
            texts.label(f"web.role.{role.kind}"),
            facilities.get(role.facility_id, role.facility_id)
            or departments.get(role.department_id, role.department_id)
            or texts.label("web.place.city"),
            role.user.name if role.user_id != reader.pk else "",
            role,
        )
        for role in roles
    ]


def demo_accounts() -> list[tuple[User, list[RoleLine]]]:
    """Accounts of the demo with what they are."""
    return sorted(((user, roles) for user, roles in people() if user.is_active), key=lambda one: one[0].pk)


def has_second_factor(user: User) -> bool:
    """Whether an account asks for a second factor."""
    return bool(is_mfa_enabled(user))


def people() -> list[tuple[User, list[RoleLine]]]:
    """Every account, open ones first, with its roles of today."""
    today = timezone.localdate()
    roles: dict[int, list[Role]] = {}
    for role in Role.objects.on(today).order_by("id"):
        roles.setdefault(role.user_id, []).append(role)
    users = list(User.objects.order_by("-is_active", "username"))
    lines = {line.role.pk: line for line in described((role for one in roles.values() for role in one), User())}
    return [(user, [lines[role.pk] for role in roles.get(user.pk, ())]) for user in users]


def names_of(usernames: Iterable[str | None]) -> dict[str, str]:
    """Names of people by the names of their accounts."""
    return dict(User.objects.filter(username__in={one for one in usernames if one}).values_list("username", "name"))


def log(*, who: str = "", word: str = "", since: date | None = None, until: date | None = None) -> QuerySet[LogEntry]:
    """The log, the newest first; narrowed by a name, a word of the object or the reason, and days."""
    found = LogEntry.objects.order_by("-at", "-id")
    if who:
        found = found.filter(Q(actor_name__icontains=who) | Q(absent_name__icontains=who))
    if word:
        found = found.filter(_speaks_of(word))
    if since:
        found = found.filter(at__date__gte=since)
    return found.filter(at__date__lte=until) if until else found


def _speaks_of(word: str) -> Q:
    """Entries with a word in their object or reason, of what was done, or of a facility of that name."""
    verbs = {code.removeprefix(VERB) for code, entry in texts.entries().items()
             if code.startswith(VERB) and word in entry.says[texts.language()]}  # fmt: skip
    places = [code for code, name in facility_names().items() if word in name]
    said = Q(key__icontains=word) | Q(reason__icontains=word) | Q(kind__iexact=word)
    return said | Q(verb__in=verbs) | Q(facility_id__in=places)


def history(kind: str, key: object) -> QuerySet[LogEntry]:
    """What the log says of an object, the newest first."""
    return LogEntry.objects.filter(kind=kind, key=str(key)).order_by("-at", "-id")


def is_joined(user: User) -> bool:
    """Whether an account is joined with a person of the city's identity server."""
    return SocialAccount.objects.filter(user=user).exists()
