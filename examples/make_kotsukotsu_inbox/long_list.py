"""A long list in UTF-8 with a byte order mark: month, facility, item; repeated words as 〃."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from examples.make_kotsukotsu_inbox.dress import dressed, era_month
from examples.make_kotsukotsu_inbox.tables import slip, word
from examples.make_kotsukotsu_inbox.truth import Entry, entries
from examples.make_kotsukotsu_shi.chance import THOUSAND

HEAD = ("年月", "施設名", "項目", "数量", "単位", "備考")
DITTO = "〃"


def write(path: Path) -> None:
    """Write the file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    seen = ""
    for entry in entries(path.name):
        month = era_month(str(entry.month))
        repeated = month == seen
        writer.writerow(_line(path.name, entry, DITTO if repeated else month, repeated))
        seen = month
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def _line(file: str, entry: Entry, month: str, repeated: bool) -> list[str]:
    unit = word(entry.item)["unit"]
    place = DITTO if repeated else entry.facility.name
    return [month, place, word(entry.item)["word"], _quantity(file, entry, unit), unit, ""]


def _quantity(file: str, entry: Entry, unit: str) -> str:
    wrong = slip("kl_for_l", file, entry.facility.name, str(entry.month))
    if wrong and wrong["item"] == entry.item:
        return str(entry.quantity / Decimal(THOUSAND))
    return str(dressed(entry.quantity, unit, file, entry.item, str(entry.month)))
