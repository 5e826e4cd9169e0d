"""Tomorrow from days like it: same kind of day, similar weather, with P10, P50 and P90.

Only days before the one that is forecast are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import PER_DAY

Floats = NDArray[np.float64]
QUANTILES = (0.1, 0.5, 0.9)
NEIGHBOURS = 14
NEEDED = 60  # days before the first forecast
RECENT = 4  # half-hours that tell how far today is off its forecast
FADES = 12.0  # half-hours over which that wears off


@dataclass(frozen=True, slots=True)
class Forecast:
    """Rows are days, columns half-hours. [kW]"""

    low: Floats
    middle: Floats
    high: Floats
    corrected: bool = True

    def window(self, slot: int, length: int, seen: Floats) -> tuple[Floats, Floats]:
        """P50 and P90 of the next half-hours, shifted by how far the last ones were off.

        Parameters
        ----------
        seen : array
            What was measured until now, of the same period; only ``seen[:slot]`` is looked at.
        """
        places = np.minimum(slot + np.arange(length), self.middle.size - 1)
        off = np.zeros(length)
        if self.corrected:
            off = _off(self.middle.ravel(), seen, slot) * np.exp(-np.arange(length) / FADES)
        middle, high = self.middle.ravel()[places] + off, self.high.ravel()[places] + off
        return np.maximum(middle, 0.0), np.maximum(high, 0.0)


def analogues(
    values: Floats, kinds: NDArray[np.int64], weather: Floats, first: int, *, season: bool = False
) -> Forecast:
    """Forecast of the days from number `first` on, one day ahead.

    Parameters
    ----------
    values : array
        Half-hours of the days before and of the days that are forecast. [kW]
    kinds : array of int
        Kind of each day (working day, holiday); days of another kind are not compared.
    weather : array
        What the weather forecast of each day says, such as its mean temperature. [one unit for all days]
    season : bool
        Whether days of the same time of year are nearer, as for the sun.
    """
    if first < NEEDED:
        raise StudyError("ED-09", days=first, needed=NEEDED)
    days = values.reshape(-1, PER_DAY)
    made = [np.quantile(days[_nearest(kinds, weather, day, season)], QUANTILES, axis=0, method="weibull")
            for day in range(first, len(days))]  # fmt: skip
    low, middle, high = (np.array([one[level] for one in made]) for level in range(3))
    return Forecast(low, middle, high)


def _nearest(kinds: NDArray[np.int64], weather: Floats, day: int, season: bool) -> NDArray[np.int64]:
    before = np.arange(day - 1)  # yesterday is not over when its evening plans tomorrow
    same = before[kinds[before] == kinds[day]]
    away = np.abs(weather[same] - weather[day])
    if season:
        apart = np.abs(same - day) % 365
        away = away + np.minimum(apart, 365 - apart) / 15
    else:
        away = away + (day - same) / 365  # of two like days the later one
    found: NDArray[np.int64] = same[np.argsort(away, kind="stable")[:NEIGHBOURS]]
    return found


def _off(middle: Floats, seen: Floats, slot: int) -> float:
    first = max(0, slot - RECENT)
    if first == slot:
        return 0.0
    return float((seen[first:slot] - middle[first:slot]).mean())


def persistence(values: Floats, first: int) -> Forecast:
    """The day before, again: what everything better is compared with."""
    days = values.reshape(-1, PER_DAY)
    same = days[first - 1 : -1]
    return Forecast(same, same, same, corrected=False)
