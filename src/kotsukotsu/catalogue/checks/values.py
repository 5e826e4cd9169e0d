"""Values: the published numbers agree with each other, and every item has what it needs."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kotsukotsu.catalogue.checks import fault
from kotsukotsu.catalogue.derive import EXACT
from kotsukotsu.catalogue.exact import product
from kotsukotsu.catalogue.model import Catalogue, Factor
from kotsukotsu.findings import Finding

ROUNDED = "rounded"
REGIMES = ("sekorei3", "shk")
HALF = Decimal("0.5")


def not_heat_times_carbon(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-23: a published factor that is not heat value x carbon x 44/12 within its digits, nor declared as such.

    CA-24: a declared exception that is none.
    """
    exact = {factor.factor_id: factor for factor in catalogue.factors if factor.family == "exact"}
    excused = set()
    for factor in catalogue.factors:
        if factor.family != ROUNDED:
            continue
        pair = exact.get(factor.factor_id + EXACT)
        if pair is not None and _agree(factor, pair):
            continue
        if factor.factor_id in catalogue.exceptions:
            excused.add(factor.factor_id)
            continue
        yield fault("CA-23", factor, id=factor.factor_id, value=factor.value, exact=pair.value if pair else "-")
    for name, row in catalogue.exceptions.items():
        if name not in excused:
            yield fault("CA-24", row, id=name)


def _agree(rounded: Factor, exact: Factor) -> bool:
    """Within half of the last printed digit: |difference| x value <= amount x half, without a division."""
    half = HALF.scaleb(int(rounded.value.as_tuple().exponent))
    difference = abs(exact.thirds - rounded.thirds)
    return product(difference, rounded.value) <= product(rounded.thirds, half)


def negative_factors(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-17: a factor below zero, by which use would lessen the emission."""
    for factor in catalogue.factors:
        if factor.value < 0:
            yield fault("CA-17", factor, id=factor.factor_id, value=factor.value)


def gases_without_gwp(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-25: a gas of a factor that has no GWP in the factor's regime."""
    known = {(gwp.regime, gwp.gas) for gwp in catalogue.gwps}
    for factor in catalogue.factors:
        if any((regime, factor.gas) not in known for regime in _regimes(factor)):
            yield fault("CA-25", factor, gas=factor.gas, regime=factor.regime)


def gases_without_factor(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-26: an item's gas for which a regime has no factor at all, and no line says so."""
    served = {
        (factor.item, factor.gas, regime)
        for factor in catalogue.factors
        if factor.supplier or not factor.kind
        for regime in _regimes(factor)
    }
    declared = {(gap.item, regime) for gap in catalogue.gaps for regime in ([gap.regime] if gap.regime else REGIMES)}
    for item in catalogue.items.values():
        for gas, regime in itertools.product(item.gases, REGIMES):
            if (item.item, gas, regime) not in served and (item.item, regime) not in declared:
                yield fault("CA-26", item, item=item.item, gas=gas, regime=regime)


def _regimes(factor: Factor) -> tuple[str, ...]:
    return REGIMES if factor.regime == "both" else (factor.regime,)


def uses_without_factor(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-27: a use whose gas has no factor, or a factor whose use no line names."""
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for factor in catalogue.factors:
        if factor.kind and not factor.supplier:
            kinds[factor.item, factor.kind].add(factor.gas)
            if factor.gas not in catalogue.uses.get((factor.item, factor.kind), ()):
                yield fault("CA-27", factor, item=factor.item, use=factor.kind, gas=factor.gas)
    for row in catalogue.use_rows:
        item = catalogue.items.get(row.item)
        lacking = [gas for gas in row.gases if gas not in kinds[row.item, row.use]]
        if lacking or (item and row.use not in item.uses):
            yield fault("CA-27", row, item=row.item, use=row.use, gas=";".join(lacking))
