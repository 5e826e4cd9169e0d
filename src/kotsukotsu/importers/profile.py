"""A mapping profile: what the words of one kind of file mean in this city; kept as TOML and used again."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kotsukotsu import texts
from kotsukotsu.errors import ImportFileError
from kotsukotsu.schema import toml_place

NOT_READ, REGISTER = "", "register"
LAYOUTS = ("facility_months", "facility_sheets", "long_list", "bills", "city_folder", "entry_form", REGISTER)
PERIODS = ("calendar", "inclusive", "exclusive", "reading_date")
# Columns that a file may lack without its quantities meaning anything else.
_BESIDE = frozenset({"note", "cost", "department", "basis", "days", "customer"})
_TABLES = ("columns", "items", "units", "facilities", "meters")


@dataclass(frozen=True)
class Profile:
    """How a kind of file is read.

    Attributes
    ----------
    layouts : tuple of str
        The forms of table that the file holds.
    period : str
        What the days of a bill mean: ``inclusive`` the last day counts, ``exclusive`` it is the next bill's first,
        ``reading_date`` only 検針日 is given, ``calendar`` whole months.
    columns : mapping
        Heading to role, or to ``item:<code>`` for a column of quantities; empty: not read.
    items, units, facilities : mapping
        Word of the file to item; item to unit where the file names none; name to facility. Empty: not read.
    meters : mapping
        Supply-point or customer number to ``facility`` or ``facility/item``.
    uncertain : mapping
        Table to the proposals in it that a person has to confirm; they are not used before.
    """

    name: str
    layouts: tuple[str, ...]
    period: str = "calendar"
    columns: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    facilities: Mapping[str, str] = field(default_factory=dict)
    meters: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def confirmed(self, table: str, word: str, code: str) -> Profile:
        """The profile with one word settled by a person."""
        left = {name: dict(words) for name, words in self.uncertain.items()}
        left.get(table, {}).pop(word, None)
        settled: dict[str, Any] = {table: {**getattr(self, table), word: code}}
        settled["uncertain"] = {name: words for name, words in left.items() if words}
        return replace(self, **settled)

    def to_toml(self) -> str:
        """The profile as a text that a person can read and change."""
        lines = [
            f"name = {_quoted(self.name)}",
            f"layouts = {_list(self.layouts)}",
            f"period = {_quoted(self.period)}",
        ]
        for name in _TABLES:
            lines += _table(name, getattr(self, name))
        for name, words in self.uncertain.items():
            lines += _table(f"uncertain.{name}", words)
        return "\n".join(lines) + "\n"

    @classmethod
    def from_toml(cls, text: str, file: str = "") -> Profile:
        """Read a profile back.

        Raises
        ------
        ImportFileError
            IM-10 if the text is no profile.
        """
        try:
            raw = _complete(tomllib.loads(text))
            return cls(
                str(raw["name"]),
                _chosen(raw["layouts"], LAYOUTS),
                _chosen([raw["period"]], PERIODS)[0],
                uncertain={
                    name: _words(raw["uncertain"][name]) for name in _TABLES if name in raw.get("uncertain", {})
                },
                **{name: _words(raw.get(name, {})) for name in _TABLES},
            )
        except tomllib.TOMLDecodeError as error:
            raise ImportFileError("IM-10", file=file, detail=toml_place(error)) from None
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ImportFileError("IM-10", file=file, detail=str(error)) from None

    def check_fits(self, layouts: Iterable[str], headings: Iterable[str], file: str) -> None:
        """Refuse a file that this profile was not made for.

        Raises
        ------
        ImportFileError
            IM-11 another form of table, IM-12 headings that are missing.
        """
        found = set(layouts)
        if not found & set(self.layouts):
            raise ImportFileError(
                "IM-11",
                file=file,
                profile=self.name,
                found=texts.listed(texts.label(f"layout.{name}") for name in sorted(found)),
            )
        needed = [
            word for word, role in self.columns.items() if role and role not in _BESIDE and word not in set(headings)
        ]
        if needed:
            raise ImportFileError("IM-12", file=file, profile=self.name, columns=texts.listed(needed))


def _complete(raw: dict[str, Any]) -> dict[str, Any]:
    if lacking := [key for key in ("name", "layouts", "period") if key not in raw]:
        raise ValueError(texts.label("profile.lacks", keys=texts.listed(lacking)))
    return raw


def _words(raw: Mapping[str, Any]) -> dict[str, str]:
    return {str(word): str(code) for word, code in raw.items()}


def _chosen(words: Iterable[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(words)
    for word in found:
        if word not in allowed:
            raise ValueError(texts.label("profile.choice", word=word, allowed=texts.listed(allowed)))
    return found


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(text: str) -> str:
    signs = (_ESCAPES.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08x}") for sign in text)
    return f'"{"".join(signs)}"'


def _table(name: str, words: Mapping[str, str]) -> list[str]:
    return ["", f"[{name}]", *(f"{_quoted(word)} = {_quoted(code)}" for word, code in words.items())]


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(word) for word in words) + "]"
