"""An inventory as JSON."""

from __future__ import annotations

import sys
from json import dumps

from kotsukotsu.cli.formats import View
from kotsukotsu.sessions.inventory_body import body


def write(view: View) -> None:
    """To standard output, or to the file asked for."""
    text = dumps(body(view.result, view.columns, view.findings), ensure_ascii=False, indent=1) + "\n"
    if view.out:
        view.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
