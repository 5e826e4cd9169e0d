"""What a file of half-hours holds, and how its cells are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.importers import dates
from kotsukotsu.importers.model import Cell

MEASURED, ESTIMATED, MISSING, FILLED = 0, 1, 2, 3
KWH, PRICE = "kWh", "yen/kWh"
SLOT = timedelta(minutes=30)
HALF = Decimal("0.5")
TO_KWH = {"kwh": Decimal(1), "wh": Decimal("0.001"), "mwh": Decimal(1000), "kw": HALF, "mw": Decimal(500)}
FLAG_WORDS = {"実測": MEASURED, "確定": MEASURED, "推定": ESTIMATED, "推計": ESTIMATED, "欠測": MISSING, "補完": FILLED}
NO_VALUE = ("", "-", "－", "―", "*", "欠測", "null")
UNIT = re.compile(r"(?<![A-Za-z])(kwh|mwh|wh|kw|mw)(?![A-Za-z])", re.IGNORECASE)
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")


@dataclass(frozen=True, slots=True)
class Lines:
    """A file as rows of cells, and the unit that somebody named beside it."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class HalfHours:
    """Values by name and half-hour.

    Attributes
    ----------
    kind : str
        ``spot``, ``area``, ``wide`` or ``long``.
    unit : str
        `KWH` or `PRICE`.
    series : mapping
        Name of a column or meter to moment (start of the half-hour, Japan time without zone) to value and flag.
    """

    kind: str
    unit: str
    series: Mapping[str, Mapping[datetime, tuple[Decimal | None, int]]]
    findings: tuple[Finding, ...] = ()


@dataclass
class Collected:
    """Values as they are found; one half-hour is given once."""

    name: str
    series: dict[str, dict[datetime, tuple[Decimal | None, int]]] = field(default_factory=dict)

    def add(self, point: str, at: datetime, value: tuple[Decimal | None, int], line: int) -> None:
        """Take a value in.

        Raises
        ------
        ImportFileError
            HI-05 if the half-hour was given already.
        """
        found = self.series.setdefault(point, {})
        if at in found:
            raise ImportFileError("HI-05", file=self.name, line=line, point=point, at=f"{at:%Y-%m-%d %H:%M}")
        found[at] = value


def number(lines: Lines, line: int, column: int, text: str) -> Decimal | None:
    """A value; None if there is none.

    Raises
    ------
    ImportFileError
        HI-04 if it is no number, or negative.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if plain.casefold() in NO_VALUE:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise ImportFileError("HI-04", file=lines.name, line=line, column=column + 1, value=text)
    return value


def factor(lines: Lines, *texts: str) -> Decimal:
    """What values are multiplied by to be kWh of a half-hour; a mean power in kW is worth half of it.

    Raises
    ------
    ImportFileError
        HI-07 if neither the file nor anybody names the unit.
    """
    for text in (lines.unit, *texts):
        if found := UNIT.search(unicodedata.normalize("NFKC", text)):
            return TO_KWH[found[1].casefold()]
    raise ImportFileError("HI-07", file=lines.name)


def day(text: str) -> date | None:
    """A day as an office writes it."""
    return dates.day(Cell(text, "text")) if text else None


def minutes(text: str) -> int | None:
    """Minutes from midnight of a time such as 0:00 or 24:00; None if it is none."""
    found = TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) * 60 + int(found[2]) if found else None


def on_half_hour(lines: Lines, line: int, text: str, from_midnight: int) -> int:
    """The minutes, if a half-hour begins or ends there.

    Raises
    ------
    ImportFileError
        HI-06 otherwise.
    """
    if from_midnight % 30 or from_midnight > 24 * 60:
        raise ImportFileError("HI-06", file=lines.name, line=line, value=text)
    return from_midnight


def start_of(first: date, from_midnight: int, *, ends: bool) -> datetime:
    """The start of the half-hour that a time names by its start or by its end."""
    at = datetime.combine(first, datetime.min.time()) + timedelta(minutes=from_midnight)
    return at - SLOT if ends else at


def by_end(times: Sequence[int]) -> bool:
    """Whether times name the ends of half-hours: 24:00 stands among them, or 0:30 begins where 0:00 never does."""
    return max(times, default=0) == 24 * 60
