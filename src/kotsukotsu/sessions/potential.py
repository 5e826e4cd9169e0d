"""What the measures that a city thinks of could save at each facility, with today's use and factors."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.planning.effects import Site, effects
from kotsukotsu.planning.measures import Planned, planned
from kotsukotsu.sessions.measure_sites import sites_of
from kotsukotsu.sessions.session import Session


def potential_of(session: Session, inventory: Inventory) -> dict[str, Decimal]:
    """Facility to what its measures save together, worked in order. [t-CO2e]

    Notes
    -----
    Of an exclusive group the one counts that saves most by itself. Measures at facilities without use are left out.
    """
    sites = sites_of(session, inventory)
    by_facility: dict[str, list[Planned]] = {}
    for one in planned(session.city.table("measures")):
        by_facility.setdefault(one.facility_id, []).append(one)
    return {
        facility: _together(sites.at(facility), given)
        for facility, given in by_facility.items()
        if facility in sites.use
    }


def _together(site: Site, given: Iterable[Planned]) -> Decimal:
    taken: list[Planned] = []
    for one in sorted(given, key=lambda one: (-_alone(site, one), one.measure_id)):
        if not any(set(one.groups) & set(other.groups) for other in taken):
            taken.append(one)
    found, _ = effects(site, [one.worked for one in taken])
    return max(Decimal(0), exact.total(effect.tonnes for effect in found))


def _alone(site: Site, one: Planned) -> Decimal:
    found, _ = effects(site, [one.worked])
    return exact.total(effect.tonnes for effect in found)
