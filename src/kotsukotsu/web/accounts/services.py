"""Accounts, roles and deputies: made, changed, closed, handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import Deputy, Role, User
from kotsukotsu.web.api.tokens import tokens_revoke
from kotsukotsu.web.errors import WebError

PROGRAM = "kotsukotsu"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is held: a department, a facility, or the city where both are empty."""

    department_id: str = ""
    facility_id: str = ""

    @property
    def kind(self) -> str:
        """``department``, ``facility`` or ``city``."""
        return "facility" if self.facility_id else "department" if self.department_id else "city"


CITY = Place()
# Roles that decide, read the log or keep the keys: who prepares figures gives none of them, and takes none away.
GUARDED = frozenset(kind for kind, held in policy.rights().items() if held & {"settings", "read_log", "publish"})


def require_over(actor: User, user: User) -> None:
    """Refuse who may not manage an account: one with a guarded role is an administrator's alone.

    Raises
    ------
    PermissionDenied
        If the actor manages no accounts.
    WebError
        W-07 only an administrator may.
    """
    policy.require(actor, "accounts")
    if not is_over(actor, user):
        raise WebError("W-07")


def is_over(actor: User, user: User) -> bool:
    """Whether an account holds no guarded role, or the actor is an administrator."""
    open_ones = user.roles.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.localdate()))
    return policy.may(actor, "settings") or not open_ones.filter(kind__in=GUARDED).exists()


def check_password(password: str, user: User) -> None:
    """Refuse a weak password.

    Raises
    ------
    WebError
        W-02, with everything that is wrong with it.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WebError("W-02", problems=" ".join(error.messages)) from None


@transaction.atomic
def first_administrator(*, username: str, name: str, password: str) -> User:
    """The account with which an installation begins; there is nobody yet who could act.

    Raises
    ------
    WebError
        W-02 a weak password, W-03 there are accounts already.
    """
    if User.objects.exists():
        raise WebError("W-03")
    user = User(username=username, name=name)
    check_password(password, user)
    user.set_password(password)
    user.save()
    log(actor=user, verb="create", kind="user", key=username, after={"name": name}, reason=PROGRAM)
    for kind in ("administrator", "secretariat"):
        Role.objects.create(user=user, kind=kind)
        log(actor=user, verb="grant", kind="role", key=username, after={"role": kind}, reason=PROGRAM)
    return user


@transaction.atomic
def user_create(*, username: str, name: str, email: str = "", password: str, actor: User) -> User:
    """A new account.

    Raises
    ------
    WebError
        W-02 a weak password, W-04 the name is taken.
    """
    policy.require(actor, "accounts")
    if User.objects.filter(username__iexact=username).exists():
        raise WebError("W-04", username=username)
    user = User(username=username, name=name, email=email, password_is_given=True)
    check_password(password, user)
    user.set_password(password)
    user.save()
    log(actor=actor, verb="create", kind="user", key=username, after={"name": name, "email": email})
    return user


@transaction.atomic
def password_change(*, user: User, password: str, actor: User) -> None:
    """A new password of one's own.

    Raises
    ------
    PermissionDenied
        If it is another's.
    WebError
        W-02 a weak password.
    """
    if user != actor:
        raise PermissionDenied
    check_password(password, user)
    user.set_password(password)
    user.password_is_given = False
    user.save(update_fields=["password", "password_is_given"])
    log(actor=actor, verb="password", kind="user", key=user.username)


@transaction.atomic
def user_close(*, user: User, reason: str, actor: User, on: date | None = None) -> None:
    """Close an account, today or on a day to come; its roles end, its tokens are revoked, what it did stays.

    Raises
    ------
    WebError
        W-05 the last administrator cannot go; W-07 only an administrator closes such an account.
    """
    require_over(actor, user)
    today = timezone.localdate()
    day = max(on or today, today)
    _keep_an_administrator(without=user, on=day)
    user.is_active, user.closed_on = day > today, day
    user.save(update_fields=["is_active", "closed_on"])
    log(actor=actor, verb="close", kind="user", key=user.username, after={"closed_on": day}, reason=reason)
    if not user.is_active:
        tokens_revoke(user=user, reason=reason, actor=actor)


def close_on_their_day(today: date) -> None:
    """Close the accounts whose day has come; that they would be is in the log."""
    User.objects.filter(is_active=True, closed_on__lte=today).update(is_active=False)


@transaction.atomic
def identity_join(*, login: Any, request: HttpRequest, user: User) -> None:
    """Join an identity of the city's identity server with the account that its person comes into."""
    login.connect(request, user)
    log(actor=user, verb="join", kind="user", key=user.username, after={"sub": login.account.uid})


@transaction.atomic
def identity_part(*, user: User, reason: str, actor: User) -> None:
    """Part an account from its identity: the next one of its name is joined (the identity server has been renewed).

    Raises
    ------
    WebError
        W-07 only an administrator parts such an account; W-27 without a reason.
    """
    require_over(actor, user)
    if not reason.strip():
        raise WebError("W-27", step="")
    joined = SocialAccount.objects.filter(user=user)
    before = {"sub": "、".join(joined.values_list("uid", flat=True))}
    joined.delete()
    log(actor=actor, verb="part", kind="user", key=user.username, before=before, reason=reason)


