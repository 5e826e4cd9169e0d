"""What a study of sizes is about: options, what was asked of them, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kotsukotsu.documents.energy.given import Given
from kotsukotsu.energy.dispatch.explain import Shortage
from kotsukotsu.energy.survival import Survival

COST, CO2 = "cost", "co2"


@dataclass(frozen=True)
class Option:
    """Something that could be built, judged by the whole year.

    Attributes
    ----------
    yearly : float
        Yearly cost of the equipment, capital with it. [yen]
    contracts : tuple of float
        The year's maximum of each meter. [kW]
    tonnes : float
        Emission of what is bought. [t-CO2]
    running : float
        Bill by the bill engine, less what is sold and what the processing unit earns, in a year. [yen]
    outage : Survival
        Hours of the critical loads from every half-hour, with what the plan has in the battery then.
    short : float
        What could not be served in a year; it costs nothing here. [kWh]
    """

    name: str
    sizes: Mapping[str, float]
    running: float
    yearly: float
    contracts: tuple[float, ...]
    tonnes: float
    outage: Survival
    short: float = 0.0

    @property
    def p10(self) -> float:
        """Nine outages of ten are outlived at least so long. [h]"""
        return self.outage.p10

    @property
    def contract(self) -> float:
        """The maxima of all meters together. [kW]"""
        return sum(self.contracts)

    @property
    def cost(self) -> float:
        """All that a year costs. [yen]"""
        return self.running + self.yearly


@dataclass(frozen=True)
class Asked:
    """What the sizes shall be best in, and the limits that they keep; None where there is none.

    Attributes
    ----------
    aim : str
        `COST` least yearly cost, `CO2` least CO2 for what may be spent.
    hours : float, optional
        That critical loads must live in an outage from nine half-hours of ten. [h]
    invest, subsidy : float, optional
        The most that the equipment may cost, and of it in subsidies. [yen]
    area : float, optional
        For panels. [m2]
    power : float, optional
        The most that may be bought. [kW]
    """

    aim: str = COST
    hours: float | None = None
    invest: float | None = None
    subsidy: float | None = None
    area: float | None = None
    power: float | None = None


@dataclass(frozen=True)
class Last:
    """The last kW of a meter's maximum.

    Attributes
    ----------
    meter : str
        Its number, where several are planned together.
    kw : float
        The maximum.
    highest : sequence of int
        Half-hours that set it.
    yen : float
        What a kW of it costs in a year. [yen/kW]
    """

    meter: str
    kw: float
    highest: Sequence[int]
    yen: float


@dataclass(frozen=True)
class Outcome:
    """What stood in the way of the best, and what it does not meet.

    Attributes
    ----------
    limits : mapping
        The least and the most of each size. [kW, kWh]
    reached : sequence of str
        Sizes at their upper limit.
    gains : mapping
        What a unit more of a limit would save in a year, by size or limit. [yen]
    lasts : sequence of Last
        The maximum of each meter whose contract follows it.
    lives : float, optional
        Share of the half-hours from which an outage is outlived. [1]
    short : sequence of Shortage
        Where what is needed cannot be served.
    """

    limits: Mapping[str, tuple[float, float]]
    reached: Sequence[str]
    gains: Mapping[str, float]
    lasts: Sequence[Last]
    lives: float | None
    short: Sequence[Shortage]


@dataclass(frozen=True)
class Chosen:
    """Options, the best of them with its money over the years, and the gap to the exact optimum if it was computed.

    Attributes
    ----------
    place : str
        Whose sizes these are, at a site of several meters; `meter_id` is the meter's number.
    sent : sequence of (str, str, float)
        What goes from one meter to another in a year. [kWh]
    is_renewed : bool
        Whether inverters are renewed in the cash flow, because ``site.toml`` tells their price.
    given : sequence of Given
        Numbers of ``site.toml`` that it rests on.
    statuses : sequence of str
        Statuses of the prices of the tariff.
    """

    options: Sequence[Option]
    best: Option
    cash: Sequence[float]
    npv: float
    rate: float | None
    payback: float | None
    lcoe: float | None
    days: int
    gap: float | None
    front: Sequence[tuple[float, Option]]
    invest: float
    asked: Asked = Asked()
    outcome: Outcome | None = None
    place: str = ""
    meter_id: str = ""
    sent: Sequence[tuple[str, str, float]] = ()
    is_renewed: bool = False
    given: Sequence[Given] = ()
    statuses: Sequence[str] = ()

    @property
    def is_unmet(self) -> bool:
        """Whether no sizes within the limits serve all that is asked for."""
        return self.outcome is not None and bool(self.outcome.short)
