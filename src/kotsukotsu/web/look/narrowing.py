"""A long list narrowed by its address: ``?q=word`` and a value of some of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

from kotsukotsu import texts

Row = TypeVar("Row")
Said = tuple[str, str]  # code in the address, name for people


@dataclass(frozen=True, slots=True)
class Column:
    """What a list can be narrowed by.

    Attributes
    ----------
    of : callable
        A row to the codes and names that it has there.
    options : tuple, optional
        What is offered; what occurs, in the order of the rows, if left out.
    """

    name: str
    label: str
    of: Callable[[Any], Iterable[Said]]
    options: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A column as a field above the list."""

    name: str
    label: str
    chosen: str
    options: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[Row]):
    """The rows that an address asks for, and the fields that ask."""

    rows: list[Row]
    word: str
    choices: tuple[Choice, ...]

    @property
    def is_narrow(self) -> bool:
        """Whether something is asked for."""
        return bool(self.word or any(one.chosen for one in self.choices))


def narrowed(
    request: HttpRequest, rows: Iterable[Row], words: Callable[[Row], str], columns: Sequence[Column]
) -> Narrowed[Row]:
    """The rows that an address asks for.

    Parameters
    ----------
    words : callable
        A row to the text in which the word is looked for.
    """
    listed, word = list(rows), request.GET.get("q", "").strip()
    choices = tuple(_choice(request, column, listed) for column in columns)
    wanted = [(column, one.chosen) for column, one in zip(columns, choices, strict=True) if one.chosen]
    found = [
        row
        for row in listed
        if word.casefold() in words(row).casefold()
        and all(chosen in {code for code, _ in column.of(row)} for column, chosen in wanted)
    ]
    return Narrowed(found, word, choices)


def _choice(request: HttpRequest, column: Column, rows: Iterable[Any]) -> Choice:
    occurring = column.options or tuple(dict.fromkeys(said for row in rows for said in column.of(row) if said[0]))
    chosen = request.GET.get(column.name, "").strip()
    return Choice(column.name, texts.label(column.label), chosen, occurring)


def one(code: str | None, said: str = "") -> tuple[Said, ...]:
    """The value of a row that has one; none where it is empty."""
    return ((code, said or code),) if code else ()
