"""The controller on years and sites that its setting has not seen: ``python -m benchmarks.energy_control``.

Each year of the synthetic city hall (`benchmarks.energy_hall`) is FY2022 after an FY2021 that only forecasts look at,
with a weather of its own: seeds ``100 k`` and ``100 k + 1`` for year number k, and ``k`` for what the weather forecast
of the daily mean is off (1 °C). The protocol, in this order:

- hall, years 1 and 2, and site 2: the numbers in `kotsukotsu.energy.control.Rule`, `forecast` and `rolling` were set on
  them; year 3 and site 1: between what did well there, the share of the ways was chosen on them;
- hall, years 1 and 12 (not in the table), and sites 2 and 11 to 20: on them it was chosen that what a day was off by
  so far moves its rest by how the half-hours of days hang together (`forecast.Errors`), with a plan in each half-hour;
- hall, year 4, and site 3: judged once, before that; nothing was changed because of them, and they were measured again;
- hall, years 5 to 8, and sites 4 to 6 and 21 to 26 (`benchmarks.energy_sites`): reported beside them;
- the example sites, as ``kotsukotsu energy backtest`` tries them. City-hall was looked at to find out why its gap
  stayed open: no number was set on it, yet changes were made because of it, before sites 11 to 20 were there.

The gap is that between control by yesterday's half-hours with the guard, and perfect foresight. Both controllers plan
anew in every half-hour.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import energy_hall, energy_sites, report, results
from kotsukotsu.energy.backtest import (
    CONTROLLER,
    FORESIGHT,
    NOTHING,
    PERSISTENCE,
    Result,
    closed,
    controlled,
    foresight,
    gap,
    nothing,
)
from kotsukotsu.energy.control import Rule
from kotsukotsu.energy.dispatch.model import System
from kotsukotsu.energy.forecast import Again, Loads, Outlook, Suns, loads, suns
from kotsukotsu.energy.slots import PER_DAY, year
from kotsukotsu.sessions.energy_backtest import HISTORY, forecasts, part
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

PART = "energy_control"
BEFORE, JUDGED = 2021, 2022
SUN = 300.0  # [kW]
OFF = 1.0  # of the weather forecast of a day's mean temperature [°C]
PURPOSES: Mapping[int, str] = {
    1: "tuned on", 2: "tuned on", 3: "chosen on", 4: "judged once", 5: "unseen", 6: "unseen", 7: "unseen", 8: "unseen",
}  # fmt: skip
SITES: Mapping[int, str] = {
    1: "chosen on", 2: "tuned on", 3: "judged once", **dict.fromkeys(range(4, 7), "unseen"),
    **dict.fromkeys(range(11, 21), "chosen on"), **dict.fromkeys(range(21, 27), "unseen"),
}  # fmt: skip
EXAMPLES = Path(__file__).parents[1] / "examples" / "energy"
SHOWN: Mapping[str, tuple[str, str]] = {"city-hall": ("m1", "looked at"), "wind-and-schools": ("m01", "unseen")}
Made = tuple[System, tuple[Outlook, Outlook], tuple[Outlook, Outlook]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.energy_control", description=__doc__)
    parser.add_argument("--years", type=int, nargs="*", help="these years only, nothing is kept")
    options = parser.parse_args()
    rows = []
    with Pool() as pool:
        for found in pool.imap(row, _asked(options.years)):
            rows.append(found)
            print(" ".join(f"{key}={value}" for key, value in found.items()), flush=True)
    if not options.years:
        report.write(results.keep(PART, rows))
    return 0


def _asked(years: Sequence[int] | None) -> Iterator[tuple[int | str, str]]:
    """Years of the hall, made-up sites and the example sites with their purposes, one after another."""
    yield from ((number, PURPOSES.get(number, "unseen")) for number in years or PURPOSES)
    if not years:
        yield from ((f"site {number}", purpose) for number, purpose in SITES.items())
        yield from ((name, purpose) for name, (_, purpose) in SHOWN.items())


def _made(name: int | str) -> Made:
    if isinstance(name, int):
        return made(name)
    return example(name, SHOWN[name][0]) if name in SHOWN else energy_sites.made(int(name.removeprefix("site ")))


def example(name: str, meter: str) -> Made:
    """A site of the examples in the days that ``kotsukotsu energy backtest`` tries by itself."""
    site = planned(EnergySite(EXAMPLES / name), meter)
    days = len(site.load) // PER_DAY - HISTORY
    return part(site, HISTORY, days), *forecasts(site, HISTORY, days)


def row(asked: tuple[int | str, str]) -> dict[str, Any]:
    """A year by every controller. [kW, yen, 1]"""
    name, purpose = asked
    start = time.process_time()
    found = tried(_made(name), Rule())
    return {
        "year": name, "purpose": purpose,
        **{f"{kind}_{what}": round(value, digits) for kind, result in found.items()
           for what, value, digits in (("kw", result.contract, 1), ("yen", result.cost, None))},
        **{f"gap_{what}_yen": round(yen) for what, yen in gap(found, CONTROLLER).items()},
        "closed": round(closed(found) or 0.0, 3), "short_kwh": round(found[CONTROLLER].short_kwh, 1),
        "processor_s": round(time.process_time() - start, 1),
    }  # fmt: skip


def tried(asked: Made, rule: Rule) -> dict[str, Result]:
    """Doing nothing, yesterday again, the controller, perfect foresight."""
    system, known, again = asked
    return {
        NOTHING: nothing(system),
        PERSISTENCE: controlled(system, *again, Rule(careful=False)),
        CONTROLLER: controlled(system, *known, rule),
        FORESIGHT: foresight(system)[0],
    }


def made(number: int) -> tuple[System, tuple[Loads, Suns], tuple[Again, Again]]:
    """The site in a year, and what each way of forecasting is told."""
    calendars = {fy: year(fy) for fy in (BEFORE, JUDGED)}
    seeds = {BEFORE: 100 * number, JUDGED: 100 * number + 1}
    systems = {fy: energy_hall.site(fy, seed) for fy, seed in seeds.items()}
    meters = [systems[fy].meters[0] for fy in calendars]
    load = np.concatenate([meter.load for meter in meters])
    sun = np.concatenate([energy_hall.weather(calendars[fy], seed)[1] for fy, seed in seeds.items()]) * SUN
    degrees = [energy_hall.weather(calendars[fy], seed)[0].reshape(-1, PER_DAY).mean(axis=1)
               for fy, seed in seeds.items()]  # fmt: skip
    told = np.concatenate(degrees)
    told += np.random.default_rng(number).normal(0, OFF, len(told))
    kinds = [(one.holiday | (one.weekday >= 5)).reshape(-1, PER_DAY)[:, 0] for one in calendars.values()]
    first, whole = len(kinds[0]), len(meters[0].load)
    known = loads(load, np.concatenate(kinds).astype(np.int64), told, first), suns(sun, first)
    return systems[JUDGED], known, (Again(load[:whole]), Again(sun[:whole]))


if __name__ == "__main__":
    sys.exit(main())
