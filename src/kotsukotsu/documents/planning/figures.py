"""Numbers of a plan as figures."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from kotsukotsu import texts
from kotsukotsu.documents.printing import Figure
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import Rounding, printed
from kotsukotsu.rounding import signed as with_sign

THOUSAND = Decimal(1000)


def number(value: Decimal | None, digits: int = 0) -> Figure:
    """A number with so many decimals; a dash where there is none."""
    if value is None:
        return Figure(None, None, texts.none(), "")
    rounded = Rounding(digits=digits).figure(value)
    return Figure(value, rounded, printed(rounded, digits), "")


def signed(value: Decimal | None, digits: int = 0) -> str:
    """A difference with its sign, minus as offices write it."""
    text = number(value, digits).text
    return text if value is None else with_sign(text)


def thousands(yen: Decimal | None) -> Figure:
    """Money in thousand yen."""
    return number(None if yen is None else yen / THOUSAND)


def enough(amount: Decimal) -> Decimal:
    """The least whole number that is no less: what must be given for a limit to hold, which rounding would miss."""
    return amount.to_integral_value(ROUND_CEILING)


def told(finding: Finding) -> str:
    """What is doubtful, with its place."""
    place = f"{finding.where}{texts.label('sign.colon')}" if finding.where else ""
    return f"{place}{finding.message()}"


def year(fy: int) -> str:
    """A fiscal year as offices write it."""
    return FiscalYear(fy).label()


def short(fy: int) -> str:
    """A fiscal year where there is little room."""
    return FiscalYear(fy).label("western")