def _keep_an_administrator(*, without: User, on: date) -> None:
    """Refuse to end an administrator on a day from which on there would be none."""
    held = Role.objects.on(on).filter(kind="administrator")
    others = held.filter(valid_to=None, user__is_active=True, user__closed_on=None).exclude(user=without)
    if not others.exists() and held.filter(user=without).exists():
        raise WebError("W-05")


@transaction.atomic
def role_grant(*, user: User, kind: str, place: Place, actor: User, valid_from: date | None = None) -> Role:
    """Give a role at a place.

    Raises
    ------
    WebError
        W-06 the role cannot be held at such a place; W-07 only an administrator gives a guarded role.
    """
    policy.require(actor, "accounts")
    if place.kind not in policy.PLACES.get(kind, ()):
        raise WebError("W-06", role=kind)
    if kind in GUARDED and not policy.may(actor, "settings"):
        raise WebError("W-07")
    role = Role.objects.create(
        user=user, kind=kind, department_id=place.department_id, facility_id=place.facility_id, valid_from=valid_from
    )
    log(actor=actor, verb="grant", kind="role", key=user.username, after=_described(role))
    return role


@transaction.atomic
def role_end(*, role: Role, on: date, reason: str, actor: User) -> None:
    """End a role on a day; it stays in the history.

    Raises
    ------
    WebError
        W-05 the last administrator cannot go; W-07 only an administrator ends a guarded role.
    """
    policy.require(actor, "accounts")
    if role.kind in GUARDED and not policy.may(actor, "settings"):
        raise WebError("W-07")
    if role.kind == "administrator":
        _keep_an_administrator(without=role.user, on=on)
    before = _described(role)
    if role.valid_from is not None and on <= role.valid_from:
        role.delete()
    else:
        role.valid_to = on
        role.save(update_fields=["valid_to"])
    log(
        actor=actor, verb="end", kind="role", key=role.user.username, before=before, after={"valid_to": on},
        reason=reason,
    )  # fmt: skip


def _described(role: Role) -> dict[str, object]:
    return {
        "role": role.kind, "department_id": role.department_id, "facility_id": role.facility_id,
        "valid_from": role.valid_from, "valid_to": role.valid_to,
    }  # fmt: skip


@transaction.atomic
def deputy_name(*, absent: User, deputy: User, valid_from: date, valid_to: date, actor: User) -> Deputy:
    """Name who stands in for somebody absent; oneself, or the one who manages accounts.

    Raises
    ------
    WebError
        W-07 only an administrator, or the person, names who stands in for a guarded role; W-08 nobody stands in for
        themselves, and the period must hold a day.
    """
    if actor != absent:
        require_over(actor, absent)
    if absent == deputy or valid_to <= valid_from:
        raise WebError("W-08")
    made = Deputy.objects.create(absent=absent, deputy=deputy, valid_from=valid_from, valid_to=valid_to)
    after = {"deputy": deputy.username, "valid_from": valid_from, "valid_to": valid_to}
    log(actor=actor, verb="deputy", kind="user", key=absent.username, after=after)
    return made


@transaction.atomic
def deputy_end(*, named: Deputy, on: date, actor: User) -> None:
    """End a deputy's time on a day; one that has not begun is taken back."""
    if actor != named.absent:
        require_over(actor, named.absent)
    before = {"deputy": named.deputy.username, "valid_from": named.valid_from, "valid_to": named.valid_to}
    if on <= named.valid_from:
        named.delete()
    else:
        named.valid_to = on
        named.save(update_fields=["valid_to"])
    log(actor=actor, verb="deputy_end", kind="user", key=named.absent.username, before=before, after={"valid_to": on})


@transaction.atomic
def hand_over(*, pairs: Iterable[tuple[User, User]], on: date, reason: str, close: bool = False, actor: User) -> None:
    """Give all roles of people to their successors from a day on; the old ones end that day.

    Parameters
    ----------
    pairs : iterable of (User, User)
        Who leaves and who follows. Each gives what they held before: one may follow somebody and be followed too.

    Raises
    ------
    WebError
        W-07 only an administrator hands a guarded role on, W-08 the successor is the same person.
    """
    held = []
    for old, new in pairs:
        require_over(actor, old)
        if old == new:
            raise WebError("W-08")
        held.append((old, new, list(old.roles.filter(Q(valid_to=None) | Q(valid_to__gt=on)))))
    for old, new, roles in held:
        for role in roles:
            _give(role, new, on, reason, actor)
        if close:
            user_close(user=old, reason=reason, on=on, actor=actor)


def _give(role: Role, new: User, on: date, reason: str, actor: User) -> None:
    """Give a role to somebody else from a day on, or from its own where it begins later."""
    given = Role.objects.create(
        user=new, kind=role.kind, department_id=role.department_id, facility_id=role.facility_id,
        valid_from=max(on, role.valid_from or on), valid_to=role.valid_to,
    )  # fmt: skip
    log(actor=actor, verb="grant", kind="role", key=new.username, after=_described(given), reason=reason)
    role_end(role=role, on=on, reason=reason, actor=actor)
