"""Doubts about half-hours: gaps, spikes, sun at night, the meter against the bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy import exact
from kotsukotsu.energy.readings import Readings
from kotsukotsu.energy.slots import KW_PER_KWH
from kotsukotsu.findings import Finding
from kotsukotsu.periods import Month
from kotsukotsu.rounding import plain

HUNDRED = Decimal(100)
LIMITS = Path(__file__).parent / "limits.csv"


def limits() -> dict[str, Decimal]:
    """Limits of the checks, each with its source in ``limits.csv``."""
    lines = LIMITS.read_text(encoding="utf-8").splitlines()[1:]
    return {name: Decimal(value) for name, value, *_ in (line.split(",") for line in lines)}


def gaps(given: Readings) -> list[Finding]:
    """HQ-01 for each run of half-hours without a value."""
    return [
        Finding("HQ-01", given.point, {"start": _at(given, first), "end": _at(given, last), "count": last - first + 1})
        for first, last in _runs(given.missing)
    ]


def spikes(given: Readings, contract_kw: Decimal) -> list[Finding]:
    """HQ-02 for each half-hour above a multiple of the contract power. [kW]"""
    times = limits()["spike"]
    kw = given.kwh * KW_PER_KWH
    places = np.flatnonzero(~given.missing & (kw > float(times * contract_kw)))
    return [
        Finding("HQ-02", given.point, {"at": _at(given, int(place)), "kw": plain(exact.decimal(float(kw[place]))),
                                       "contract_kw": plain(contract_kw), "times": plain(times)})
        for place in places
    ]  # fmt: skip


def night_sun(given: Readings, is_night: NDArray[np.bool_]) -> list[Finding]:
    """HQ-03 if a solar plant generates while the sun is well below the horizon."""
    places = np.flatnonzero(is_night & ~given.missing & (given.kwh > float(limits()["night"])))
    if not len(places):
        return []
    energy = plain(exact.total(given.kwh[places]))
    return [Finding("HQ-03", given.point, {"at": _at(given, int(places[0])), "count": len(places), "kwh": energy})]


def against_bills(given: Readings, billed: Mapping[Month, Decimal]) -> list[Finding]:
    """HQ-04 for each month whose meter differs from the bill by more than the limit. [kWh]

    HQ-05 for a month with gaps, which cannot be compared.
    """
    found: list[Finding] = []
    most = limits()["bill_pct"]
    for month, kwh in billed.items():
        part = given.between(month.start, month.end)
        if part.missing.any():
            found.append(Finding("HQ-05", given.point, {"month": month, "count": int(part.missing.sum())}))
            continue
        meter = exact.total(part.kwh)
        if abs(meter - kwh) * HUNDRED > most * abs(kwh):
            data = {"month": month, "meter": plain(meter), "bill": plain(kwh), "limit": plain(most)}
            found.append(Finding("HQ-04", given.point, data))
    return found


def in_place_of_measured(given: Readings) -> list[Finding]:
    """HQ-06: how many values are estimated or filled, if any are."""
    marks = {int(flag): int(count) for flag, count in zip(*np.unique(given.flags, return_counts=True), strict=True)}
    estimated, filled = marks.get(1, 0), marks.get(3, 0)
    if not estimated + filled:
        return []
    return [Finding("HQ-06", given.point, {"estimated": estimated, "filled": filled, "count": len(given)})]


def _runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        yield int(first), int(stop) - 1


def _at(given: Readings, slot: int) -> str:
    return f"{given.calendar.moment(slot):%Y-%m-%d %H:%M}"


def all_of(given: Readings, contract_kw: Decimal | None, more: Iterable[Finding] = ()) -> list[Finding]:
    """The doubts that need nothing beside the readings and, where known, the contract power. [kW]"""
    high = [] if contract_kw is None else spikes(given, contract_kw)
    return [*gaps(given), *high, *in_place_of_measured(given), *more]
