"""Which line of a file heads the table of a register, and what each column below it is.

A file of ours says so in the register's own words; another office's does in words that a person explained once. What
was explained is a profile of the city (``profiles/register_<table>.toml``), as for the files of the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.importers import words
from kotsukotsu.importers.model import Book, Sheet
from kotsukotsu.importers.profile import NOT_READ, REGISTER, Profile
from kotsukotsu.schema import Column
from kotsukotsu.web.municipalities.models import CityFile
from kotsukotsu.web.registers import open_data
from kotsukotsu.web.registers.kinds import Register, heading, reading

LOOK_AT = 60  # lines; titles and notes above a table are fewer
EXAMPLES = 3
# Words for a code, and the roles of the ledger's files (``column_words.csv``) as columns of registers.
CODES = ("番号", "コード", "ID", "NO")
ROLES = {"department": "department_id", "start": "valid_from", "end": "valid_to", "meter": "meter_id"}
Meanings = Mapping[str, str]
"""Heading, as `words.key` has it, to a column of the register, to a heading beyond it that is kept, or to nothing."""


@dataclass(frozen=True, slots=True)
class Head:
    """The line of a sheet that names its columns."""

    sheet: Sheet
    line: int

    @property
    def words(self) -> dict[int, str]:
        """Column to its heading as written; one that stands twice is numbered, joined cells count once."""
        found: dict[int, str] = {}
        times = Counter[str]()
        for place in range(self.sheet.width):
            text = self.sheet.label(self.line, place).text
            if text and self.sheet.area(self.line, place)[1] == place:
                times[text] += 1
                found[place] = text if times[text] == 1 else f"{text}（{times[text]}）"
        return found

    def columns(self, meanings: Meanings) -> dict[int, str]:
        """Column to what it is, those that are not read left out; of two that are the same the first one counts."""
        said = {place: meanings.get(words.key(text), text) for place, text in self.words.items()}
        first = {name: place for place, name in reversed(said.items())}
        return {place: name for place, name in said.items() if name != NOT_READ and first[name] == place}

    def examples(self, place: int) -> list[str]:
        """What stands first below a heading."""
        below = (self.sheet.cell(line, place).text for line in range(self.line + 1, self.sheet.height))
        return list(dict.fromkeys(text for text in below if text))[:EXAMPLES]


def own(register: Register) -> dict[str, str]:
    """What the register's own headings mean, and for facilities those of the open data."""
    found = open_data.meanings() if register.table == "facilities" else {}
    for column in register.columns:
        found |= dict.fromkeys(_in_each_language(reading, column), NOT_READ)
        found |= dict.fromkeys(_in_each_language(heading, column), column.column)
        found |= dict.fromkeys(_in_each_language(_label, column), column.column)
        found[column.column] = column.column
    found |= {text: NOT_READ for _, text in _each_language(lambda: texts.label("IM-R1"))}
    return {words.key(word): name for word, name in found.items()}


def _label(column: Column) -> str:
    return texts.label(f"register.column.{column.column}")


def _in_each_language(say: Callable[[Column], str], column: Column) -> list[str]:
    return [text for _, text in _each_language(lambda: say(column))]


def _each_language(say: Callable[[], str]) -> Iterator[tuple[str, str]]:
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            yield language, say()


def path(register: Register) -> str:
    """The file of the city folder that keeps what was explained."""
    return f"profiles/register_{register.table}.toml"


def profile(register: Register) -> Profile:
    """What was explained of the headings of others."""
    kept = CityFile.objects.filter(path=path(register)).first()
    if kept is None:
        return Profile(register.table, (REGISTER,))
    return Profile.from_toml(bytes(kept.content).decode("utf-8-sig"), kept.path)


def meanings(register: Register) -> dict[str, str]:
    """What headings mean: as a person explained them, else in the register's own words."""
    return own(register) | dict(profile(register).columns)


def head(register: Register, book: Book, known: Meanings) -> Head | None:
    """The first line that names every column that a row must have."""
    required = {column.column for column in register.columns if column.required}
    return next((one for one in _lines(book) if required <= set(one.columns(known).values())), None)


def likely(book: Book) -> Head | None:
    """The line that most probably names columns: the first of those with the most words."""
    found = [(len(_texts(one)), one) for one in _lines(book)]
    most = max((count for count, _ in found), default=0)
    return next(one for count, one in found if count == most) if most else None


def choices(book: Book) -> dict[str, Head]:
    """Lines that could name the columns, by sheet and line as people count."""
    return {texts.label("register.columns.line", sheet=one.sheet.name, line=one.line + 1): one
            for one in _lines(book) if _texts(one)}  # fmt: skip


def _lines(book: Book) -> Iterator[Head]:
    for sheet in book.sheets:
        if sheet.visible:
            yield from (Head(sheet, line) for line in range(min(sheet.height, LOOK_AT)))


def _texts(one: Head) -> list[str]:
    return [text for place, text in one.words.items() if one.sheet.label(one.line, place).kind == "text"]


def guess(register: Register, word: str) -> str:
    """The column of a register that a heading of others may mean; nothing where none is near."""
    stem, names = words.without_unit(word), [column.column for column in register.columns]
    if stem.upper().rstrip(".") in CODES:
        return register.keys[0]
    labels = {words.without_unit(_label(column)): column.column for column in register.columns}
    roles = {text: ROLES.get(role, role) for text, role in words.roles().items() if role != "facility"}
    roles |= {text: "name" if register.table == "facilities" else "facility_id"
              for text, role in words.roles().items() if role == "facility"}  # fmt: skip
    near = {text: name for text, name in {**roles, **labels}.items() if name in names and len(text) > 1}
    if stem in near:
        return near[stem]
    found = [text for text in near if text in stem or stem in text]
    return near[max(found, key=len)] if found else NOT_READ
