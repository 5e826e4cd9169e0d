"""A claim: a printed figure that other printed figures, or the city's data, must give again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.planning.verify_interval import Interval, exactly, printed_as, rounded_as
from kotsukotsu.rounding import plain

AGREES, ROUNDING, UNIT, UNEXPLAINED = "agrees", "rounding", "unit", "unexplained"
CODES = {ROUNDING: "V-01", UNIT: "V-02", UNEXPLAINED: "V-03"}
# The kinds in the order in which people want to read of them.
KINDS = ("ledger", "repeated", "sum", "target", "effect", "count", "difference", "rate", "share", "cumulative")
COUNT = "count"
SLIPS = (Fraction(1000), Fraction(1, 1000))  # t and 千t, kg and t, kW and MW
FEWEST_SHARED, PLACES_NAMED = 2, 3
Formula = Callable[[Sequence[Interval]], "Interval | None"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its place; `exact` where it was counted or decided, not rounded."""

    value: Decimal
    where: str
    exact: bool = False

    @property
    def interval(self) -> Interval:
        """The numbers it may stand for."""
        return exactly(self.value) if self.exact else printed_as(self.value)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is printed, and what the figures it rests on give.

    Attributes
    ----------
    kind : str
        ``sum``, ``difference``, ``rate``, ``share``, ``cumulative``, ``target``, ``effect``, ``count``,
        ``ledger``, ``repeated``.
    computed : Fraction
        From the figures as they are printed.
    possible : Interval
        From all numbers that they may stand for.
    """

    kind: str
    printed: Figure
    computed: Fraction
    possible: Interval
    rests_on: tuple[Figure, ...]

    @property
    def outcome(self) -> str:
        """``agrees`` to the printed digit, else explained by ``rounding``, by ``unit`` (thousand), or not."""
        if rounded_as(self.computed, self.printed.value) == self.printed.value:
            return AGREES
        if self.kind == COUNT:
            return AGREES if self.printed.interval.meets(self.possible) else UNEXPLAINED
        if self.printed.interval.meets(self.possible):
            return ROUNDING
        slips = (self.printed.interval * exactly(slip) for slip in SLIPS)
        return UNIT if any(slip.meets(self.possible) for slip in slips) and self.computed else UNEXPLAINED

    @property
    def computed_figure(self) -> Decimal:
        """As it would be printed."""
        return rounded_as(self.computed, self.printed.value)

    def finding(self) -> Finding | None:
        """V-01 explained by rounding, V-02 a slip of unit, V-03 unexplained, V-08 a wrong count; None if it agrees."""
        if self.outcome == AGREES:
            return None
        data = {
            "kind": self.kind,
            "what": texts.label(f"verify.kind.{self.kind}"),
            "printed": plain(self.printed.value),
            "computed": plain(self.computed_figure),
            "difference": plain(self.printed.value - self.computed_figure),
            "low": _figure(self.possible.low),
            "high": _figure(self.possible.high),
            "rests_on": self._places(),
        }
        return Finding("V-08" if self.kind == COUNT else CODES[self.outcome], self.printed.where, data)

    def _places(self) -> str:
        places = [figure.where for figure in self.rests_on]
        more = texts.bracketed("…", str(len(places))) if len(places) > PLACES_NAMED else ""
        return texts.listed(places[:PLACES_NAMED]) + more or texts.none()


def claim(kind: str, printed: Figure, formula: Formula, figures: Iterable[Figure]) -> Claim | None:
    """A claim, or None where the formula has no answer (a division by what may be zero)."""
    rests_on = tuple(figures)
    computed = formula([exactly(figure.value) for figure in rests_on])
    possible = formula([figure.interval for figure in rests_on])
    return Claim(kind, printed, computed.low, possible, rests_on) if computed and possible else None


def suspects(claims: Iterable[Claim]) -> list[Finding]:
    """V-04: figures that several unexplained differences share; the mistake is likely there."""
    counted: Counter[str] = Counter()
    trusted: set[str] = set()
    for found in claims:
        places = {found.printed.where, *(figure.where for figure in found.rests_on)}
        if found.outcome == UNEXPLAINED:
            counted.update(places)
        elif found.outcome == AGREES:
            trusted |= places
    most = max((count for place, count in counted.items() if place not in trusted), default=0)
    return [
        Finding("V-04", place, {"count": count})
        for place, count in counted.items()
        if count == most >= FEWEST_SHARED and place not in trusted
    ]


def _figure(value: Fraction) -> str:
    return plain(rounded_as(value, Decimal("0.001")))
