"""How long a site's critical loads live, what outages cost, and how sure its backup generators are."""

from __future__ import annotations

import numpy as np

from kotsukotsu.documents.energy.survive_model import Backup, Loss, Survived
from kotsukotsu.energy.ev.fleet import in_disaster
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.reliability import Generators, outage_cost, survival_probability
from kotsukotsu.energy.survival import Supply, Survival, affordable, survival
from kotsukotsu.sessions.energy_costs import COSTS
from kotsukotsu.sessions.energy_system import Planned

OUTAGE, BACKUP = "outage", "backup"
CARS_FULL = 0.7  # of a parked car's battery; the study prints it [1]


def survived(site: Planned, reserve: float, hours: float) -> Survived:
    """Let the grid fail at every half-hour of the year.

    Parameters
    ----------
    reserve : float
        Share of the battery that is in it then. [1]
    hours : float
        For which the list of loads is made. [h]
    """
    loads = site.critical()
    critical: Values = np.sum([load.kw for load in loads], axis=0)
    island = site.island(np.full(len(site.load), reserve * site.sizes["battery_kwh"]))
    cars = site.cars
    full = in_disaster(island, [(cars, CARS_FULL * cars.kwh * cars.plugged)])
    without, with_cars = survival(critical, island), survival(critical, full)
    given = (*site.equipped, *site.critical_given, *site.given(OUTAGE, BACKUP))
    return Survived(
        loads, without, with_cars, affordable(loads, full, hours), hours, reserve, given, site.chosen.sentence,
        _loss(site, with_cars), _backup(site, critical, island, hours),
    )  # fmt: skip


def _loss(site: Planned, lives: Survival) -> Loss | None:
    """What outages cost, of which ``[outage]`` tells how long and how often; None where it does not."""
    if not site.section(OUTAGE):
        return None
    length, often, yen, years, rise = (
        site.number(OUTAGE, key) for key in ("hours", "per_year", "yen_per_hour", "years", "rise")
    )
    rate = site.number(COSTS, "rate")
    lost = float(np.maximum(length - lives.hours, 0.0).mean())
    before, after = (outage_cost(often * one, yen, int(years), rise, rate) for one in (length, lost))
    return Loss(length, often, int(years), lost, before, after)


def _backup(site: Planned, critical: Values, island: Supply, hours: float) -> Backup | None:
    """How sure the generators of ``[backup]`` and the battery are, without sun; None where there are none."""
    if not site.section(BACKUP):
        return None
    count, *numbers = (site.number(BACKUP, key) for key in ("count", "kw", "fails", "ready", "starts"))
    generators, load = Generators(int(count), *numbers), [float(critical.max())] * int(np.ceil(hours))
    sure = survival_probability(load, generators, battery_kw=island.kw, battery_kwh=island.kwh,
                                content=float(island.content.min()))  # fmt: skip
    return Backup(int(count), numbers[0], hours, sure, survival_probability(load, generators))
