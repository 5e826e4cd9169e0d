"""What one kind of row needs: the ratio to the item's base unit, and for each gas exactly one factor and GWP."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting.expand import as_billed, converted, ratio_to_base
from kotsukotsu.accounting.gaps import why_none
from kotsukotsu.catalogue.gwp import gwp_in_force
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.model import Factor, Gwp
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.errors import UnitError

RECORD = "record"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Pick:
    """The ratio and, by gas, factor and GWP; or the code of a finding and its detail."""

    ratio: Decimal
    factors: tuple[tuple[str, Factor, Gwp], ...]
    problem: tuple[str, str] | None = None


def pick(law: Law, policy: Policy, demand: Demand, unit: str, gases: tuple[str, ...] | None = None) -> Pick:
    """The factors of a demand, or why there is not exactly one for every gas.

    Parameters
    ----------
    unit : str
        Unit of the quantity, as written.
    gases : tuple of str, optional
        Those looked for; if left out, all that the law counts for the item and use.
    """
    item = law.catalogue.items.get(demand.item)
    if item is None:
        return Pick(ZERO, (), ("A-04", demand.item))
    if demand.use and (demand.item, demand.use) not in law.catalogue.uses:
        return Pick(ZERO, (), ("A-08", demand.use))
    try:
        ratio = ratio_to_base(law.catalogue, policy, demand.item, unit, demand.fiscal_year)
    except UnitError as error:
        return Pick(ZERO, (), ("A-05", texts.statement(error.code, error.data)))
    if item.counts == RECORD:
        return Pick(ratio, ())
    wanted = law.gases(demand.item, demand.use) if gases is None else gases
    return _with_factors(law, policy, demand, unit, ratio, wanted)


def _with_factors(law: Law, policy: Policy, demand: Demand, unit: str, ratio: Decimal, gases: tuple[str, ...]) -> Pick:
    chosen: list[tuple[str, Factor, Gwp]] = []
    for gas in gases:
        factors = law.in_force(demand, gas, policy)
        if len(factors) != 1:
            return Pick(ratio, (), why_none(law, demand, gas, policy, factors))
        gwp = gwp_in_force(law.catalogue, gas, policy, demand.fiscal_year)
        if gwp is None:
            return Pick(ratio, (), ("A-07", gas))
        billed = as_billed(factors[0], law.catalogue, unit, ratio)
        chosen.append((gas, converted(billed, policy, law.catalogue), gwp))
    return Pick(ratio, tuple(chosen))
