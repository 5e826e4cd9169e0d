"""What a sound catalogue is: one module per question, each function gives the faults it finds."""

from __future__ import annotations

from typing import Any

from kotsukotsu.catalogue.model import Located
from kotsukotsu.findings import Finding


def fault(code: str, row: Located, **data: Any) -> Finding:
    """A finding at the row's file and line."""
    return Finding(code, f"{row.file}:{row.line}", {"file": row.file, "line": row.line, **data})
