"""Helping a person back in: a first password anew, a lost second factor, a lock, a closed account; with a reason."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from kotsukotsu.web.accounts import services
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.api.tokens import tokens_revoke
from kotsukotsu.web.errors import WebError

TOLD = {authenticator_added: "second_add", authenticator_removed: "second_remove", authenticator_reset: "second_renew"}


def _begin(user: User, reason: str, actor: User) -> None:
    services.require_over(actor, user)
    if not reason.strip():
        raise WebError("W-27", step="")


@transaction.atomic
def password_give(*, user: User, password: str, reason: str, actor: User) -> None:
    """Give somebody a first password anew, which they change when they sign in.

    Where they are signed in, they are out, and their tokens are revoked: somebody else may have had the old one.

    Raises
    ------
    WebError
        W-02 a weak password, W-07 only an administrator may, W-27 without a reason.
    """
    _begin(user, reason, actor)
    services.check_password(password, user)
    user.set_password(password)
    user.password_is_given = True
    user.save(update_fields=["password", "password_is_given"])
    log(actor=actor, verb="password_give", kind="user", key=user.username, reason=reason)
    tokens_revoke(user=user, reason=reason, actor=actor)


@transaction.atomic
def second_reset(*, user: User, reason: str, actor: User) -> None:
    """Take a second factor away that was lost, and its recovery codes.

    Raises
    ------
    WebError
        W-07 only an administrator may, W-27 without a reason.
    """
    _begin(user, reason, actor)
    kept = Authenticator.objects.filter(user=user)
    before = {"second_factor": sorted(kept.values_list("type", flat=True))}
    kept.delete()
    log(actor=actor, verb="second_reset", kind="user", key=user.username, before=before, reason=reason)


def is_locked(user: User) -> bool:
    """Whether wrong passwords keep somebody out, at any place."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(
        username=user.username.casefold(),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=since,
    ).exists()


@transaction.atomic
def unlock(*, user: User, reason: str, actor: User) -> None:
    """Let somebody try again at once.

    Raises
    ------
    WebError
        W-07 only an administrator may, W-27 without a reason.
    """
    _begin(user, reason, actor)
    reset(username=user.username.casefold())
    log(actor=actor, verb="unlock", kind="user", key=user.username, reason=reason)


@transaction.atomic
def user_reopen(*, user: User, reason: str, actor: User) -> None:
    """Open an account that was closed; its roles are as they were.

    Raises
    ------
    WebError
        W-07 only an administrator may, W-27 without a reason.
    """
    _begin(user, reason, actor)
    before = {"closed_on": user.closed_on}
    user.is_active, user.closed_on = True, None
    user.save(update_fields=["is_active", "closed_on"])
    log(actor=actor, verb="reopen_account", kind="user", key=user.username, before=before, reason=reason)


@transaction.atomic
def tell(*, signal: Signal, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Log that somebody has set up, renewed or turned off their own second factor; its codes come and go with it."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES and signal is not authenticator_reset:
        return
    log(actor=user, verb=TOLD[signal], kind="user", key=user.username)


for _signal in TOLD:
    _signal.connect(tell, dispatch_uid=__name__)
