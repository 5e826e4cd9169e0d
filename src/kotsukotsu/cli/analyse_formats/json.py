"""An analysis as JSON."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path

from kotsukotsu.documents.analysis.data import data
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.store.folder import write_file


def write(view: View, out: Path | None) -> None:
    """To standard output, or to the file asked for."""
    text = dumps(data(view), ensure_ascii=False, indent=1) + "\n"
    if out:
        write_file(out, text)
    else:
        sys.stdout.write(text)
