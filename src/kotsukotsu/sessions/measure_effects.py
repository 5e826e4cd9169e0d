"""What a city's measures would save together, by kind, at the use and factors of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.plan.source import Effects
from kotsukotsu.planning.effects import effects
from kotsukotsu.planning.measures import Planned, default_costs, planned
from kotsukotsu.sessions.measure_sites import sites_of
from kotsukotsu.sessions.session import Session


def effects_of(session: Session, inventory: Inventory) -> tuple[Effects, ...]:
    """Effects by kind in the order of the library, worked in order at each facility; none without measures.

    Notes
    -----
    Of measures that exclude each other the first counts. Those at facilities without use are left out.
    """
    rows = session.city.table("measures")
    if not rows:
        return ()
    sites = sites_of(session, inventory)
    by_facility: dict[str, list[Planned]] = {}
    for measure in _compatible(planned(rows)):
        if measure.facility_id in sites.use:
            by_facility.setdefault(measure.facility_id, []).append(measure)
    saved: dict[str, Decimal] = {}
    for facility, measures in by_facility.items():
        saved |= {
            one.key: one.tonnes for one in effects(sites.at(facility), [measure.worked for measure in measures])[0]
        }
    return tuple(_by_kind([one for measures in by_facility.values() for one in measures], saved))


def _compatible(measures: Iterable[Planned]) -> Iterator[Planned]:
    """Of measures that exclude each other, the first that the city names."""
    taken: set[str] = set()
    for measure in measures:
        if not taken & set(measure.groups):
            taken |= set(measure.groups)
            yield measure


def _by_kind(measures: Iterable[Planned], saved: Mapping[str, Decimal]) -> Iterator[Effects]:
    kinds: dict[str, list[Planned]] = {}
    for measure in measures:
        kinds.setdefault(measure.measure.measure, []).append(measure)
    for kind in sorted(kinds, key=lambda kind: kinds[kind][0].measure.rank):
        own = kinds[kind]
        library = own[0].measure
        yield Effects(
            kind, library.name, len(own), exact.total(saved[one.measure_id] for one in own),
            exact.total(one.cost_yen for one in own), library.assumption, library.status == "confirmed",
            " ".join(default_costs(own)),
        )  # fmt: skip
