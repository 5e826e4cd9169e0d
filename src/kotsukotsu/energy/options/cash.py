"""What an option costs and saves in each year against nothing new; line by line, the first year is today.

- saving on the bill: grows with the price of electricity, falls with the yield of the sun (all of it, to be careful)
- saving on the boilers' fuel, at its price of today
- other income: what is sold, unless the plant is another's, and what the processing unit earns; falls with the yield
- upkeep, and renewals without subsidy: inverters, batteries and the sun at the end of their lives;
  what a part is still worth at the end of the years is not counted
- of a plant that is another's: the price of what it gives and is not sold, and the price of its battery
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kotsukotsu.energy.finance import present_value
from kotsukotsu.energy.options.assumptions import Assumptions
from kotsukotsu.energy.options.model import PPA, SUBSIDISED, Option, Sizes
from kotsukotsu.energy.options.years import Year

CAPITAL, SUBSIDY, BILL, FUEL, OTHER, UPKEEP, RENEWAL, BOUGHT = (
    "capital", "subsidy", "bill", "fuel", "other", "upkeep", "renewal", "ppa",
)  # fmt: skip
LINES = (CAPITAL, SUBSIDY, BILL, FUEL, OTHER, UPKEEP, RENEWAL, BOUGHT)
EQUIPMENT = (CAPITAL, SUBSIDY, UPKEEP, RENEWAL, BOUGHT)


@dataclass(frozen=True)
class Cash:
    """Lines by name, each with a value for every year; paid is negative. [yen]"""

    lines: Mapping[str, tuple[float, ...]]

    @cached_property
    def flows(self) -> tuple[float, ...]:
        """All lines of each year together. [yen]"""
        return tuple(sum(year) for year in zip(*self.lines.values(), strict=True))

    def worth(self, rate: float, *names: str) -> float:
        """Present value of some lines. [yen]"""
        return sum(present_value(self.lines[name], rate) for name in names)


def cash(option: Option, year: Year, before: Year, assumed: Assumptions) -> Cash:
    """The lines of an option whose year is compared with the year before."""
    count = _whole(assumed, "years")
    ages = range(1, count + 1)
    kept = _kept(option, assumed)
    rise = 1 + assumed["power_rise"]
    saved = (before.bill_yen - year.bill_yen) * assumed["power_level"]
    income = year.work_yen - before.work_yen + (0.0 if option.form == PPA else year.sold_yen) - before.sold_yen
    capital = 0.0 if option.form == PPA else price(option.sizes, assumed)
    renewed = {} if option.form == PPA else _renewals(option.sizes, assumed, count)
    yearly = _upkeep(option, assumed)
    paid = _paid(option, year, assumed, count)
    return Cash({
        CAPITAL: (-capital - option.extra_yen, *(0.0 for _ in ages)),
        SUBSIDY: (_subsidy(option, capital, assumed), *(0.0 for _ in ages)),
        BILL: (0.0, *(saved * rise ** (age - 1) * kept ** (age - 1) for age in ages)),
        FUEL: (0.0, *(before.fuel_yen - year.fuel_yen for _ in ages)),
        OTHER: (0.0, *(income * kept ** (age - 1) for age in ages)),
        UPKEEP: (0.0, *(-yearly for _ in ages)),
        RENEWAL: (0.0, *(-renewed.get(age, 0.0) for age in ages)),
        BOUGHT: (0.0, *(-paid[age - 1] * kept ** (age - 1) - _battery_fee(option, assumed) for age in ages)),
    })  # fmt: skip


def price(sizes: Sizes, assumed: Assumptions) -> float:
    """Sun and battery at once. [yen]"""
    return _sun_price(sizes, assumed) + _battery_price(sizes, assumed)


def sun_cost(option: Option, assumed: Assumptions) -> tuple[float, ...]:
    """What the sun alone costs in each year, with its part of the subsidy; not for another's plant. [yen]"""
    count, size = _whole(assumed, "years"), option.sizes.sun_kw
    whole = price(option.sizes, assumed)
    first = _sun_price(option.sizes, assumed)
    given = _subsidy(option, whole, assumed) * first / whole if whole else 0.0
    renewed = _sun_renewals(option.sizes, assumed, count)
    yearly = assumed["sun_upkeep_yen_per_kw"] * size
    return (first - given, *(yearly + renewed.get(age, 0.0) for age in range(1, count + 1)))


