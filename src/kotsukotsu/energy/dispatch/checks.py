"""What is refused before anything is computed, with the place and the reason."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kotsukotsu.energy.dispatch.model import Battery, Fleet, Floats, HeatPump, Meter, Solar, System
from kotsukotsu.energy.refusals import StudyError


def check(system: System) -> None:
    """Refuse arrays of another length, values that are no numbers, and negative values where none can be."""
    names = [meter.name for meter in system.meters]
    if len(set(names)) != len(names):
        raise StudyError("ED-04", name=", ".join(names))
    for meter in system.meters:
        for what, values, may_be_negative in _arrays(meter):
            _check_array(f"{meter.name} {what}", values, meter.slots, may_be_negative)
        _check_prices(meter)
        for asset in meter.assets:
            if isinstance(asset, Battery | Fleet) and not (0 < asset.efficiency <= 1 and 0 <= asset.least < 1):
                raise StudyError("ED-05", name=f"{meter.name} {asset.name}")
    for wire in system.wires:
        if {wire.start, wire.end} - set(names):
            raise StudyError("ED-06", name=wire.name)


def _arrays(meter: Meter) -> Iterator[tuple[str, Floats, bool]]:
    yield "load", meter.load, False
    if meter.grid is not None:
        yield "buy", meter.grid.buy, True
        yield "kg", meter.grid.kg, False
        if meter.grid.sell is not None:
            yield "sell", meter.grid.sell, True
        if meter.grid.contract is not None:
            yield "months", meter.grid.contract.months.astype(np.float64), False
    for asset in meter.assets:
        if isinstance(asset, Solar):
            yield asset.name, asset.per_kw, False
        if isinstance(asset, Fleet):
            yield from ((asset.name, values, False) for values in (asset.plugged, asset.leaving, asset.returning))
        if isinstance(asset, HeatPump):
            yield from ((asset.name, values, False) for values in (asset.heat, asset.cop))


def _check_array(where: str, values: Floats, slots: int, may_be_negative: bool) -> None:
    if values.shape != (slots,):
        raise StudyError("ED-02", where=where, count=len(values), slots=slots)
    wrong = ~np.isfinite(values) if may_be_negative else ~(np.isfinite(values) & (values >= 0))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise StudyError("ED-03", where=where, slot=place + 1, value=values[place])


def _check_prices(meter: Meter) -> None:
    """Nothing is sold for more than it is bought for: a meter cannot do both at once, and a programme would."""
    if meter.grid is None or meter.grid.sell is None:
        return
    wrong = np.flatnonzero(meter.grid.sell > meter.grid.buy)
    if len(wrong):
        first = int(wrong[0])
        raise StudyError("ED-12", slot=first + 1, count=len(wrong), sell=f"{meter.grid.sell[first]:.2f}",
                         buy=f"{meter.grid.buy[first]:.2f}")  # fmt: skip
