"""Daily mean temperatures from the Meteorological Agency's download file, as it comes.

The file (過去の気象データ・ダウンロード) is CP932: the moment of download, station names, element names, one or more
rows of sub-headings, then a row for each day. Stations and elements stand side by side in any number.
Source of the form: 気象庁「ダウンロードファイル（CSVファイル）の形式」.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import NamedTuple

from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.importers import dates
from kotsukotsu.importers.encoding import decode
from kotsukotsu.importers.model import Cell
from kotsukotsu.periods import JST

ELEMENT = "平均気温(°C)"
HEAD = 8  # lines within which the headings of such a file stand
QUALITY, HOMOGENEITY = "品質情報", "均質番号"
DAY_COLUMNS = (("年月日",), ("年", "月", "日"))
# What follows the day where a row is an hour (時) or a run of days from 集計開始 to 集計終了.
NEXT_OF_OTHERS = (["時"], ["年"], ["年月日"])
NO_FORM, NO_ELEMENT, NOT_DAILY = "WE-01", "WE-02", "WE-03"
NO_NUMBER, NO_DAY, NO_QUALITY, NO_MOMENT = "WE-04", "WE-05", "WE-06", "WE-07"
_MOMENT = re.compile(r"ダウンロードした時刻:(\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2})")


class DailyMean(NamedTuple):
    """One day of one station.

    `temperature` [°C] is None where the file has none. `quality` is 品質情報 (8 normal, 5 nearly normal,
    4 insufficient, 2 doubtful, 1 missing, 0 not observed), `homogeneity` 均質番号, which changes where values before
    and after should not be compared; None where the file was made without them.
    """

    station: str
    day: date
    temperature: Decimal | None
    quality: int | None
    homogeneity: int | None


@dataclass(frozen=True, slots=True)
class WeatherFile:
    """What a file holds.

    Attributes
    ----------
    rows : tuple of DailyMean
        Every day of every station, missing ones too, in the order of the file.
    downloaded : datetime or None
        When it was made, Japan Standard Time.
    """

    rows: tuple[DailyMean, ...]
    findings: tuple[Finding, ...]
    downloaded: datetime | None


def is_weather(data: bytes) -> bool:
    """Whether bytes look like such a file, whole or not: its first line, or a heading of days and an element."""
    try:
        text, _ = decode(data)
        rows = [[_plain(cell) for cell in row] for row in islice(csv.reader(io.StringIO(text, newline="")), HEAD)]
    except (ImportFileError, csv.Error):
        return False
    if rows and _moment(rows[0]):
        return True
    return any(row[:1] in ([name[0]] for name in DAY_COLUMNS) and ELEMENT in row for row in rows)


class _Station(NamedTuple):
    name: str
    value: int
    quality: int | None
    homogeneity: int | None


def read_weather(data: bytes, name: str) -> WeatherFile:
    """The daily mean temperatures of a file.

    Parameters
    ----------
    data : bytes
        The whole file; other encodings than CP932 are recognised too.
    name : str
        Its name, for messages.

    Returns
    -------
    WeatherFile
        With findings WE-04 a value that is no number, WE-05 a row without a day, WE-06 no 品質情報,
        WE-07 no moment of download.

    Raises
    ------
    ImportFileError
        IM-02 no text, IM-04 a cell that never ends, WE-01 not such a file, WE-02 without 平均気温, WE-03 not of days.
    """
    text, _ = decode(data, name)
    try:
        rows = [[_plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as error:
        raise ImportFileError("IM-04", file=name, detail=str(error)) from None
    at, width = _heading(rows, name)
    first = next((n for n in range(at + 1, len(rows)) if rows[n] and rows[n][0]), len(rows))
    stations = _stations(rows[at - 1], rows[at], rows[at + 1 : first], width)
    if not stations:
        raise ImportFileError(NO_ELEMENT, file=name)
    findings = [Finding(NO_QUALITY, name, {"station": one.name}) for one in stations if one.quality is None]
    moment = _moment(rows[0])
    findings += [] if moment else [Finding(NO_MOMENT, name)]
    found: list[DailyMean] = []
    for number, row in enumerate(rows[first:], start=first + 1):
        _read_row(row, width, stations, (f"{name} {number}行目", found, findings))
    return WeatherFile(tuple(found), tuple(findings), moment)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _moment(row: Sequence[str]) -> datetime | None:
    found = _MOMENT.fullmatch(row[0]) if row else None
    return datetime.strptime(found[1], "%Y/%m/%d %H:%M:%S").replace(tzinfo=JST) if found else None


def _heading(rows: Sequence[Sequence[str]], name: str) -> tuple[int, int]:
    """Row of the element names, and the number of columns that hold the day."""
    for at, row in enumerate(rows):
        if at == 0 or not row or not row[0].startswith("年"):
            continue
        for columns in DAY_COLUMNS:
            if tuple(row[: len(columns)]) == columns and row[len(columns) : len(columns) + 1] not in NEXT_OF_OTHERS:
                return at, len(columns)
        raise ImportFileError(NOT_DAILY, file=name, heading=row[0])
    raise ImportFileError(NO_FORM, file=name)


def _stations(
    names: Sequence[str], elements: Sequence[str], below: Sequence[Sequence[str]], width: int
) -> list[_Station]:
    """The value column of each station; 品質情報 and 均質番号 follow it under the same two headings."""
    found: list[_Station] = []
    for column in range(width, min(len(names), len(elements))):
        if elements[column] != ELEMENT:
            continue
        word = next((row[column] for row in below if column < len(row) and row[column]), "")
        if not word:
            found.append(_Station(names[column], column, None, None))
        elif found and found[-1].name == names[column]:
            found[-1] = _with(found[-1], word, column)
    return found


def _with(station: _Station, word: str, column: int) -> _Station:
    if word == QUALITY:
        return station._replace(quality=column)
    return station._replace(homogeneity=column) if word == HOMOGENEITY else station


def _read_row(
    row: Sequence[str], width: int, stations: Sequence[_Station], out: tuple[str, list[DailyMean], list[Finding]]
) -> None:
    where, found, findings = out
    if not any(row):
        return
    day = dates.day(Cell("/".join(row[:width]), "text"))
    if day is None:
        findings.append(Finding(NO_DAY, where, {"value": "/".join(row[:width])}))
        return
    for station, value in _values(row, stations):
        try:
            temperature = _number(value)
        except (InvalidOperation, ValueError):
            temperature = None
            findings.append(Finding(NO_NUMBER, where, {"station": station.name, "value": value}))
        quality, homogeneity = _mark(row, station.quality), _mark(row, station.homogeneity)
        found.append(DailyMean(station.name, day, temperature, quality, homogeneity))


def _values(row: Sequence[str], stations: Sequence[_Station]) -> Iterator[tuple[_Station, str]]:
    for station in stations:
        yield station, row[station.value] if station.value < len(row) else ""


def _number(text: str) -> Decimal | None:
    value = Decimal(text) if text else None
    if value is not None and not value.is_finite():
        raise ValueError(text)
    return value


def _mark(row: Sequence[str], column: int | None) -> int | None:
    text = row[column] if column is not None and column < len(row) else ""
    return int(text) if text.isdecimal() else None
