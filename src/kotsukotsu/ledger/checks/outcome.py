"""What a check says: found, clear or not run; not run is never clear."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.view import View

Status = Literal["found", "clear", "not_run"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one check.

    Attributes
    ----------
    check : str
        Name of the check, that of its module.
    status : str
        ``found``, ``clear`` or ``not_run``.
    findings : tuple of Finding
        The doubts.
    reason : Finding or None
        What could not be looked at, and why; given beside findings too where only a part was looked at.
    """

    check: str
    status: Status
    findings: tuple[Finding, ...] = ()
    reason: Finding | None = None


def outcome(check: str, findings: Iterable[Finding], reason: Finding | None = None) -> Outcome:
    """Found if there is a finding, not run if there is a reason, else clear."""
    found = tuple(findings)
    if found:
        return Outcome(check, "found", found, reason)
    return Outcome(check, "not_run" if reason else "clear", (), reason)


def of_rows(check: str, view: View, found: Callable[[View], Iterable[Finding]]) -> Outcome:
    """The outcome of a check of rows; not run where there are no rows to look at."""
    return outcome(check, () if view.unready else found(view), view.unready)
