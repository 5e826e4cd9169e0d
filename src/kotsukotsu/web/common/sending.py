"""A file sent to be kept, under its own name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

BYTES = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent(data: bytes, name: str, kind: str = BYTES) -> HttpResponse:
    """A file to be kept, never shown within the site."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})
