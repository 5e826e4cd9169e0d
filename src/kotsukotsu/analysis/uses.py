"""From emission lines to what each facility used of each item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.decomposition import Source, Term, Use
from kotsukotsu.analysis.logarithms import CONTEXT

Place = tuple[str, str]  # facility, item
THREE = Decimal(3)


def uses_of(lines: Iterable[Line]) -> dict[Place, Use]:
    """What every facility used of every item, from the lines of one fiscal year.

    Several gases of one group of rows share one quantity, which is counted once. A factor that changed within the
    year stands as its mean, weighted by quantity.
    """
    grouped: dict[Place, list[Line]] = {}
    for line in lines:
        grouped.setdefault((line.group.facility_id, line.item), []).append(line)
    return {place: _use(found) for place, found in grouped.items()}


def quantity_of(lines: Iterable[Line]) -> Decimal:
    """Quantity of some lines of one item. [base unit]"""
    return exact.total({(id(line.group), line.body): line.amount for line in lines}.values())


def _use(lines: Sequence[Line]) -> Use:
    quantity = quantity_of(lines)
    emission = _tonnes(line.thirds_co2e for line in lines)
    by_source: dict[Source, list[Line]] = {}
    for line in lines:
        by_source.setdefault((line.group.supplier, line.group.menu, line.group.use), []).append(line)
    terms: dict[tuple[Source, str], Term] = {}
    for source, found in by_source.items():
        amount = quantity_of(found)
        if quantity and amount:
            share = CONTEXT.divide(amount, quantity)
            for gas in dict.fromkeys(line.gas for line in found):
                terms[source, gas] = _term(share, amount, [line for line in found if line.gas == gas])
    return Use(quantity, emission, terms)


def _term(share: Decimal, amount: Decimal, lines: Sequence[Line]) -> Term:
    tonnes = _tonnes(line.thirds for line in lines)
    co2e = _tonnes(line.thirds_co2e for line in lines)
    gwp = CONTEXT.divide(co2e, tonnes) if tonnes else lines[0].gwp
    return Term(share, CONTEXT.divide(tonnes, amount), gwp)


def _tonnes(thirds: Iterable[Decimal]) -> Decimal:
    return CONTEXT.divide(exact.total(thirds), THREE)
