"""The values that the ledger should hold once every file is imported, for tests to compare."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from examples.make_kotsukotsu_inbox.billing import bills
from examples.make_kotsukotsu_inbox.truth import Entry, expected
from examples.make_kotsukotsu_shi.tables import lines as city_lines

HEAD = ("file", "facility_id", "item", "start", "end", "quantity", "unit")


def write(path: Path) -> None:
    """Write ``expected.csv``: one line for each value that is new to the ledger."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for entry in _all():
        facility = entry.facility.facility_id
        writer.writerow([entry.file, facility, entry.item, entry.start, entry.end, entry.quantity, entry.unit])
    path.write_bytes(out.getvalue().encode("utf-8"))


def _all() -> Iterator[Entry]:
    layouts = {line["file"]: line["layout"] for line in city_lines("inbox")}
    for file, layout in layouts.items():
        yield from bills(file) if layout == "billing" else expected(file)
