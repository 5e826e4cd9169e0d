"""A choice of measures kept as the city's plan: the years in which its measures start stand in the register."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.registers import Measure
from kotsukotsu.web.registers.kinds import registers
from kotsukotsu.web.registers.services import hold, tell

RIGHT = "plan"


@dataclass(frozen=True, slots=True)
class Move:
    """A measure whose start the choice would change.

    Attributes
    ----------
    before, after : int or None
        Fiscal year of its start; None where it has none.
    """

    measure_id: str
    before: int | None
    after: int | None


def moves(starts: Mapping[str, int], years: range) -> tuple[Move, ...]:
    """What keeping a choice would change, in the order of the register.

    Parameters
    ----------
    starts : mapping
        Chosen measure to the fiscal year of its start.
    years : range
        Fiscal years of the choice. A measure that was not chosen loses a start within them, and keeps one that lies
        outside: the choice says nothing of it.
    """
    rows = Measure.objects.values_list("measure_id", "start_fy")
    found = (Move(key, before, starts.get(key, None if before in years else before)) for key, before in rows)
    return tuple(one for one in found if one.before != one.after)


def mark(found: Sequence[Move]) -> str:
    """A mark of what was shown; another one means that the register or the choice has changed since."""
    plain = [[one.measure_id, one.before, one.after] for one in found]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:16]


@transaction.atomic
def choice_keep(*, starts: Mapping[str, int], years: range, seen: str, reason: str, actor: User) -> int:
    """Make a choice the city's plan, all of it or nothing; how many measures got another start.

    Parameters
    ----------
    seen : str
        The `mark` of what the actor looked at.

    Raises
    ------
    ConflictError
        WR-14 the register or the choice has changed since.
    WebError
        W-27 a reason is missing.
    """
    policy.require(actor, RIGHT)
    hold()
    found = moves(starts, years)
    if mark(found) != seen:
        raise ConflictError("WR-14")
    if not reason.strip():
        raise WebError("W-27")
    rows = {row.measure_id: row for row in Measure.objects.all()}
    for one in found:
        _start(rows[one.measure_id], one.after, reason, actor)
    return len(found)


def _start(row: Measure, year: int | None, reason: str, actor: User) -> None:
    before = row.as_row()
    row.start_fy = year
    row.save(update_fields=["start_fy"])
    tell(registers()[Measure.table], "change", before, row.as_row(), reason, actor)
