"""What a reorganisation would do, and what stands against it; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from kotsukotsu import texts
from kotsukotsu.schema import Row
from kotsukotsu.schema.organisation import departments_of, in_force
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.registers.reorganisation.model import Asked, Change, Move, Wish

DEPARTMENTS, FACILITIES, DATED = "departments", "facilities", "facility_departments"


class Judge:
    """The registers as they are, and what is asked of them."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.on = asked, asked.on
        self.problems: list[str] = []
        rows = tables.rows(DEPARTMENTS)
        self.there = {row["department_id"]: row for row in rows if in_force(row, self.on)}
        self.codes = {row["department_id"] for row in rows}
        self.later = {row["department_id"] for row in rows if (row["valid_from"] or date.min) >= self.on}
        self.facilities = {row["facility_id"]: row for row in tables.rows(FACILITIES) if open_on(row, self.on)}
        self.dated = tables.rows(DATED)
        self.own = departments_of(self.facilities.values(), self.dated, self.on)

    @cached_property
    def ending(self) -> dict[str, Wish]:
        """Departments that end, by their code."""
        return {wish.code: wish for wish in self.asked.wishes if wish.ends and wish.code in self.there}

    @cached_property
    def names(self) -> dict[str, str]:
        """Departments from the day on."""
        wished = {wish.code: wish.name for wish in (*self.asked.wishes, *self.asked.begin)}
        known = {code: row["name"] for code, row in self.there.items()} | wished
        return {code: name for code, name in known.items() if code not in self.ending}

    def said(self, code: str) -> str:
        """A department's name, of now where it ends."""
        return self.names.get(code) or (self.there[code]["name"] if code in self.there else code)

    def code_of(self, typed: str, where: str) -> str:
        """The code of a department that there will be, from its code, its name or the one that it had; else told."""
        typed = typed.strip()
        if not typed or typed in self.names:
            return typed
        same = {code for code, name in self.names.items() if name == typed}
        same = same or {code for code, row in self.there.items() if row["name"] == typed and code in self.names}
        if len(same) == 1:
            return same.pop()
        self._tell("many" if same else "unknown", where=where, name=typed)
        return ""

    def changes(self) -> list[Change]:
        """What becomes of the departments, in the order of the page."""
        found = [*filter(None, map(self._changed, self.asked.wishes)), *map(self._begun, self.asked.begin)]
        parents = {code: row["parent_id"] or "" for code, row in self.there.items() if code not in self.ending}
        parents |= {one.code: one.parent for one in found if one.kind != "ends"}
        for code, parent in parents.items():
            if parent in self.ending:
                self._tell("parent", name=self.said(code), parent=self.said(parent))
            elif code in _above(code, parents):
                self._tell("ring", name=self.said(code))
        return found

    def _changed(self, wish: Wish) -> Change | None:
        row = self.there.get(wish.code)
        if row is None:
            return None
        parent = "" if wish.ends else self._parent_of(wish)
        is_same = not wish.ends and (wish.name, parent) == (row["name"], row["parent_id"] or "")
        if is_same:
            return None
        if not wish.name and not wish.ends:
            self._tell("nameless", name=row["name"])
        if wish.code in self.later:
            self._tell("later", name=row["name"])
        before = self._placed(row["name"], row["parent_id"] or "")
        after = self.said(self.successor(wish.code)) if wish.ends else self._placed(wish.name, parent)
        return Change("ends" if wish.ends else "changes", wish.code, wish.name, parent, before, after)

    def _parent_of(self, wish: Wish) -> str:
        """The code of what stands above a department; the one that stood there may be one that ends."""
        old = self.there[wish.code]["parent_id"] or ""
        if old in self.ending and wish.parent in (old, self.said(old)):
            return old
        return self.code_of(wish.parent, wish.name)

    def _begun(self, wish: Wish) -> Change:
        if not wish.code or wish.code in self.codes or [one.code for one in self.asked.begin].count(wish.code) > 1:
            self._tell("code", name=wish.name, code=wish.code)
        parent = self.code_of(wish.parent, wish.name)
        return Change("begins", wish.code, wish.name, parent, "", self._placed(wish.name, parent))

    def _placed(self, name: str, parent: str) -> str:
        return texts.label("reorganise.placed", name=name, parent=self.said(parent)) if parent else name

    def successor(self, code: str) -> str:
        """The department that follows one which ends; empty where none does."""
        return self.code_of(self.ending[code].successor, self.said(code)) if code in self.ending else ""

    def moves(self) -> list[Move]:
        """Facilities that go elsewhere: as asked, else with their department."""
        found, wanted = [], self._wanted()
        for facility, row in self.facilities.items():
            before = self.own[facility]
            after = wanted.get(facility) or self._followed(row["name"], before)
            if after and after != before:
                if _has_later(self.dated, facility, self.on):
                    self._tell("later", name=row["name"])
                found.append(Move(facility, row["name"], after, self.said(before), self.said(after)))
        return found

    def _wanted(self) -> dict[str, str]:
        """Facilities and their new departments by their codes."""
        found: dict[str, str] = {}
        for typed, department in self.asked.moves:
            if not department:
                self._tell("line", name=typed)
            facility = self._facility_of(typed)
            after = self.code_of(department, typed)
            if facility and after and found.setdefault(facility, after) != after:
                self._tell("twice", name=self.facilities[facility]["name"])
        return found

    def _facility_of(self, typed: str) -> str:
        same = [code for code, row in self.facilities.items() if typed in (code, row["name"])]
        if len(same) != 1:
            self._tell("facilities" if same else "facility", name=typed)
        return same[0] if len(same) == 1 else ""

    def after(self, changes: Iterable[Change], moves: Iterable[Move]) -> Mapping[str, list[Row]]:
        """The tables of departments as they would be."""
        ended = {one.code for one in changes if one.kind != "begins"}
        rows = [{**row, "valid_to": self.on} if row["department_id"] in ended and in_force(row, self.on) else row
                for row in tables.rows(DEPARTMENTS)]  # fmt: skip
        rows += [
            {"department_id": one.code, "name": one.name, "parent_id": one.parent or None, "valid_from": self.on,
             "valid_to": None}
            for one in changes if one.kind != "ends"
        ]  # fmt: skip
        own = self.own | {one.facility_id: one.department_id for one in moves}
        facilities = [{**row, "department_id": own[code]} for code, row in self.facilities.items()]
        return {DEPARTMENTS: rows, FACILITIES: facilities, DATED: []}

    def _followed(self, name: str, before: str) -> str:
        if before not in self.ending:
            return before
        successor = self.successor(before)
        if not successor:
            self._tell("homeless", name=name, department=self.said(before))
        return successor

    def _tell(self, problem: str, **data: str) -> None:
        said = texts.label(f"reorganise.problem.{problem}", **data)
        if said not in self.problems:
            self.problems.append(said)


def open_on(row: Row, day: date) -> bool:
    """Whether a facility is used on a day or later."""
    return row["closed_on"] is None or row["closed_on"] > day


def _has_later(dated: Iterable[Row], facility: str, on: date) -> bool:
    """Whether it is known already that it goes elsewhere on the day or later."""
    days = (row[name] for row in dated if row["facility_id"] == facility for name in ("valid_from", "valid_to"))
    return any(day is not None and day >= on for day in days)


def _above(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    while (code := parents.get(code, "")) and code not in seen:
        seen.add(code)
        yield code
