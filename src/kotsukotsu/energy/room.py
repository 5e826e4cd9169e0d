"""How much room is left under this month's maximum, and what one kilowatt more would cost in a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact as decimals
from kotsukotsu.energy.bill import DEMAND, EXCESS, NETWORK_DEMAND, TAX, Bill, MonthBill
from kotsukotsu.periods import Month

MONTHS = 12
POWER = (DEMAND, EXCESS, NETWORK_DEMAND)
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a meter in the last month of its bill.

    Attributes
    ----------
    contract_kw, maximum_kw, left_kw : Decimal
        What the month is billed for, its own highest half-hour, and the difference, which is negative above an agreed
        power. [kW]
    yen_per_kw : Decimal
        What each kilowatt above costs, with tax, at the month's price and power factor: where the maximum sets the
        contract in a year, without later months' own maxima; where the power is agreed in that month alone. [yen/kW]
    set_in, last_month : Month or None
        The month that set the contract, and the last month in which it still counts; None where the power is agreed.
    """

    month: Month
    contract_kw: Decimal
    maximum_kw: Decimal
    yen_per_kw: Decimal
    set_in: Month | None
    last_month: Month | None

    @property
    def left_kw(self) -> Decimal:
        """Room before the contract rises. [kW]"""
        return self.contract_kw - self.maximum_kw

    @property
    def agreed(self) -> bool:
        """Whether the power is agreed instead of set by the maximum."""
        return self.set_in is None


def room(bill: Bill) -> Room | None:
    """The room in the last month; None for a tariff without contract power."""
    last = bill.months[-1]
    if last.contract is None:
        return None
    if last.contract.set_by is None:
        above = decimals.product(_of_kw(last, DEMAND), last.tariff.penalty_ratio or ZERO, _tax(last))
        return Room(last.month, last.contract.kw, last.maximum.kw, above, None, None)
    yearly = (_of_kw(last, DEMAND) + _of_kw(last, NETWORK_DEMAND)) * MONTHS * _tax(last)
    set_in = Month.at(bill.months[0].month.index + last.contract.set_by)
    expires = Month.at(set_in.index + last.tariff.memory_months)
    return Room(last.month, last.contract.kw, last.maximum.kw, yearly, set_in, expires)


def excess(bill: Bill) -> tuple[int, Decimal]:
    """In how many months an agreed power was passed, and what that cost with tax. [yen]"""
    each = [_amount(month, EXCESS) * _tax(month) for month in bill.months if month.excess_kw]
    return len(each), decimals.total(each)


def of_power(bill: Bill) -> Decimal:
    """What the contract power costs: its charge, what passes an agreed one, the network's part; with tax. [yen]"""
    return decimals.total(_amount(month, kind) * _tax(month) for month in bill.months for kind in POWER)


def _of_kw(month: MonthBill, kind: str) -> Decimal:
    """What a kilowatt costs by the lines of a kind. [yen/kW]"""
    return decimals.total(line.price * line.share for line in month.lines if line.kind == kind)


def _amount(month: MonthBill, kind: str) -> Decimal:
    return decimals.total(line.amount for line in month.lines if line.kind == kind)


def _tax(month: MonthBill) -> Decimal:
    """What prices without tax are multiplied by. [1]"""
    return ONE + _of_kw(month, TAX)
