"""The city folder: plain files that a person can open, read and written without loss."""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from kotsukotsu import schema
from kotsukotsu.errors import FolderError
from kotsukotsu.periods import JST
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import LONG, REQUIRED, TABLES, City
from kotsukotsu.store import toml

SETTINGS = "municipality.toml"
PRINTED = "printed/totals.csv"
PARTS = ("printed", "factors")  # folders of a city
MAX_DECIMALS = 6
READABLE = 0o644
MAX_QUANTITY = Decimal(10) ** 12


def read(folder: Path, *, activities: bool = True) -> City:
    """A city from its folder.

    Parameters
    ----------
    folder : Path
        The city folder.
    activities : bool
        Whether to read the long tables too: ``activities.csv``, which the engine reads by itself, and ``weather.csv``.

    Raises
    ------
    FolderError
        F-01 a required file is missing, F-02 … F-09 with file, line and column.
    """
    settings = _settings(folder)
    for name in REQUIRED:
        _require(folder, f"{name}.csv")
    wanted = [name for name in TABLES if activities or name not in LONG]
    tables = {name: read_table(folder, name) for name in wanted}
    factors = [
        {**row, "file": f"factors/{path.name}"}
        for path in sorted((folder / "factors").glob("*.csv"))
        for row in schema.read(text_of(path), "factors", f"factors/{path.name}")
    ]
    printed_path = folder / PRINTED
    printed = schema.read(text_of(printed_path), "printed_totals", PRINTED) if printed_path.exists() else []
    return City(str(folder), settings, tables, factors, printed)


def _settings(folder: Path) -> Mapping[str, Any]:
    _require(folder, SETTINGS)
    return settings_of(text_of(folder / SETTINGS))


def settings_of(text: str) -> Mapping[str, Any]:
    """``municipality.toml`` as read.

    Raises
    ------
    FolderError
        F-07 it cannot be read, F-08 something is missing, F-09 the code is wrong, F-12 the base year is no year.
    """
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FolderError("F-07", file=SETTINGS, problem=schema.toml_place(error)) from None
    municipality = settings.get("municipality", {})
    for key in ("code", "name", "base_fy"):
        if key not in municipality:
            raise FolderError("F-08", file=SETTINGS, key=key)
    if type(municipality["base_fy"]) is not int:
        raise FolderError("F-12", file=SETTINGS, value=municipality["base_fy"])
    if not valid_code(str(municipality["code"])):
        raise FolderError("F-09", file=SETTINGS, code=municipality["code"])
    return settings


def valid_code(code: str) -> bool:
    """Whether the check digit of a 全国地方公共団体コード is right.

    >>> valid_code("012351"), valid_code("012352"), valid_code("1235")
    (True, False, False)
    """
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=False))
    return int(code[5]) == (11 - total % 11) % 10


def _require(folder: Path, name: str) -> None:
    if not (folder / name).is_file():
        raise FolderError("F-01", folder=str(folder), file=name)


def read_table(folder: Path, name: str) -> list[Row]:
    """Typed rows of one table; none if the city has no such file."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    numbered = list(schema.numbered(text_of(path), name, path.name))
    if name == "activities":
        _check_activities(numbered, path.name)
    return [row for _, row in numbered]


def _check_activities(numbered: Iterable[tuple[int, Row]], file: str) -> None:
    for line, row in numbered:
        posted, quantity = row["posted_at"], row["quantity"]
        if posted is not None and posted.utcoffset() != JST.utcoffset(None):
            raise FolderError("F-11", file=file, line=line, value=posted.isoformat())
        if quantity is None:
            continue
        if quantity.as_tuple().exponent < -MAX_DECIMALS or abs(quantity) >= MAX_QUANTITY:
            raise FolderError("F-06", file=file, line=line, value=quantity)


def text_of(path: Path) -> str:
    """A file of the folder as text; UTF-8, with or without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        within = f"{path.parent.name}/" if path.parent.name in PARTS else ""
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FolderError("F-10", file=f"{within}{path.name}", line=line) from None


def digest(folder: Path) -> str:
    """SHA-256 of ``activities.csv``, the key of its cache."""
    return hashlib.sha256((folder / "activities.csv").read_bytes()).hexdigest()


def write(city: City, folder: Path) -> None:
    """Write a whole city; a file appears complete or not at all."""
    for name in TABLES:
        if city.table(name) or name in REQUIRED:
            write_file(folder / f"{name}.csv", schema.write(city.table(name), name))
    by_file: dict[str, list[Row]] = {}
    for row in city.factors:
        plain = {key: value for key, value in row.items() if key != "file"}
        by_file.setdefault(str(row["file"]), []).append(plain)
    for file, rows in by_file.items():
        write_file(folder / file, schema.write(rows, "factors"))
    if city.printed:
        write_file(folder / PRINTED, schema.write(city.printed, "printed_totals"))
    write_file(folder / SETTINGS, toml.text(city.settings))


def append_activities(folder: Path, rows: list[Row]) -> None:
    """Add rows below those of ``activities.csv``; older lines keep every byte, and the file is replaced at once."""
    path = folder / "activities.csv"
    old = path.read_bytes()
    text = text_of(path)
    header = next(csv.reader(text.splitlines()))
    if not set(_used(rows)) <= set(header):
        text = schema.write(schema.read(text, "activities", path.name), "activities")
        old, header = text.encode("utf-8"), next(csv.reader(text.splitlines()))
    body = schema.write([{name: row.get(name) for name in header} for row in rows], "activities")
    between = b"" if old.endswith(b"\n") else b"\n"
    write_file(path, old + between + _in_order(body, header).encode("utf-8"))


def _used(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name, value in row.items() if value is not None))


def _in_order(text: str, names: list[str]) -> str:
    rows = schema.read(text, "activities", "activities.csv")
    lines = [",".join(_quoted(schema.cell(row.get(name))) for name in names) for row in rows]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if any(sign in value for sign in ',"\n\r') else value


def write_file(path: Path, data: str | bytes) -> None:
    """Replace a file at once: after an interruption it is either the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode if path.exists() else READABLE
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
