"""Heat that buildings need, the boiler that gives it today, and the heat pump that could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.energy.dispatch.model import Floats
from kotsukotsu.energy.profiles.fit import Billed, profile
from kotsukotsu.energy.readings import Readings
from kotsukotsu.energy.slots import Calendar
from kotsukotsu.periods import Month

RATED = 7.0  # outside temperature of a heat pump's rating (JIS B 8616) [°C]
LEAST_COP = 1.0  # below it a heater with a wire does as well
STEP = Decimal("0.001")  # whole watt-hours [kWh]
POINT = ".heat"  # behind a building's number: its heat among the half-hours


@dataclass(frozen=True, slots=True)
class Boiler:
    """A boiler and its fuel.

    Parameters
    ----------
    fuel, unit : str
        Item of the catalogue and its unit.
    kwh : Decimal
        Heat value. [kWh/unit]
    kg : Decimal
        Emission. [kg-CO2/unit]
    yen : float
        Price. [yen/unit]
    efficiency : float
        Heat that reaches the building, of the fuel's heat value. [1]
    """

    fuel: str
    unit: str
    kwh: Decimal
    kg: Decimal
    yen: float
    efficiency: float

    @property
    def heat(self) -> Decimal:
        """Heat of a unit of fuel. [kWh/unit]"""
        return self.kwh * Decimal(str(self.efficiency))

    def per_heat(self, of_fuel: float) -> float:
        """What belongs to a kWh of heat, of what belongs to a unit of fuel. [x/kWh]"""
        return of_fuel / float(self.heat)


def from_fuel(building: str, use: str, calendar: Calendar, fuel: Mapping[Month, Decimal], boiler: Boiler) -> Readings:
    """Synthetic half-hours of heat whose months add up to what the boiler made of its fuel. [kWh]

    Raises
    ------
    EnergyError
        PF-01 to PF-04 as `profile`.
    """
    months = {month: Billed((quantity * boiler.heat).quantize(STEP)) for month, quantity in fuel.items()}
    return profile(f"{building}{POINT}", use, calendar, months)


def cop(rated: float, per_degree: float, temperature: Floats) -> Floats:
    """Heat for a kW of electricity, by the temperature outside. [1]"""
    return (rated + per_degree * (temperature - RATED)).clip(LEAST_COP)
