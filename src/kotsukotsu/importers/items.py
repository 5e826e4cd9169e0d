"""Which item a word of the file means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kotsukotsu import units
from kotsukotsu.importers import words


@dataclass(frozen=True, slots=True)
class Item:
    """An item that the city may count.

    Attributes
    ----------
    units : tuple of str
        Units it is measured in; the first is its base unit.
    """

    item: str
    name: str
    units: tuple[str, ...]
    aliases: tuple[str, ...] = ()


class Items:
    """Looks words up among the items of the catalogue and the usual words of an office."""

    def __init__(self, items: Iterable[Item], own: Mapping[str, str] | None = None) -> None:
        self.known = {item.item: item for item in items}
        self.by_word = {word: code for word, code in words.aliases().items() if code in self.known}
        for item in self.known.values():
            for word in (item.name, item.item, *item.aliases):
                self.by_word.setdefault(words.key(word), item.item)
        self.by_word.update({words.key(word): code for word, code in (own or {}).items()})

    def named(self, label: str) -> str:
        """The item that a label names, empty if none or if it is not to be read."""
        if not label or words.is_ignored(label):
            return ""
        for stem in (words.key(label), *words.stems(label)):
            if stem in self.by_word:
                return self.by_word[stem]
        return ""

    def within(self, title: str) -> str:
        """The one item that a title speaks of, empty if it speaks of none or of several."""
        text = words.key(title)
        found: set[str] = set()
        for word in sorted((*self.by_word, *_IGNORED), key=len, reverse=True):
            if len(word) > (2 if word.isascii() else 1) and word in text:
                text = text.replace(word, "\0")
                found.add(self.by_word.get(word, ""))
        return found.pop() if len(found) == 1 else ""

    def fits(self, item: str, unit: str) -> bool:
        """Whether an item can be measured in a unit."""
        return any(units.same_dimension(unit, allowed) for allowed in self.known[item].units)


_IGNORED = frozenset({"電気自動車", "電気料金", "ガス料金", "電気代", "ガス代"})
