"""What another catalogue or other settings would make of the totals of years; nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities import figures


@dataclass(frozen=True, slots=True)
class Compared:
    """A total now and then, and the change; without a value where it cannot be computed."""

    now: Figure
    then: Figure
    change: Figure

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return self.now.exact == self.then.exact and self.now.text == self.then.text


@dataclass(frozen=True, slots=True)
class Effect:
    """A fiscal year now and as it would be.

    Attributes
    ----------
    actual, comparable : Compared
        By the factors of the year, and by those of the base year.
    why : str
        Why it could not be computed then.
    """

    fy: int
    actual: Compared
    comparable: Compared
    why: str

    @property
    def pairs(self) -> tuple[Compared, Compared]:
        """Both series."""
        return self.actual, self.comparable


def effects(session: Session, trial: Session, years: Iterable[int]) -> tuple[Effect, ...]:
    """Years that have rows."""
    return tuple(_effect(session, trial, fy) for fy in years if session.has_rows(fy))


def counting(settings: Mapping[str, Any]) -> str:
    """Those of the settings that totals follow from, as a text of JSON: the policy and the base year."""
    base = settings.get("municipality", {}).get("base_fy")
    return json.dumps({"policy": settings.get("policy", {}), "base_fy": base}, ensure_ascii=False, sort_keys=True)


def tried(wanted: str, years: tuple[int, ...]) -> tuple[Effect, ...]:
    """What other settings would make of the city's years.

    Parameters
    ----------
    wanted : str
        As `counting` gives them.
    """
    found = json.loads(wanted)
    with figures.opened() as session:
        settings = session.city.settings
        city = {**settings["municipality"], "base_fy": found["base_fy"]}
        trial = session.with_settings({**settings, "policy": found["policy"], "municipality": city})
        return effects(session, trial, years)


def _effect(session: Session, trial: Session, fy: int) -> Effect:
    (now, _), (then, why) = _inventory(session, fy), _inventory(trial, fy)
    printers = [Printer(policy_at(one.city.settings, fy).rounding) for one in (session, trial)]
    actual = [None if one is None else one.total for one in (now, then)]
    comparable = [None if one is None else one.comparable_total for one in (now, then)]
    return Effect(fy, _compared(actual, printers), _compared(comparable, printers), why)


def _compared(pair: list[Decimal | None], printers: list[Printer]) -> Compared:
    now, then = pair
    change = None if now is None or then is None else exact.difference(then, now)
    return Compared(printers[0].emission(now), printers[1].emission(then), printers[1].emission(change))


def _inventory(session: Session, fy: int) -> tuple[Inventory | None, str]:
    try:
        return session.inventory(fy), ""
    except KotsukotsuError as error:
        return None, error.text()
