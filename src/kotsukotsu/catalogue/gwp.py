"""The global warming potential in force (施行令第4条), by fiscal year or by the set that the policy fixes."""

from __future__ import annotations

from kotsukotsu.catalogue.model import Catalogue, Gwp
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.periods import FiscalYear

BY_YEAR = "by-year"


def gwp_in_force(catalogue: Catalogue, gas: str, policy: Policy, fy: int) -> Gwp | None:
    """The one value of a gas for a fiscal year, None if there is none or the edition does not answer so far.

    A fixed set is used whatever the year; ``by-year`` takes the set in force on the first day of the fiscal year.
    """
    rows = [row for row in catalogue.gwps if row.gas == gas and row.regime == policy.regime]
    if policy.gwp != BY_YEAR:
        fitting = [row for row in rows if row.set == policy.gwp]
    else:
        day = FiscalYear(fy).start
        fitting = [
            row
            for row in rows
            if row.valid_from <= day
            and (row.valid_to is None or day < row.valid_to)
            and fy <= catalogue.editions[row.edition].covers_to
        ]
    return fitting[0] if len(fitting) == 1 else None
