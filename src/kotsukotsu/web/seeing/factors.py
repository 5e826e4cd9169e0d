"""What a catalogue update would change, before it is taken: its rows, and the city's totals year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kotsukotsu.catalogue.difference import compare, tally
from kotsukotsu.catalogue.update import Update
from kotsukotsu.catalogue.words import said, since, table_name
from kotsukotsu.sessions.catalogues import catalogue, with_update
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities.effects import Effect, effects


@dataclass(frozen=True, slots=True)
class Preview:
    """What an update would change.

    Attributes
    ----------
    rows : tuple of tuples
        Action, table, item, year, and how many rows.
    changed : tuple of str
        Rows that would be others, in words.
    """

    title: str
    edition: str
    created: str
    before: str
    rows: tuple[tuple[str, str, str, str, int], ...]
    changed: tuple[str, ...]
    effects: tuple[Effect, ...]


def preview(session: Session, received: Update, years: Iterable[int]) -> Preview:
    """An update, tried out; nothing is installed."""
    other = with_update(received)
    changes = compare(catalogue(), other)
    trial = session.trying(other)
    names = {code: item.name for code, item in other.items.items()}
    rows = tuple(
        (action, table_name(table), names.get(item, item), since(year), count)
        for (action, table, item, year), count in sorted(tally(changes).items())
    )
    return Preview(
        received.title, received.edition, received.created, catalogue().version, rows,
        tuple(said(change, other) for change in changes if change.action == "changed"),
        effects(session, trial, years),
    )  # fmt: skip
