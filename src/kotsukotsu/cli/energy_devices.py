"""``kotsukotsu energy devices``: the devices of a site, those on its network, and what they say now."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.energy_devices_show import data, tell
from kotsukotsu.cli.energy_formats import SiteArgument
from kotsukotsu.cli.output import check_format, print_json
from kotsukotsu.devices.echonet.discover import EVERYBODY
from kotsukotsu.devices.echonet.discover import discover as look_for
from kotsukotsu.devices.echonet.link import PORT, Link, Place
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.periods import JST
from kotsukotsu.sessions import energy_fleet
from kotsukotsu.sessions.energy_fleet import GROUPS, Answers
from kotsukotsu.sessions.energy_reading import keep, read_once
from kotsukotsu.sessions.energy_site import EnergySite

ANYWHERE = "0.0.0.0"  # noqa: S104  (answers may come to any address of this machine)
ReadOption = Annotated[bool, typer.Option("--read", help=texts.label("cli.energy.devices.read"))]
DiscoverOption = Annotated[bool, typer.Option("--discover", help=texts.label("cli.energy.devices.discover"))]
AskOption = Annotated[str, typer.Option("--ask", help=texts.label("cli.energy.devices.ask"))]
HereOption = Annotated[str, typer.Option("--here", help=texts.label("cli.energy.devices.here"))]
DaysOption = Annotated[int, typer.Option("--days", min=0, max=99, help=texts.label("cli.energy.devices.days"))]
DryOption = Annotated[bool, typer.Option("--dry-run", help=texts.label("cli.dry_run.help"))]
JoinOption = Annotated[list[str] | None, typer.Option("--join", help=texts.label("cli.energy.devices.join"))]
DeclineOption = Annotated[list[str] | None, typer.Option("--decline", help=texts.label("cli.energy.devices.decline"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("devices", help=texts.label("cli.energy.devices"))(run)


def run(
    site: SiteArgument, read: ReadOption = False, discover: DiscoverOption = False, ask: AskOption = EVERYBODY,
    here: HereOption = f"{ANYWHERE}:{PORT}", days: DaysOption = 1, dry_run: DryOption = False,
    join: JoinOption = None, decline: DeclineOption = None,
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:  # fmt: skip
    """List the devices, look for those on the network, or read all of them once."""
    check_format(output)
    opened = EnergySite(site)
    rows = energy_fleet.rows(opened)
    if discover:
        _discover(rows, ask, here, output)
    elif read or join or decline:
        answers: Answers = {**dict.fromkeys(join or (), "optIn"), **dict.fromkeys(decline or (), "optOut")}
        _read(opened, _link_at(here, needed=_has_echonet(rows)), days, answers, dry_run=dry_run, output=output)
    else:
        _list(rows, output)


def _clock() -> datetime:
    return datetime.now(JST)


def _has_echonet(rows: energy_fleet.Lines) -> bool:
    return any(lines[0]["protocol"] == "echonet" for lines in rows.values())


def _link_at(here: str, *, needed: bool) -> Link:
    """The socket to which nodes answer; any other where there are none.

    Raises
    ------
    EnergyError
        DD-03 an address that is none, DD-09 a port that is taken.
    """
    found = energy_fleet.host_port(here, PORT)
    if found is None:
        raise EnergyError("DD-03", device="--here", value=here)
    try:
        return Link(found[0], found[1] if needed else 0)
    except OSError:
        raise EnergyError("DD-09", address=f"{found[0]}:{found[1]}") from None


def _list(rows: energy_fleet.Lines, output: str) -> None:
    named = ("device_id", "name", "protocol", "kind", "address", "point")
    lines = [row for each in rows.values() for row in each]
    if output == "json":
        print_json({"devices": [{name: row[name] for name in named} for row in lines]})
        return
    to = show.console()
    if not lines:
        show.say(to, texts.label("energy.devices.none"))
        return
    cells = [[row["device_id"], row["name"], texts.label(f"energy.devices.protocol.{row['protocol']}"),
              texts.label(f"energy.devices.kind.{row['kind']}"), row["address"],
              row["point"] or texts.none()] for row in lines]  # fmt: skip
    to.print(show.table([texts.label(f"energy.devices.{name}") for name in named], cells, numbers=()))


def _discover(rows: energy_fleet.Lines, ask: str, here: str, output: str) -> None:
    place = energy_fleet.host_port(ask, PORT)
    if place is None:
        raise EnergyError("DD-03", device="--ask", value=ask)
    with _link_at(here, needed=True) as link:
        nodes, findings = look_for(link, *place)
    known = {
        (energy_fleet.host_port(row["address"], PORT), GROUPS[row["kind"]], row["instance"] or 1): row["device_id"]
        for each in rows.values() for row in each if row["protocol"] == "echonet"
    }  # fmt: skip
    found = [_found(one, known.get(((one.host, one.port), one.group, one.instance)))
             for node in nodes for one in node.objects]  # fmt: skip
    if output == "json":
        print_json({"nodes": found, "findings": [one.as_dict() for one in findings]})
        return
    to = show.console()
    if not found:
        show.say(to, texts.label("energy.devices.nobody"))
    else:
        names = ("address", "class", "kind", "instance", "device_id")
        shown = [one | {"kind": texts.label(f"energy.devices.kind.{one['kind'] or 'other'}")} for one in found]
        cells = [[str(one[name] or texts.none()) for name in names] for one in shown]
        to.print(show.table([texts.label(f"energy.devices.{name}") for name in names], cells, numbers=(3,)))
        show.say(to, texts.label("energy.devices.write"), style="dim")
    show.show_findings(findings, to)


def _found(one: Place, known: str | None) -> dict[str, Any]:
    kind = next((name for name, group in GROUPS.items() if group == one.group), None)
    return {"address": one.host, "class": f"0x{one.group:04X}", "kind": kind, "instance": one.instance,
            "device_id": known}  # fmt: skip


def _read(opened: EnergySite, link: Link, days: int, answers: Answers, *, dry_run: bool, output: str) -> None:
    """Read, answer, keep, and show what came of it.

    Raises
    ------
    DeviceError
        DV-49 a request that none of them has.
    """
    with link:
        fleet = energy_fleet.fleet(opened, link)
        found = read_once(opened, fleet, _clock, days)
        said = energy_fleet.answer(opened, fleet, answers, _clock)
    if not dry_run:
        keep(opened, found)
    still = (one for one in found.findings if one.code != "DV-44" or one.data["event"] not in answers)
    findings = (*still, *said)
    if output == "json":
        print_json(data(fleet, found, findings, dry_run=dry_run))
    else:
        tell(fleet, found, findings, dry_run=dry_run)
