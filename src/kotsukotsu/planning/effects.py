"""Effects of several measures at one facility, worked in order so that nothing is counted twice.

The order is: less use first, then other fuels, then cleaner supply; within supply own generation before the
contract. Each measure works on what those before it leave, so the effects add up to the whole difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from kotsukotsu.accounting import exact
from kotsukotsu.errors import KotsukotsuError

Step = Literal["use", "fuel", "supply"]
Formula = Literal["share", "amount", "switch", "menu"]
STEPS: tuple[Step, ...] = ("use", "fuel", "supply")
FORMULAS: tuple[Formula, ...] = ("share", "amount", "switch", "menu")
ELECTRICITY = "electricity"
ZERO, ONE = Decimal(0), Decimal(1)


class EffectError(KotsukotsuError):
    """An effect that cannot be computed because a factor or a heat value is not at hand."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A measure at a facility.

    Attributes
    ----------
    formula : str
        ``share``: the items fall by value x size of what is left [1]. ``amount``: they fall by value x size
        [unit/size], at most to nothing. ``switch``: the part `size` of what is left is replaced by `to_item` with
        `value` times its heat [1], burnt in `to_use`; the items `along` fall by that part too. ``menu``: the part
        `value` x `size` of the items has the factor zero [1].
    rank : int
        Place in the library, which settles the order within a step.
    """

    key: str
    rank: int
    step: Step
    formula: Formula
    items: tuple[str, ...]
    to_item: str
    value: Decimal
    size: Decimal
    to_use: str = ""
    along: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Sorting key of the order of effects."""
        return STEPS.index(self.step), FORMULAS.index(self.formula), self.rank, self.key


