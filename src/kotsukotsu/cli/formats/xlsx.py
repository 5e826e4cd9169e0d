"""An inventory as an Excel workbook: sheets to print, and the columns asked for as data."""

from __future__ import annotations

from datetime import datetime

from kotsukotsu.cli.formats import View
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.workbook import inventory_workbook
from kotsukotsu.periods import JST


def write(view: View) -> None:
    """To the file asked for; the command refuses this format without one."""
    result = view.result
    found = overview({result.fy: result}, view.names, {result.fy: view.findings}, datetime.now(JST).date())
    if view.out:
        view.out.write_bytes(inventory_workbook(found, result, view.names, view.columns))
