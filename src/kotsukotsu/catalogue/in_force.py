"""Which factor applies: exactly one, by the policy, or none and a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kotsukotsu.catalogue.model import Catalogue, Factor
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.periods import FiscalYear, Month

BOTH = "both"
ANY_KIND = "any"
CITY = "city"


@dataclass(frozen=True, slots=True)
class Demand:
    """What picks a factor: the item and its use, the contract, and the time.

    `supplier` is an id of the catalogue or, where it names none, the text of the contract; `month` is None for
    a row that covers a fiscal year.
    """

    item: str
    use: str
    supplier: str
    menu: str
    fiscal_year: int
    month: Month | None

    @property
    def days(self) -> tuple[date, ...]:
        """First day of every month that the quantity may lie in."""
        months = (self.month,) if self.month else FiscalYear(self.fiscal_year).months()
        return tuple(month.start for month in months)


class Law:
    """The catalogue and the city's own factors, indexed for questions.

    Parameters
    ----------
    catalogue : Catalogue
        The law as data.
    own : iterable of Factor
        The city's own factors; each takes the place of the catalogue's for its item and supplier.
    """

    def __init__(self, catalogue: Catalogue, own: Iterable[Factor] = ()) -> None:
        self.catalogue = catalogue
        self._own = _by_item_and_gas(own)
        self._law = _by_contract(catalogue.factors)

    def gases(self, item: str, use: str) -> tuple[str, ...]:
        """Gases that every row of an item with this use must have a factor for (施行令第3条第1項各号)."""
        base = self.catalogue.items[item].gases
        return base + tuple(gas for gas in self.catalogue.uses.get((item, use), ()) if gas not in base)

    def serves(self, factor: Factor, fy: int, policy: Policy) -> bool:
        """Whether a factor of the law is in force on the first day of a fiscal year."""
        demand = Demand(factor.item, "", factor.supplier, factor.menu, fy, None)
        return _fits_time(factor, demand, FiscalYear(fy).start, policy, self.catalogue)

    def in_force(self, demand: Demand, gas: str, policy: Policy) -> tuple[Factor, ...]:
        """Factors that apply; the caller must refuse any number but one.

        Notes
        -----
        A factor applies to the month to which the policy assigns the quantity if it is in force on the month's
        first day. A quantity that covers a fiscal year needs the same factor in all its months.
        """
        own = self._own.get((demand.item, gas), ())
        law = self._of_contract(demand, gas, policy)
        return _same_all_days(
            [
                _city_factors(own, demand, day)
                or tuple(factor for factor in law if _fits_time(factor, demand, day, policy, self.catalogue))
                for day in demand.days
            ]
        )

    def _of_contract(self, demand: Demand, gas: str, policy: Policy) -> list[Factor]:
        """Factors of the law that a contract may use by the policy; of all days, where days decide."""
        results = policy.results_year(demand.fiscal_year) if self.catalogue.by_results(demand.item) else None
        return [
            factor
            for supplier in dict.fromkeys(("", demand.supplier))
            for factor in self._law.get((demand.item, gas, supplier), ())
            if factor.regime in (policy.regime, BOTH)
            and _fits_contract(factor, demand)
            and _fits_kind(factor, demand, policy)
            and factor.family in ("", policy.fuel_factors)
            and results in (None, factor.source_fy)
        ]


def _by_item_and_gas(factors: Iterable[Factor]) -> Mapping[tuple[str, str], Sequence[Factor]]:
    index: dict[tuple[str, str], list[Factor]] = defaultdict(list)
    for factor in factors:
        index[factor.item, factor.gas].append(factor)
    return index


def _by_contract(factors: Iterable[Factor]) -> Mapping[tuple[str, str, str], Sequence[Factor]]:
    """Of some 2,600 factors of electricity a contract can only mean those of its supplier, or of none."""
    index: dict[tuple[str, str, str], list[Factor]] = defaultdict(list)
    for factor in factors:
        index[factor.item, factor.gas, factor.supplier].append(factor)
    return index


def _same_all_days(by_day: Sequence[tuple[Factor, ...]]) -> tuple[Factor, ...]:
    """The factors of every day if they agree; all of them, so that the caller refuses, if they do not."""
    if all(factors == by_day[0] for factors in by_day):
        return by_day[0]
    if any(not factors for factors in by_day):
        return ()
    return tuple(dict.fromkeys(factor for factors in by_day for factor in factors))


def _city_factors(factors: Sequence[Factor], demand: Demand, day: date) -> tuple[Factor, ...]:
    valid = [factor for factor in factors if _covers(factor, day)]
    named = tuple(f for f in valid if f.supplier and f.supplier == demand.supplier and f.menu in ("", demand.menu))
    with_menu = tuple(factor for factor in named if factor.menu == demand.menu)
    return with_menu or named or tuple(factor for factor in valid if not factor.supplier)


def _fits_contract(factor: Factor, demand: Demand) -> bool:
    """A factor without a supplier serves everyone; a supplier's serves the contracts that name it and its menu."""
    return not factor.supplier or (factor.supplier == demand.supplier and factor.menu == demand.menu)


def _fits_kind(factor: Factor, demand: Demand, policy: Policy) -> bool:
    if factor.supplier:
        return factor.kind in (policy.electricity_kind, ANY_KIND)
    return factor.kind in ("", demand.use)


def _fits_time(factor: Factor, demand: Demand, day: date, policy: Policy, catalogue: Catalogue) -> bool:
    """By the results year for electricity, else by the days in force; never beyond what an edition covers."""
    if catalogue.by_results(factor.item):
        return factor.source_fy == policy.results_year(demand.fiscal_year)
    return _covers(factor, day) and demand.fiscal_year <= catalogue.editions[factor.edition].covers_to


def _covers(factor: Factor, day: date) -> bool:
    return factor.valid_from <= day and (factor.valid_to is None or day < factor.valid_to)
