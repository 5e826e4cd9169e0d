"""Who gets what of a half-hour's generation: by contract, by demand, or by contract with what is left passed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import numpy as np

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.match.model import BILLION, Generation, Matching, billionths
from kotsukotsu.energy.slots import Calendar, Ints

CONTRACT, DEMAND, WATER = "contract", "demand", "water"
RULES = (CONTRACT, DEMAND, WATER)
ROUNDS = 6  # of passing on what is left; what remains after them stays unallocated
Shares = Mapping[str, Sequence[Decimal]]  # generator to a share for each building


def match(
    calendar: Calendar, generators: Sequence[Generation], loads: Mapping[str, Ints], rule: str,
    shares: Shares | None = None,
) -> Matching:  # fmt: skip
    """The generators, in their order, each on what those before it left uncovered.

    Parameters
    ----------
    loads : mapping
        Building to half-hours. [Wh]
    rule : str
        ``contract``: each building has a fixed share of every half-hour, and what it cannot use is left over.
        ``demand``: by what each uses in the half-hour. ``water``: by contract, and what is left over is passed on by
        the same shares to those who can use it.
    shares : mapping
        For ``contract`` and ``water``.

    Raises
    ------
    EnergyError
        MT-02 shares that are none, MT-03 a generator without shares, MT-04 an unknown rule, MT-06 half-hours of
        another number than the calendar's.
    """
    if rule not in RULES:
        raise EnergyError("MT-04", rule=rule, known=" / ".join(RULES))
    names = tuple(loads)
    whole = np.stack([loads[name] for name in names])
    for one in generators:
        if len(one.sent) != len(calendar) or whole.shape[1] != len(calendar):
            raise EnergyError("MT-06", generator=one.name, count=len(one.sent), expected=len(calendar))
    left = whole.copy()
    found = []
    for one in generators:
        part = _RULES[rule](one.delivered, left, _weights(one, rule, shares, len(names)))
        left -= part
        found.append(part)
    return Matching(calendar, tuple(generators), names, whole, np.stack(found), rule)


def _weights(one: Generation, rule: str, shares: Shares | None, count: int) -> Ints:
    if rule == DEMAND:
        return np.zeros(count, np.int64)
    given = (shares or {}).get(one.generator_id, ())
    if len(given) != count:
        raise EnergyError("MT-03", generator=one.name, count=len(given), expected=count)
    return billionths(given, one.name)


def _by_contract(available: Ints, loads: Ints, weights: Ints) -> Ints:
    made: Ints = np.minimum(available * weights[:, None] // BILLION, loads)
    return made


def _by_demand(available: Ints, loads: Ints, _weights: Ints) -> Ints:
    total = loads.sum(axis=0)
    usable = np.minimum(available, total)
    made: Ints = loads * usable // np.maximum(total, 1)
    return made


def _by_water(available: Ints, loads: Ints, weights: Ints) -> Ints:
    """Rounds in which what is left goes by the shares of those who still need some."""
    made = np.zeros_like(loads)
    places = np.arange(len(available))
    left, need = available, loads
    for _ in range(ROUNDS):
        wanting = np.where(need > 0, weights[:, None], 0)
        total = wanting.sum(axis=0)
        here = (left > 0) & (total > 0)
        if not here.any():
            break
        places, left, need, wanting, total = places[here], left[here], need[:, here], wanting[:, here], total[here]
        step = np.minimum(np.floor(wanting * (left / total)).astype(np.int64), need)
        step = _within(step, left)
        made[:, places] += step
        left, need = left - step.sum(axis=0), need - step
    return made


def _within(step: Ints, left: Ints) -> Ints:
    """The step, shortened in the last building by the watt-hour that rounding may have added."""
    over = np.maximum(step.sum(axis=0) - left, 0)
    if over.any():
        largest = step.argmax(axis=0)
        step[largest, np.arange(step.shape[1])] -= over
    return step


_RULES: Mapping[str, Callable[[Ints, Ints, Ints], Ints]] = {
    CONTRACT: _by_contract,
    DEMAND: _by_demand,
    WATER: _by_water,
}
