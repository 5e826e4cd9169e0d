"""Vehicles by distance and fuel: which lines a vehicle has, from its line in the register.

CH4 and N2O are counted by the distance, CO2 by the fuel (温対法施行令第3条第1項第1号から第3号). A vehicle that burns
nothing (bev, fcv) has neither: its electricity is in that of the building where it is charged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.entries import ledger, sheets
from kotsukotsu.web.entries.grid import Files, GridCell, GridLine, key_of, month_of, series_of
from kotsukotsu.web.entries.models import Asked, Sheet
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.registers import Vehicle

BURNS_NOTHING = ("bev", "fcv")


@dataclass(frozen=True, slots=True)
class Driven:
    """What a vehicle's year says.

    Attributes
    ----------
    distance, fuel : GridLine or None
        Its lines; none where the register names no such item.
    """

    vehicle: Vehicle
    distance: GridLine | None
    fuel: GridLine | None

    @property
    def per_fuel(self) -> Decimal | None:
        """Distance per fuel of the months that have both. [km/L, or the units of the lines]"""
        if self.distance is None or self.fuel is None:
            return None
        pairs = [
            (one.value, other.value)
            for one, other in zip(self.distance.cells, self.fuel.cells, strict=True)
            if one.value is not None and other.value is not None
        ]
        burnt = exact.total(fuel for _, fuel in pairs)
        return exact.quotient(exact.total(distance for distance, _ in pairs), burnt) if burnt else None


def vehicles_of(sheet: Sheet) -> list[Vehicle]:
    """Vehicles that were there in the sheet's year."""
    year = FiscalYear(sheet.fiscal_year)
    found = Vehicle.objects.filter(facility_id=sheet.facility_id).order_by("vehicle_id")
    return [one for one in found if is_there(one, year.start, year.end)]


def is_there(vehicle: Vehicle, start: object, end: object) -> bool:
    """Whether a vehicle was there on some day of a period."""
    begun = vehicle.acquired_on is None or vehicle.acquired_on < end
    return begun and (vehicle.disposed_on is None or vehicle.disposed_on > start)


def items_of(vehicle: Vehicle) -> list[str]:
    """Items of its distance and its fuel, as far as they are known."""
    if vehicle.drive in BURNS_NOTHING:
        return []
    return [item for item in (vehicle.vehicle_class, vehicle.fuel) if item in catalogue().items]


def grid_of(sheet: Sheet, vehicles: Iterable[Vehicle], files: Files) -> tuple[sheets.Grid, list[Driven]]:
    """The grid of some vehicles, two lines for each, and what their years say."""
    listed = list(vehicles)
    wanted = [_asked(sheet, vehicle, item) for vehicle in listed for item in items_of(vehicle)]
    found = sheets.grid(sheet, files=files, asked=wanted)
    known = {(line.meter_id, line.item): line for line in found.fleet}
    driven = [
        Driven(
            one,
            _named(one, known.get((one.vehicle_id, one.vehicle_class)), "distance"),
            _named(one, known.get((one.vehicle_id, one.fuel or "")), "fuel"),
        )
        for one in listed
    ]
    lines = tuple(line for one in driven for line in (one.distance, one.fuel) if line is not None)
    series = {line.key[:2] for line in lines}
    said = tuple(one for one in found.findings if series_of(one) in series)
    return replace(found, lines=lines, findings=said, yearly=(), fleet=()), driven


def totals(sheet: Sheet, lines: Iterable[GridLine]) -> list[str]:
    """Names of the items of some lines whose amounts of the year stand there for all vehicles together."""
    items = list(dict.fromkeys(line.item for line in lines))
    rows = ledger.of_years(sheet.facility_id, sheet.fiscal_year, sheet.fiscal_year, items)
    whole = {row["item"] for row in rows if row["quantity"] is not None and key_of(row)[1:] == ("", "")}
    return [sheets.item_name(item) for item in items if item in whole]


def _asked(sheet: Sheet, vehicle: Vehicle, item: str) -> Asked:
    return Asked(sheet=sheet, item=item, meter_id=vehicle.vehicle_id, unit=catalogue().items[item].unit)


def _named(vehicle: Vehicle, line: GridLine | None, kind: str) -> GridLine | None:
    """A line under the vehicle's name, without the months in which it was not there."""
    if line is None:
        return None
    what = texts.label("web.fleet.distance") if kind == "distance" else sheets.item_name(line.item)
    name = " ".join(part for part in (vehicle.vehicle_id, vehicle.note, what) if part)
    return replace(line, item_name=name, cells=tuple(_open(vehicle, cell) for cell in line.cells))


def _open(vehicle: Vehicle, cell: GridCell) -> GridCell:
    if cell.rows or is_there(vehicle, cell.month.start, cell.month.end):
        return cell
    return replace(cell, is_closed=True)


def line_of(sheet: Sheet, ident: str) -> Asked | None:
    """The line of a vehicle by its name, where it is one; it need not be asked for yet."""
    item, _, rest = ident.partition("|")
    meter, _, use = rest.partition("|")
    vehicle = next((one for one in vehicles_of(sheet) if one.vehicle_id == meter), None)
    return _asked(sheet, vehicle, item) if vehicle and not use and item in items_of(vehicle) else None


def require_one_way(facility_id: str, new: Sequence[Row], standing: Iterable[Row]) -> None:
    """Refuse what would count twice, by any way in.

    Parameters
    ----------
    new, standing : sequence of Row
        As of `faults`.

    Raises
    ------
    WebError
        WF-07 a total beside single vehicles, WF-08 the vehicle was not there.
    """
    for error in faults(facility_id, new, standing).values():
        raise error


def faults(facility_id: str, new: Sequence[Row], standing: Iterable[Row]) -> dict[int, WebError]:
    """What would count twice (C-38): a total of vehicles beside single ones in the same days, by the place in `new`.

    Parameters
    ----------
    new, standing : sequence of Row
        What is to be posted, and the rows that count of the same items.
    """
    gone = {row.get("replaces") for row in new}
    standing = [one for one in standing if one["activity_id"] not in gone]
    said = [one for one in (*standing, *new) if one["quantity"] is not None]
    of_item: dict[str, list[Row]] = {}
    for row in said:
        of_item.setdefault(row["item"], []).append(row)
    if not any(_meter(row) for found in of_item.values() for row in found):
        return {}
    known = {one.vehicle_id: one for one in Vehicle.objects.filter(facility_id=facility_id)}
    found: dict[int, WebError] = {}
    for place, row in enumerate(new):
        code = _fault(row, of_item[row["item"]], known) if row["quantity"] is not None else ""
        if code:
            name = sheets.item_name(row["item"])
            found[place] = WebError(code, item=name, vehicle=_meter(row), month=_period(row))
    return found


def _fault(row: Row, said: Iterable[Row], known: Mapping[str, Vehicle]) -> str:
    vehicle = known.get(_meter(row))
    if row.get("use") or (_meter(row) and vehicle is None):
        return ""
    if vehicle and not is_there(vehicle, row["start"], row["end"]):
        return "WF-08"
    beside = {_meter(one) for one in said if not one.get("use") and _meet(one, row)}
    return "WF-07" if ("" in beside if vehicle else beside & known.keys()) else ""


def _meter(row: Row) -> str:
    return row.get("meter_id") or ""


def _meet(one: Row, other: Row) -> bool:
    """Whether two rows have a day in common."""
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _period(row: Row) -> str:
    month = month_of(row)
    if month:
        return texts.label(f"look.month.{month.month}")
    return f"{row['start']}{texts.label('sign.to')}{last_day(row['end'])}"
