"""What can go wrong when a document is written."""

from __future__ import annotations

from kotsukotsu.errors import KotsukotsuError


class DocumentError(KotsukotsuError):
    """A template, font, reference document or output file stands in the way (DC-01 …)."""
