"""Make 更新.zip, an update whose one table is as the example shows it; for the examples of CA findings.

    python updates/prepare.py factors/fuels-decree-2010.csv

The example writes the wrong rows under the table's own name, and the shipped ones as ``right.csv``; both may name only
some columns. A second word ``lines`` takes them as they are written, ``cp932`` only saves the table in that encoding.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from kotsukotsu.catalogue.load import SHIPPED
from kotsukotsu.catalogue.update import build_update

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def changed(shipped: list[Row], right: list[Row], wrong: list[Row]) -> list[Row]:
    """The shipped rows with the wrong ones in the place of the right ones; each right one is there once."""
    found = [next(index for index, row in enumerate(shipped) if one.items() <= row.items()) for one in right]
    before, after = shipped[: found[0]], [row for index, row in enumerate(shipped) if index > found[0]]
    kept = [row for row in after if not any(one.items() <= row.items() for one in right[1:])]
    return [*before, *({**shipped[found[0]], **row} for row in wrong), *kept]


def table(name: str, how: str) -> bytes:
    """The table as the example shows it."""
    text = (SHIPPED / name).read_text(encoding="utf-8")
    if how == "cp932":
        return text.encode("cp932", errors="replace")
    if how == "lines":
        right, wrong = (Path(path).read_text(encoding="utf-8") for path in ("right.csv", name))
        if right not in text:
            raise SystemExit(f"{name} no longer holds: {right}")
        return text.replace(right, wrong, 1).encode()
    shipped = rows(SHIPPED / name)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(shipped[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(changed(shipped, rows(Path("right.csv")), rows(Path(name))))
    return out.getvalue().encode()


if __name__ == "__main__":
    _, _, name, *how = sys.argv
    content = table(name, how[0] if how else "")
    if how == ["cp932"]:
        content = content.decode("cp932").encode()  # build_update reads back what it wrote; the fault comes after it
    data = build_update({name: content}, title="令和7年度実績の係数（例）", edition="2026.2", created="2026-12-01")
    Path("更新.zip").write_bytes(data)
