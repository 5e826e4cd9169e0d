"""Which property of which class is what quantity, and what its bytes say."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kotsukotsu.devices.model import NonsenseError

FILE = Path(__file__).parent / "properties.csv"
COUNTER = "counter"  # the meter itself says what one count is


@dataclass(frozen=True, slots=True)
class Property:
    """One line of ``properties.csv``."""

    group: int
    code: int
    quantity: str
    signed: bool
    length: int
    scale: str
    unit: str
    least: int
    most: int


@cache
def properties(group: int) -> tuple[Property, ...]:
    """What is read of a class of devices."""
    with FILE.open(encoding="utf-8", newline="") as file:
        every = [_property(row) for row in csv.DictReader(file)]
    return tuple(one for one in every if one.group == group)


def number(wanted: Property, data: bytes) -> int | None:
    """The number in the data; None where the device says that it has not measured.

    Raises
    ------
    NonsenseError
        Another length, or a number outside the range of the standard (its signs of overflow are such).
    """
    if len(data) != wanted.length:
        raise NonsenseError(data.hex())
    if data == no_data(wanted):
        return None
    found = int.from_bytes(data, "big", signed=wanted.signed)
    if not wanted.least <= found <= wanted.most:
        raise NonsenseError(data.hex())
    return found


def no_data(wanted: Property) -> bytes:
    """The sign for no data: 0x7F…FE where there may be a minus, else 0xFF…FE."""
    if wanted.length == 1:
        return b"\x7e" if wanted.signed else b"\xfe"
    return (b"\x7f" if wanted.signed else b"\xff") + b"\xff" * (wanted.length - 2) + b"\xfe"


def _property(row: dict[str, str]) -> Property:
    return Property(
        int(row["class"], 16), int(row["epc"], 16), row["quantity"], row["type"][0] == "s", int(row["type"][1:]),
        row["scale"], row["unit"], int(row["least"]), int(row["most"]),
    )  # fmt: skip
