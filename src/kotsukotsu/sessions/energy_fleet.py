"""The devices that a site's ``devices.csv`` names, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from kotsukotsu import texts
from kotsukotsu.devices.echonet.device import EchonetDevice
from kotsukotsu.devices.echonet.link import PORT, Link, Place
from kotsukotsu.devices.echonet.meter import SmartMeter
from kotsukotsu.devices.echonet.storage import Storage
from kotsukotsu.devices.model import Clock, Device, DeviceError
from kotsukotsu.devices.mqtt import MqttDevice, Wanted
from kotsukotsu.devices.openadr import tls
from kotsukotsu.devices.openadr.book import Opt
from kotsukotsu.devices.openadr.event import Event
from kotsukotsu.devices.openadr.report import TO_BASE, Point
from kotsukotsu.devices.openadr.ven import Ven
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.joined import twice
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row
from kotsukotsu.sessions import energy_answers
from kotsukotsu.sessions.energy_answers import Said
from kotsukotsu.sessions.energy_receiving import places
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store.folder import text_of

FILE = "devices.csv"
GROUPS = {"meter": 0x0288, "pv": 0x0279, "battery": 0x027D, "car": 0x027E}
KINDS = {"echonet": tuple(GROUPS), "mqtt": ("values",), "openadr": ("requests",)}
NEEDED = {"echonet": (), "mqtt": ("topic", "quantity", "unit", "least", "most"), "openadr": ("ven_name",)}
MQTT_PORT = 1883
Answers = Mapping[str, Opt]
Lines = Mapping[str, tuple[Row, ...]]
DECIDED: Mapping[str, Opt | None] = {"yes": "optIn", "no": "optOut", "ask": None}


@dataclass(frozen=True)
class Fleet:
    """Devices by their number, with the lines that name them."""

    rows: Lines
    devices: Mapping[str, Device]

    @property
    def vens(self) -> Mapping[str, Ven]:
        """Those that take requests."""
        return {number: one for number, one in self.devices.items() if isinstance(one, Ven)}


def rows(opened: EnergySite) -> dict[str, tuple[Row, ...]]:
    """The lines of ``devices.csv`` by device, looked through.

    Raises
    ------
    EnergyError
        ST-05 a number or name used twice, HI-11 a place that the site does not have, DD-01 a kind that the protocol
        does not have, DD-02 what the protocol needs, DD-03 an address that is none, DD-05 a place for what is not
        counted, DD-08 two counters for one place.
    """
    found: dict[str, list[Row]] = {}
    for row in opened.site.tables["devices"]:
        _check(row, places(opened))
        found.setdefault(row["device_id"], []).append(row)
    for number, lines in found.items():
        _once(lines, number)
    if name := twice(lines[0]["name"] for lines in found.values()):
        raise EnergyError("ST-05", file=FILE, value=name)
    if point := twice(row["point"] for lines in found.values() for row in lines if row["point"]):
        raise EnergyError("DD-08", point=point)
    return {number: tuple(lines) for number, lines in found.items()}


def fleet(opened: EnergySite, link: Link) -> Fleet:
    """The devices, with one socket for all of ECHONET Lite.

    Raises
    ------
    EnergyError, DeviceError, FolderError
        As `rows`; DD-04 what cannot be reported, DD-06 a file that is missing, DV-50 and DV-51 an address or
        certificate of a VTN.
    """
    lines = rows(opened)
    points = tuple(point for each in lines.values() for row in each for point in _reported(row))
    made: dict[str, Device] = {}
    for number, each in lines.items():
        match each[0]["protocol"]:
            case "echonet":
                made[number] = _echonet(each[0], link)
            case "mqtt":
                made[number] = _mqtt(each, opened.path)
            case _:
                made[number] = _ven(each[0], points, opened.path, energy_answers.given(opened.path, number))
    return Fleet(lines, made)


def answer(opened: EnergySite, made: Fleet, answers: Answers, clock: Clock) -> tuple[Finding, ...]:
    """Tell the VTNs that sent them whether we join requests, and remember it.

    Raises
    ------
    DeviceError
        DV-49 a request that none of them has; nothing is told then.
    """
    holders = {one.event_id: (number, ven, one) for number, ven in made.vens.items() for one in ven.events}
    for event_id in answers:
        if event_id not in holders:
            names = texts.listed(ven.name for ven in made.vens.values()) or texts.none()
            raise DeviceError("DV-49", device=names, event=event_id, known=texts.listed(holders) or texts.none())
    found: list[Finding] = []
    for event_id, opt in answers.items():
        number, ven, one = holders[event_id]
        doubts = ven.answer(event_id, opt, clock)
        found += doubts
        if not doubts:
            energy_answers.keep(opened.path, number, one, opt, clock())
    return tuple(found)


def host_port(address: str, port: int) -> tuple[str, int] | None:
    """The two parts of an address; None if it is none."""
    try:
        parts = urlsplit(f"//{address}")
        given = parts.port
    except ValueError:
        return None
    if parts.hostname is None or parts.netloc != address or "@" in address:
        return None
    return parts.hostname, port if given is None else given


def _check(row: Row, known: Iterable[str]) -> None:
    """One line by itself."""
    protocol, number = row["protocol"], row["device_id"]
    if row["kind"] not in KINDS[protocol]:
        raise EnergyError("DD-01", device=number, kind=row["kind"], known=texts.listed(KINDS[protocol]))
    needed = (*NEEDED[protocol], *(("hertz", "voltage") if row["report"] else ()))
    for column in needed:
        if row[column] is None:
            raise EnergyError("DD-02", device=number, column=column)
    if protocol != "openadr" and host_port(row["address"], PORT) is None:
        raise EnergyError("DD-03", device=number, value=row["address"])
    if row["point"] and row["point"] not in known:
        raise EnergyError("HI-11", name=number, point=row["point"], known=texts.listed(known))
    counts = row["kind"] in ("meter", "pv") or (protocol == "mqtt" and row["unit"] in ("Wh", "kWh"))
    if row["point"] and not counts:
        raise EnergyError("DD-05", device=number, point=row["point"])


def _once(lines: list[Row], number: str) -> None:
    """Only MQTT has several lines of one device, of the same name and address."""
    same = {(row["name"], row["protocol"], row["address"]) for row in lines}
    topics = {row["topic"] for row in lines}
    if len(lines) > 1 and (lines[0]["protocol"] != "mqtt" or len(same) > 1 or len(topics) < len(lines)):
        raise EnergyError("ST-05", file=FILE, value=number)


def _echonet(row: Row, link: Link) -> EchonetDevice:
    host, port = host_port(row["address"], PORT) or ("", 0)
    place = Place(host, GROUPS[row["kind"]], row["instance"] or 1, port)
    made = {"meter": SmartMeter, "battery": Storage, "car": Storage}.get(row["kind"], EchonetDevice)
    return made(row["name"], place, link)


def _mqtt(lines: tuple[Row, ...], folder: Path) -> MqttDevice:
    row = lines[0]
    host, port = host_port(row["address"], MQTT_PORT) or ("", 0)
    wanted = tuple(Wanted(one["topic"], one["quantity"], one["unit"], one["least"], one["most"]) for one in lines)
    secret = _file(row, "secret", folder)
    password = text_of(secret).strip() if secret else None
    return MqttDevice(row["name"], host, wanted, port, username=row["username"], password=password)


def _ven(row: Row, points: tuple[Point, ...], folder: Path, said: Said) -> Ven:
    """A VEN that keeps to what was answered to a request, and else to what the table says."""
    usual = DECIDED[row["join"] or "ask"]
    files = [_file(row, column, folder) for column in ("authority", "certificate", "secret")]
    papers = tls.context(*files) if any(files) else None

    def decide(event: Event) -> Opt | None:
        return said.get((event.event_id, event.modification), usual)

    names = (row["ven_name"], row["ven_id"] or "", row["vtn_id"] or "")
    return Ven(row["name"], row["address"], *names, decide, points, papers)


def _file(row: Row, column: str, folder: Path) -> Path | None:
    """A file that a line names; DD-06 if it is not there."""
    if not row[column]:
        return None
    if not (folder / row[column]).is_file():
        raise EnergyError("DD-06", device=row["device_id"], column=column, file=row[column])
    return folder / str(row[column])


def _reported(row: Row) -> tuple[Point, ...]:
    """What a VTN may have of a device: its power, or the value of its topic."""
    if not row["report"]:
        return ()
    quantity, unit = (row["quantity"], row["unit"]) if row["protocol"] == "mqtt" else ("power", "W")
    if unit not in TO_BASE or row["protocol"] == "openadr":
        raise EnergyError("DD-04", device=row["device_id"])
    base: Literal["W", "Wh"] = "W" if TO_BASE[unit][0] == "W" else "Wh"
    return (Point(row["report"], row["name"], quantity, base, row["hertz"], row["voltage"]),)
