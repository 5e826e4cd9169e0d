"""How much room is left under this month's maximum, and what one kilowatt more would cost in a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.energy.bill import DEMAND, Bill, Line, MonthBill
from kotsukotsu.periods import Month

MONTHS = 12
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a meter in the last month of its bill.

    Attributes
    ----------
    contract_kw, maximum_kw, left_kw : Decimal
        What the month is billed for, its own highest half-hour, and the difference. [kW]
    yen_per_kw : Decimal
        What a year costs for each kilowatt above, at the month's price and power factor, without later months' own
        maxima. [yen/kW]
    set_in : Month
        The month that set the contract.
    last_month : Month
        The last month in which it still counts.
    """

    month: Month
    contract_kw: Decimal
    maximum_kw: Decimal
    yen_per_kw: Decimal
    set_in: Month
    last_month: Month

    @property
    def left_kw(self) -> Decimal:
        """Room before the contract rises. [kW]"""
        return self.contract_kw - self.maximum_kw


def room(bill: Bill) -> Room | None:
    """The room in the last month; None for a tariff without contract power."""
    last = bill.months[-1]
    demand = _demand(last)
    if last.contract is None or demand is None:
        return None
    first = bill.months[0].month.index
    set_in = Month.at(first + last.contract.set_by)
    expires = Month.at(set_in.index + bill.tariff.memory_months)
    yearly = demand.price * demand.share * MONTHS
    return Room(last.month, last.contract.kw, last.maximum.kw, yearly, set_in, expires)


def _demand(month: MonthBill) -> Line | None:
    return next((line for line in month.lines if line.kind == DEMAND), None)
