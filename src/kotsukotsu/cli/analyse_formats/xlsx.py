"""An analysis as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.analysis.workbook import workbook
from kotsukotsu.store.folder import write_file


def write(view: View, out: Path | None) -> None:
    """To the file asked for; the command refuses this format without one."""
    if out:
        write_file(out, workbook(view))
