"""What people are told when a page, a command or a program cannot do what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.findings import Finding


class WebError(KotsukotsuError):
    """Something that a person asked for cannot be done.

    Parameters
    ----------
    findings : sequence of Finding
        What stands in the way, where it can be listed.
    """

    def __init__(self, code: str, /, findings: Sequence[Finding] = (), **data: Any) -> None:
        self.findings = tuple(findings)
        super().__init__(code, **data)


class ConflictError(WebError):
    """Somebody else was faster; the error says who and what."""
