"""What the numbers say, in sentences: the change, its largest causes, and what worked against it.

A cause is named only if its effect goes the way the sentence says. The largest effects in the direction of the change
come first, then the largest against it; what is too small to be named stands in ``word_limits.csv``. A quantity is that
of the facilities that stayed as they were; where others had the item too, the sentence says that they are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.analysis.causes import Cause, Causes
from kotsukotsu.analysis.decomposition import AMOUNT, EFFECTS, EVENTS, FACTOR, MIX, NOTHING, TRANSFERRED, added
from kotsukotsu.analysis.logarithms import CONTEXT, ZERO
from kotsukotsu.analysis.voice import Voice
from kotsukotsu.rounding import printed

BY_ITEM = (AMOUNT, MIX, FACTOR)
HUNDRED, TEN = Decimal(100), Decimal(10)


@dataclass(frozen=True, slots=True)
class Resting:
    """A figure that a sentence rests on, unrounded."""

    name: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the figures it rests on.

    Attributes
    ----------
    effect, item : str
        Which cause it names; empty for the change as a whole.
    """

    text: str
    figures: tuple[Resting, ...]
    effect: str = ""
    item: str = ""


def sentences(found: Causes, place: str, voice: Voice) -> list[Sentence]:
    """What is to be said of a place's change: the city's, a department's or a facility's.

    Parameters
    ----------
    found : Causes
        Of the place alone.
    place : str
        Its name.
    """
    first = _whole(found, place, voice)
    if _is_same(found, voice):
        return [first]
    change = found.change
    effects = [(key, causes) for key, causes in _grouped(found).items() if not voice.is_nothing(_effect(key, causes))]
    with_it = _largest([one for one in effects if (_effect(*one) > 0) == (change > 0)], change, _limit("most"))
    against = [one for one in effects if (_effect(*one) > 0) != (change > 0)]
    counter = _largest(against, change, _limit("most_counter"), at_least_one=False)
    moved = frozenset(cause.item for cause in found.causes if cause.event)
    is_whole = all(cause.event is None or cause.event.effect != TRANSFERRED for cause in found.causes)
    staying = "an.staying" if is_whole else "an.staying.here"
    told = [_cause(key, causes, voice, moved, staying) for key, causes in with_it]
    return [first, *told, *(_counter(_cause(key, causes, voice, moved, staying)) for key, causes in counter)]


Key = tuple[str, str]  # effect, item (empty where the effect is named for all items together)


def _is_same(found: Causes, voice: Voice) -> bool:
    least = CONTEXT.multiply(abs(found.before), _limit("same"))
    return voice.is_nothing(found.change) or abs(found.change) < least


def _whole(found: Causes, place: str, voice: Voice) -> Sentence:
    before, after, change = found.before, found.after, found.change
    figures = (
        Resting("before", before, "t-CO2e"), Resting("after", after, "t-CO2e"), Resting("change", change, "t-CO2e"),
    )  # fmt: skip
    data = {
        "place": place, "year": voice.year, "base": voice.base, "unit": voice.unit, "before": voice.signed(before),
        "after": voice.signed(after), "change": voice.tonnes(change),
    }  # fmt: skip
    rate = printed(abs(CONTEXT.multiply(CONTEXT.divide(change, before), HUNDRED)), 1) if before > 0 else ""
    return Sentence(texts.label(f"an.total.{_kind(found, voice)}", **data, rate=rate), figures)


def _kind(found: Causes, voice: Voice) -> str:
    """Which sentence fits a change; a year without rows is told as such, not as 0."""
    if all(cause.before is NOTHING for cause in found.causes):
        return "new"
    if all(cause.after is NOTHING for cause in found.causes):
        return "gone"
    if _is_same(found, voice):
        return "same"
    return "from_zero" if found.before <= 0 or voice.is_nothing(found.before) else _way(found.change)


def _way(value: Decimal) -> str:
    return "more" if value > 0 else "less"


def _grouped(found: Causes) -> dict[Key, list[Cause]]:
    """The causes that each effect comes from."""
    grouped: dict[Key, list[Cause]] = {}
    for cause in found.causes:
        for effect in cause.effects:
            grouped.setdefault((effect, cause.item if effect in BY_ITEM else ""), []).append(cause)
    return grouped


def _effect(key: Key, causes: Iterable[Cause]) -> Decimal:
    return added(cause.effects[key[0]] for cause in causes)


def _largest(
    effects: Sequence[tuple[Key, list[Cause]]], change: Decimal, most: Decimal, *, at_least_one: bool = True
) -> list[tuple[Key, list[Cause]]]:
    ordered = sorted(effects, key=lambda one: (-abs(_effect(*one)), one[0]))
    least = CONTEXT.multiply(abs(change), _limit("named"))
    large = [one for one in ordered if abs(_effect(*one)) >= least]
    return large[: int(most)] or (ordered[:1] if at_least_one else [])


