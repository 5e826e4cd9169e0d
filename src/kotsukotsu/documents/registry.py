"""Every number, word, table, picture and note that a document may place, each under one name.

A template names them (`{{ total.latest }}`); the renderer only places what is printed here. A number keeps how it was
rounded and where it comes from, so that any place that prints it can be led back to its bills.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.render.model import Block
from kotsukotsu.documents.table import Table


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a number, as ``kotsukotsu trace`` filters them."""

    fiscal_year: int
    facility: str = ""
    item: str = ""
    sectors: tuple[str, ...] = ()

    def command(self, city: str) -> str:
        """The command that leads the number back.

        >>> Behind(2024, item="kerosene").command("市のフォルダ")
        'kotsukotsu trace 市のフォルダ --fy 2024 --item kerosene'
        """
        options = [f"--facility {self.facility}"] if self.facility else []
        options += [f"--item {self.item}"] if self.item else []
        options += [f"--sector {','.join(self.sectors)}"] if self.sectors else []
        return " ".join(["kotsukotsu trace", city, f"--fy {self.fiscal_year}", *options])


@dataclass(frozen=True, slots=True)
class Number:
    """A number under its name.

    Attributes
    ----------
    meaning : str
        What it is, in words.
    figure : Figure
        Value, printed text, unit and status.
    rule : str
        How it was rounded, in words.
    behind : Behind or None
        The rows of the ledger; None for what is not a sum of them (a rate, a target, a count).
    """

    key: str
    meaning: str
    figure: Figure
    rule: str
    behind: Behind | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.figure.exact is not None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a document places it.

    Attributes
    ----------
    caption : str
        What the picture shows, without its number.
    svg : str
        The drawing; empty where its figures are not at hand, and then `note` says why.
    alt : str
        What it says, for those who do not see it.
    """

    caption: str
    svg: str
    alt: str
    note: str = ""
    source: str = ""


NOTHING = Picture("", "", "")  # where the data have nothing to draw; `{{ if }}` finds it so


@dataclass(frozen=True, slots=True)
class Note:
    """A term that a document explains where it first stands."""

    term: str
    text: str


@dataclass(slots=True)
class Registry:
    """What a document may place; a name is given once.

    Attributes
    ----------
    words : dict
        Texts that are no numbers: names, years, sentences.
    blocks : dict
        Passages whose number depends on the data, such as one for each measure.
    """

    numbers: dict[str, Number] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    blocks: dict[str, tuple[Block, ...]] = field(default_factory=dict)

    def add(self, numbers: Iterable[Number]) -> None:
        """Add numbers; a name given twice is an error of the program."""
        for number in numbers:
            if number.key in self:
                raise KeyError(number.key)
            self.numbers[number.key] = number

    def say(self, words: Mapping[str, str]) -> None:
        """Add words; a name given twice is an error of the program."""
        for key, text in words.items():
            if key in self:
                raise KeyError(key)
            self.words[key] = text

    def text(self, key: str) -> str | None:
        """What a name prints in a sentence; None if there is no such name."""
        if key in self.numbers:
            return self.numbers[key].figure.text
        return self.words.get(key)

    def holds(self, key: str) -> bool | None:
        """Whether a name has something to show; None if there is no such name."""
        if key in self.numbers:
            return self.numbers[key].is_known
        for kind in (self.words, self.tables, self.pictures, self.blocks):
            if key in kind:
                return _shows(kind[key])
        return None

    def __contains__(self, key: str) -> bool:
        return any(key in kind for kind in self._kinds())

    def __iter__(self) -> Iterator[str]:
        return (key for kind in self._kinds() for key in kind)

    def _kinds(self) -> tuple[Mapping[str, object], ...]:
        return self.numbers, self.words, self.tables, self.pictures, self.blocks


def _shows(found: object) -> bool:
    if isinstance(found, Table):
        return bool(found.rows)
    return bool(found.svg or found.note) if isinstance(found, Picture) else bool(found)
