"""What is wrong with a VTN's answer: a code of ``texts/devices.csv`` and what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kotsukotsu import texts
from kotsukotsu.devices.model import NonsenseError

SHOWN = 60  # of what a VTN wrote [characters]


class VtnError(NonsenseError):
    """An answer that cannot be used."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = {name: str(value)[:SHOWN] or texts.none() for name, value in data.items()}


class OverdueError(TimeoutError):
    """No whole answer within the time."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a part of an answer, the rest being good, or what is worth knowing."""

    code: str
    data: Mapping[str, object]
