"""How a reading of devices looks in the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.devices.openadr.event import Event
from kotsukotsu.devices.openadr.ven import Ven
from kotsukotsu.energy import exact
from kotsukotsu.energy.readings import Flag, Readings
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST
from kotsukotsu.rounding import plain, printed
from kotsukotsu.sessions.energy_fleet import Fleet
from kotsukotsu.sessions.energy_reading import Read


def data(fleet: Fleet, found: Read, findings: Iterable[Finding], *, dry_run: bool) -> dict[str, Any]:
    """Values, new half-hours, requests and doubts."""
    return {
        "dry_run": dry_run,
        "values": [{"device": one.device, "quantity": one.quantity, "value": plain(one.value), "unit": one.unit,
                    "at": one.at.isoformat(), "source": one.source} for one in found.values],
        "half_hours": [_series(one) for one in found.series],
        "requests": [_request(ven, one) for ven in fleet.vens.values() for one in ven.events],
        "findings": [one.as_dict() for one in findings],
    }  # fmt: skip


def _series(one: Readings) -> dict[str, Any]:
    there = ~one.missing
    return {
        "point": one.point, "start": one.start.isoformat(), "end": one.end.isoformat(), "count": int(there.sum()),
        "estimated": int((one.flags == Flag.ESTIMATED).sum()), "kwh": plain(exact.total(one.kwh[there])),
        "source": texts.listed(one.sources),
    }  # fmt: skip


def _request(ven: Ven, one: Event) -> dict[str, Any]:
    return {
        "device": ven.name, "event": one.event_id, "start": one.start.astimezone(JST).isoformat(),
        "end": one.end.astimezone(JST).isoformat() if one.end else None, "state": one.state, "test": one.is_test,
        "opt": ven.opt(one.event_id),
        "signals": [
            {"quantity": signal.quantity, "unit": signal.unit,
             "values": [{"start": part.start.astimezone(JST).isoformat(), "value": plain(part.value)}
                        for part in signal.intervals]}
            for signal in one.signals
        ],
    }  # fmt: skip


def tell(fleet: Fleet, found: Read, findings: Iterable[Finding], *, dry_run: bool) -> None:
    """The same as tables."""
    to = show.console()
    _table(to, "values", ("device", "quantity", "value", "unit", "at"), (2,), [
        [one.device, _quantity(one.quantity), f"{one.value:,f}", _unit(one.unit),
         f"{one.at.astimezone(JST):%m-%d %H:%M:%S}"] for one in found.values])  # fmt: skip
    _table(to, "half_hours", ("place", "from", "until", "count", "estimated", "kwh"), (3, 4, 5), [
        [one["point"], one["start"], one["end"], f"{one['count']:,}", f"{one['estimated']:,}",
         printed(Decimal(one["kwh"]), 2)] for one in map(_series, found.series)])  # fmt: skip
    _table(to, "requests", ("device", "event", "start", "end", "asked", "opt"), (), [
        [ven.name, one.event_id, _time(one.start), _time(one.end) if one.end else texts.label("energy.devices.open"),
         _asked(one), texts.label(f"energy.devices.opt.{ven.opt(one.event_id) or 'none'}")]
        for ven in fleet.vens.values() for one in ven.events])  # fmt: skip
    show.show_findings(findings, to, most=3)
    kept = "import.dry_run" if dry_run else "energy.devices.kept" if found.series else "energy.devices.nothing_new"
    show.say(to, texts.label(kept), style="dim")


def _table(to: Console, title: str, names: Sequence[str], numbers: Sequence[int], cells: list[list[str]]) -> None:
    if cells:
        heads = [texts.label(f"energy.devices.{name}") for name in names]
        to.print(show.table(heads, cells, numbers=numbers, title=texts.label(f"energy.devices.{title}")))
        to.print()


def _asked(one: Event) -> str:
    """The values of an event, quantity by quantity."""
    return texts.listed(
        f"{_quantity(signal.quantity)} {'→'.join(f'{part.value:,f}' for part in signal.intervals[:4])}"
        f"{'…' if len(signal.intervals) > 4 else ''} {_unit(signal.unit)}".rstrip()
        for signal in one.signals
    )


def _quantity(name: str) -> str:
    """The word for a quantity; one that a table of the site names is its own word."""
    code = f"energy.quantity.{name}"
    return texts.label(code) if code in texts.entries() else name


def _unit(unit: str) -> str:
    """A unit as people write it."""
    code = f"energy.unit.{unit}"
    return texts.label(code) if code in texts.entries() else unit


def _time(at: datetime) -> str:
    return f"{at.astimezone(JST):%Y-%m-%d %H:%M}"
