"""What the writers of workbooks share: a fixed date, numbers as a spreadsheet keeps them, the same bytes."""

from __future__ import annotations

import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

# Zip and Excel keep local time without a zone.
CREATED = datetime(2026, 4, 20, 9, 0, 0)  # noqa: DTZ001
Number = float | str


def number(value: Decimal | str) -> Number:
    """A cell's value: spreadsheets know only binary numbers, a text stays a text."""
    return value if isinstance(value, str) else float(value)


def settle(path: Path) -> None:
    """Write a zipped file again with one date for all members: its bytes no longer depend on the clock."""
    out = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, CREATED.timetuple()[:6])
            info.compress_type = member.compress_type
            new.writestr(info, old.read(member))
    path.write_bytes(out.getvalue())
