"""What the month's maximum costs: by measurement with its memory, or as agreed."""

from __future__ import annotations

import numpy as np

from kotsukotsu.energy.dispatch.blocks import Built
from kotsukotsu.energy.dispatch.lp import INFINITE, Places
from kotsukotsu.energy.dispatch.model import Contract, Meter


def contract(built: Built, meter: Meter, asked: Contract, bought: Places) -> None:
    """Columns of the contract power and the rows that hold purchases below it."""
    if asked.agreed is not None:
        _agreed(built, meter, asked, asked.agreed, bought)
    elif asked.previous is None and asked.memory >= asked.count:
        _one_for_all(built, meter, asked, bought)
    else:
        _remembered(built, meter, asked, bought)


def _one_for_all(built: Built, meter: Meter, asked: Contract, bought: Places) -> None:
    """A year that repeats itself: its largest maximum is paid in all its months."""
    cost = float(asked.prices.sum())
    power = built.programme.add(1, cost, asked.floor)
    built.flows[f"{meter.name}/contract"] = power
    _below(built, meter, bought, np.broadcast_to(power, meter.slots))


def _remembered(built: Built, meter: Meter, asked: Contract, bought: Places) -> None:
    """Each month pays the largest maximum of itself and the months before, as far as the memory reaches."""
    count, lp = asked.count, built.programme
    lower = np.zeros(count)
    lower[:1] = asked.floor
    peaks = lp.add(count, 0.0, lower)
    known = np.array([_known(asked, month) for month in range(count)])
    paid = lp.add(count, asked.prices, known)
    built.flows[f"{meter.name}/peak"], built.flows[f"{meter.name}/contract"] = peaks, paid
    for age in range(min(asked.memory, count)):
        lp.require(count - age, 0.0, INFINITE, (paid[age:], 1.0), (peaks[: count - age], -1.0))
    _below(built, meter, bought, peaks[asked.months])


def _known(asked: Contract, month: int) -> float:
    """The largest of the maxima before the study that a month still remembers. [kW]"""
    reach = asked.memory - 1 - month
    before = asked.previous or ()
    return max(before[-reach:], default=0.0) if reach > 0 else 0.0


def _agreed(built: Built, meter: Meter, asked: Contract, kw: float, bought: Places) -> None:
    """The agreed power is paid in any case; what passes it is paid with the excess price."""
    lp = built.programme
    fixed = lp.add(1, float(asked.prices.sum()), kw, kw)
    over = lp.add(asked.count, asked.prices * asked.excess)
    built.flows[f"{meter.name}/contract"], built.flows[f"{meter.name}/excess"] = fixed, over
    rows = lp.require(meter.slots, -INFINITE, 0.0, (bought, 1.0), (fixed, -1.0), (over[asked.months], -1.0))
    built.rows[f"{meter.name}/contract"] = rows


def _below(built: Built, meter: Meter, bought: Places, power: Places) -> None:
    rows = built.programme.require(meter.slots, -INFINITE, 0.0, (bought, 1.0), (power, -1.0))
    built.rows[f"{meter.name}/contract"] = rows
