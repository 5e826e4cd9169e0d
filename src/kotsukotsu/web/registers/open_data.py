"""The facility list as the government's standard open data (公共施設一覧), out and in.

Columns that the register does not have (address, telephone …) are kept beside it when such a list is taken in, and
written out again.

References
----------
.. [1] デジタル庁, 自治体標準オープンデータセット, 公共施設一覧. The older list of 推奨データセット is understood too:
   都道府県コード又は市区町村コード and NO stand where the newer one has 全国地方公共団体コード and ID.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.schema import Row
from kotsukotsu.web.registers import values
from kotsukotsu.web.registers.writing import csv_of

FILE = Path(__file__).parent / "open_data.csv"
ABOUT = ("city", "code")
OLDER = {"NO": "ID", "市区町村名": "地方公共団体名", "都道府県コード又は市区町村コード": "全国地方公共団体コード"}


def columns() -> Mapping[str, str]:
    """Heading to column of the register; empty where it has none."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["from"] for row in csv.DictReader(file)}


def written(rows: Iterable[Row], city: str, code: str) -> bytes:
    """The list as CSV with a byte order mark."""
    named, own = columns(), {column.column: column for column in schema.columns("facilities")}
    about = dict(zip(ABOUT, (city, code), strict=True))

    def text(row: Row, heading: str, name: str) -> str:
        return values.shown(own[name], row.get(name)) if name in own else schema.cell(row.get(heading))

    lines = (
        [about[name] if name in about else text(row, heading, name) for heading, name in named.items()] for row in rows
    )
    return csv_of(list(named), lines)


def meanings() -> dict[str, str]:
    """Heading of the newer or the older list to the column of the register; empty for those about the city itself."""
    found = {heading: "" if name in ABOUT else name for heading, name in columns().items() if name}
    return found | {older: found.get(newer, "") for older, newer in OLDER.items()}
