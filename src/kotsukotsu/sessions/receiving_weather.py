"""Receiving a file of the Meteorological Agency into a city folder: read, compared, and written at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.importers.weather import WeatherFile, is_weather, read_weather
from kotsukotsu.importers.weather_rows import Merged, merged
from kotsukotsu.store import folder

TABLE = "weather"


@dataclass(frozen=True, slots=True)
class WeatherReceipt:
    """What an import of a weather file would do, or has done."""

    file: str
    sha256: str
    read: WeatherFile
    merged: Merged


def is_for_weather(file: Path) -> bool:
    """Whether a file is one of daily temperatures."""
    return is_weather(file.read_bytes())


def judge(city: Path, file: Path) -> WeatherReceipt:
    """What an import of a weather file would do; nothing is written.

    Raises
    ------
    ImportFileError
        If the file cannot be read (WE-01 to WE-03).
    """
    data = file.read_bytes()
    read = read_weather(data, file.name)
    known = folder.read_table(city, TABLE)
    return WeatherReceipt(file.name, hashlib.sha256(data).hexdigest(), read, merged(known, read.rows, file.name))


def take_in(city: Path, receipt: WeatherReceipt) -> None:
    """Write the table, if the file has something new."""
    if receipt.merged.new or receipt.merged.changed:
        folder.write_file(city / f"{TABLE}.csv", schema.write(receipt.merged.rows, TABLE))
