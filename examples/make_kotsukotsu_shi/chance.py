"""Draws that are the same on every machine: whole numbers from a seed, then exact decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

SEED = "kotsukotsu-shi"
THOUSAND = 1000


def dice(*names: str) -> Random:
    """A source of draws for one thing, so that another facility does not change it."""
    return Random("/".join((SEED, *names)))


def between(rng: Random, low: Decimal, high: Decimal) -> Decimal:
    """A decimal from low to high, in steps of a thousandth."""
    return Decimal(rng.randint(int(low * THOUSAND), int(high * THOUSAND))) / THOUSAND


def rounded(value: Decimal, digits: int) -> Decimal:
    """Half up to a number of decimals."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
