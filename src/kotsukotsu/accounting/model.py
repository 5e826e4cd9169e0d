"""What the inventory is made of: sums of the ledger, and emission lines of one gas each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kotsukotsu.catalogue.model import Factor
from kotsukotsu.periods import Month

ESTIMATED = "estimated"
NOT_OCCURRING = "not_occurring"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share everything that picks a factor, and their exact sum.

    Attributes
    ----------
    share : Decimal
        Product of the shares of contract, apportioned meter and days. [1]
    quantity : Decimal or None
        Sum of the rows' quantities, before the share; None if no row has one. [unit]
    rows, missing : int
        How many rows, and how many of them without a quantity.
    row : mapping
        The ledger's row itself where the group is a single one (for a trace).
    """

    facility_id: str
    item: str
    supplier: str
    menu: str
    use: str
    unit: str
    basis: str
    fiscal_year: int
    month: Month | None
    share: Decimal
    quantity: Decimal | None
    rows: int = 1
    missing: int = 0
    row: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """Emission of one gas by one group of rows.

    Attributes
    ----------
    share : Decimal
        The group's share times that of the reporting body. [1]
    amount : Decimal
        Quantity after all shares. [base unit of the item]
    thirds : Decimal
        Three times the tonnes of the gas. [t]
    gwp : Decimal
        Global warming potential of the policy's set. [t-CO2e/t]
    thirds_co2e : Decimal
        Three times the emission. [t-CO2e]
    status : str
        The less trusted of the statuses of factor and warming potential.
    """

    group: Group
    item: str
    share: Decimal
    amount: Decimal
    gas: str
    factor: Factor
    thirds: Decimal
    gwp: Decimal
    thirds_co2e: Decimal
    sector: str
    body: str
    in_plan: bool
    status: str
