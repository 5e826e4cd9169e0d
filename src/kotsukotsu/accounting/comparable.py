"""比較排出量: what the quantities of a year would have emitted with the base year's factors.

The base year's factor of a facility's item is the facility's own average of the base year: its emission over its
quantity, so that in the base year both series are equal at every level. A facility without the item in the base
year takes the city's average of the base year for that item; an item that the city did not use then takes the
factor of the law in force in the base year, where the law names one for everybody. Otherwise there is none, and
the total says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.expand import converted
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.gwp import gwp_in_force
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.policy import Policy

Key = tuple[str, str, str, str]  # facility (empty for the city), item, use, gas


class BaseYear:
    """Average factors of the base year. [thirds of t-CO2e / base unit]"""

    def __init__(self, lines: Iterable[Line], law: Law, policy: Policy, fy: int) -> None:
        self.fy, self._law, self._policy = fy, law, policy
        amounts: dict[Key, list[Decimal]] = defaultdict(list)
        emissions: dict[Key, list[Decimal]] = defaultdict(list)
        for line in lines:
            for facility in (line.group.facility_id, ""):
                key = (facility, line.item, line.group.use, line.gas)
                amounts[key].append(line.amount)
                emissions[key].append(line.thirds_co2e)
        self._ratios: Mapping[Key, Decimal] = {
            key: exact.quotient(exact.total(emissions[key]), amount)
            for key, parts in amounts.items() if (amount := exact.total(parts))
        }  # fmt: skip

    def thirds_co2e(self, line: Line) -> Decimal | None:
        """Three times the comparable emission of a line, None if the base year has no factor for it. [t-CO2e]"""
        if line.group.fiscal_year == self.fy:
            return line.thirds_co2e
        ratio = self._ratio(line)
        return None if ratio is None else exact.product(line.amount, ratio)

    def _ratio(self, line: Line) -> Decimal | None:
        for facility in (line.group.facility_id, ""):
            ratio = self._ratios.get((facility, line.item, line.group.use, line.gas))
            if ratio is not None:
                return ratio
        return self._of_law(line)

    def _of_law(self, line: Line) -> Decimal | None:
        demand = Demand(line.item, line.group.use, "", "", self.fy, None)
        factors = self._law.in_force(demand, line.gas, self._policy)
        gwp = gwp_in_force(self._law.catalogue, line.gas, self._policy, self.fy)
        if len(factors) != 1 or gwp is None:
            return None
        factor = converted(factors[0], self._policy, self._law.catalogue)
        return exact.product(factor.thirds, gwp.value)
