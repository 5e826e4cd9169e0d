"""Write the log; called by services within their transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from kotsukotsu import schema
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.common.asking import insert

Values = Mapping[str, Any]


def log(
    *,
    actor: User,
    verb: str,
    kind: str,
    key: object,
    before: Values | None = None,
    after: Values | None = None,
    reason: str = "",
    facility_id: str = "",
) -> None:
    """Add one entry.

    Parameters
    ----------
    actor : User
        Who did it.
    verb, kind, key
        What was done to which object: ``correct activity A000123``.
    before, after : mapping, optional
        Values that changed; decimals and dates are kept as text.
    reason : str
        Why, in the words of the actor.

    Raises
    ------
    TransactionManagementError
        If the caller holds no transaction: an entry and its change stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("log() outside a transaction")
    entry = {
        "at": timezone.now(), "actor_id": actor.pk, "actor_name": actor.name, "absent_name": actor.acts_for,
        "verb": verb, "kind": kind, "key": str(key), "facility_id": facility_id,
        "before": plain(before), "after": plain(after), "reason": reason.strip(),
    }  # fmt: skip
    insert(LogEntry, [entry])


def plain(values: Values | None) -> dict[str, Any] | None:
    """Values as JSON keeps them without loss."""
    if values is None:
        return None
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return schema.cell(value)
