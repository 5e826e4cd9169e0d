"""The change of one facility's item between two years, split exactly into its causes (additive LMDI-I).

The emission of an item at a facility is a quantity times a mean factor, and the mean factor is a sum over the
supplies (supplier, menu, way of use) and gases:

    E = Q × F,    F = Σ share × factor × GWP.

Both levels are split by logarithmic means, the lower one weighted with L(E1, E0) / L(F1, F0), so that the effects
add up to E1 - E0 without a rest at every level. Two levels are needed: in one flat product a change of supplier
would hide every change of the quantity, since a supply that ends and one that begins have no ratio.

Zeros are handled by the analytical limit δ → 0, not by a small number:

========================================  ==========================================================
one of the two quantities is 0            the whole change is effect of the amount
one of the two mean factors is 0          no effect of the amount; the change is shared on the lower level
a supply is absent in one of the years    its part of the mean factor is effect of the mix
a gas is absent in one of the years       its part of the mean factor is effect of the factors
========================================  ==========================================================

A factor that was not used in a year is not observed in it, and taken as unchanged. All divisions and logarithms
have 50 significant digits (`logarithms.CONTEXT`): the effects add up to the change with an error below 1E-30 of
the emission.

References
----------
Ang, B. W. (2004). Decomposition analysis for policymaking in energy: which is the preferred method?
Energy Policy 32, 1131-1139.
Ang, B. W. (2005). The LMDI approach to decomposition analysis: a practical guide. Energy Policy 33, 867-871.
Ang, B. W., Liu, N. (2007). Handling zero values in the logarithmic mean Divisia index decomposition approach.
Energy Policy 35, 238-246.
Xu, X. Y., Ang, B. W. (2014). Multilevel index decomposition analysis: approaches and application.
Energy Economics 44, 375-382.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kotsukotsu.analysis.logarithms import CONTEXT, ZERO, log_mean, log_ratio

OPENED, CLOSED, MERGED, MOVED, TRANSFERRED = "opened", "closed", "merged", "moved", "transferred"
BASE, WEATHER, AMOUNT, MIX, FACTOR, GWP = "base", "weather", "amount", "mix", "factor", "gwp"
EVENTS = (OPENED, CLOSED, MERGED, MOVED, TRANSFERRED)
EFFECTS = (*EVENTS, BASE, WEATHER, AMOUNT, MIX, FACTOR, GWP)
Effects = Mapping[str, Decimal]
Source = tuple[str, str, str]  # supplier, menu, way of use
EXACT = Decimal("1E-30")
Drivers = Mapping[str, tuple[Decimal, Decimal]]  # BASE or WEATHER to its value in the two years


@dataclass(frozen=True, slots=True)
class Term:
    """One gas of one supply.

    Attributes
    ----------
    share : Decimal
        Of the supply in the quantity. [1]
    per_unit : Decimal
        Emission of the gas. [t / base unit of the item]
    gwp : Decimal
        [t-CO2e/t]
    """

    share: Decimal
    per_unit: Decimal
    gwp: Decimal

    @property
    def value(self) -> Decimal:
        """Its part of the mean factor. [t-CO2e / base unit]"""
        return CONTEXT.multiply(CONTEXT.multiply(self.share, self.per_unit), self.gwp)


@dataclass(frozen=True, slots=True)
class Use:
    """What one facility used of one item in one year, and what that emitted.

    Attributes
    ----------
    quantity : Decimal
        [base unit of the item]
    emission : Decimal
        [t-CO2e]
    terms : mapping
        Supply and gas to its term; empty where the quantity is 0.
    """

    quantity: Decimal
    emission: Decimal
    terms: Mapping[tuple[Source, str], Term] = field(default_factory=dict)

    @property
    def is_regular(self) -> bool:
        """Whether logarithms can speak of it: nothing is negative, and nothing is emitted without a quantity."""
        is_positive = self.quantity >= 0 and all(term.share >= 0 for term in self.terms.values())
        rest = CONTEXT.subtract(self.emission, CONTEXT.multiply(self.quantity, self.factor))
        return is_positive and abs(rest) <= CONTEXT.multiply(EXACT, abs(self.emission))

    @property
    def factor(self) -> Decimal:
        """Mean factor of all supplies and gases. [t-CO2e / base unit]"""
        return added(term.value for term in self.terms.values())


NOTHING = Use(ZERO, ZERO)


def added(values: Iterable[Decimal]) -> Decimal:
    """The sum to 50 significant digits."""
    total = ZERO
    for value in values:
        total = CONTEXT.add(total, value)
    return total


def change(before: Use, after: Use) -> Decimal:
    """Change of the emission. [t-CO2e]"""
    return CONTEXT.subtract(after.emission, before.emission)


def decomposed(before: Use, after: Use, drivers: Drivers | None = None) -> dict[str, Decimal]:
    """Effects of amount, mix, factors and GWP, and of the drivers of the amount, on the change. [t-CO2e]

    Parameters
    ----------
    drivers : mapping, optional
        Positive values that the quantity is taken to be proportional to: `BASE` (floor area or another intensity
        base) and `WEATHER` (an index of expected use), each in the two years. Their effects are taken out of that
        of the amount.

    Returns
    -------
    dict
        One entry for each effect that applies; they add up to the change.

    Notes
    -----
    A use that is not regular (a negative quantity) has no logarithm; its whole change is effect of the amount.

    Examples
    --------
    A quantity goes from 100 to 200 at the factor 2: everything is effect of the amount.

    >>> supply = {(("A", "", ""), "CO2"): Term(Decimal(1), Decimal(2), Decimal(1))}
    >>> effects = decomposed(Use(Decimal(100), Decimal(200), supply), Use(Decimal(200), Decimal(400), supply))
    >>> {name: str(round(value, 6)) for name, value in effects.items()}
    {'amount': '200.000000', 'mix': '0.000000', 'factor': '0.000000', 'gwp': '0.000000'}
    """
    if not (before.is_regular and after.is_regular) or not before.quantity or not after.quantity:
        return {AMOUNT: change(before, after)}
    mean_before, mean_after = before.factor, after.factor
    if not mean_before or not mean_after:
        weight = before.quantity if mean_before else after.quantity
        return {AMOUNT: ZERO, **_of_the_factor(before, after, weight)}
    mean = log_mean(after.emission, before.emission)
    weight = CONTEXT.divide(mean, log_mean(mean_after, mean_before))
    return {**_of_the_amount(before, after, mean, drivers or {}), **_of_the_factor(before, after, weight)}


def _of_the_amount(before: Use, after: Use, mean: Decimal, drivers: Drivers) -> dict[str, Decimal]:
    effects = {
        name: CONTEXT.multiply(mean, log_ratio(value_after, value_before))
        for name, (value_before, value_after) in drivers.items()
    }
    whole = CONTEXT.multiply(mean, log_ratio(after.quantity, before.quantity))
    return {**effects, AMOUNT: CONTEXT.subtract(whole, added(effects.values()))}


def _of_the_factor(before: Use, after: Use, weight: Decimal) -> dict[str, Decimal]:
    effects = dict.fromkeys((MIX, FACTOR, GWP), ZERO)
    sources_before = {source for source, _ in before.terms}
    sources_after = {source for source, _ in after.terms}
    for key in {**before.terms, **after.terms}:
        kept = key[0] in sources_before and key[0] in sources_after
        for name, effect in _of_a_term(before.terms.get(key), after.terms.get(key), is_kept=kept).items():
            effects[name] = CONTEXT.add(effects[name], CONTEXT.multiply(weight, effect))
    return effects


def _of_a_term(before: Term | None, after: Term | None, *, is_kept: bool) -> dict[str, Decimal]:
    """Effects on the mean factor of one supply and gas. [t-CO2e / base unit]"""
    value_before = before.value if before else ZERO
    value_after = after.value if after else ZERO
    if not before or not after or not value_before or not value_after:
        return {FACTOR if is_kept else MIX: CONTEXT.subtract(value_after, value_before)}
    mean = log_mean(value_after, value_before)
    return {
        MIX: CONTEXT.multiply(mean, log_ratio(after.share, before.share)),
        FACTOR: CONTEXT.multiply(mean, log_ratio(after.per_unit, before.per_unit)),
        GWP: CONTEXT.multiply(mean, log_ratio(after.gwp, before.gwp)),
    }
