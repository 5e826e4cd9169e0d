"""力率: how much of the power does work, and what it does to the demand charge."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.rounding import Rounding

PER_CENT = Rounding(digits=0)
HUNDRED = Decimal(100)
NEUTRAL = Decimal(185)  # 100 + 85: at 85 % there is neither discount nor surcharge


def power_factor(kwh: Decimal, kvarh: Decimal) -> Decimal:
    """The power factor of 8 to 22 o'clock, to the per cent. [kWh, kvarh in, % out]

    Without use it is 85 %, which changes nothing.

    >>> power_factor(Decimal(40), Decimal(30)), power_factor(Decimal(0), Decimal(0))
    (Decimal('80'), Decimal('85'))
    """
    apparent = (kwh * kwh + kvarh * kvarh).sqrt()
    return PER_CENT.figure(kwh / apparent * HUNDRED) if apparent else NEUTRAL - HUNDRED


def factor(per_cent: Decimal) -> Decimal:
    """What the demand charge is multiplied by: 1 % less for each per cent above 85. [1]

    Raises
    ------
    EnergyError
        TF-09 outside 0 to 100 %.

    Examples
    --------
    >>> factor(Decimal(100)), factor(Decimal(95)), factor(Decimal(80))
    (Decimal('0.85'), Decimal('0.9'), Decimal('1.05'))
    """
    if not 0 <= per_cent <= HUNDRED:
        raise EnergyError("TF-09", value=per_cent)
    return (NEUTRAL - per_cent) / HUNDRED
