"""The registers as far as the checks of one facility need them, read once for all facilities until one changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from threading import Lock
from uuid import UUID

from kotsukotsu import texts
from kotsukotsu.ledger.items import ItemFacts
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.sessions.items import item_facts
from kotsukotsu.web.municipalities import registers
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.municipalities.tables import rows

OF_FACILITIES = ("facilities", "supplies", "meters", "vehicles", "wastes")
STATES = 2  # of the registers, kept at hand: that of now, and that which whoever is on the way has seen
Rows = Mapping[str, list[Row]]  # by facility


@dataclass(frozen=True, slots=True)
class _Known:
    """The registers of all facilities.

    Attributes
    ----------
    city : City
        With the tables that are not of single facilities.
    """

    city: City
    tables: Mapping[str, Rows]
    explanations: Rows


def facts_of_items() -> Mapping[str, ItemFacts]:
    """What the checks need of the catalogue's items, with their names in the language of the reader."""
    return _facts(texts.language())


@cache
def _facts(_language: str) -> Mapping[str, ItemFacts]:
    return {facts.item: facts for facts in item_facts(catalogue())}


_one_reads = Lock()  # of all who come after a change


def registers_of(now: Municipality, facility_id: str) -> City:
    """The registers of a facility in a state of the city."""
    with _one_reads:
        known = _read(now.key, now.revision)
    own = {name: of.get(facility_id, []) for name, of in known.tables.items()}
    said = [row for place in dict.fromkeys((facility_id, "")) for row in known.explanations.get(place, [])]
    return replace(known.city, tables={**known.city.tables, **own, "explanations": said})


@lru_cache(maxsize=STATES)
def _read(key: UUID, revision: int) -> _Known:  # the state that it is true in
    own = Municipality.objects.get()
    factors = [{**one.as_row(), "file": one.file} for one in registers.OwnFactor.objects.all()]
    city = City(str(own), own.settings, {"departments": rows("departments")}, factors)
    return _Known(city, {name: _by_facility(rows(name)) for name in OF_FACILITIES}, _by_facility(rows("explanations")))


def _by_facility(table: list[Row]) -> Rows:
    found: dict[str, list[Row]] = {}
    for row in table:
        found.setdefault(row["facility_id"] or "", []).append(row)
    return found
