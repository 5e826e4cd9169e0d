"""A study as one HTML file."""

from __future__ import annotations

from pathlib import Path

from kotsukotsu.documents.energy.page import html
from kotsukotsu.documents.energy.study import Study
from kotsukotsu.store.folder import write_file


def write(study: Study, out: Path | None) -> None:
    """To the file asked for; the command refuses this format without one."""
    if out:
        write_file(out, html(study))
