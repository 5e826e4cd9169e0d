"""Money over the years: present value, internal rate, payback, cost of a kWh; own, subsidised, or by a PPA."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kotsukotsu.energy.refusals import StudyError

STEPS = 200
LOWEST, HIGHEST = -0.99, 10.0


@dataclass(frozen=True, slots=True)
class Investment:
    """An installation and what it earns.

    Parameters
    ----------
    capex, subsidy, upkeep : float
        Paid at once, given at once, paid every year. [yen, yen, yen/year]
    saving : float
        What it saves in its first year. [yen/year]
    kwh : float
        What it gives in its first year. [kWh/year]
    years : int
        Life.
    loss : float
        Share of the yield lost every year. [1/year]
    replacements : tuple of (year, yen)
        Paid in a later year, such as for the power conditioner.
    """

    capex: float
    saving: float
    kwh: float
    years: int
    subsidy: float = 0.0
    upkeep: float = 0.0
    loss: float = 0.0
    replacements: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Ppa:
    """Power bought from somebody else's installation on the own roof. [yen/kWh, years, 1/year]"""

    yen_per_kwh: float
    years: int
    rise: float = 0.0


def flows(asked: Investment) -> list[float]:
    """Cash flow of each year, the first is today. [yen]"""
    found = [asked.subsidy - asked.capex]
    found += [asked.saving * (1 - asked.loss) ** (year - 1) - asked.upkeep for year in range(1, asked.years + 1)]
    for year, yen in asked.replacements:
        found[year] -= yen
    return found


def ppa_flows(asked: Investment, ppa: Ppa) -> list[float]:
    """Cash flow with a PPA in place of the own installation: the saving less the price of what it gives. [yen]"""
    kept = [(1 - asked.loss) ** (year - 1) for year in range(1, ppa.years + 1)]
    prices = [ppa.yen_per_kwh * (1 + ppa.rise) ** year for year in range(ppa.years)]
    return [0.0, *(share * (asked.saving - price * asked.kwh) for share, price in zip(kept, prices, strict=True))]


def present_value(cash: Sequence[float], rate: float) -> float:
    """NPV at the beginning. [yen]"""
    return sum(yen / (1 + rate) ** year for year, yen in enumerate(cash))


def internal_rate(cash: Sequence[float]) -> float | None:
    """IRR; None where no rate between -99 % and 1,000 % makes the present value nothing. [1]"""
    return _root(lambda rate: present_value(cash, rate), LOWEST, HIGHEST)


def payback(cash: Sequence[float]) -> float | None:
    """Years until what was paid has come back, without interest; None where it never does. [year]"""
    total = cash[0]
    for year, yen in enumerate(cash[1:], start=1):
        if total < 0 <= total + yen:
            return year - 1 + -total / yen
        total += yen
    return 0.0 if cash[0] >= 0 else None


def levelised(asked: Investment, rate: float) -> float:
    """LCOE: present cost over present kWh. [yen/kWh]"""
    cost = asked.capex - asked.subsidy
    cost += sum(asked.upkeep / (1 + rate) ** year for year in range(1, asked.years + 1))
    cost += sum(yen / (1 + rate) ** year for year, yen in asked.replacements)
    kwh = sum(asked.kwh * (1 - asked.loss) ** (year - 1) / (1 + rate) ** year for year in range(1, asked.years + 1))
    if kwh <= 0:
        raise StudyError("ED-07", value=asked.kwh)
    return cost / kwh


def fair_price(asked: Investment, rate: float, years: int) -> float | None:
    """The price of a PPA that is worth as much as owning, over the same years. [yen/kWh]"""
    own = present_value(flows(asked)[: years + 1], rate)
    return _root(lambda price: present_value(ppa_flows(asked, Ppa(price, years)), rate) - own, -1000.0, 1000.0)


def annuity(rate: float, years: int) -> float:
    """Yearly share of a sum that is paid back with interest. [1/year]"""
    return 1 / years if rate == 0 else rate / (1 - (1 + rate) ** -years)


def _root(value: Callable[[float], float], low: float, high: float) -> float | None:
    """Where a falling function is nothing, by halving."""
    if value(low) < 0 or value(high) > 0:
        return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) > 0 else (low, middle)
    return (low + high) / 2