@dataclass(frozen=True, slots=True)
class Site:
    """What a facility uses, and what that emits.

    Attributes
    ----------
    use : mapping
        Item to its yearly quantity. [unit of the item]
    factors : mapping
        Item to its emission in the year looked at. [t-CO2e/unit]
    heat : mapping
        Item to its heat, for items that replace each other. [MJ/unit]
    clean : mapping
        Item to the part of it that is bought with the factor zero. [1]
    burnt : mapping
        Item and use to what a unit of the item emits that a measure brings in for that use, for items whose CH4 and
        N2O go by use. [t-CO2e/unit]
    """

    use: Mapping[str, Decimal]
    factors: Mapping[str, Decimal]
    heat: Mapping[str, Decimal]
    clean: Mapping[str, Decimal]
    burnt: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)

    @property
    def tonnes(self) -> Decimal:
        """Emission of a year. [t-CO2e]"""
        return exact.total(self._emitted(item) for item in self.use)

    @property
    def electric(self) -> Decimal:
        """What of it bought electricity emits. [t-CO2e]"""
        return self._emitted(ELECTRICITY) if ELECTRICITY in self.use else ZERO

    def _emitted(self, item: str) -> Decimal:
        left = exact.difference(ONE, self.clean.get(item, ZERO))
        return exact.product(self.use[item], self.factor(item), left)

    def factor(self, item: str) -> Decimal:
        """Factor of an item. [t-CO2e/unit]

        Raises
        ------
        EffectError
            EF-01 if there is none; it is never taken as zero.
        """
        if item not in self.factors:
            raise EffectError("EF-01", item=item)
        return self.factors[item]

    def factor_in(self, item: str, use: str) -> Decimal:
        """Factor of an item that is burnt in a use; an item without uses has one factor. [t-CO2e/unit]

        Raises
        ------
        EffectError
            EF-01 if there is none; it is never taken as zero.
        """
        if not use:
            return self.factor(item)
        if (item, use) not in self.burnt:
            raise EffectError("EF-01", item=item)
        return self.burnt[item, use]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one measure saves after those before it: with it minus without it. [t-CO2e]

    Attributes
    ----------
    electric : Decimal
        What of it is bought electricity, and moves with its factor; below zero where the measure uses more of it.
    """

    key: str
    tonnes: Decimal
    electric: Decimal


def effects(site: Site, measures: Iterable[Worked]) -> tuple[list[Effect], Site]:
    """Effects of measures in order, and the facility after them.

    Raises
    ------
    EffectError
        EF-01 an item without factor, EF-02 an item without heat value.
    """
    found: list[Effect] = []
    for measure in sorted(measures, key=lambda each: each.order):
        try:
            after = _FORMULAS[measure.formula](site, measure)
            saved = exact.difference(site.tonnes, after.tonnes)
            electric = exact.difference(site.electric, after.electric)
        except EffectError as error:
            raise EffectError(error.code, **error.data, measure_id=measure.key) from None
        found.append(Effect(measure.key, saved, electric))
        site = after
    return found, site


def careful(site: Site, measure: Worked, others: Sequence[Worked]) -> Decimal:
    """The least that a measure saves, whichever of the others are taken. [t-CO2e]

    Notes
    -----
    All others that come before it are taken as done, but for those that add to what it works on: a heat pump makes
    more electricity for a menu to clean, so the menu is counted without it. A plan that adds these numbers up
    promises no more than the effects in order.
    """
    before = [each for each in others if each.order < measure.order and each.to_item not in measure.items]
    found, _ = effects(site, [*before, measure])
    return found[-1].tonnes


def _share(site: Site, measure: Worked) -> Site:
    part = exact.product(measure.value, measure.size)
    left = {item: exact.product(site.use[item], exact.difference(ONE, part)) for item in _used(site, measure)}
    return replace(site, use={**site.use, **left})


def _amount(site: Site, measure: Worked) -> Site:
    left, use = exact.product(measure.value, measure.size), dict(site.use)
    for item in _used(site, measure):
        taken = min(use[item], left)
        use[item] = exact.difference(use[item], taken)
        left = exact.difference(left, taken)
    return replace(site, use=use)


def _switch(site: Site, measure: Worked) -> Site:
    use, heat = dict(site.use), ZERO
    for item in _used(site, measure):
        moved = exact.product(use[item], measure.size)
        use[item] = exact.difference(use[item], moved)
        heat = exact.total((heat, exact.product(moved, _heat(site, item), measure.value)))
    if not heat:
        return replace(site, use=use)
    for item in measure.along:
        if item in use:
            use[item] = exact.product(use[item], exact.difference(ONE, measure.size))
    return _brought_in(replace(site, use=use), measure, exact.quotient(heat, _heat(site, measure.to_item)))


def _brought_in(site: Site, measure: Worked, added: Decimal) -> Site:
    """With so much more of the measure's item; its factor is the mean of what was there and what is burnt anew."""
    item = measure.to_item
    there, new = site.use.get(item, ZERO), site.factor_in(item, measure.to_use)
    use = {**site.use, item: exact.total((there, added))}
    if not measure.to_use or not there:
        return replace(site, use=use, factors={**site.factors, item: new})
    tonnes = exact.total((exact.product(there, site.factor(item)), exact.product(added, new)))
    return replace(site, use=use, factors={**site.factors, item: exact.quotient(tonnes, use[item])})


def _menu(site: Site, measure: Worked) -> Site:
    part = exact.product(measure.value, measure.size)
    clean = {
        item: exact.total((site.clean.get(item, ZERO), exact.product(part, ONE - site.clean.get(item, ZERO))))
        for item in _used(site, measure)
    }
    return replace(site, clean={**site.clean, **clean})


def _used(site: Site, measure: Worked) -> list[str]:
    """The measure's items of which there is something to lessen; of a credit above the year's use there is not."""
    return [item for item in measure.items if site.use.get(item, ZERO) > 0]


def _heat(site: Site, item: str) -> Decimal:
    if item not in site.heat:
        raise EffectError("EF-02", item=item)
    return site.heat[item]


_FORMULAS: Mapping[Formula, Callable[[Site, Worked], Site]] = {
    "share": _share,
    "amount": _amount,
    "switch": _switch,
    "menu": _menu,
}
