"""Generators of a site matched to its buildings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.match.allocate import match
from kotsukotsu.energy.match.battery import Battery
from kotsukotsu.energy.match.carbon import Factor
from kotsukotsu.energy.match.certificates import Certificate, Ledger, ledger
from kotsukotsu.energy.match.model import Generation, watt_hours
from kotsukotsu.energy.match.supplies import Customer, Retailer
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row
from kotsukotsu.sessions.energy_site import EnergySite, shortened

SETTING, PLANNED = "matching", "planned"
ZERO = Decimal(0)
MOST_TONNES = Decimal("0.0015")  # a kWh from coal emits 0.001 t; kg in place of t lies far above


@dataclass(frozen=True, slots=True)
class Matched:
    """Everything that a study of matching tells of.

    Attributes
    ----------
    made : tuple of str
        Generators whose half-hours are synthetic.
    """

    ledger: Ledger
    certificates: tuple[Certificate, ...]
    factor: Factor
    batteries: tuple[Battery, ...]
    findings: tuple[Finding, ...]


def matched(opened: EnergySite, rule: str | None = None) -> Matched:
    """The matching of a year by the site's rule, or by another.

    Raises
    ------
    EnergyError
        ST-01 a setting of ``[matching]`` that is missing, ST-11 a site without generators; MT-… as the calculation.
    """
    site = opened.site
    settings: Mapping[str, Any] = site.settings.get(SETTING, {})
    rows = [row for row in site.tables["generators"] if not _is_in_the_bill(row)]
    if not rows:
        raise EnergyError("ST-11")
    generators = [
        Generation(
            row["generator_id"],
            row["name"],
            _sent(opened, row["generator_id"]),
            row["loss_pct"] or ZERO,
            own=row["meter_id"] is not None,
            scheme=row["scheme"],
            is_planned=row["state"] == PLANNED,
        )
        for row in rows
    ]
    found = match(site.calendar, generators, _loads(opened), rule or _needed(settings, "rule"), _shares(opened))
    held = tuple(_certificate(row) for row in site.tables["certificates"])
    return Matched(
        ledger(found, held), held, _factor(settings), _batteries(settings),
        (*opened.findings(), *_made(opened, rows), *_left_out(site.tables["generators"])),
    )  # fmt: skip


def customers(opened: EnergySite) -> dict[str, Customer]:
    """Buildings that are facilities of the city."""
    return {
        row["building_id"]: Customer(row["facility_id"], tuple(_retailers(opened, row)))
        for row in opened.site.tables["buildings"]
        if row["facility_id"]
    }


def _retailers(opened: EnergySite, row: Row) -> Iterator[Retailer]:
    """That of ``buildings.csv``, then those of ``contracts.csv``."""
    later = (one for one in opened.site.tables["contracts"] if one["meter_id"] == row["meter_id"])
    yield Retailer(date.min, row["supplier"] or "", row["menu"])
    for one in sorted(later, key=lambda one: one["valid_from"]):
        yield Retailer(one["valid_from"], one["supplier"] or "", one["menu"])


def _is_in_the_bill(row: Mapping[str, Any]) -> bool:
    """What a plant behind the meter gives the buildings was never bought, so their half-hours are without it."""
    return row["meter_id"] is not None and row["state"] != PLANNED


def _left_out(rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """MC-09: plants behind a meter whose use the bought half-hours do not hold any more."""
    return [Finding("MC-09", row["generator_id"], {"generator": row["name"]}) for row in rows if _is_in_the_bill(row)]


def _sent(opened: EnergySite, generator_id: str) -> Any:
    return watt_hours(opened.generation(generator_id).complete(), generator_id)


def _loads(opened: EnergySite) -> dict[str, Any]:
    ids = [row["building_id"] for row in opened.site.tables["buildings"]]
    return {building: watt_hours(opened.load(building).complete(), building) for building in ids}


def _shares(opened: EnergySite) -> dict[str, list[Decimal]]:
    """Shares of every generator in the order of the buildings; a building without one has none of it."""
    ids = [row["building_id"] for row in opened.site.tables["buildings"]]
    given = {(row["generator_id"], row["building_id"]): row["share"] for row in opened.site.tables["shares"]}
    for _, building in given:
        opened.site.building(building)
    generators = {generator for generator, _ in given}
    return {generator: [given.get((generator, building), ZERO) for building in ids] for generator in generators}


def _certificate(row: Mapping[str, Any]) -> Certificate:
    return Certificate(row["certificate_id"], row["generator_id"], row["start"], row["end"], row["kwh"], row["kind"],
                       row["tracked"] == "yes", row["state"], row["source"])  # fmt: skip


def _factor(settings: Mapping[str, Any]) -> Factor:
    """The factor that the site names, with its source; there is no default."""
    value = _number(settings, "co2_t_per_kwh", ZERO, MOST_TONNES)
    return Factor(value, str(_needed(settings, "co2_source")), str(settings.get("co2_status", "unconfirmed")))


def _batteries(settings: Mapping[str, Any]) -> tuple[Battery, ...]:
    sizes = settings.get("battery_mwh", [])
    if not sizes:
        return ()
    hours = _number(settings, "battery_hours", Decimal("0.1"), Decimal(100))
    efficiency = _number(settings, "battery_efficiency", Decimal("0.1"), Decimal(1))
    each = (_number({"battery_mwh": size}, "battery_mwh", Decimal("0.001"), Decimal(10_000)) for size in sizes)
    return tuple(Battery(size, hours, efficiency) for size in each)


def _number(settings: Mapping[str, Any], key: str, least: Decimal, most: Decimal) -> Decimal:
    """A setting as an exact number; ST-16 if it is none or outside of what it can be."""
    given = _needed(settings, key)
    try:
        value = Decimal(str(given))
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_nan() or not least <= value <= most:
        raise EnergyError("ST-16", key=key, value=given, rule=f"{least}{texts.label('sign.to')}{most}")
    return value


def _needed(settings: Mapping[str, Any], key: str) -> Any:
    if key not in settings:
        raise EnergyError("ST-01", file="site.toml", key=f"{SETTING}.{key}")
    return settings[key]


def _made(opened: EnergySite, rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """ST-12: generators whose half-hours were made."""
    names = [row["name"] for row in rows if row["generator_id"] not in opened.measured]
    return [Finding("ST-12", "generators.csv", {"count": len(names), "names": shortened(names)})] if names else []
