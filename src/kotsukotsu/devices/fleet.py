"""All devices of a site, asked one after another; none of them stops the others."""

from __future__ import annotations

from collections.abc import Iterable

from kotsukotsu.devices.model import Clock, Device, Reading
from kotsukotsu.findings import Finding


def read_all(devices: Iterable[Device], clock: Clock) -> Reading:
    """What all of them say.

    A connection that breaks in a way that its adapter did not foresee is DV-01 of that device.
    """
    found = Reading()
    for device in devices:
        try:
            found += device.read(clock)
        except OSError as error:
            found += Reading((), (Finding("DV-01", device.name, {"device": device.name, "reason": str(error)}),))
    return found
