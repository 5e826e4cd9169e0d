"""Corrections that name no row, the same row, or each other."""

from __future__ import annotations

from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """LG-11 to LG-14: the chains of corrections are whole."""
    return outcome("corrections", view.broken)
