"""How people write numbers: plain, with commas, in full width, with the unit in the cell."""

from __future__ import annotations

from decimal import Decimal

from examples.make_kotsukotsu_shi.chance import dice

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
# One cell in twenty of each habit; the rest are numbers.
SIDES = 20


def dressed(quantity: Decimal, unit: str, *where: str) -> Decimal | str:
    """The number itself, or a text a person would type for it."""
    habit = dice("inbox", *where).randrange(SIDES)
    text = f"{quantity:,}"
    if habit == 0:
        return text.translate(FULL_WIDTH)
    if habit == 1:
        return f"{text}{unit}"
    if habit == 2:
        return f" {text} "
    return quantity


def change(now: Decimal, before: Decimal) -> str:
    """A change in an office's way, a decrease with △."""
    return f"△{before - now:,}" if now < before else f"{now - before:,}"


def era_month(month_text: str) -> str:
    """``2026-02`` as ``R8.2``."""
    year, month = month_text.split("-")
    return f"R{int(year) - 2018}.{int(month)}"
