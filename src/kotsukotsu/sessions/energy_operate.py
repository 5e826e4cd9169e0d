"""One half-hour of a site under control: read the devices, plan, guard, order, and keep what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np

from kotsukotsu.devices.echonet.link import Link
from kotsukotsu.devices.echonet.storage import Mode, Storage
from kotsukotsu.devices.fleet import read_all
from kotsukotsu.devices.model import Clock, Observed
from kotsukotsu.energy import exact
from kotsukotsu.energy.control import Controller, Rule
from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, System
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.forecast import Loads, Suns
from kotsukotsu.energy.operate import AHEAD_DAYS, Now, Step, Store, outlooks, step
from kotsukotsu.energy.rolling import equipment
from kotsukotsu.energy.slots import MINUTES, PER_DAY, Calendar, Ints, calendar
from kotsukotsu.energy.tariff.prices import Prices, prices
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST
from kotsukotsu.schema import Row
from kotsukotsu.sessions import energy_bookings, energy_operations, energy_requests
from kotsukotsu.sessions.energy_bookings import Trip
from kotsukotsu.sessions.energy_fleet import Fleet, fleet
from kotsukotsu.sessions.energy_requests import Request
from kotsukotsu.sessions.energy_system import Planned

WATTS: dict[str, float] = {"W": 1000.0, "Wh": 1000.0, "kW": 1.0, "kWh": 1.0}  # in a kilo of the unit
BOUGHT, SUN = "bought_power", "sun_power"  # what values of MQTT are called by, to be used here
SECTION = "operate"
TENTH = 0.1  # [kWh]


class Ordered(NamedTuple):
    """What a store was told, and what was wrong with it."""

    device_id: str
    mode: Mode
    amount_wh: int
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Operated:
    """One step of control.

    Attributes
    ----------
    bought, sun : float, optional
        As they were read. [kW]
    booked : mapping
        The next trip of each car.
    requests : tuple of Request
        What is asked for in the present half-hour or later, as far as the plan reaches.
    """

    at: datetime
    bought: float | None
    sun: float | None
    stores: tuple[Store, ...]
    step: Step
    orders: tuple[Ordered, ...]
    findings: tuple[Finding, ...]
    booked: Mapping[str, Trip]
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class Said:
    """What the devices of a site said."""

    fleet: Fleet
    values: tuple[Observed, ...]
    site: Planned
    booked: Mapping[str, Trip]
    at: datetime

    def power(self, kind: str, quantity: str) -> float | None:
        """The sum over devices of a kind and over MQTT values of a name; None if one of them says nothing. [kW]"""
        wanted = [(rows[0]["name"], "power") for rows in self.fleet.rows.values() if rows[0]["kind"] == kind]
        wanted += [(row["name"], quantity) for rows in self.fleet.rows.values() for row in rows
                   if row["quantity"] == quantity]  # fmt: skip
        found = [self._one(*each) for each in wanted]
        given = [value for value in found if value is not None]
        return sum(given) if given and len(given) == len(wanted) else None

    @cached_property
    def stores(self) -> tuple[Store, ...]:
        """Batteries and cars that said what is in them."""
        made = (self._store(number) for number in self.named)
        return tuple(one for one in made if one is not None)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Numbers of all batteries and cars of the site that can be told something."""
        return tuple(number for number, one in self.fleet.devices.items() if isinstance(one, Storage))

    def kind(self, number: str) -> str:
        """``battery`` or ``car``."""
        return str(self.fleet.rows[number][0]["kind"])

    def _one(self, name: str, quantity: str) -> float | None:
        return next((float(one.value) / WATTS[one.unit] for one in self.values
                     if (one.device, one.quantity) == (name, quantity)), None)  # fmt: skip

    def _store(self, number: str) -> Store | None:
        """A store as it is now; one of several batteries has its share of what ``site.toml`` says of all."""
        name, is_car = self.fleet.devices[number].name, self.kind(number) == "car"
        content, power = self._one(name, "stored"), self._one(name, "power")
        if content is None or power is None:
            return None
        need, count = self.site.equipment, sum(self.kind(one) == "battery" for one in self.named)
        if is_car:
            kwh, charge, discharge = need("car_kwh"), need("car_charge_kw"), need("car_discharge_kw")
        else:
            kwh, charge, discharge = need("battery_kwh") / count, *[need("battery_kw") / count] * 2
        share = self.site.number(SECTION, "car_reserve" if is_car else "reserve")
        return Store(number, is_car, max(kwh, content), content, share * kwh, charge, discharge, power,
                     need("battery_efficiency"), *self._trip(number))  # fmt: skip

    def _trip(self, number: str) -> tuple[float, float | None]:
        """What a car must leave with [kWh], and in how many hours; nothing where it is not booked."""
        if number not in self.booked:
            return 0.0, None
        trip = self.booked[number]
        return energy_bookings.wanted(trip, self.site.car), (trip.out - self.at).total_seconds() / 3600


