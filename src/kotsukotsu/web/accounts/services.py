"""Accounts, roles and deputies: made, changed, closed, handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import Deputy, Role, User
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
    user = User(username=username, name=name, email=email)
    check_password(password, user)
    user.set_password(password)
    user.save()
    log(actor=actor, verb="create", kind="user", key=username, after={"name": name, "email": email})
    return user


@transaction.atomic
def password_change(*, user: User, password: str, actor: User) -> None:
    """A new password; one's own, or another's by the administrator."""
    if user != actor:
        policy.require(actor, "accounts")
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    log(actor=actor, verb="password", kind="user", key=user.username)


@transaction.atomic
def user_close(*, user: User, reason: str, actor: User) -> None:
    """Close an account; its roles end, what it did stays.

    Raises
    ------
    WebError
        W-05 the last administrator cannot go.
    """
    policy.require(actor, "accounts")
    today = timezone.localdate()
    _keep_an_administrator(without=user)
    user.is_active, user.closed_on = False, today
    user.save(update_fields=["is_active", "closed_on"])
    log(actor=actor, verb="close", kind="user", key=user.username, reason=reason)


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
        W-27 without a reason.
    """
    policy.require(actor, "accounts")
    if not reason.strip():
        raise WebError("W-27", step="")
    joined = SocialAccount.objects.filter(user=user)
    before = {"sub": "、".join(joined.values_list("uid", flat=True))}
    joined.delete()
    log(actor=actor, verb="part", kind="user", key=user.username, before=before, reason=reason)


def _keep_an_administrator(*, without: User) -> None:
    today = timezone.localdate()
    others = Role.objects.on(today).filter(kind="administrator", user__is_active=True).exclude(user=without)
    if not others.exists() and Role.objects.on(today).filter(kind="administrator", user=without).exists():
        raise WebError("W-05")


@transaction.atomic
def role_grant(*, user: User, kind: str, place: Place, actor: User, valid_from: date | None = None) -> Role:
    """Give a role at a place.

    Raises
    ------
    WebError
        W-06 the role cannot be held at such a place; W-07 only an administrator makes administrators.
    """
    policy.require(actor, "accounts")
    if place.kind not in policy.PLACES.get(kind, ()):
        raise WebError("W-06", role=kind)
    if kind in ("administrator", "auditor") and not policy.may(actor, "settings"):
        raise WebError("W-07")
    role = Role.objects.create(
        user=user, kind=kind, department_id=place.department_id, facility_id=place.facility_id, valid_from=valid_from
    )
    log(actor=actor, verb="grant", kind="role", key=user.username, after=_described(role))
    return role


@transaction.atomic
def role_end(*, role: Role, on: date, reason: str, actor: User) -> None:
    """End a role on a day; it stays in the history."""
    policy.require(actor, "accounts")
    if role.kind == "administrator":
        _keep_an_administrator(without=role.user)
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
        W-08 nobody stands in for themselves, and the period must hold a day.
    """
    if actor != absent:
        policy.require(actor, "accounts")
    if absent == deputy or valid_to <= valid_from:
        raise WebError("W-08")
    made = Deputy.objects.create(absent=absent, deputy=deputy, valid_from=valid_from, valid_to=valid_to)
    after = {"deputy": deputy.username, "valid_from": valid_from, "valid_to": valid_to}
    log(actor=actor, verb="deputy", kind="user", key=absent.username, after=after)
    return made


@transaction.atomic
def hand_over(*, old: User, new: User, on: date, reason: str, close: bool = False, actor: User) -> list[Role]:
    """Give all roles of one person to the successor from a day on; the old ones end that day.

    Raises
    ------
    WebError
        W-07 only an administrator hands an administrator's or auditor's role on, W-08 the successor is the same person.
    """
    policy.require(actor, "accounts")
    if old == new:
        raise WebError("W-08")
    if not policy.may(actor, "settings") and old.roles.filter(kind__in=("administrator", "auditor")).exists():
        raise WebError("W-07")
    given = []
    for role in list(old.roles.on(on)):
        given.append(
            Role.objects.create(
                user=new, kind=role.kind, department_id=role.department_id, facility_id=role.facility_id, valid_from=on
            )
        )
        log(actor=actor, verb="grant", kind="role", key=new.username, after=_described(given[-1]), reason=reason)
        role_end(role=role, on=on, reason=reason, actor=actor)
    if close:
        user_close(user=old, reason=reason, actor=actor)
    return given
