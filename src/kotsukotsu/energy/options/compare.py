"""All options of a place, ranked, and what is asked of one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kotsukotsu.energy.options.asked import Form, Pair, Swing, fair_price, forms, pairs, pick, swings
from kotsukotsu.energy.options.assumptions import Assumptions
from kotsukotsu.energy.options.judged import Judged, dominated, judged, ranked
from kotsukotsu.energy.options.model import OWN, SUBSIDISED, Option, richest
from kotsukotsu.energy.options.years import Place, Years


@dataclass(frozen=True)
class Compared:
    """Options side by side.

    Attributes
    ----------
    ranked : sequence of Judged
        Best first by the rule, nothing new among them.
    beaten : mapping
        Options off the front of cost, CO2 and hours, by which other.
    one : Judged
        Of which pairs, forms and swings tell.
    fair : mapping
        Price of another's kWh that is worth as much as each other way of paying. [yen/kWh]
    """

    rule: str
    assumed: Assumptions
    ranked: Sequence[Judged]
    beaten: Mapping[str, str]
    one: Judged
    pairs: Sequence[Pair]
    forms: Sequence[Form]
    fair: Mapping[str, float]
    swings: Sequence[Swing]

    @property
    def base(self) -> Judged:
        """Nothing new."""
        return next(one for one in self.ranked if one.year is one.before)


def compared(
    place: Place, found: Sequence[Option], base: Option, assumed: Assumptions, rule: str, wanted: str | None = None,
    each: Callable[[], None] = lambda: None,
) -> Compared:  # fmt: skip
    """Judge all options; what is not known of any is refused before a year is planned.

    Parameters
    ----------
    wanted : str, optional
        The option that is looked at closely; the best if left out.
    each : callable
        Called after every year that was planned.
    """
    everything = (base, *found)
    assumed.need(assumed.missing(need for option in everything for need in option.needs))
    years = Years(place, richest(found).sizes, assumed, each)
    order = ranked([judged(option, years, base, assumed) for option in everything], rule)
    one = pick(order, wanted)
    paid = forms(one, years, base)
    prices = {like: fair_price(paid, years, base, like) for like in (OWN, SUBSIDISED)}
    return Compared(
        rule, assumed, order, dominated(order), one, pairs(one, years, base), paid,
        {like: price for like, price in prices.items() if price is not None},
        swings(one, order, rule, years, base),
    )  # fmt: skip
