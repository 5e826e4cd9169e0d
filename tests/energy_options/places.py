"""Assumptions in round numbers, and a fortnight of a small hall, as the tests of options know them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import numpy as np

from kotsukotsu.energy.dispatch.model import Battery, Contract, Fleet, Grid, Hydrogen, Meter, Processing, Solar
from kotsukotsu.energy.options.assumptions import Assumption, Assumptions
from kotsukotsu.energy.options.model import Sizes
from kotsukotsu.energy.options.years import Place

DAYS = 14
SLOTS = DAYS * 48
STANDING = Sizes(0.0, 0.0, 0.0, 6.0, 5.0, 2.0, 20.0, 1.0)
SUN = replace(STANDING, sun_kw=80.0)
BOTH = replace(SUN, battery_kwh=60.0, battery_kw=30.0)
VALUES = {
    "rate": "0", "years": "4", "load_level": "1", "power_level": "1", "power_rise": "0.1", "sell_yen_per_kwh": "7",
    "co2_kg_per_kwh": "0.4", "sun_yield": "1", "sun_loss": "0.5", "sun_yen_per_kw": "100",
    "sun_upkeep_yen_per_kw": "1", "sun_years": "20", "inverter_yen_per_kw": "10", "inverter_years": "2",
    "battery_yen_per_kwh": "30", "battery_yen_per_kw": "20", "battery_upkeep_yen_per_kwh": "0.5",
    "battery_upkeep_yen_per_kw": "0.25", "battery_years": "3", "battery_renewal_share": "0.5", "battery_reserve": "0.5",
    "subsidy_share": "0.5", "subsidy_most_yen": "400", "ppa_yen_per_kwh": "2", "ppa_rise": "0", "ppa_years": "4",
    "ppa_battery_yen_per_kwh": "3",
}  # fmt: skip


def known(**other: str) -> Assumptions:
    """All assumptions, some of them others."""
    return Assumptions({key: Assumption(key, Decimal(value), None, None, "試験", "confirmed")
                        for key, value in {**VALUES, **other}.items()})  # fmt: skip


def place() -> Place:
    """A fortnight with sun, cars that never leave, and one price by day and another by night."""
    at = np.arange(SLOTS) % 48
    chance = np.random.default_rng(7)
    load = 40 + 30 * ((at > 16) & (at < 40)) + 10 * chance.random(SLOTS)
    sun = np.clip(np.sin((at - 10) / 28 * np.pi), 0, None) * np.repeat(0.3 + 0.7 * chance.random(DAYS), 48)
    buy = np.where((at > 16) & (at < 44), 25.0, 15.0)
    contract = Contract(500.0, np.zeros(SLOTS, np.int64))
    grid = Grid(buy, np.zeros(SLOTS), np.full(SLOTS, 0.4), contract)
    still = np.zeros(SLOTS)
    fleet = Fleet("cars", np.full(SLOTS, 2.0), still, still, 40.0, 6.0, 6.0)
    assets = (Solar("sun", sun, 0.0), Battery("battery", 0.0, 0.0), fleet, Processing("unit", 5.0, 8.0),
              Hydrogen("hydrogen", 2.0, 20.0, 1.0))  # fmt: skip

    def bill(bought: np.ndarray) -> SimpleNamespace:
        yen = float((bought * buy).sum()) / 2 + 500.0 * float(bought.max())
        return SimpleNamespace(total=Decimal(round(yen)), unrounded=Decimal(yen))

    return Place(Meter("m", load, grid, assets), bill, 0.0, np.full(SLOTS, 8.0), 5.0)
