"""What every converter needs: reading a reference table, dates of fiscal years, sources, units."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

from kotsukotsu.catalogue.load import DERIVED
from kotsukotsu.catalogue.model import Located

Row = Mapping[str, str]
HERE = Path(__file__).parent


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def columns(kind: type[Located]) -> list[str]:
    """The columns of a table of the catalogue."""
    return [field.name for field in fields(kind) if field.name not in DERIVED]


def write(path: Path, kind: type[Located], rows: Iterable[Row]) -> None:
    """A CSV file with LF line ends; a column that a row lacks stays empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns(kind), lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


@cache
def table(name: str) -> list[dict[str, str]]:
    """A table of this folder."""
    return read(HERE / f"{name}.csv")


@cache
def mass_and_per(unit: str) -> tuple[str, str]:
    """``tCO2/kL`` as mass and per of ``units.csv``."""
    for row in table("units"):
        if row["unit"] == unit:
            return row["mass"], row["per"]
    raise KeyError(unit)


def source_of(text: str) -> str:
    """The document that a reference's words speak of; the first match of ``sources.csv``."""
    for row in table("sources"):
        if any(fragment in text for fragment in row["match"].split("|")):
            return row["source_id"]
    raise KeyError(text)


def locator_of(text: str) -> str:
    """The place in the document, in the words of the reference."""
    return "" if text.startswith("to be confirmed") and ";" not in text else text


def note_of(row: Row) -> str:
    """The reference's note, without words that only its authors understand."""
    words = re.sub(r"(values confirmed in S_SN/guideline; |; cross-check OK|cross-check OK)", "", row["note"])
    return words.strip("; ")


def start(fiscal_year: str) -> str:
    """First day of a fiscal year, empty for none."""
    return f"{int(fiscal_year)}-04-01" if fiscal_year else ""


def stop(fiscal_year: str) -> str:
    """First day after a fiscal year, empty for no end."""
    return f"{int(fiscal_year) + 1}-04-01" if fiscal_year else ""


def provenance(row: Row) -> dict[str, str]:
    """The columns that say how far a reference row is to be trusted."""
    return {
        "source": source_of(row["source"]),
        "locator": locator_of(row["source"]),
        "status": row["confidence"],
        "note": note_of(row),
    }
