"""Every sentence that people read, in Japanese and English, from ``*.csv`` beside this file.

Columns: ``code, severity, ja, en, do_ja, do_en``. ``{name}`` is filled from the data of the error or finding;
``{count:row|rows}`` is the word that goes with a number, “row” with 1.
A label (a table's heading, a unit's name) has an empty severity. No other module holds a sentence.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("ja", "en")
INSTALLED = ""  # the language of the installation, whatever its readers speak
_spoken: ContextVar[str] = ContextVar("spoken", default="")


@dataclass(frozen=True, slots=True)
class Text:
    """One entry: what it says, and what to do."""

    code: str
    severity: str
    says: Mapping[str, str]
    do: Mapping[str, str]


class _Counted(Formatter):
    """Fills the words that go with a number too."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, several, many = format_spec.partition("|")
        if not several:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_COUNTED = _Counted()


@cache
def entries() -> dict[str, Text]:
    """Every text by its code; a code given twice is refused."""
    found: dict[str, Text] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["code"] in found:
                    raise KeyError(f"{path.name}: {row['code']} is given twice")
                found[row["code"]] = Text(
                    row["code"],
                    row["severity"],
                    {"ja": row["ja"], "en": row["en"]},
                    {"ja": row["do_ja"], "en": row["do_en"]},
                )
    return found


def language() -> str:
    """Language of the interface: the one spoken now, else ``KOTSUKOTSU_LANG``, else Japanese."""
    chosen = _spoken.get() or os.environ.get("KOTSUKOTSU_LANG", "ja")
    return chosen if chosen in LANGUAGES else "ja"


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Everything said within is said in this language, in this thread alone; an unknown one is Japanese."""
    token = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(token)


def label(code: str, /, **data: Any) -> str:
    """A short text without advice, such as a heading."""
    return _filled(entries()[code].says[language()], data)


def listed(parts: Iterable[str]) -> str:
    """Words one after the other, as the language lists them: 電気、灯油 or Electricity, Kerosene."""
    return label("sign.comma").join(parts)


def none() -> str:
    """What stands where there is no value."""
    return label("sign.none")


def gap() -> str:
    """What stands between two parts of a line."""
    return label("sign.gap")


def bracketed(text: str, more: str) -> str:
    """A text with another one in brackets."""
    return f"{text}{label('sign.open')}{more}{label('sign.close')}"


def advice(code: str, data: Mapping[str, Any], chosen: str | None = None) -> str:
    """What to do about a finding or an error."""
    return _filled(entries()[code].do[chosen or language()], data)


def statement(code: str, data: Mapping[str, Any], chosen: str | None = None) -> str:
    """What is wrong, without the advice."""
    return _filled(entries()[code].says[chosen or language()], data)


def message(code: str, data: Mapping[str, Any], chosen: str | None = None) -> str:
    """What is wrong, and what to do."""
    parts = (statement(code, data, chosen), advice(code, data, chosen))
    return " ".join(part for part in parts if part)


def _filled(text: str, data: Mapping[str, Any]) -> str:
    """The simple way where no word goes with a number: most texts, and those of every saved cell."""
    return _COUNTED.vformat(text, (), data) if "|" in text else text.format(**data)
