"""What people are told when a page, a command or a program cannot do what was asked."""

from __future__ import annotations

from kotsukotsu.errors import KotsukotsuError


class WebError(KotsukotsuError):
    """Something that a person asked for cannot be done."""


class ConflictError(WebError):
    """Somebody else was faster; the error says who and what."""
