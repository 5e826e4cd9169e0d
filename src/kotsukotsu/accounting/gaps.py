"""Why no factor, or more than one, applies: said so that an official can act on it."""

from __future__ import annotations

from collections.abc import Sequence

from kotsukotsu import texts
from kotsukotsu.catalogue.coverage import Question, declared_gap
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.model import Factor
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.periods import FiscalYear

CONTRACT_GROUPS = ("electricity", "city_gas", "heat")


def why_none(law: Law, demand: Demand, gas: str, policy: Policy, factors: Sequence[Factor]) -> tuple[str, str]:
    """Code of the finding and its detail.

    A-01 no contract is named, A-02 the supplier is unknown, A-09 the menu is not among the published ones (named),
    A-03 several factors apply (named), A-10 the series has no value for the year (declared gap or beyond the edition).
    """
    if len(factors) > 1:
        return "A-03", texts.listed(factor.factor_id for factor in factors)
    group = law.catalogue.items[demand.item].group
    if group in CONTRACT_GROUPS and not demand.supplier:
        return "A-01", gas
    if group in CONTRACT_GROUPS and demand.supplier not in law.catalogue.suppliers:
        return "A-02", demand.supplier
    menus = _menus(law, demand, policy)
    if menus and demand.menu not in menus:
        return "A-09", texts.listed(menu or "（メニューなし）" for menu in menus)
    return "A-10", _reason(law, demand, policy)


def _menus(law: Law, demand: Demand, policy: Policy) -> list[str]:
    """Menus of the supplier for which a factor serves the year."""
    return sorted(
        {
            factor.menu
            for factor in law.catalogue.factors
            if factor.item == demand.item
            and factor.supplier == demand.supplier
            and law.serves(factor, demand.fiscal_year, policy)
        }
    )


def _reason(law: Law, demand: Demand, policy: Policy) -> str:
    """The declared gap that explains it, else the year that was looked for."""
    electricity = law.catalogue.by_results(demand.item)
    year = policy.results_year(demand.fiscal_year) if electricity else demand.fiscal_year
    contract = law.catalogue.items[demand.item].group in CONTRACT_GROUPS
    kind = policy.electricity_kind if contract else demand.use
    gap = declared_gap(law.catalogue, Question(demand.item, policy.regime, demand.supplier, demand.menu, kind, year))
    if gap:
        return gap.reason
    return texts.label("accounting.results", year=FiscalYear(year).name) if electricity else FiscalYear(year).name
