"""What cannot be computed of half-hours, tariffs, matching and funds."""

from __future__ import annotations

from kotsukotsu.errors import KotsukotsuError


class EnergyError(KotsukotsuError):
    """Input that is refused, with its place and the reason."""