def _counter(sentence: Sentence) -> Sentence:
    text = texts.label("an.counter", sentence=sentence.text)
    return Sentence(text, sentence.figures, sentence.effect, sentence.item)


def _cause(key: Key, causes: Sequence[Cause], voice: Voice, moved: Collection[str], staying: str) -> Sentence:
    """One cause; `moved` are the items that facilities had which an event befell, `staying` how the others are told."""
    effect, item = key
    value = _effect(key, causes)
    data = {"tonnes": voice.tonnes(value), "unit": voice.unit, "item": voice.item(item), "base": voice.base_short}
    figures: tuple[Resting, ...] = (Resting(effect, value, "t-CO2e"),)
    if effect == AMOUNT:
        kind, more, resting = _amount(item, causes, value, voice)
        data, figures = {**data, **more}, (*figures, *resting)
    elif effect in EVENTS:
        kind, data = effect, {**data, "places": _places(causes, voice)}
    else:
        kind = _by_sources(effect, causes, value, voice)
    text = texts.label(f"an.{kind}.{_way(value)}", **data)
    if effect == AMOUNT and item in moved:
        text = texts.label(staying, sentence=text)
    return Sentence(text, figures, effect, item)


def _by_sources(effect: str, causes: Sequence[Cause], value: Decimal, voice: Voice) -> str:
    """Which sentence fits an effect of mix or factors: no factor is said to fall where another one rose."""
    if effect == MIX and not _has_supplier(causes):
        return "mix_of_uses"
    if effect == FACTOR and any(_is_against(cause.effects.get(FACTOR, ZERO), value, voice) for cause in causes):
        return "factor_places"
    return effect


def _is_against(own: Decimal, value: Decimal, voice: Voice) -> bool:
    return (own > 0) != (value > 0) and not voice.is_nothing(own)


def _amount(
    item: str, causes: Sequence[Cause], value: Decimal, voice: Voice
) -> tuple[str, dict[str, str], tuple[Resting, ...]]:
    """Which sentence fits the quantities behind an effect of the amount, what it says more, and its figures."""
    before, after = (added(quantities) for quantities in zip(*_quantities(causes), strict=True))
    figures = (
        Resting("use_before", before, voice.unit_of(item)), Resting("use_after", after, voice.unit_of(item)),
    )  # fmt: skip
    noun = texts.label("an.noun.use" if item in voice.energy else "an.noun.activity")
    if not before and after > 0:
        return "amount_begun", {"noun": noun}, figures
    if not after and before > 0:
        return "amount_ended", {"noun": noun}, figures
    if drivers := {name for cause in causes for name in cause.drivers}:
        return "amount_rest", {"noun": noun, "apart": _apart(drivers)}, figures
    rate = _rate(before, after)
    if not rate or (after > before) != (value > 0):
        return "amount_places", {"noun": noun}, figures
    return "amount", {"noun": noun, "rate": rate}, figures


def _apart(drivers: Collection[str]) -> str:
    """Names of what was taken out of the amount."""
    return texts.label("an.and").join(texts.label(f"an.effect.{name}") for name in EFFECTS if name in drivers)


def _quantities(causes: Iterable[Cause]) -> list[tuple[Decimal, Decimal]]:
    return [(cause.before.quantity, cause.after.quantity) for cause in causes]


def _rate(before: Decimal, after: Decimal) -> str:
    """Size of the change in per cent, whole numbers from 10 on; empty from or to less than nothing, and as 0. [%]"""
    if before <= 0 or after < 0:
        return ""
    rate = abs(CONTEXT.multiply(CONTEXT.divide(CONTEXT.subtract(after, before), before), HUNDRED))
    text = printed(rate, 0 if rate >= TEN else 1)
    return "" if text == "0.0" else text


def _places(causes: Iterable[Cause], voice: Voice) -> str:
    facilities = list(dict.fromkeys(cause.facility for cause in sorted(causes, key=lambda cause: -abs(cause.change))))
    most = int(_limit("facilities"))
    names = texts.label("an.and").join(voice.facility(facility) for facility in facilities[:most])
    if len(facilities) <= most:
        return names
    return texts.label("an.places", names=names, count=len(facilities))


def _has_supplier(causes: Iterable[Cause]) -> bool:
    return any(source[0] for cause in causes for use in (cause.before, cause.after) for source, _ in use.terms)


@cache
def _limits() -> dict[str, Decimal]:
    with (Path(__file__).parent / "word_limits.csv").open(encoding="utf-8", newline="") as file:
        return {row["limit"]: Decimal(row["value"]) for row in csv.DictReader(file)}


def _limit(name: str) -> Decimal:
    return _limits()[name]
