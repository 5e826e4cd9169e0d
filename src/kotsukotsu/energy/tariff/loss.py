"""Energy that is lost on the way, of a supply that is priced where it is generated (託送による相対供給).

Generated = taken / (1 - loss), rounded as the tariff rounds energy (託送供給等約款: 損失率で修正した電力量).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.tariff.model import LOSS, Book, Dated, Tariff, in_force
from kotsukotsu.rounding import Rounding

HUNDRED, MOST = Decimal(100), Decimal(30)
DIGITS = 6  # of a kWh, where the tariff does not round
RANKS = ("confirmed", "unconfirmed", "example")


def of_tariff(book: Book, tariff: Tariff, day: date) -> Dated | None:
    """The loss in force [%]; None where the tariff is priced where energy is taken.

    Raises
    ------
    EnergyError
        TF-12 a loss that is none, TF-13 a tariff that follows the market, whose price would have to carry it.
    """
    found = book.prices(tariff.tariff_id, LOSS)
    if not found:
        return None
    loss = in_force(found, day, tariff=tariff.tariff_id, component=LOSS)
    if not 0 <= loss.value <= MOST:
        raise EnergyError("TF-12", tariff=tariff.tariff_id, value=loss.value, most=MOST)
    if tariff.spot_area:
        raise EnergyError("TF-13", tariff=tariff.tariff_id)
    return loss


def generated(kwh: Decimal, loss: Dated, digits: int | None) -> Decimal:
    """What was generated for what was taken. [kWh]"""
    rule = Rounding(digits=DIGITS if digits is None else digits, method="half-up")
    return rule.figure(kwh * HUNDRED / (HUNDRED - loss.value))


def both(price: Dated, loss: Dated) -> Dated:
    """The price of what is lost: it rests on both, and is trusted as the weaker of them."""
    status = max(price.status, loss.status, key=RANKS.index)
    return Dated(price.value, price.valid_from, price.valid_to, f"{loss.source} / {price.source}", status)
