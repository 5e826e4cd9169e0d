"""The machines behind a year's amount of gas.

They are written into the note of the row, so that the working goes wherever the ledger goes: into the trace, the city
folder, a backup. What the row counts is charge minus recovery, or charge x share of the year in use (施行令第3条第1項
第4号から第6号; 封入量−回収量, 封入量×使用した期間の割合).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.rounding import Rounding, plain
from kotsukotsu.web.entries.typed import typed
from kotsukotsu.web.errors import WebError

NAME = 64
MONTHS = 12
# A twelfth is no finite decimal: a milligram-year is far below what a name plate says.
_HELD = Rounding(unit="kg_year", digits=6)
_MACHINE = re.compile(
    r"(?P<equipment>[^；：]+)：封入 (?P<charge>[\d.]+) kg、"
    r"(?:回収 (?P<recovered>[\d.]+) kg|使用 (?P<months>\d+) か月)"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine of the year.

    Attributes
    ----------
    charge : Decimal
        What it held. [kg]
    recovered : Decimal or None
        What was taken out of it and kept. [kg]
    months : int or None
        How long it was in use, where it is counted by what it holds. [month]
    """

    equipment: str
    charge: Decimal
    recovered: Decimal | None = None
    months: int | None = None

    @property
    def text(self) -> str:
        """As it stands in the note."""
        filled = f"{self.equipment}：封入 {plain(self.charge)} kg、"
        if self.months is not None:
            return f"{filled}使用 {self.months} か月"
        return f"{filled}回収 {plain(self.recovered or Decimal(0))} kg"


def released(equipment: str, charge: str, recovered: str) -> Machine:
    """A machine that was emptied, as a person typed it.

    Raises
    ------
    WebError
        WF-06 a name that the note cannot hold, WF-03 an amount that is none, WF-04 more recovered than held; the data
        say at which `field`.
    """
    name = _name(equipment)
    full, back = _amount(name, charge, "charge"), _amount(name, recovered, "recovered")
    if back > full:
        raise WebError("WF-04", equipment=name, charge=plain(full), recovered=plain(back), field="recovered")
    return Machine(name, full, back)


def held(equipment: str, charge: str, months: int) -> Machine:
    """A machine that was in use, as a person typed it.

    Raises
    ------
    WebError
        WF-06 and WF-03 as `released`.
    """
    name = _name(equipment)
    return Machine(name, _amount(name, charge, "charge"), months=months)


def _name(equipment: str) -> str:
    name = equipment.strip()
    if not name or len(name) > NAME or set(name) & set("；："):
        raise WebError("WF-06", equipment=name, field="equipment")
    return name


def _amount(equipment: str, text: str, field: str) -> Decimal:
    try:
        found = typed(text, "kg").quantity
    except WebError:
        found = None
    if found is None or found < 0:
        raise WebError("WF-03", equipment=equipment, text=text.strip() or texts.none(), field=field)
    return found


def amount(machines: Iterable[Machine]) -> Decimal:
    """What the row of the year counts. [kg, or kg_year where months are given]"""
    listed = list(machines)
    if any(one.months is not None for one in listed):
        months = exact.total(exact.product(one.charge, Decimal(one.months or 0)) for one in listed)
        return _HELD.figure(exact.quotient(months, Decimal(MONTHS)))
    return exact.total(exact.difference(one.charge, one.recovered or Decimal(0)) for one in listed)


def note(machines: Iterable[Machine]) -> str:
    """The machines as the note of a row."""
    return "；".join(one.text for one in machines)


def read(text: str | None) -> list[Machine]:
    """The machines that a note names.

    >>> [one.equipment for one in read("v01：封入 0.5 kg、回収 0.4 kg；v02：封入 0.6 kg、回収 0 kg（追加）")]
    ['v01', 'v02']
    """
    return [
        Machine(
            one["equipment"], Decimal(one["charge"]), None if one["recovered"] is None else Decimal(one["recovered"]),
            None if one["months"] is None else int(one["months"]),
        )
        for one in _MACHINE.finditer(text or "")
    ]  # fmt: skip
