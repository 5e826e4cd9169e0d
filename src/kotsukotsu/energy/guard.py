"""Within the half-hour: hold its mean below a limit by letting go of what can wait, then by giving what is stored.

Order: charging of cars, the processing unit, the battery, the cars' own stores down to a reserve; last the charging of
cars that would otherwise leave with too little.
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTES = 30.0
CARS, UNIT, BATTERY, V2X, URGENT = "cars", "unit", "battery", "v2x", "urgent"
ORDER = (CARS, UNIT, BATTERY, V2X, URGENT)


@dataclass(frozen=True, slots=True)
class Means:
    """What can be let go of or given for the rest of the half-hour. [kW]

    Parameters
    ----------
    cars, unit : float
        Charging of cars and the processing unit, as they run now.
    battery, v2x : float
        What the battery and the cars can give beyond what they do now, their reserves kept.
    urgent : float
        Charging of cars that leave too soon to wait.
    """

    cars: float = 0.0
    unit: float = 0.0
    battery: float = 0.0
    v2x: float = 0.0
    urgent: float = 0.0


def expected(kwh: float, elapsed: float, kw: float) -> float:
    """Mean power of the half-hour if the present power stays. [kWh so far, minutes, kW -> kW]

    >>> expected(10.0, 10.0, 60.0)
    60.0
    """
    return 2 * (kwh + kw * (MINUTES - elapsed) / 60)


def allowed(kwh: float, elapsed: float, limit: float) -> float:
    """Power that the rest of the half-hour may have so that its mean is the limit. [kW]

    >>> allowed(10.0, 10.0, 50.0)
    45.0
    """
    return (limit / 2 - kwh) * 60 / (MINUTES - elapsed)


def actions(kwh: float, elapsed: float, kw: float, limit: float, means: Means) -> dict[str, float]:
    """How much each means must give until the end of the half-hour. [kW]

    Parameters
    ----------
    kwh : float
        Bought since the half-hour began.
    elapsed : float
        Minutes since it began, less than 30.
    kw : float
        Present purchase.
    limit : float
        Mean that shall not be passed: the largest maximum already incurred, or the target.
    """
    over = kw - allowed(kwh, elapsed, limit)
    found: dict[str, float] = {}
    for name in ORDER:
        given = min(max(over, 0.0), getattr(means, name))
        if given > 0:
            found[name] = given
        over -= given
    return found
