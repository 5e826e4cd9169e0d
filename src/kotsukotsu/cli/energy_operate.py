"""``kotsukotsu energy operate``: one half-hour of a site under control."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import numpy as np
import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.energy_formats import MeterOption, SiteArgument
from kotsukotsu.cli.output import check_format, print_json
from kotsukotsu.devices.echonet.link import PORT, Link
from kotsukotsu.energy import exact
from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.operate import Store
from kotsukotsu.periods import JST
from kotsukotsu.rounding import plain, printed
from kotsukotsu.sessions.energy_fleet import host_port
from kotsukotsu.sessions.energy_operate import Operated, operate
from kotsukotsu.sessions.energy_operations import begins
from kotsukotsu.sessions.energy_requests import Request
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

ANYWHERE = f"0.0.0.0:{PORT}"
HereOption = Annotated[str, typer.Option("--here", help=texts.label("cli.energy.devices.here"))]
DryOption = Annotated[bool, typer.Option("--dry-run", help=texts.label("cli.energy.operate.dry"))]
FormatOption = Annotated[str, typer.Option("--format", help="table | json")]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("operate", help=texts.label("cli.energy.operate"))(run)


def run(
    site: SiteArgument, meter: MeterOption = None, here: HereOption = ANYWHERE, dry_run: DryOption = False,
    output: FormatOption = "table",
) -> None:  # fmt: skip
    """Read the devices, plan, guard this half-hour's maximum, and tell batteries and cars what to do."""
    check_format(output)
    opened = EnergySite(site)
    with _link(here) as link:
        found = operate(planned(opened, meter), link, _clock, dry_run=dry_run)
    if output == "json":
        print_json(_data(found, dry_run=dry_run))
    else:
        _tell(opened, found, dry_run=dry_run)


def _clock() -> datetime:
    return datetime.now(JST)


def _link(here: str) -> Link:
    """The socket to which nodes answer.

    Raises
    ------
    EnergyError
        DD-03 an address that is none, DD-09 a port that is taken.
    """
    found = host_port(here, PORT)
    if found is None:
        raise EnergyError("DD-03", device="--here", value=here)
    try:
        return Link(*found)
    except OSError:
        raise EnergyError("DD-09", address=f"{found[0]}:{found[1]}") from None


def _number(value: float | None) -> str | None:
    return None if value is None else plain(round(exact.decimal(value), 3))


def _data(found: Operated, *, dry_run: bool) -> dict[str, Any]:
    done = found.step
    return {
        "dry_run": dry_run, "at": found.at.isoformat(), "half_hour": begins(found.at).isoformat(),
        "bought_kw": _number(found.bought), "sun_kw": _number(found.sun), "limit_kw": _number(done.limit),
        "mean_by_plan_kw": _number(done.without), "mean_kw": _number(done.mean),
        "stores": [
            {"device_id": store.device_id, "stored_kwh": _number(store.content), "power_kw": _number(store.power),
             "order": one.mode, "order_wh": one.amount_wh, "result": one.finding.code if one.finding else None,
             "booking": _booking(found, store)}
            for store, one in zip(found.stores, found.orders, strict=True)
        ],
        "requests": [
            {"event_id": one.event_id, "device": one.device, "start": one.start.astimezone(JST).isoformat(),
             "end": one.end and one.end.astimezone(JST).isoformat(), "quantity": one.quantity.value,
             "value": plain(one.value), "unit": one.unit, "joined": one.joined, "now": one.holds(found.at)}
            for one in found.requests
        ],
        "asked_now": {"least_kw": _bound(done.asked.least), "most_kw": _bound(done.asked.most),
                      "price": _number(float(done.asked.buy[0]))},
        "findings": [one.as_dict() for one in found.findings],
    }  # fmt: skip


def _booking(found: Operated, store: Store) -> dict[str, Any] | None:
    """The next trip of a car, and whether it leaves with enough."""
    trip = found.booked.get(store.device_id)
    if trip is None:
        return None
    return {"booking_id": trip.booking_id, "out": trip.out.isoformat(), "wanted_kwh": _number(store.wanted),
            "short_kwh": _number(store.short)}  # fmt: skip


def _bound(values: Floats) -> str | None:
    """What is asked of the present half-hour; nothing where it is without limit."""
    return _number(float(values[0])) if np.isfinite(values[0]) else None


def _tell(opened: EnergySite, found: Operated, *, dry_run: bool) -> None:
    to, done = show.console(), found.step
    show.say(to, texts.label("energy.operate.head", site=opened.site.name, start=f"{begins(found.at):%m-%d %H:%M}",
                             at=f"{found.at:%H:%M:%S}"))  # fmt: skip
    if found.bought is not None:
        show.say(to, texts.label("energy.operate.bought", kw=_kw(found.bought), mean=_kw(done.mean),
                                 limit=_kw(done.limit), room=_kw(max(0.0, done.limit - done.mean))))  # fmt: skip
    if found.bought is not None and done.without - done.mean > 0.05:
        show.say(to, texts.label("energy.operate.guarded", without=_kw(done.without), mean=_kw(done.mean)))
    for one in found.requests:
        show.say(to, _request(one, found))
    names = {row["device_id"]: row["name"] for row in opened.site.tables["devices"]}
    cells = [[names[store.device_id], _kw(store.content), _kw(store.power), texts.label(f"energy.operate.{one.mode}"),
              f"{one.amount_wh:,}", _result(one.finding is None, dry_run=dry_run)]
             for store, one in zip(found.stores, found.orders, strict=True)]  # fmt: skip
    heads = [
        texts.label(f"energy.operate.head.{name}") for name in ("name", "stored", "power", "order", "wh", "result")
    ]
    to.print(show.table(heads, cells, numbers=(1, 2, 4)))
    for store in found.stores:
        if trip := found.booked.get(store.device_id):
            enough = texts.label(
                "energy.operate.booked." + ("short" if store.short else "enough"), kwh=_kw(store.short)
            )
            show.say(to, texts.label("energy.operate.booked", name=names[store.device_id],
                                     out=f"{trip.out:%m-%d %H:%M}",
                                     booking=trip.booking_id, kwh=_kw(store.wanted), enough=enough))  # fmt: skip
    show.show_findings(found.findings, to, most=5)
    show.say(to, texts.label("energy.operate.dry" if dry_run else "energy.operate.kept", month=f"{found.at:%Y-%m}"),
             style="dim")  # fmt: skip


def _request(one: Request, found: Operated) -> str:
    """A request in one line: when, what it asks for, and what the plan makes of it."""
    start, end = one.start.astimezone(JST), one.end and one.end.astimezone(JST)
    amount, unit = (one.value / 1000, "kW") if one.unit == "W" else (one.value, one.unit)
    asked = texts.label(f"energy.operate.asked.{one.quantity}", value=printed(amount, 0 if unit == "level" else 1))
    state = "now" if one.holds(found.at) else "later" if one.joined else "ignored"
    return texts.label("energy.operate.request", event=one.event_id, device=one.device, asked=asked,
                       start=f"{start:%m-%d %H:%M}", end=f"{end:%H:%M}" if end else texts.label("energy.operate.open"),
                       state=texts.label(f"energy.operate.request.{state}"))  # fmt: skip


def _result(good: bool, *, dry_run: bool) -> str:
    return texts.label(
        "energy.operate.not_sent" if dry_run else "energy.operate.done" if good else "energy.operate.failed"
    )


def _kw(value: float) -> str:
    return printed(exact.decimal(value), 1)
