"""A retailer's billing data in CP932: one bill a line, its own periods, 22-digit supply points."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from examples.make_kotsukotsu_inbox.tables import lines
from examples.make_kotsukotsu_inbox.truth import Entry, entries
from examples.make_kotsukotsu_shi.chance import dice
from examples.make_kotsukotsu_shi.rows import cost

HEAD = (
    "お客さま番号",
    "供給地点特定番号",
    "ご使用場所",
    "請求年月",
    "使用期間（自）",
    "使用期間（至）",
    "使用量(kWh)",
    "請求金額(円)",
)


def write(path: Path) -> None:
    """Write the file."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(HEAD)
    for bill in bills(path.name):
        writer.writerow(_line(bill))
    path.write_bytes(out.getvalue().encode("cp932"))


def bills(file: str) -> Iterator[Entry]:
    """The months' use billed over the retailer's periods; each facility's bills add up to its months."""
    by_facility: dict[str, list[Entry]] = {}
    for entry in entries(file):
        by_facility.setdefault(entry.facility.facility_id, []).append(entry)
    for months in by_facility.values():
        billed = Decimal(0)
        for start, end in _periods():
            so_far = sum((_until(entry, end) for entry in months), Decimal(0)).to_integral_value()
            first = months[0]
            yield Entry(
                file,
                first.facility,
                first.item,
                start,
                end,
                so_far - billed,
                first.unit,
                True,
                first.meter,
            )
            billed = so_far


def _periods() -> list[tuple[date, date]]:
    days = lines("billing_days")
    return [(date.fromisoformat(line["start"]), date.fromisoformat(line["end"])) for line in days]


def _until(entry: Entry, end: date) -> Decimal:
    if end <= entry.start:
        return Decimal(0)
    days = (min(end, entry.end) - entry.start).days
    return entry.quantity * days / (entry.end - entry.start).days


def _line(bill: Entry) -> list[str | int]:
    last = bill.end - timedelta(days=1)
    customer = f"{dice(bill.facility.name, 'customer').randrange(10**10):010d}"
    yen = cost(bill.item, bill.start, bill.quantity) or 0
    return [
        customer,
        bill.meter or "",
        bill.facility.name,
        f"{bill.end:%Y%m}",
        f"{bill.start:%Y/%m/%d}",
        f"{last:%Y/%m/%d}",
        int(bill.quantity),
        int(yen),
    ]
