"""Level shifts in a series, by ranks.

Pettitt (1979), A non-parametric approach to the change-point problem, Applied Statistics 28(2), 126-135. The test
takes neighbouring values for independent; that of months is not quite so, hence the small probability asked for in
``weather_limits.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import exp, inf
from statistics import median
from typing import NamedTuple

from kotsukotsu.analysis.weather_limits import limit


class Shift(NamedTuple):
    """A shift of level.

    `at` is the position of the first value after it, `size` the median after over the median before, less 1 (infinite
    where there was no use); `probability` that a series without a shift shows one so strong. [1]
    """

    at: int
    before: float
    after: float
    size: float
    probability: float


def deseasoned(values: Mapping[int, float]) -> dict[int, float]:
    """Values of months over the median of their calendar month.

    Parameters
    ----------
    values : mapping
        Running number of a month (`periods.Month.index`) to its value.

    Returns
    -------
    dict
        In the order of time, without calendar months of one year only or with a median of 0. [1]
    """
    by_month: dict[int, list[float]] = {}
    for index, value in values.items():
        by_month.setdefault(index % 12, []).append(value)
    middle = {number: median(found) for number, found in by_month.items() if len(found) > 1}
    return {index: values[index] / middle[index % 12] for index in sorted(values) if middle.get(index % 12, 0) > 0}


def shifts(values: Sequence[float]) -> list[Shift]:
    """Every level shift of a series, by the first value after it.

    Whether there is a shift, Pettitt's test says; where it is, the least sum of distances from the two medians (the
    test's own place leans to the middle of the series). The series is divided there and both parts are searched again.
    A shift has a probability of at most ``shift_probability``, a size of at least ``shift_least``, at least
    ``shift_values`` values on each side, and fits the ranks better than a straight line does: a slow trend is no shift.
    """
    divided = _divided(values, 0)
    ends = [0, *(at for at, _ in divided), len(values)]
    levels = [median(values[start:end]) for start, end in pairwise(ends)] if values else []
    return [
        Shift(at, before, after, _size(before, after), probability)
        for (at, probability), (before, after) in zip(divided, pairwise(levels), strict=True)
        if _is_large(before, after)
    ]


def _divided(values: Sequence[float], first: int) -> list[tuple[int, float]]:
    """Places and probabilities of all shifts, places counted from the beginning of the whole series."""
    found = _strongest(values)
    if found is None:
        return []
    at, probability = found
    return [*_divided(values[:at], first), (first + at, probability), *_divided(values[at:], first + at)]


def _strongest(values: Sequence[float]) -> tuple[int, float] | None:
    n, least = len(values), int(limit("shift_values"))
    if n < 2 * least:
        return None
    order = ranks(values)
    sums = list(accumulate(order))
    strength = max(abs(2 * sums[at - 1] - at * (n + 1)) for at in range(least, n - least + 1))
    probability = min(1.0, 2 * exp(-6 * strength**2 / (n**3 + n**2)))
    if probability > limit("shift_probability"):
        return None
    at = min(range(least, n - least + 1), key=lambda one: _distance(values[:one]) + _distance(values[one:]))
    large = _is_large(median(values[:at]), median(values[at:]))
    return (at, probability) if large and _is_step(order, at) else None


def _size(before: float, after: float) -> float:
    if before == 0:
        return inf if after > 0 else 0.0
    return after / before - 1


def _is_large(before: float, after: float) -> bool:
    return abs(_size(before, after)) >= limit("shift_least")


def _distance(values: Sequence[float]) -> float:
    middle = median(values)
    return sum(abs(value - middle) for value in values)


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, equal values with the mean of theirs.

    >>> ranks([5.0, 1.0, 5.0])
    [2.5, 1.0, 2.5]
    """
    ordered = sorted(values)
    first = {value: n for n, value in reversed(list(enumerate(ordered, start=1)))}
    last = {value: n for n, value in enumerate(ordered, start=1)}
    return [(first[value] + last[value]) / 2 for value in values]


def _is_step(order: Sequence[float], at: int) -> bool:
    """Whether two levels fit the ranks better than a straight line."""
    n = len(order)
    step = _square(order[:at]) + _square(order[at:])
    middle = (n - 1) / 2
    slope = sum((i - middle) * rank for i, rank in enumerate(order)) / sum((i - middle) ** 2 for i in range(n))
    return step < _square([rank - slope * i for i, rank in enumerate(order)])


def _square(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)
