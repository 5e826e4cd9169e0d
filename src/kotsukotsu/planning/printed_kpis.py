"""Effects that a plan prints for its KPIs, computed again from its own assumptions; what it does not print is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.planning.kpis import Reproduced, reproduced
from kotsukotsu.planning.verify_print import Print
from kotsukotsu.rounding import plain, printed

SECTION = "kpi"
KWH_PER_MWH = Decimal(1000)
PV, POWER = "pv_kw", "re_power_facilities"


@dataclass(frozen=True, slots=True)
class PrintedKpi:
    """A printed KPI.

    Attributes
    ----------
    before, after : Decimal
        Its values of today and of the aim. [kW or facilities]
    assumption : str
        The formula with its numbers, or the quantity that the printed effect must rest on.
    """

    kpi: str
    before: Decimal
    after: Decimal
    effect: Reproduced
    assumption: str

    @property
    def verdict(self) -> str:
        """``yes``, ``no``, or ``unpublished`` where an input is not printed."""
        return {True: "yes", False: "no", None: "unpublished"}[self.effect.agrees]


def printed_kpis(print_: Print, before_fy: int, after_fy: int) -> list[PrintedKpi]:
    """KPIs whose effect rests on electricity; empty where the plan prints none or no factor of electricity."""
    factor = print_.said(SECTION, f"grid_factor_fy{after_fy}_t_per_mwh")
    if factor is None:
        return []
    return [*_pv(print_, factor.value, before_fy, after_fy), *_power(print_, factor.value, before_fy, after_fy)]


def _said(print_: Print, kpi: str, before_fy: int, after_fy: int) -> tuple[Decimal, Decimal, Decimal] | None:
    keys = (f"fy{before_fy}", f"fy{after_fy}", "effect_tco2")
    values = [print_.said(SECTION, kpi, key) for key in keys]
    found = [one.value for one in values if one is not None]
    return (found[0], found[1], found[2]) if len(found) == len(keys) else None


def _pv(print_: Print, factor: Decimal, before_fy: int, after_fy: int) -> Iterator[PrintedKpi]:
    said, per_kw = _said(print_, PV, before_fy, after_fy), print_.said(SECTION, "pv_yield_kwh_per_kw")
    if said is None or per_kw is None:
        return
    before, after, effect = said
    added = exact.difference(after, before)
    words = texts.label("pp.formula.pv", kw=plain(added), per_kw=plain(per_kw.value), factor=plain(factor))
    found = reproduced(effect, factor, added, exact.exact_quotient(per_kw.value, KWH_PER_MWH))
    yield PrintedKpi(PV, before, after, found, words)


def _power(print_: Print, factor: Decimal, before_fy: int, after_fy: int) -> Iterator[PrintedKpi]:
    said = _said(print_, POWER, before_fy, after_fy)
    if said is None:
        return
    before, after, effect = said
    found = reproduced(effect, factor, None)
    added = exact.difference(after, before)
    low, high = (printed(value) for value in found.implied)
    each = printed(exact.quotient(exact.quotient(effect, factor), added)) if added else texts.none()
    words = texts.label("pp.formula.power", count=plain(added), low=low, high=high, each=each, factor=plain(factor))
    yield PrintedKpi(POWER, before, after, found, words)
