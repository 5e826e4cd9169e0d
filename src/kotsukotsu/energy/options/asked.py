"""What is asked of one option: what each part of it does, who pays for it, what hangs on each assumption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.energy.options.assumptions import YEARS, Assumptions, known
from kotsukotsu.energy.options.judged import Judged, judged, ranked
from kotsukotsu.energy.options.model import BASE, FORMS, PPA, PRICED, Option
from kotsukotsu.energy.options.years import PHYSICAL, Years
from kotsukotsu.energy.refusals import StudyError

STEPS = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """The option with and without one part."""

    component: str
    with_: Judged
    without: Judged

    @property
    def has_price(self) -> bool:
        """Whether money tells of the part's own cost; of what stands there already it does not."""
        return self.component in PRICED

    @property
    def saved_yen(self) -> float:
        """What the part saves in a year: bill less income. [yen/year]"""
        return self.without.running_yen - self.with_.running_yen


@dataclass(frozen=True, slots=True)
class Swing:
    """What hangs on an assumption.

    Attributes
    ----------
    values, npvs, tonnes : tuple
        At the low end and at the high end of the range. [unit, yen, t-CO2]
    firsts : tuple of str or None
        Which option stands first there; None where the other options are not planned anew.
    turns_at : float, optional
        Value at which the option is worth nothing, within what the assumption can be.
    """

    key: str
    values: tuple[Decimal, Decimal]
    npvs: tuple[float, float]
    tonnes: tuple[float, float]
    firsts: tuple[str | None, str | None]
    turns_at: float | None

    @property
    def width(self) -> float:
        """How far the present value moves. [yen]"""
        return max(self.npvs) - min(self.npvs)


@dataclass(frozen=True, slots=True)
class Form:
    """The same option paid for in one way, or what is not known of it."""

    form: str
    found: Judged | None
    missing: tuple[str, ...] = ()


def pairs(one: Judged, years: Years, base: Option) -> list[Pair]:
    """The option without each of its parts."""
    found = []
    for component in one.option.sizes.components:
        option = replace(one.option, sizes=one.option.sizes.without(component))
        found.append(Pair(component, one, judged(option, years, base, one.assumed)))
    return found


def forms(one: Judged, years: Years, base: Option) -> list[Form]:
    """The option bought, bought with a subsidy, and another's; a way of which something is not known is left out."""
    found = []
    for form in FORMS:
        option = replace(one.option, form=form)
        missing = tuple(one.assumed.missing(option.needs))
        if form == PPA and not option.sizes.sun_kw:
            continue
        term = one.assumed.rows.get("ppa_years")
        if form == PPA and not missing and term is not None and term.value < one.assumed.rows["years"].value:
            missing = ("ppa_years",)
        found.append(Form(form, None if missing else judged(option, years, base, one.assumed), missing))
    return found


def fair_price(found: Sequence[Form], years: Years, base: Option, like: str) -> float | None:
    """The price of another's kWh with which it is worth as much as another way of paying. [yen/kWh]"""
    by_form = {one.form: one.found for one in found}
    ppa, other = by_form.get(PPA), by_form.get(like)
    if ppa is None or other is None:
        return None
    return _turn(ppa.option, "ppa_yen_per_kwh", years, base, ppa.assumed, other.npv)


def swings(one: Judged, others: Sequence[Judged], rule: str, years: Years, base: Option) -> list[Swing]:
    """The assumptions that have a range, widest first."""
    relevant = {"always", *(need for each in (one, *others) for need in each.option.needs)}
    found = []
    for key, row in one.assumed.rows.items():
        if row.ends and known()[key].needed in relevant:
            ends = (row.value if row.low is None else row.low, row.value if row.high is None else row.high)
            found.append(_swing(key, ends, one, others, rule, years, base))
    return sorted(found, key=lambda swing: -swing.width)


def _swing(
    key: str, ends: tuple[Decimal, Decimal], one: Judged, others: Sequence[Judged], rule: str, years: Years,
    base: Option,
) -> Swing:  # fmt: skip
    at = [one.assumed.changed(key, end) for end in ends]
    low, high = (judged(one.option, years, base, assumed) for assumed in at)
    first: tuple[str | None, str | None] = (None, None)
    turn = None
    if key not in PHYSICAL:
        low_first, high_first = (
            ranked([judged(other.option, years, base, assumed) for other in others], rule)[0] for assumed in at
        )
        first = (low_first.option.option_id, high_first.option.option_id)
        turn = _turn(one.option, key, years, base, one.assumed, 0.0)
    return Swing(key, ends, (low.npv, high.npv), (low.tonnes, high.tonnes), first, turn)


def _turn(option: Option, key: str, years: Years, base: Option, assumed: Assumptions, wanted: float) -> float | None:
    """Where the present value is as wanted, by halving; None where that is nowhere in what the assumption can be."""
    rule = known()[key]
    if rule.unit == YEARS:
        return None  # whole years make steps, not a line

    def worth(value: Decimal) -> float:
        return judged(option, years, base, assumed.changed(key, value)).npv - wanted

    low, high = rule.least, rule.most
    at_low, at_high = worth(low), worth(high)
    if at_low == at_high or (at_low > 0) == (at_high > 0):
        return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if (worth(middle) > 0) == (at_low > 0) else (low, middle)
    return float(low)


def pick(found: Sequence[Judged], wanted: str | None) -> Judged:
    """The option that is asked for, else the first that is something new.

    Raises
    ------
    StudyError
        OP-12 if there is none of that number.
    """
    for one in found:
        if one.option.option_id != BASE and wanted in (None, one.option.option_id):
            return one
    known_ = texts.listed(one.option.option_id for one in found if one.option.option_id != BASE)
    raise StudyError("OP-12", option=wanted or "", known=known_)
