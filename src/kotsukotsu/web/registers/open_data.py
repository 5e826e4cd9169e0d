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
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.importers.model import Book
from kotsukotsu.importers.sheets import open_book
from kotsukotsu.schema import Row
from kotsukotsu.web.registers import values
from kotsukotsu.web.registers.writing import csv_of

FILE = Path(__file__).parent / "open_data.csv"
OLDER = {"NO": "ID", "市区町村名": "地方公共団体名", "都道府県コード又は市区町村コード": "全国地方公共団体コード"}


def columns() -> Mapping[str, str]:
    """Heading to column of the register; empty where it has none."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["from"] for row in csv.DictReader(file)}


def written(rows: Iterable[Row], city: str, code: str) -> bytes:
    """The list as CSV with a byte order mark."""
    named, own = columns(), {column.column: column for column in schema.columns("facilities")}
    about = {"city": city, "code": code}

    def text(row: Row, heading: str, name: str) -> str:
        return values.shown(own[name], row.get(name)) if name in own else schema.cell(row.get(heading))

    lines = (
        [about[name] if name in about else text(row, heading, name) for heading, name in named.items()] for row in rows
    )
    return csv_of(list(named), lines)


def is_open_data(book: Book) -> bool:
    """Whether a file is such a list, by its headings."""
    return any({"名称"} < _heads(sheet.rows[0]) & {"名称", "ID", "NO"} for sheet in book.sheets if sheet.rows)


def _heads(row: Iterable[object]) -> set[str]:
    return {getattr(cell, "text", "") for cell in row}


def as_register(data: bytes, name: str) -> bytes:
    """Such a list with the register's own heads; any other file as it is."""
    book = open_book(data, name)
    if not is_open_data(book):
        return data
    sheet = book.sheets[0]
    named = columns()
    heads = [OLDER.get(cell.text, cell.text) for cell in sheet.rows[0]]
    places = [(place, named.get(head) or head) for place, head in enumerate(heads)
              if named.get(head) not in ("city", "code")]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([head for _, head in places])
    for number in range(1, sheet.height):
        writer.writerow([sheet.cell(number, place).text for place, _ in places])
    return out.getvalue().encode("utf-8-sig")