def sun_given(option: Option, year: Year, assumed: Assumptions) -> tuple[float, ...]:
    """What the sun gives in each year: all that is used or sold, of another's plant what is paid for. [kWh]"""
    kwh = year.self_used_kwh if option.form == PPA else year.sun_kwh
    kept = _kept(option, assumed)
    return (0.0, *(kwh * kept ** (age - 1) for age in range(1, _whole(assumed, "years") + 1)))


def _kept(option: Option, assumed: Assumptions) -> float:
    return 1 - assumed["sun_loss"] if option.sizes.sun_kw else 1.0


def _sun_price(sizes: Sizes, assumed: Assumptions) -> float:
    return assumed["sun_yen_per_kw"] * sizes.sun_kw if sizes.sun_kw else 0.0


def _battery_price(sizes: Sizes, assumed: Assumptions) -> float:
    if not sizes.battery_kwh:
        return 0.0
    return assumed["battery_yen_per_kwh"] * sizes.battery_kwh + assumed["battery_yen_per_kw"] * sizes.battery_kw


def _subsidy(option: Option, capital: float, assumed: Assumptions) -> float:
    if option.form != SUBSIDISED or not capital:
        return 0.0
    return min(capital * assumed["subsidy_share"], assumed["subsidy_most_yen"])


def _upkeep(option: Option, assumed: Assumptions) -> float:
    sizes, found = option.sizes, option.extra_upkeep_yen
    if option.form == PPA:
        return found
    if sizes.sun_kw:
        found += assumed["sun_upkeep_yen_per_kw"] * sizes.sun_kw
    if sizes.battery_kwh:
        found += assumed["battery_upkeep_yen_per_kwh"] * sizes.battery_kwh
        found += assumed["battery_upkeep_yen_per_kw"] * sizes.battery_kw
    return found


def _renewals(sizes: Sizes, assumed: Assumptions, count: int) -> dict[int, float]:
    found = _sun_renewals(sizes, assumed, count) if sizes.sun_kw else {}
    if sizes.battery_kwh:
        again = _battery_price(sizes, assumed) * assumed["battery_renewal_share"]
        _add(found, _whole(assumed, "battery_years"), count, again)
    return found


def _sun_renewals(sizes: Sizes, assumed: Assumptions, count: int) -> dict[int, float]:
    found: dict[int, float] = {}
    _add(found, _whole(assumed, "inverter_years"), count, assumed["inverter_yen_per_kw"] * sizes.sun_kw)
    _add(found, _whole(assumed, "sun_years"), count, _sun_price(sizes, assumed))
    return found


def _add(found: dict[int, float], life: int, count: int, yen: float) -> None:
    """Paid at the end of each life before the last year."""
    for age in range(life, count, life):
        found[age] = found.get(age, 0.0) + yen


def _paid(option: Option, year: Year, assumed: Assumptions, count: int) -> list[float]:
    """What another's plant gives, at its price of each year, before the yield falls. [yen]"""
    if option.form != PPA:
        return [0.0] * count
    rise = 1 + assumed["ppa_rise"]
    return [assumed["ppa_yen_per_kwh"] * rise**number * year.self_used_kwh for number in range(count)]


def _battery_fee(option: Option, assumed: Assumptions) -> float:
    if option.form != PPA or not option.sizes.battery_kwh:
        return 0.0
    return assumed["ppa_battery_yen_per_kwh"] * option.sizes.battery_kwh


def _whole(assumed: Assumptions, key: str) -> int:
    return round(assumed[key])