def operate(site: Planned, link: Link, clock: Clock, *, dry_run: bool = False) -> Operated:
    """Read, plan, guard, order; what is ordered is kept before it is sent, what came of it after.

    Raises
    ------
    EnergyError
        DO-01 a site without a battery or car that can be told anything.
    """
    made, at = fleet(site.opened, link), clock().astimezone(JST)
    if not any(isinstance(one, Storage) for one in made.devices.values()):
        raise EnergyError("DO-01")
    reading = read_all(made.devices.values(), clock)
    cars = [number for number, rows in made.rows.items() if rows[0]["kind"] == "car"]
    trips, refused = energy_bookings.trips(site.opened.site.tables["bookings"], cars)
    said = Said(made, reading.values, site, energy_bookings.following(trips, at), at)
    requests = energy_requests.held(made.vens, at)
    bought, sun = said.power("meter", BOUGHT), said.power("pv", SUN)
    kept = energy_operations.rows(site.opened.path, at)
    known = outlooks_of(site, at.date())
    now = _now(site, said.stores, kept, known, at, bought)
    now = replace(now, booked=bool(trips), requests=energy_requests.wishes(site, made.vens, at))
    done = step(_controller(site, said.stores, known, at, trips), now)
    wanted = [_wanted(store, done.orders[store.device_id], now) for store in said.stores]
    doubts = (*reading.findings, *_doubts(said, done, now), *energy_bookings.doubts(trips, refused, at),
              *energy_requests.doubts(done.asked))  # fmt: skip
    found = Operated(at, bought, sun, said.stores, done, tuple(wanted), doubts, said.booked, requests)
    if dry_run:
        return found
    energy_operations.keep(site.opened.path, _rows(found, sent=False))
    told = tuple(_told(made, one) for one in wanted)
    found = replace(found, orders=told, findings=(*found.findings, *(one.finding for one in told if one.finding)))
    energy_operations.keep(site.opened.path, _rows(found, sent=True))
    return found


