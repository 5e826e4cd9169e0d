"""What a layout needs to know to read a sheet: the city's names, and the profile's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kotsukotsu.importers import words
from kotsukotsu.importers.items import Item, Items
from kotsukotsu.importers.names import Facilities
from kotsukotsu.importers.profile import Profile


@dataclass(frozen=True)
class Context:
    """What the city and the catalogue say; given by the caller.

    Attributes
    ----------
    facilities : sequence of (code, name)
        Facilities of the city.
    items : sequence of Item
        Items of the catalogue.
    existing : sequence of mapping
        Current rows of ``activities.csv`` (without those replaced).
    fiscal_year : int or None
        The year that the caller expects; used only where the file names none.
    meters : mapping
        Known meter number to ``facility`` or ``facility/item``.
    """

    facilities: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    existing: tuple[Mapping[str, Any], ...] = ()
    fiscal_year: int | None = None
    meters: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """What facilities and items are called, by their codes."""
        return dict(self.facilities) | {item.item: item.name for item in self.items}


@dataclass(frozen=True)
class Guide:
    """The words of a file in this city."""

    file: str
    items: Items
    facilities: Facilities
    profile: Profile
    fiscal_year: int | None = None
    meters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: str, context: Context, profile: Profile) -> Guide:
        """The guide to a file, from the city and a profile."""
        items = Items(context.items, profile.items)
        return cls(file, items, Facilities(context.facilities), profile, context.fiscal_year, context.meters)

    def role(self, heading: str) -> str:
        """What a column holds: a role, ``item:<code>``, or empty."""
        plain = words.key(heading)
        if plain in self.profile.columns:
            return self.profile.columns[plain]
        for stem in (plain, words.without_unit(heading)):
            if stem in words.roles():
                return words.roles()[stem]
        item = self.items.named(heading)
        return f"item:{item}" if item else ""

    def facility(self, name: str) -> str:
        """The facility of a name, by the profile or by the name itself; empty if unknown."""
        if name in self.profile.facilities:
            return self.profile.facilities[name]
        return self.facilities.certain(name)

    def meter(self, number: str) -> str | None:
        """What a meter measures: ``facility`` or ``facility/item``, empty if it is not read, None if unknown."""
        return self.profile.meters.get(number, self.meters.get(number))

    def is_skipped(self, name: str) -> bool:
        """Whether the profile says that a name is not read."""
        return self.profile.facilities.get(name) == ""

    def looks_like_facility(self, name: str) -> bool:
        """Whether a word is certainly or probably a facility."""
        return bool(name) and bool(self.facility(name) or self.facilities.perhaps(name))

    def first_item(self, titles: Iterable[str]) -> str:
        """The item that the nearest title speaks of."""
        return next((item for title in titles if (item := self.items.within(title))), "")
