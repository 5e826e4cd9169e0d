"""The one place where a figure is rounded: at the end, by the rule of the policy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from kotsukotsu import texts

METHODS = {"half-up": ROUND_HALF_UP, "truncate": ROUND_DOWN}
SUMS = ("unrounded", "rounded")
_EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a document rounds: decimals, method, and whether totals add rounded or unrounded parts.

    Examples
    --------
    >>> Rounding(digits=0).figure(Decimal("14326.5"))
    Decimal('14327')
    >>> Rounding(digits=1, method="truncate").figure(Decimal("3959.9571"))
    Decimal('3959.9')
    """

    unit: str = "t"
    digits: int = 0
    method: str = "half-up"
    sum: str = "unrounded"

    def figure(self, value: Decimal) -> Decimal:
        """The value as printed."""
        return value.quantize(Decimal(1).scaleb(-self.digits), rounding=METHODS[self.method], context=_EXACT)

    def total(self, parts: Iterable[Decimal]) -> Decimal:
        """A total as printed: of unrounded parts, rounded once, or of printed parts."""
        if self.sum == "rounded":
            return _sum(self.figure(part) for part in parts)
        return self.figure(_sum(parts))


def _sum(parts: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for part in parts:
        total = _EXACT.add(total, part)
    return total


def plain(value: Decimal) -> str:
    """Full precision in plain decimal notation, without trailing zeros.

    >>> plain(Decimal("1.500E+3")), plain(Decimal("0.10")), plain(Decimal("0"))
    ('1500', '0.1', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def printed(value: Decimal, digits: int = 0) -> str:
    """Thousands comma, fixed decimals, the sign for minus of the language.

    >>> printed(Decimal("-1234.5"), 1)
    '△1,234.5'
    """
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_EXACT)
    text = f"{abs(rounded):,.{digits}f}"
    return f"{minus()}{text}" if rounded < 0 else text


def minus() -> str:
    """The sign for minus: that of an office, − where one speaks English."""
    return texts.label("sign.minus")


def unsigned(text: str) -> str:
    """A printed number without its sign, where a word says which way it goes.

    >>> unsigned("△1,234.5"), unsigned("−2"), unsigned("3")
    ('1,234.5', '2', '3')
    """
    return text.lstrip("△−")


def signed(text: str) -> str:
    """A printed number with its sign, also where it is more.

    >>> signed("3"), signed("△3")
    ('+3', '△3')
    """
    return f"+{text}" if text == unsigned(text) else text
