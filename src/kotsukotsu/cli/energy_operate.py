"""``kotsukotsu energy operate``: one half-hour of a site under control."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.energy_formats import SiteArgument
from kotsukotsu.cli.output import check_format, print_json
from kotsukotsu.devices.echonet.link import PORT, Link
from kotsukotsu.energy import exact
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.periods import JST
from kotsukotsu.rounding import plain, printed
from kotsukotsu.sessions.energy_fleet import host_port
from kotsukotsu.sessions.energy_operate import Operated, operate
from kotsukotsu.sessions.energy_operations import begins
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

ANYWHERE = f"0.0.0.0:{PORT}"
MeterOption = Annotated[str | None, typer.Option("--meter", help=texts.label("cli.energy.meter"))]
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
             "order": one.mode, "order_wh": one.amount_wh, "result": one.finding.code if one.finding else None}
            for store, one in zip(found.stores, found.orders, strict=True)
        ],
        "findings": [one.as_dict() for one in found.findings],
    }  # fmt: skip


def _tell(opened: EnergySite, found: Operated, *, dry_run: bool) -> None:
    to, done = show.console(), found.step
    show.say(to, texts.label("energy.operate.head", site=opened.site.name, start=f"{begins(found.at):%m-%d %H:%M}",
                             at=f"{found.at:%H:%M:%S}"))  # fmt: skip
    if found.bought is not None:
        show.say(to, texts.label("energy.operate.bought", kw=_kw(found.bought), mean=_kw(done.mean),
                                 limit=_kw(done.limit), room=_kw(max(0.0, done.limit - done.mean))))  # fmt: skip
    if found.bought is not None and done.without - done.mean > 0.05:
        show.say(to, texts.label("energy.operate.guarded", without=_kw(done.without), mean=_kw(done.mean)))
    names = {row["device_id"]: row["name"] for row in opened.site.tables["devices"]}
    cells = [[names[store.device_id], _kw(store.content), _kw(store.power), texts.label(f"energy.operate.{one.mode}"),
              f"{one.amount_wh:,}", _result(one.finding is None, dry_run=dry_run)]
             for store, one in zip(found.stores, found.orders, strict=True)]  # fmt: skip
    heads = [
        texts.label(f"energy.operate.head.{name}") for name in ("name", "stored", "power", "order", "wh", "result")
    ]
    to.print(show.table(heads, cells, numbers=(1, 2, 4)))
    show.show_findings(found.findings, to, most=3)
    show.say(to, texts.label("energy.operate.dry" if dry_run else "energy.operate.kept", month=f"{found.at:%Y-%m}"),
             style="dim")  # fmt: skip


def _result(good: bool, *, dry_run: bool) -> str:
    return texts.label(
        "energy.operate.not_sent" if dry_run else "energy.operate.done" if good else "energy.operate.failed"
    )


def _kw(value: float) -> str:
    return printed(exact.decimal(value), 1)
