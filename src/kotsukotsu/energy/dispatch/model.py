"""What a study of a site is asked: places with load, what stands there, and what electricity costs.

Power is in kW, mean of the slot; energy in kWh; money in yen; CO2 in kg. Arrays have one value for each slot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HOURS = 0.5
# Yen for a kWh that is not served: far above any tariff, so that a limit is broken only where nothing else is left.
# A kW of the maximum that one half-hour sets costs some 25,000 yen in a year: 50,000 yen for each kWh of it.
UNSERVED = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A size that the programme chooses; the same key is the same size wherever it stands.

    Parameters
    ----------
    yen_per_year : float
        Yearly cost of one unit: capital by annuity, less subsidy, and upkeep. [yen/unit]
    """

    key: str
    least: float
    most: float
    yen_per_year: float


Size = float | Choice


def fixed(size: Size) -> float:
    """A size that is no longer a choice."""
    assert isinstance(size, float | int)
    return float(size)


@dataclass(frozen=True, slots=True)
class Solar:
    """Solar or wind: what a kW of it gives. [kW/kW]"""

    name: str
    per_kw: Floats
    kw: Size


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery.

    Parameters
    ----------
    efficiency : float
        One way. [1]
    least : float
        Share of the capacity that is kept, for an outage for example. [1]
    wear : float
        Yen for a discharged kWh; above nothing, so that it never charges and discharges at once.
    start : float, optional
        Content before the first slot [kWh]; None: as after the last slot.
    end_value : float
        What a kWh left after the last slot is worth, where `start` is given. [yen/kWh]
    start_share : float, optional
        Content before the first slot as a share of the capacity, where an outage begins. [1]
    """

    name: str
    kwh: Size
    kw: Size
    efficiency: float = 0.95
    least: float = 0.0
    wear: float = 1.0
    start: float | None = None
    end_value: float = 0.0
    start_share: float | None = None


@dataclass(frozen=True, slots=True)
class Fleet:
    """Electric cars that are plugged in and out by their bookings; one car, or several taken together.

    Parameters
    ----------
    plugged : array
        Cars at the plug in each slot.
    leaving, returning : array
        Energy that cars must carry when they leave at the start of a slot, and that they bring back. [kWh]
    kwh, charge_kw, discharge_kw : float
        Of one car; the power of its charger may be a choice, whose yearly cost is that of all chargers.
    """

    name: str
    plugged: Floats
    leaving: Floats
    returning: Floats
    kwh: float
    charge_kw: Size
    discharge_kw: float
    efficiency: float = 0.95
    least: float = 0.2
    wear: float = 1.0
    start: float | None = None
    end_value: float = 0.0


@dataclass(frozen=True, slots=True)
class Processing:
    """A data-processing unit that runs when there is power to spare; what a kWh of its work brings. [yen/kWh]"""

    name: str
    kw: Size
    yen_per_kwh: float


@dataclass(frozen=True, slots=True)
class Hydrogen:
    """Electrolyser, tank and fuel cell; the tank in kWh of lower heat value."""

    name: str
    electrolyser_kw: Size
    tank_kwh: Size
    fuel_cell_kw: Size
    electrolyser_efficiency: float = 0.6
    fuel_cell_efficiency: float = 0.5
    wear: float = 1.0
    start: float | None = None


@dataclass(frozen=True, slots=True)
class HeatPump:
    """A heat pump with a buffer, and a boiler for what it cannot give.

    Parameters
    ----------
    heat, cop : array
        Heat that is needed [kW] and heat for a kW of electricity [1].
    loss : float
        Share of the buffer's heat that is lost in an hour. [1/h]
    boiler_yen, boiler_kg : float
        For a kWh of heat from the boiler.
    """

    name: str
    heat: Floats
    cop: Floats
    kw: Size
    buffer_kwh: Size = 0.0
    loss: float = 0.01
    boiler_yen: float = UNSERVED
    boiler_kg: float = 0.0


Asset = Solar | Battery | Fleet | Processing | Hydrogen | HeatPump


@dataclass(frozen=True, slots=True)
class Contract:
    """What a kW of the month's maximum costs.

    Parameters
    ----------
    yen_per_kw : array or float
        For a kW and each month, after the power factor and with tax. [yen/kW]
    months : array of int
        Number of the month of each slot, from 0.
    memory : int
        Months, the present one with them, whose largest maximum is paid (実量制: 12). As many months as the study has
        and `previous` None: a year that is repeated, one contract for all months.
    previous : tuple of float, optional
        Maxima of the months before the first, latest last. [kW]
    agreed : float, optional
        An agreed contract [kW]: paid as it is, with `excess` times the price for what passes it.
    floor : float
        Already incurred in the first month; nothing is gained below it. [kW]
    """

    yen_per_kw: Floats | float
    months: NDArray[np.int64]
    memory: int = 12
    previous: tuple[float, ...] | None = None
    agreed: float | None = None
    excess: float = 1.5
    floor: float = 0.0

    @property
    def prices(self) -> Floats:
        """Price of a kW in each month. [yen/kW]"""
        return np.broadcast_to(np.asarray(self.yen_per_kw, np.float64), self.count)

    @property
    def count(self) -> int:
        """Months of the study."""
        return int(self.months.max()) + 1 if len(self.months) else 0


@dataclass(frozen=True, slots=True)
class Grid:
    """The meter: prices with levy and tax, emission, limits.

    Parameters
    ----------
    buy, sell : array
        [yen/kWh]; `sell` None: nothing may flow back.
    kg : array
        Emission of a bought kWh. [kg/kWh]
    limit, sell_limit : array or float
        [kW]
    """

    buy: Floats
    sell: Floats | None
    kg: Floats
    contract: Contract | None = None
    limit: Floats | float = float("inf")
    sell_limit: float = float("inf")


@dataclass(frozen=True, slots=True)
class Meter:
    """One or more buildings behind one meter, or an island without a grid.

    Parameters
    ----------
    weight : array or float
        How many slots of the year a slot stands for, in a study of some weeks.
    stretches : tuple of int
        First slots of the stretches without a gap; each ends with its stores as it began.
    """

    name: str
    load: Floats
    grid: Grid | None
    assets: tuple[Asset, ...] = ()
    weight: Floats | float = 1.0
    unserved: float = UNSERVED
    stretches: tuple[int, ...] = (0,)

    @property
    def slots(self) -> int:
        """How many half-hours."""
        return len(self.load)

    @property
    def before(self) -> NDArray[np.int64]:
        """The slot before each slot; before the first of a stretch comes its last."""
        found = np.arange(self.slots) - 1
        starts = np.array(self.stretches)
        found[starts] = np.append(starts[1:], self.slots) - 1
        return found


@dataclass(frozen=True, slots=True)
class Wire:
    """A line of one's own from one meter to another, with what arrives. [kW, 1]"""

    name: str
    start: str
    end: str
    kw: float
    efficiency: float = 0.98


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit over chosen sizes: area, money, power."""

    name: str
    shares: Mapping[str, float]
    most: float


@dataclass(frozen=True, slots=True)
class System:
    """Everything that is planned together; `yen_per_kg` is what a kg of CO2 shall count beside the money."""

    meters: tuple[Meter, ...]
    wires: tuple[Wire, ...] = ()
    limits: tuple[Limit, ...] = ()
    yen_per_kg: float = 0.0
    hours: float = HOURS
