"""What a catalogue update would change, before it is taken: its rows, and the city's totals year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.difference import compare, tally
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.catalogue.update import Update
from kotsukotsu.catalogue.words import said, since, table_name
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.sessions.catalogues import catalogue, with_update
from kotsukotsu.sessions.session import Session


@dataclass(frozen=True, slots=True)
class Effect:
    """A fiscal year now and with the update; a figure without a value where it cannot be computed."""

    fy: int
    now: Figure
    then: Figure
    change: Figure


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
        tuple(_effect(session, trial, fy) for fy in years if session.has_rows(fy)),
    )  # fmt: skip


def _effect(session: Session, trial: Session, fy: int) -> Effect:
    printer = Printer(policy_at(session.city.settings, fy).rounding)
    now, then = _total(session, fy), _total(trial, fy)
    change = None if now is None or then is None else exact.difference(then, now)
    return Effect(fy, printer.emission(now), printer.emission(then), printer.emission(change))


def _total(session: Session, fy: int) -> Decimal | None:
    try:
        return session.inventory(fy).total
    except KotsukotsuError:
        return None
