"""The supplier that a contract or a city's factor names."""

from __future__ import annotations

from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.catalogue.suppliers import Names


class SupplierIds:
    """Answers remembered: a city names the same few suppliers in every row."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names: dict[str, Names] = {}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, item: str, name: str) -> str:
        """The catalogue's id; a name it does not know stays as written, for the city's own factors."""
        asked = (item, name)
        if asked not in self._known:
            self._known[asked] = self._found(item, name)
        return self._known[asked]

    def _found(self, item: str, name: str) -> str:
        known = self._catalogue.items.get(item)
        if not name or known is None or name in self._catalogue.suppliers:  # an id needs no search
            return name
        if known.group not in self._names:
            self._names[known.group] = Names(self._catalogue, known.group)
        return self._names[known.group].resolve(name).supplier_id or name
