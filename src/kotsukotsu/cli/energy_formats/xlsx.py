"""A study as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from kotsukotsu.documents.energy.study import Study
from kotsukotsu.documents.energy.workbook import workbook
from kotsukotsu.store.folder import write_file


def write(study: Study, out: Path | None) -> None:
    """To the file asked for; the command refuses this format without one."""
    if out:
        write_file(out, workbook(study))
