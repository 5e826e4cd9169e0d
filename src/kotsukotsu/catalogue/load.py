"""Read the catalogue: its shipped files, and installed updates that replace or add files of the same name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kotsukotsu.catalogue import model
from kotsukotsu.catalogue.check import check
from kotsukotsu.catalogue.derive import exact_factors, with_thirds
from kotsukotsu.catalogue.model import Catalogue, Located
from kotsukotsu.errors import CatalogueError

SHIPPED = Path(__file__).parent / "data"
VERSION = "VERSION"
# Products of four published numbers must stay exact within sixty digits.
MOST_DIGITS = 15
DERIVED = ("file", "line", "thirds", "conversion")
T = TypeVar("T", bound=Located)


def load(*folders: Path) -> Catalogue:
    """The law as data, checked.

    Parameters
    ----------
    *folders
        Folders in order; a file of a later one takes the place of a file of the same relative name. Without
        any, the shipped data.

    Raises
    ------
    CatalogueError
        CA-01 to CA-12 if a file cannot be read, else the code of the first finding of a check; both name file
        and line.
    """
    catalogue = read(*folders)
    findings = check(catalogue)
    if findings:
        raise CatalogueError(findings[0].code, **findings[0].data)
    return catalogue


def read(*folders: Path) -> Catalogue:
    """The catalogue as it stands, without its checks.

    Raises
    ------
    CatalogueError
        CA-01 missing file, CA-02 wrong header, CA-03 a cell that is not of its type, CA-04 wrong number of cells,
        CA-05 not UTF-8, CA-06 a key that stands twice; CA-10 to CA-12 as in `derive`.
    """
    files = _files(folders or (SHIPPED,))
    items = _keyed(_table(files, "items.csv", model.Item), "item")
    statuses = _keyed(_table(files, "statuses.csv", model.Status), "status")
    conversions = tuple(_table(files, "conversions.csv", model.Conversion))
    heat_values = tuple(_table(files, "heat_values.csv", model.HeatValue))
    carbon = tuple(_table(files, "carbon.csv", model.Carbon))
    published = with_thirds(_tables(files, "factors/", model.Factor), items, conversions)
    derived = exact_factors(carbon, heat_values, items, conversions, statuses)
    uses = tuple(_table(files, "uses.csv", model.Use))
    return Catalogue(
        version=_text(files, VERSION).strip(),
        sources=_keyed(_table(files, "sources.csv", model.Source), "source_id"),
        editions=_keyed(_table(files, "editions.csv", model.Edition), "edition"),
        statuses=statuses,
        items=items,
        use_rows=uses,
        suppliers=_keyed(_table(files, "suppliers.csv", model.Supplier), "supplier_id"),
        factors=(*published, *derived),
        heat_values=heat_values,
        carbon=carbon,
        gwps=tuple(_tables(files, "gwp/", model.Gwp)),
        conversions=conversions,
        gaps=tuple(_table(files, "gaps.csv", model.Gap)),
        breaks=tuple(_table(files, "breaks.csv", model.SeriesBreak)),
        menu_series=tuple(_table(files, "menu_series.csv", model.MenuSeries)),
        rules=_keyed(_table(files, "rules.csv", model.Rule), "rule_id"),
        energy_act=tuple(_table(files, "energy_act.csv", model.EnergyActValue)),
        energy_act_items=_keyed(_table(files, "energy_act_items.csv", model.EnergyActItem), "item"),
        national_plan=tuple(_table(files, "national_plan.csv", model.NationalValue)),
        exceptions=_keyed(_table(files, "exceptions.csv", model.RoundingException), "factor_id"),
        uses={(row.item, row.use): row.gases for row in uses},
    )


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise CatalogueError("CA-01", file=str(folder))
        for path in folder.rglob("*"):
            if path.suffix == ".csv" or path.name == VERSION:
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def _text(files: Mapping[str, Path], name: str) -> str:
    if name not in files:
        raise CatalogueError("CA-01", file=name)
    try:
        return files[name].read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CatalogueError("CA-05", file=name) from None


def _tables(files: Mapping[str, Path], folder: str, kind: type[T]) -> list[T]:
    return [row for name in files if name.startswith(folder) for row in _table(files, name, kind)]


def _table(files: Mapping[str, Path], name: str, kind: type[T]) -> list[T]:
    lines = csv.reader(_text(files, name).splitlines(keepends=True), strict=True)
    columns, readers = _columns(kind)
    found: list[T] = []
    if tuple(next(lines, ())) != columns:
        raise CatalogueError("CA-02", file=name, line=1, columns=",".join(columns))
    try:
        for cells in lines:
            if len(cells) != len(columns):
                raise CatalogueError("CA-04", file=name, line=lines.line_num)
            values = [reader(cell) for reader, cell in zip(readers, cells, strict=True)]
            found.append(kind(*values, file=name, line=lines.line_num))
    except (ValueError, InvalidOperation, csv.Error):
        cell = _first_bad(readers, cells)
        raise CatalogueError("CA-03", file=name, line=lines.line_num, value=cell) from None
    return found


def _first_bad(readers: Iterable[Callable[[str], Any]], cells: Iterable[str]) -> str:
    for reader, cell in zip(readers, cells, strict=False):
        try:
            reader(cell)
        except (ValueError, InvalidOperation):
            return cell
    return ""


def _keyed(rows: Iterable[T], key: str) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in rows:
        name = getattr(row, key)
        if name in found:
            raise CatalogueError("CA-06", file=row.file, line=row.line, key=name, first=found[name].line)
        found[name] = row
    return found


def _columns(kind: type[Any]) -> tuple[tuple[str, ...], tuple[Callable[[str], Any], ...]]:
    """The columns of a table in order and how each is read; the class says both."""
    own = [field for field in fields(kind) if field.name not in DERIVED]
    return tuple(field.name for field in own), tuple(_READERS[str(field.type)] for field in own)


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite() or len(value.as_tuple().digits) > MOST_DIGITS:
        raise ValueError(text)
    return value


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


_day = cache(date.fromisoformat)
_READERS: Mapping[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "bool": _yes,
    "date": _day,
    "Decimal": _decimal,
    "tuple[str, ...]": _words,
    "int | None": lambda text: int(text) if text else None,
    "date | None": lambda text: _day(text) if text else None,
    "Decimal | None": lambda text: _decimal(text) if text else None,
}
