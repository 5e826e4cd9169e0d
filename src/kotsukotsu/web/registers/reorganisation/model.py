"""What the secretariat asks for, and what would become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Wish:
    """A department as it is to be from the day on.

    Attributes
    ----------
    name, parent, successor : str
        As typed: the last two a code or a name.
    """

    code: str
    name: str = ""
    parent: str = ""
    ends: bool = False
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that is asked for.

    Attributes
    ----------
    wishes, begin : tuple of Wish
        The departments that there are, and the new ones.
    moves : tuple of pairs
        Facilities and their new departments, as typed: codes or names.
    """

    on: date
    reason: str
    wishes: tuple[Wish, ...]
    begin: tuple[Wish, ...]
    moves: tuple[tuple[str, str], ...]

    def as_plain(self) -> dict[str, Any]:
        """For the way through the page and back."""
        listed = {name: [[getattr(one, key) for key in KEYS] for one in getattr(self, name)] for name in LISTS}
        return {"on": self.on.isoformat(), "reason": self.reason, "moves": [*map(list, self.moves)], **listed}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Asked:
        """What `as_plain` made."""
        wishes, begin = (tuple(Wish(*one) for one in plain[name]) for name in LISTS)
        moves = tuple((facility, department) for facility, department in plain["moves"])
        return cls(date.fromisoformat(plain["on"]), plain["reason"], wishes, begin, moves)


KEYS, LISTS = ("code", "name", "parent", "ends", "successor"), ("wishes", "begin")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a department.

    Attributes
    ----------
    kind : str
        ``begins``, ``changes`` or ``ends``.
    name, parent : str
        From the day on; the parent as its code.
    before, after : str
        For people.
    """

    kind: str
    code: str
    name: str
    parent: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move:
    """A facility that goes to another department."""

    facility_id: str
    facility: str
    department_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A role at a department that ends; `department_id` is the successor's, empty where there is none."""

    pk: int
    person: str
    role: str
    before: str
    department_id: str
    after: str
    deputies: str


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet that is not settled, of a facility that goes to another department."""

    facility: str
    year: str
    state: str
    due: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What would happen; nothing can where there is a problem.

    Attributes
    ----------
    bodies : tuple
        Facilities whose reporting bodies change: name, bodies before and after.
    named : tuple of str
        Registers that name a department which ends, to be changed by hand.
    """

    problems: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    moves: tuple[Move, ...] = ()
    roles: tuple[Handed, ...] = ()
    sheets: tuple[OpenSheet, ...] = ()
    bodies: tuple[tuple[str, str, str], ...] = ()
    named: tuple[str, ...] = ()
