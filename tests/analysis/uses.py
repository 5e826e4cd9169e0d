"""Uses for tests, built from amounts by supply; and a referee that knows nothing of the library's formulas."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any

from hypothesis import strategies as st

from kotsukotsu.analysis.decomposition import Term, Use

CONTEXT = Context(prec=60)
GASES = ("CO2", "CH4")


def use_of(amounts: dict[str, Any], factors: dict[tuple[str, str], Any], gwps: dict[str, Any] | None = None) -> Use:
    """A use: quantity of each supply, emission per unit of each supply and gas, GWP of each gas."""
    gwps = {"CO2": 1, "CH4": 28, **(gwps or {})}
    amounts = {name: Decimal(amount) for name, amount in amounts.items()}
    quantity = sum(amounts.values(), Decimal(0))
    emission, terms = Decimal(0), {}
    for (name, gas), factor in factors.items():
        if amounts.get(name):
            emission += amounts[name] * Decimal(factor) * Decimal(gwps[gas])
            if quantity:
                share = CONTEXT.divide(amounts[name], quantity)
                terms[(name, "", ""), gas] = Term(share, Decimal(factor), Decimal(gwps[gas]))
    return Use(quantity, emission, terms)


def number(low: str, high: str) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def uses(draw: Any, names: tuple[str, ...] = ("A", "B", "C"), *, zero_factor: bool = True) -> Use:
    """A use of up to three supplies and two gases; nothing at all is possible."""
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    amounts = {name: draw(number("0", "100000")) for name in chosen}
    low = "0" if zero_factor else "0.001"
    factors = {(name, gas): draw(number(low, "3")) for name in chosen for gas in GASES}
    gwps = {"CO2": 1, "CH4": draw(st.sampled_from((21, 25, 28)))}
    return use_of(amounts, factors, gwps)


def referee(before: Use, after: Use, delta: Any, as_number: Callable[[Any], Any], ln: Callable[[Any], Any]) -> Any:
    """Plain two-level LMDI-I in which every zero is a small number: amount, mix, factor, gwp."""

    def mean(a: Any, b: Any) -> Any:
        return a if abs(a - b) <= abs(a) * as_number("1e-12") else (a - b) / (ln(a) - ln(b))

    def filled(one: Use, other: Use) -> tuple[Any, dict[Any, list[Any]]]:
        sources = {key[0] for key, term in one.terms.items()}
        terms = {}
        for key in {*one.terms, *other.terms}:
            own = one.terms.get(key) or other.terms[key]
            share = own.share if key[0] in sources or not one.quantity else 0
            factor = own.per_unit if key in one.terms or key[0] not in sources else 0
            terms[key] = [as_number(value) or delta for value in (share, factor, own.gwp)]
        return as_number(one.quantity) or delta, terms

    (q0, terms0), (q1, terms1) = filled(before, after), filled(after, before)
    f0, f1 = (sum(m * c * g for m, c, g in terms.values()) for terms in (terms0, terms1))
    whole = mean(q1 * f1, q0 * f0)
    weight = whole / mean(f1, f0)
    parts = [0, 0, 0]
    for key, one in terms0.items():
        two = terms1[key]
        size = mean(two[0] * two[1] * two[2], one[0] * one[1] * one[2])
        parts = [part + weight * size * (ln(b) - ln(a)) for part, a, b in zip(parts, one, two, strict=True)]
    return [whole * (ln(q1) - ln(q0)), *parts]
