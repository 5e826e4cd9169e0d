"""Facility x month as CSV in CP932: title and notes, a name in another spelling, a total row."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from examples.make_kotsukotsu_inbox.dress import dressed
from examples.make_kotsukotsu_inbox.tables import slip, title
from examples.make_kotsukotsu_inbox.truth import months, names, value


def write(path: Path) -> None:
    """Write the file."""
    file = path.name
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[title(file)["title"]], [title(file)["above"]], []])
    writer.writerow(["会館名", *(f"令和{m.year - 2018}年{m.month}月分" for m in months(file))])
    for name in names(file):
        writer.writerow([_spelt(file, name), *(_cell(file, name, index) for index in range(len(months(file))))])
    writer.writerow(["合　計", *_totals(file)])
    writer.writerows([[], [title(file)["below"]], [title(file)["person"]]])
    path.write_bytes(out.getvalue().encode("cp932"))


def _spelt(file: str, name: str) -> str:
    other = slip("other_spelling", file, name)
    return other["written"] if other else name


def _cell(file: str, name: str, index: int) -> str:
    quantity = value(file, name, "kerosene", months(file)[index])
    return "" if quantity is None else str(dressed(quantity, "L", file, name, str(index)))


def _totals(file: str) -> list[str]:
    return [
        f"{sum((value(file, name, 'kerosene', month) or Decimal(0) for name in names(file)), Decimal(0)):,}"
        for month in months(file)
    ]
