"""Daily means of a received file as rows of ``weather.csv``: which are new, the same, or other than before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kotsukotsu.importers.weather import DailyMean
from kotsukotsu.schema import Row

VALUES = ("temperature", "quality", "homogeneity")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a file would make of the table.

    Attributes
    ----------
    rows : list of row
        The whole table afterwards, by station and day.
    new, same : int
        Days that were not in it; days that say what it says already.
    changed : list of pairs
        Row before and after, where the file says something else: the later file counts.
    """

    rows: list[Row]
    new: int
    same: int
    changed: list[tuple[Row, Row]]


def merged(known: Sequence[Row], received: Iterable[DailyMean], source: str) -> Merged:
    """The table with the days of a file in it.

    A value that the Agency has corrected since takes the place of the older one, and is among `changed`.

    Parameters
    ----------
    known : sequence of row
        Of the table ``weather``.
    source : str
        Name of the file, kept with its rows.
    """
    table = {(row["station"], row["day"]): row for row in known}
    new = same = 0
    changed: list[tuple[Row, Row]] = []
    for one in received:
        row: Row = {**one._asdict(), "source": source}
        before = table.get((one.station, one.day))
        if before is not None and all(before[name] == row[name] for name in VALUES):
            same += 1
            continue
        if before is None:
            new += 1
        else:
            changed.append((before, row))
        table[one.station, one.day] = row
    return Merged([table[key] for key in sorted(table)], new, same, changed)
