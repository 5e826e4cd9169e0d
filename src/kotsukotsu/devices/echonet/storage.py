"""Charging and discharging of a battery or a car: how much first, then the mode.

A battery that is told to charge before it knows how much goes by what it was told last.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kotsukotsu import texts
from kotsukotsu.devices.echonet.device import EchonetDevice
from kotsukotsu.devices.model import DeviceError, NonsenseError, RefusedError
from kotsukotsu.findings import Finding

FILE = Path(__file__).parent / "orders.csv"
MODE = 0xDA
MOST = 999_999_999  # [Wh]
Mode = Literal["charge", "discharge", "standby"]


@dataclass(frozen=True, slots=True)
class Order:
    """One line of ``orders.csv``: the property that takes the amount, if there is one, and the value of the mode."""

    amount_code: int | None
    value: bytes


@dataclass
class Storage(EchonetDevice):
    """A battery (0x027D) or a charger and discharger of a car (0x027E)."""

    def order(self, mode: Mode, amount_wh: int = 0) -> Finding | None:
        """Have it charge or discharge an amount, or stand by; a finding if it does not do so.

        The mode is not touched unless the amount was taken, and the device is asked afterwards what it does.

        Raises
        ------
        DeviceError
            DV-11 an amount that cannot be set. [Wh]
        """
        wanted = orders(self.place.group)[mode]
        if wanted.amount_code is not None and not 0 < amount_wh <= MOST:
            raise DeviceError("DV-11", device=self.name, value=amount_wh, most=MOST)
        try:
            if wanted.amount_code is not None:
                self.link.set(self.place, wanted.amount_code, amount_wh.to_bytes(4, "big"))
        except (OSError, NonsenseError, RefusedError):
            return self.finding("DV-12", property=f"0x{wanted.amount_code:02X}", value=amount_wh)
        try:
            self.link.set(self.place, MODE, wanted.value)
            now = self.link.get(self.place, MODE)
        except (OSError, NonsenseError, RefusedError):
            now = b""
        return (
            None
            if now == wanted.value
            else self.finding("DV-13", property=f"0x{MODE:02X}", answer=now.hex() or texts.none())
        )


@cache
def orders(group: int) -> dict[str, Order]:
    """What a class of devices can be told."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["class"], 16) == group]
    return {row["mode"]: Order(_code(row["amount_epc"]), bytes.fromhex(row["value"])) for row in rows}


def _code(text: str) -> int | None:
    return int(text, 16) if text else None
