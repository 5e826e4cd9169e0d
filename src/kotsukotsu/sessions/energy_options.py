"""The options of a site's folder, each judged by its whole year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from kotsukotsu import texts
from kotsukotsu.energy.dispatch.model import Hydrogen, Processing
from kotsukotsu.energy.options.assumptions import assumptions
from kotsukotsu.energy.options.compare import Compared, compared
from kotsukotsu.energy.options.model import FILE, Sizes, base, options
from kotsukotsu.energy.options.years import Place
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.site import Site
from kotsukotsu.sessions.energy_heat import BUFFER, HEAT_PUMP
from kotsukotsu.sessions.energy_system import Planned

STANDING = ("unit_kw", "electrolyser_kw", "tank_kwh", "fuel_cell_kw", HEAT_PUMP, BUFFER)


def options_compared(asked: Planned, rule: str, wanted: str | None, each: Callable[[], None]) -> Compared:
    """Every option of the meter.

    Raises
    ------
    StudyError
        OP-13 an option with sun where no planned solar power tells its shape, OP-16 one with cars that feed a building
        where there are no cars, OP-17 one with a heat pump where no heat is needed; OP-… as the calculation.
    """
    site: Site = asked.opened.site
    assumed = assumptions(site.tables["assumptions"], site.settings)
    standing = _standing(asked)
    found = options(site.tables["options"], asked.meter_id, standing)
    assumed.need(assumed.missing(need for one in found for need in one.needs))  # before anything takes time
    if not asked.sun[0].any() and any(one.sizes.sun_kw for one in found):
        raise StudyError("OP-13", file="generators.csv", meter=asked.meter_id)
    for one in found:
        if one.sizes.car_discharge_kw and not asked.equipment("cars"):
            raise StudyError("OP-16", file=FILE, option=one.option_id)
        if one.sizes.heat_pump_kw and asked.heat.kw is None:
            raise StudyError("OP-17", file=FILE, option=one.option_id)
    nothing = base(standing, texts.label("energy.options.base"))
    return compared(_place(asked), found, nothing, assumed, rule, wanted, each)


def _standing(asked: Planned) -> Sizes:
    """What ``site.toml`` says of all but sun and battery; without cars none feeds the building."""
    given_back = asked.equipment("car_discharge_kw") if asked.equipment("cars") else 0.0
    return Sizes(0.0, 0.0, 0.0, given_back, **{name: asked.sizes.get(name, 0.0) for name in STANDING})


def _place(asked: Planned) -> Place:
    """The meter with a place for all that an option can name, also for what does not stand there yet."""
    (meter,) = asked.system().meters
    named = {asset.name for asset in meter.assets}
    possible = (Processing("unit", 0.0, asked.equipment("unit_yen_per_kwh")), Hydrogen("hydrogen", 0.0, 0.0, 0.0))
    more = tuple(one for one in possible if one.name not in named)
    critical = np.sum([load.kw for load in asked.critical()], axis=0)
    return Place(replace(meter, assets=(*meter.assets, *more)), asked.bill, float(asked.prices.fixed.sum()), critical,
                 asked.equipment("fuel_kwh"))  # fmt: skip
