"""A study as JSON: numbers are strings in plain decimal notation."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path

from kotsukotsu.documents.energy.study import Study
from kotsukotsu.store.folder import write_file


def write(study: Study, out: Path | None) -> None:
    """To standard output, or to the file asked for."""
    body = {**study.data, "findings": [finding.as_dict() for finding in study.findings]}
    text = dumps(body, ensure_ascii=False, indent=1) + "\n"
    if out:
        write_file(out, text)
    else:
        sys.stdout.write(text)
