"""Season and time of day of every half-hour by a tariff; none may be left out or stand in two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.slots import MINUTES, PER_DAY, Bools, Calendar, Ints
from kotsukotsu.energy.tariff.model import Book, Row

ALL, WEEKDAY, HOLIDAY = "all", "weekday", "holiday"


@dataclass(frozen=True, slots=True)
class Classes:
    """Names (season, period) and, for each half-hour, which of them it is."""

    names: tuple[tuple[str, str], ...]
    index: Ints


def classes(book: Book, tariff_id: str, calendar: Calendar) -> Classes:
    """The class of every half-hour.

    Raises
    ------
    EnergyError
        TF-05 no season or period, TF-06 more than one; with the first such half-hour.
    """
    seasons = _partition(
        [(row["season"], _in_months(calendar, row)) for row in book.of("seasons", tariff_id)], tariff_id, calendar
    )
    periods = _partition(
        [(row["period"], _in_hours(calendar, row, seasons)) for row in book.of("hours", tariff_id)], tariff_id, calendar
    )
    pairs = np.char.add(np.char.add(seasons, "\t"), periods)
    names, index = np.unique(pairs, return_inverse=True)
    split = [str(name).split("\t") for name in names]
    return Classes(tuple((one, other) for one, other in split), index.astype(np.int64))


def _partition(
    parts: Iterable[tuple[str, Bools]], tariff_id: str, calendar: Calendar
) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    parts = list(parts)
    names = np.full(len(calendar), "", f"<U{max((len(name) for name, _ in parts), default=1)}")
    if not parts:
        return names
    count = np.zeros(len(calendar), np.int64)
    first: dict[str, Bools] = {}
    for name, mask in parts:
        count += mask
        first[name] = first.get(name, np.zeros(len(calendar), np.bool_)) | mask
    for code, wrong in (("TF-05", count == 0), ("TF-06", count > 1)):
        if wrong.any():
            at = calendar.moment(int(np.flatnonzero(wrong)[0]))
            raise EnergyError(code, tariff=tariff_id, at=f"{at:%Y-%m-%d %H:%M}")
    for name, mask in first.items():
        names[mask] = name
    return names


def _in_months(calendar: Calendar, row: Row) -> Bools:
    first, last = row["from_month"], row["to_month"]
    months = range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))
    return np.isin(calendar.month, list(months))


def _in_hours(calendar: Calendar, row: Row, seasons: np.ndarray[tuple[int], np.dtype[np.str_]]) -> Bools:
    first, stop = (_slot(row["tariff_id"], row[name]) for name in ("from_time", "to_time"))
    at = (calendar.koma > first) & (calendar.koma <= stop)
    if row["season"] is not None:
        at &= seasons == row["season"]
    if row["days"] == ALL:
        return at
    return at & (calendar.holiday if row["days"] == HOLIDAY else ~calendar.holiday)


def _slot(tariff_id: str, text: str) -> int:
    """Half-hours from midnight to a time such as 22:00 or 24:00.

    Raises
    ------
    EnergyError
        TF-07 if it is not on a half-hour.
    """
    hour, _, minute = text.partition(":")
    if hour.isdecimal() and minute in ("00", "30"):
        slot = int(hour) * 2 + int(minute) // MINUTES
        if slot <= PER_DAY:
            return slot
    raise EnergyError("TF-07", tariff=tariff_id, value=text)
