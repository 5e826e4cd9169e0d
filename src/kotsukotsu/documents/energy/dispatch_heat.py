"""Heat in the study of a year's dispatch: what heat pump and boiler give, and what the fuel costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kotsukotsu import texts
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.study import Part, figure, month_name
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.site import Site
from kotsukotsu.energy.slots import HOURS
from kotsukotsu.rounding import plain, printed

ORANGE, GREY, BLACK = "#D55E00", "#8a8a8a", "#1a1a1a"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Heated:
    """The heat of a year.

    Attributes
    ----------
    needed, pump, boiler : array
        Heat in each half-hour: that is needed, and that heat pump and boiler give. [kW]
    yen, kg : float
        For a kWh of heat from the boiler. [yen/kWh, kg-CO2/kWh]
    fuel, unit : str
        What the boiler burns, and its unit.
    per_unit : float
        Heat of a unit of fuel. [kWh/unit]
    """

    needed: Floats
    pump: Floats
    boiler: Floats
    yen: float
    kg: float
    fuel: str
    unit: str
    per_unit: float

    def kwh(self, name: str) -> float:
        """Of the year. [kWh]"""
        return float(getattr(self, name).sum()) * HOURS


def label(key: str, /, **more: Any) -> str:
    """A text of this part."""
    return texts.label(f"energy.dispatch.heat.{key}", **more)


def sentences(found: Heated) -> tuple[str, ...]:
    """What the fuel of a year costs and emits, without and with the heat pump."""
    before, after = found.kwh("needed"), found.kwh("boiler")
    if not found.pump.any():
        return (label("boiler_only", fuel=found.fuel, unit=found.unit, before=_n(before / found.per_unit),
                      yen=_n(before * found.yen), tonnes=_n(before * found.kg / 1000, 1)),)  # fmt: skip
    return (
        label("fuel", fuel=found.fuel, unit=found.unit, before=_n(before / found.per_unit),
              after=_n(after / found.per_unit), yen_before=_n(before * found.yen), yen=_n(after * found.yen),
              tonnes_before=_n(before * found.kg / 1000, 1), tonnes=_n(after * found.kg / 1000, 1)),
    )  # fmt: skip


def parts(site: Site, found: Heated) -> tuple[Part, ...]:
    """The section of a page."""
    return (Part("heat", texts.label("energy.dispatch.part.heat"), (months(site, found),), on_terminal=False),)


def months(site: Site, found: Heated) -> Chart:
    """Heat of each month; what the two give beyond what is needed is lost in the store."""
    calendar = site.calendar
    sums = {name: [float(getattr(found, name)[calendar.month_index == number].sum()) * HOURS
                   for number in range(len(calendar.months))] for name in ("pump", "boiler", "needed")}  # fmt: skip
    names = [month_name(month.month) for month in calendar.months]
    made = found.kwh("pump") + found.kwh("boiler")
    title = label("months", share=_n(100 * found.kwh("pump") / made)) if found.pump.any() else label("none")
    series = [Series(label("pump"), ORANGE, sums["pump"])] if found.pump.any() else []
    series.append(Series(label("boiler"), GREY, sums["boiler"]))
    drawn = stacked(names, series, [Series(label("needed"), BLACK, sums["needed"])], ident="heat", title=title,
                    description=label("unit"))  # fmt: skip
    rows: list[Row] = [
        (name, *(figure(exact.decimal(each[number])) for each in sums.values())) for number, name in enumerate(names)
    ]
    total: Row = (label("total"), *(figure(exact.decimal(sum(each))) for each in sums.values()))
    headings = (label("month"), *(label(name) for name in sums))
    table = Table(label("table"), "kWh", headings, tuple(rows), (total,), label("lost"))
    return Chart("heat", title, label("unit"), drawn, table)


def data(found: Heated) -> dict[str, Any]:
    """The same as data."""
    numbers = {"heat_kwh": found.kwh("needed"), "heat_pump_heat_kwh": found.kwh("pump"),
               "boiler_heat_kwh": found.kwh("boiler"), "fuel_yen": found.kwh("boiler") * found.yen,
               "fuel_without_yen": found.kwh("needed") * found.yen,
               "fuel_co2_kg": found.kwh("boiler") * found.kg}  # fmt: skip
    return {key: plain(exact.decimal(value)) for key, value in numbers.items()}


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)
