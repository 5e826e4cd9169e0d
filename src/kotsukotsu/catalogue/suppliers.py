"""Which supplier a person means: a name as written on a contract becomes an id of the catalogue, or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kotsukotsu.catalogue.model import Catalogue, Supplier

# Suppliers that a contract for an item of this group may name.
KINDS = {
    "electricity": ("electricity", "grid", "substitute"),
    "city_gas": ("gas", "substitute"),
    "heat": ("heat", "substitute"),
}
_Index = dict[str, tuple[str, ...]]
_LEGAL_FORM = re.compile(r"\(株\)|株式会社|\(一財\)|一般財団法人|\(一社\)|一般社団法人|\(公財\)|公益財団法人")


@dataclass(frozen=True, slots=True)
class Match:
    """The supplier meant, or None with those that it might be."""

    supplier_id: str | None
    candidates: tuple[str, ...] = ()


def plain(name: str) -> str:
    """A name without what people write differently: width, spaces, case, legal form.

    >>> plain("北海道電力㈱"), plain("株式会社　Ｌｏｏｏｐ")
    ('北海道電力', 'looop')
    """
    text = unicodedata.normalize("NFKC", name)
    return "".join(_LEGAL_FORM.sub("", text).split()).casefold()


class Names:
    """Every name of the catalogue's suppliers, for one kind of energy.

    Parameters
    ----------
    catalogue : Catalogue
        The law as data.
    group : str
        Group of the item bought: ``electricity``, ``city_gas`` or ``heat``.
    """

    def __init__(self, catalogue: Catalogue, group: str) -> None:
        kinds = KINDS.get(group, ())
        self._suppliers = tuple(row for row in catalogue.suppliers.values() if row.kind in kinds)
        self._ids = _by_text(self._suppliers, lambda row: (row.supplier_id,))
        self._names = _by_text(self._suppliers, lambda row: (row.name,))
        self._aliases = _by_text(self._suppliers, lambda row: row.aliases)

    def resolve(self, name: str) -> Match:
        """The supplier with this id, else with this printed name, else with this other name.

        A name that fits several suppliers is none of them.
        """
        wanted = plain(name)
        for table in (self._ids, self._names, self._aliases):
            found = table.get(wanted, ())
            if len(found) == 1:
                return Match(found[0])
            if found:
                return Match(None, found)
        return Match(None, self._similar(wanted))

    def _similar(self, wanted: str) -> tuple[str, ...]:
        """Suppliers whose name holds the words written, or is held by them."""
        if not wanted:
            return ()
        return tuple(
            row.supplier_id
            for row in self._suppliers
            if any(wanted in text or text in wanted for text in map(plain, (row.name, *row.aliases)))
        )


def _by_text(rows: Iterable[Supplier], texts: Callable[[Supplier], Iterable[str]]) -> _Index:
    found: _Index = {}
    for row in rows:
        for text in {plain(text) for text in texts(row)}:
            found[text] = (*found.get(text, ()), row.supplier_id)
    return found