def outlooks_of(site: Planned, day: date) -> tuple[Loads, Suns]:
    """What the day and those after it may bring: the site's year, turned so that it ends the day before its like."""
    own = site.opened.site.calendar
    like = (min(day.day, 28) if day.month == 2 else day.day, day.month)
    turn = next(number for number in range(len(own) // PER_DAY)
                if ((on := own.start + timedelta(days=number)).day, on.month) == like)  # fmt: skip
    give, kw = site.sun
    load, sun = (np.roll(values, -turn * PER_DAY) for values in (site.load, give * kw))
    return outlooks(load, sun, np.roll(_free(own), -turn), _free(calendar(day, day + timedelta(days=AHEAD_DAYS))))


def _free(days: Calendar) -> Ints:
    """1 for days without work, else 0."""
    found: Ints = (days.holiday | (days.weekday >= 5)).reshape(-1, PER_DAY)[:, 0].astype(np.int64)
    return found


def _controller(
    site: Planned, stores: Sequence[Store], known: tuple[Loads, Suns], at: datetime, trips: Sequence[Trip]
) -> Controller:
    """The controller of the stores that answered, at the prices of these days."""
    day = at.date()
    batteries = [store for store in stores if not store.is_car]
    kwh, kw = sum(one.kwh for one in batteries), sum(one.discharge_kw for one in batteries)
    least = sum(one.least for one in batteries) / kwh if kwh else 0.0
    ahead = calendar(day, day + timedelta(days=AHEAD_DAYS))
    cost, none = _prices(site, ahead), np.zeros(len(ahead))
    contract = Contract(12 * float(cost.demand[0]), np.zeros(len(ahead), np.int64), memory=1)
    sell = np.full(len(ahead), site.equipment("sell_yen_per_kwh"))
    grid = Grid(cost.energy, sell, none, contract)
    battery = Battery("battery", kwh, kw, site.equipment("battery_efficiency"), least)
    cars = [store for store in stores if store.is_car]
    parked = energy_bookings.parked([trip for trip in trips if trip.out > at], cars, site.car, ahead)
    system = System((Meter("m", none, grid, (battery, parked)),))
    return Controller(equipment(system), *known, Rule())


def _prices(site: Planned, ahead: Calendar) -> Prices:
    """Of the contract that is in force when the plan begins, for all of it."""
    one = site.opened.site.contracts(site.meter_id, ahead)[0]
    return prices(site.opened.site.book, one.tariff_id, ahead, one.terms.power_factor)


def _now(
    site: Planned, stores: tuple[Store, ...], kept: Sequence[Row], known: tuple[Loads, Suns], at: datetime,
    bought: float | None,
) -> Now:  # fmt: skip
    start, measured = energy_operations.begins(at), energy_operations.today(kept, at)
    slot = (start.hour * 60 + start.minute) // MINUTES
    load = _filled(measured["load_kw"], known[0].expected)
    sun = _filled(measured["sun_kw"], known[1].expected)
    most = max(site.number(SECTION, "maximum_kw"), energy_operations.incurred(kept, at))
    elapsed = (at - start).total_seconds() / 60
    kwh = 0.0 if bought is None else energy_operations.so_far(kept, at, bought)
    return Now(slot, elapsed, bought, kwh, stores, load, sun, most)


def _filled(measured: Values, foreseen: Values) -> Values:
    """What was measured of the day; as it was foreseen where nothing was."""
    found: Values = np.where(np.isnan(measured), foreseen.mean(axis=0)[:PER_DAY], measured)
    return found


def _wanted(store: Store, kw: float, now: Now) -> Ordered:
    """An order in whole watt-hours until the half-hour ends."""
    amount = round(abs(kw) * (MINUTES - now.elapsed) / 60 * 1000)
    mode: Mode = "standby" if not amount else "charge" if kw > 0 else "discharge"
    return Ordered(store.device_id, mode, amount, None)


def _told(made: Fleet, one: Ordered) -> Ordered:
    device = made.devices[one.device_id]
    return one._replace(finding=device.order(one.mode, one.amount_wh) if isinstance(device, Storage) else None)


def _doubts(said: Said, done: Step, now: Now) -> list[Finding]:
    """What could not be read, and a limit that cannot be held."""
    found = [] if now.bought is not None else [Finding("DO-02", said.site.meter_id, {"meter": said.site.meter_id})]
    there = {store.device_id for store in said.stores}
    found += [Finding("DO-03", name, {"device": said.fleet.devices[name].name}) for name in said.named
              if name not in there]  # fmt: skip
    found += [Finding("DO-08", store.device_id, _lacking(said, store)) for store in said.stores if store.short > TENTH]
    if now.bought is not None and done.over > 0:
        data = {"limit": _kw(done.limit), "over": _kw(done.over)}
        found.append(Finding("DO-04", said.site.meter_id, data))
    return found


def _lacking(said: Said, store: Store) -> dict[str, object]:
    """Why a car will leave with too little."""
    trip = said.booked[store.device_id]
    name, out = said.fleet.devices[store.device_id].name, f"{trip.out:%m-%d %H:%M}"
    return {"device": name, "booking": trip.booking_id, "out": out, "wanted": _kw(store.wanted),
            "content": _kw(store.content), "short": _kw(store.short), "kw": _kw(store.charge_kw)}  # fmt: skip


def _kw(value: float) -> Decimal:
    return round(exact.decimal(value), 1)


def _rows(found: Operated, *, sent: bool) -> list[Row]:
    """The lines of the log; without results as long as nothing was sent."""
    net = None if found.bought is None else found.bought - sum(store.power for store in found.stores)
    load = None if net is None or found.sun is None else max(0.0, net + found.sun)
    numbers = {"bought_kw": found.bought, "sun_kw": found.sun, "load_kw": load, "limit_kw": found.step.limit,
               "mean_kw": found.step.mean}  # fmt: skip
    asked = "; ".join(one.event_id for one in found.requests if one.holds(found.at)) or None
    made = [
        energy_operations.line(found.at, request=asked, **{name: _number(value) for name, value in numbers.items()})
    ]
    for store, one in zip(found.stores, found.orders, strict=True):
        result = None if not sent else one.finding.code if one.finding else "done"
        trip = found.booked.get(store.device_id)
        made.append(energy_operations.line(
            found.at, device_id=store.device_id, stored_kwh=_number(store.content), power_kw=_number(store.power),
            booking_id=trip and trip.booking_id, wanted_kwh=_number(store.wanted) if trip else None,
            order=one.mode, order_wh=one.amount_wh, result=result,
        ))  # fmt: skip
    return made


def _number(value: float | None) -> Decimal | None:
    return None if value is None else round(exact.decimal(value), 3)
