"""A target for every single facility; the facilities' targets add up to the city's, to the last digit.

Each way gives a facility a weight; the reduction is divided by the weights, no facility is asked for more than it
emits, and what a full facility cannot take goes to the others by the same weights. Then every reduction is cut to
`digits` decimals and the units left over go, one each, to the largest remainders (at equal remainders, to the
smaller facility code). Where no facility has room for a whole unit any more, they give up all they emit, in the order
of their codes, until the rest is divided. So the order of the facilities does not matter and the sum is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal
from statistics import median

from kotsukotsu.accounting import exact
from kotsukotsu.planning.targets import ZERO, PlanError
from kotsukotsu.rounding import printed

_CUT = Context(prec=100, rounding=ROUND_FLOOR)
FEWEST_PEERS = 3  # below this a median says little about a use
LEAST, MOST = Decimal("0.5"), Decimal(2)  # an odd floor area must not close a facility


@dataclass(frozen=True, slots=True)
class Site:
    """A facility as its target sees it: emission [t-CO2e], floor area [m2] and use."""

    facility_id: str
    tonnes: Decimal
    use: str = ""
    area: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FacilityTarget:
    """Emission and target of a facility. [t-CO2e]

    Attributes
    ----------
    ground : str
        Why this much: ``rate``, ``peers``, ``no_peers`` (taken at the city's rate), ``potential``,
        ``no_potential``, ``beyond_potential``.
    """

    facility_id: str
    tonnes: Decimal
    reduction: Decimal
    ground: str

    @property
    def level(self) -> Decimal:
        """What it may still emit. [t-CO2e]"""
        return exact.difference(self.tonnes, self.reduction)


def equal_rate(sites: Sequence[Site], reduction: Decimal, digits: int = 0) -> list[FacilityTarget]:
    """Every facility saves the same share of what it emits. [t-CO2e]"""
    shares = _divided(sites, {site.facility_id: site.tonnes for site in sites}, reduction, digits)
    return [FacilityTarget(site.facility_id, site.tonnes, shares[site.facility_id], "rate") for site in sites]


def by_intensity(sites: Sequence[Site], reduction: Decimal, digits: int = 0) -> list[FacilityTarget]:
    """Who emits twice as much per floor area as the median of its use saves twice as large a share. [t-CO2e]

    Less than half the median counts as half, more than twice as twice. A facility without floor area, or whose use
    has fewer than `FEWEST_PEERS` facilities with one, is taken to stand at the median.
    """
    ratios = {site.facility_id: _against_peers(site, sites) for site in sites}
    weights = {site.facility_id: exact.product(site.tonnes, ratios[site.facility_id] or Decimal(1)) for site in sites}
    shares = _divided(sites, weights, reduction, digits)
    return [
        FacilityTarget(
            site.facility_id, site.tonnes, shares[site.facility_id],
            "no_peers" if ratios[site.facility_id] is None else "peers",
        )
        for site in sites
    ]  # fmt: skip


def by_potential(
    sites: Sequence[Site], potential: Mapping[str, Decimal], reduction: Decimal, digits: int = 0
) -> list[FacilityTarget]:
    """By what the measures at a facility can save; a facility without measures gets no reduction. [t-CO2e]

    Parameters
    ----------
    potential : mapping
        Facility to the sum of its measures' effects [t-CO2e]. Where all of them fall short of the reduction, each
        facility is asked for more than its measures give, and its target says so.
    """
    weights = {site.facility_id: min(site.tonnes, potential.get(site.facility_id, ZERO)) for site in sites}
    shares = _divided(sites, weights, reduction, digits)
    return [
        FacilityTarget(
            site.facility_id, site.tonnes, shares[site.facility_id],
            _ground(shares[site.facility_id], potential.get(site.facility_id, ZERO), digits),
        )
        for site in sites
    ]  # fmt: skip


def _ground(share: Decimal, potential: Decimal, digits: int) -> str:
    if not potential:
        return "no_potential"
    return "beyond_potential" if share >= potential + Decimal(1).scaleb(-digits) else "potential"


def _against_peers(site: Site, sites: Iterable[Site]) -> Decimal | None:
    """Emission per floor area over the median of the use; None where that cannot be said."""
    peers = [exact.quotient(peer.tonnes, peer.area) for peer in sites if peer.area and peer.use == site.use]
    middle = median(peers) if len(peers) >= FEWEST_PEERS and site.use else ZERO
    if not site.area or not middle:
        return None
    return min(MOST, max(LEAST, exact.quotient(exact.quotient(site.tonnes, site.area), middle)))


def _divided(
    sites: Sequence[Site], weights: Mapping[str, Decimal], reduction: Decimal, digits: int
) -> dict[str, Decimal]:
    """The reduction over the facilities, exactly.

    Raises
    ------
    PlanError
        TG-10 more to save than is emitted, TG-11 a negative emission, weight or reduction, TG-12 no facility can
        take (the rest of) it, TG-13 the reduction itself has more than `digits` decimals.
    """
    limits = {site.facility_id: site.tonnes for site in sites}
    if min((*limits.values(), *weights.values(), reduction)) < 0:
        raise PlanError("TG-11")
    if reduction > exact.total(limits.values()):
        raise PlanError("TG-10", reduction=printed(reduction, 1), emission=printed(exact.total(limits.values()), 1))
    if reduction != _cut(reduction, digits):
        raise PlanError("TG-13", reduction=reduction, digits=digits)
    return _to_digits(_filled(limits, weights, reduction), limits, reduction, digits)


def _filled(limits: Mapping[str, Decimal], weights: Mapping[str, Decimal], reduction: Decimal) -> dict[str, Decimal]:
    """Shares by weight; facilities that are full pass the rest on until nobody new is full."""
    shares: dict[str, Decimal] = {}
    open_ones, rest = {name: weight for name, weight in weights.items() if weight}, reduction
    while rest and open_ones:
        whole = exact.total(open_ones.values())
        full = [name for name, weight in open_ones.items() if rest * weight > limits[name] * whole]
        if not full:
            return shares | {name: exact.quotient(rest * weight, whole) for name, weight in open_ones.items()}
        for name in full:
            shares[name] = limits[name]
            rest = exact.difference(rest, limits[name])
            del open_ones[name]
    if rest:
        raise PlanError("TG-12", rest=printed(rest, 1))
    return shares


def _to_digits(
    shares: Mapping[str, Decimal], limits: Mapping[str, Decimal], reduction: Decimal, digits: int
) -> dict[str, Decimal]:
    unit = Decimal(1).scaleb(-digits)
    cut = {name: _cut(shares.get(name, ZERO), digits) for name in limits}
    left = int((reduction - exact.total(cut.values())) / unit)
    takers = [name for name in sorted(limits) if shares.get(name) and cut[name] + unit <= limits[name]]
    takers.sort(key=lambda name: cut[name] - shares[name])
    while left and takers:
        for name in takers[:left]:
            cut[name] += unit
        left -= min(left, len(takers))
        takers = [name for name in takers if cut[name] + unit <= limits[name]]
    return _topped(cut, limits, [name for name in sorted(limits) if shares.get(name)], left * unit)


def _topped(
    cut: dict[str, Decimal], limits: Mapping[str, Decimal], takers: Sequence[str], rest: Decimal
) -> dict[str, Decimal]:
    """Facilities too small for another unit are emptied, one after the other, until the rest is divided."""
    for name in takers:
        added = min(rest, exact.difference(limits[name], cut[name]))
        cut[name], rest = exact.total((cut[name], added)), exact.difference(rest, added)
    return cut


def _cut(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), context=_CUT)
