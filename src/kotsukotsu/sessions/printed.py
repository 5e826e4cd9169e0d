"""The figures printed in a plan, read from the folder ``printed/`` of a city."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.errors import FolderError
from kotsukotsu.planning.verify_print import HEADLINE, Print, Table
from kotsukotsu.store import folder

PRINTED, TOTALS = "printed", "totals"


def read_print(city: Path) -> Print:
    """Tables and headline; empty where the city has none.

    Raises
    ------
    FolderError
        F-07 if ``headline.toml`` cannot be read, F-10 if a file is not UTF-8; F-05, F-13, F-14 as every table.
    """
    files = sorted((city / PRINTED).glob("*.csv"))
    tables = {path.stem: _table(path) for path in files if path.stem != TOTALS}
    return Print(tables, _headline(city / PRINTED / HEADLINE))


def _table(path: Path) -> Table:
    lines = schema.cells_of(folder.text_of(path), f"{PRINTED}/{path.name}")
    _, names = next(lines, (0, []))
    found = [(line, dict(zip(names, cells, strict=True))) for line, cells in lines]
    return Table(path.stem, [row for _, row in found], [line for line, _ in found])


def _headline(path: Path) -> dict[str, object]:
    """Decimals keep the digits they are printed with."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(folder.text_of(path), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FolderError("F-07", file=f"{PRINTED}/{HEADLINE}", problem=schema.toml_place(error)) from None
