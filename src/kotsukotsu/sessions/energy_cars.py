"""A year of a site's shared cars: who booked, what was refused and delivered, and what the cars do for the building."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kotsukotsu.documents.energy.cars_study import Disaster, Far, Shared, Use, Way
from kotsukotsu.energy.dispatch.model import Fleet, System
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.ev.bookings import CITIZEN, STAFF
from kotsukotsu.energy.ev.fleet import cars_needed, delivered
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import HOURS, PER_DAY
from kotsukotsu.sessions.energy_system import Planned

CARS = "m/cars"


def shared_cars(site: Planned) -> Shared:
    """The bookings of the year and the best use of the cars.

    Raises
    ------
    EnergyError
        DO-12 a site without cars.
    """
    if not site.equipment("cars"):
        raise EnergyError("DO-12")
    trips, car, system = site.trips, site.car, site.system()
    plan, only_charged, alone = optimal(system), optimal(_changed(system, give=False)), optimal(_changed(system))
    booked = [*(one for each in trips.taken for one in each), *trips.refused]
    uses = tuple(
        Use(who, sum(one.who == who for one in booked), sum(one.who == who for one in trips.refused),
            sum(one.km * car.kwh_per_km for one in booked if one.who == who))
        for who in (STAFF, CITIZEN)
    )  # fmt: skip
    ways = (Way("none", *_told(alone)), Way("charged", *_told(only_charged)), Way("given", *_told(plan)))
    got, given = delivered(plan, "m", [site.cars], trips), float(plan.flow(f"{CARS}/discharge").sum()) * HOURS
    far = [kwh for each in trips.taken for one in each if (kwh := car.on_the_way(one.km)) > 0]
    return Shared(uses, len(trips.taken), cars_needed(booked, car), got, _charged(site, plan), given, ways,
                  _disaster(site, plan), Far(len(far), sum(far), car.reach),
                  made_up=not site.opened.site.tables["bookings"])  # fmt: skip


def _changed(system: System, *, give: bool | None = None) -> System:
    """The same site with cars that do not give, or without cars where `give` is left out."""
    meter = system.meters[0]
    assets = tuple(
        replace(asset, discharge_kw=0.0) if isinstance(asset, Fleet) else asset
        for asset in meter.assets if give is not None or not isinstance(asset, Fleet)
    )  # fmt: skip
    return replace(system, meters=(replace(meter, assets=assets),))


def _told(plan: Plan) -> tuple[float, float]:
    """Maximum [kW] and cost of the year [yen]."""
    return float(plan.flow("m/buy").max()), plan.cost


def _charged(site: Planned, plan: Plan) -> tuple[float, float, float]:
    """What the cars charged from surplus sun, in the cheaper half-hours of a day, and in others. [kWh]"""
    charge = plan.flow(f"{CARS}/charge")
    give, kw = site.sun
    sun = np.minimum(charge, np.maximum(give * kw - site.load, 0.0))
    by_day: Values = site.prices.energy.reshape(-1, PER_DAY)
    cheap = (by_day < by_day.mean(axis=1, keepdims=True) - 1e-9).reshape(-1)
    rest = charge - sun
    return float(sun.sum()) * HOURS, float(rest[cheap].sum()) * HOURS, float(rest[~cheap].sum()) * HOURS


def _disaster(site: Planned, plan: Plan) -> Disaster:
    """What parked cars can give to a building or a shelter, whenever the grid fails."""
    cars, share = site.cars, site.opened.site.settings.get("operate", {}).get("car_reserve")
    least, content = cars.least * cars.kwh * cars.plugged, plan.flow(f"{CARS}/content")
    by_plan = np.maximum(content - least, 0.0) * cars.efficiency
    full = np.maximum(float(share or 0.0) * cars.kwh * cars.plugged - least, 0.0) * cars.efficiency
    kwh = np.maximum(by_plan, full)
    kw = cars.discharge_kw * cars.plugged
    loads = site.opened.site.settings.get("critical", [])
    need = float(sum(row["kw"] for row in loads))
    hours = np.where(kw >= need, kwh / need, 0.0) if need else None
    return Disaster(by_plan, kwh, kw, need or None, hours, share)
