"""Errors of studies: size, dispatch, survival, control, finance."""

from __future__ import annotations

from kotsukotsu.errors import KotsukotsuError


class StudyError(KotsukotsuError):
    """A study of a site cannot be made from what was given."""
