"""What would be emitted without further measures: several projections, and the range they span.

Frozen use with a path of future electricity factors; the robust trend of the past; a driver such as population or
floor area. Each takes known openings and closures on top, and gives low, middle and high. [t-CO2e]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations
from statistics import NormalDist, median

from kotsukotsu.accounting import exact
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.limits import limit
from kotsukotsu.periods import FiscalYear, days
from kotsukotsu.planning.pathways import Point
from kotsukotsu.planning.targets import ZERO, PlanError
from kotsukotsu.rounding import plain, printed
from kotsukotsu.schema import Row

FEWEST_YEARS = 4
CONFIDENCE = "0.90"
SLIPS = (Decimal(1000), Decimal("0.001"))


@dataclass(frozen=True, slots=True)
class Span:
    """A projected emission of a fiscal year. [t-CO2e]

    Attributes
    ----------
    method : str
        ``frozen``, ``trend``, ``driver``, ``printed`` in a plan, or ``all``.
    """

    fiscal_year: int
    low: Decimal
    middle: Decimal
    high: Decimal
    method: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """An assumed value of a fiscal year, such as a future electricity factor [t-CO2/kWh] or a population.

    Attributes
    ----------
    source : str
        Who assumes it; a projection never rests on a value without one.
    """

    fiscal_year: int
    value: Decimal
    source: str
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def spread(self) -> tuple[Decimal, Decimal, Decimal]:
        """Low, middle, high; the value itself where no range is given."""
        low = self.value if self.low is None else self.low
        return low, self.value, self.value if self.high is None else self.high


def check_assumed(kind: str, rows: Iterable[Assumed], *, is_single: bool = True) -> None:
    """Refuse values that contradict each other.

    Raises
    ------
    PlanError
        TG-46 if low, value and high are not in ascending order; TG-47 if a year stands twice where one is wanted.
    """
    years: set[int] = set()
    for row in rows:
        low, value, high = row.spread
        said = {"kind": kind, "fiscal_year": row.fiscal_year}
        if not low <= value <= high:
            raise PlanError("TG-46", **said, low=plain(low), value=plain(value), high=plain(high))
        if is_single and row.fiscal_year in years:
            raise PlanError("TG-47", **said)
        years.add(row.fiscal_year)


def slipped(now: Decimal, rows: Iterable[Assumed]) -> list[Finding]:
    """TG-48 each future factor that is about a thousand times today's or a thousandth of it: a slip of the unit.

    Parameters
    ----------
    now : Decimal
        Today's mean of bought electricity, like those of the rows. [t-CO2/MWh]
    """
    band = limit("slip_band_thousand")
    found = []
    for row in rows:
        ratio = exact.quotient(row.value, now) if now > 0 else ZERO
        if any(size < ratio * band and ratio < size * band for size in SLIPS):
            data = {"fiscal_year": row.fiscal_year, "value": plain(row.value), "now": printed(now, 3)}
            found.append(Finding("TG-48", data=data))
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A known opening (positive) or closure (negative), in effect from a fiscal year. [t-CO2e/FY]

    Attributes
    ----------
    first_share : Decimal
        Share of the first fiscal year in which it is in effect. [1]
    """

    fiscal_year: int
    tonnes: Decimal
    what: str
    first_share: Decimal = Decimal(1)

    def by(self, fy: int) -> Decimal:
        """Its effect in a fiscal year. [t-CO2e]"""
        if fy < self.fiscal_year:
            return ZERO
        return exact.product(self.tonnes, self.first_share) if fy == self.fiscal_year else self.tonnes


@dataclass(frozen=True, slots=True)
class Trend:
    """A Theil–Sen line with the interval of its slope. [t-CO2e, t-CO2e/FY]

    Attributes
    ----------
    years : tuple of int
        Fiscal years it rests on.
    confidence : Decimal
        Of the slope's interval. [1]
    """

    middle_slope: Decimal
    low_slope: Decimal
    high_slope: Decimal
    history: tuple[Point, ...]
    confidence: Decimal

    def at(self, fy: int) -> Span:
        """The line in a fiscal year; each slope goes through the median of its own intercepts. Never below zero."""
        values = sorted(self._line(slope, fy) for slope in (self.low_slope, self.middle_slope, self.high_slope))
        low, middle, high = (max(ZERO, value) for value in values)
        return Span(fy, low, middle, high, "trend")

    def _line(self, slope: Decimal, fy: int) -> Decimal:
        return median(point.tonnes + slope * Decimal(fy - point.fiscal_year) for point in self.history)


def closures(facilities: Iterable[Row], latest: Mapping[str, Decimal], latest_fy: int) -> list[Step]:
    """Facilities known to close after the latest fiscal year, with what they emitted in it; partial years by day."""
    steps = []
    for row in facilities:
        day, tonnes = row["closed_on"], latest.get(row["facility_id"])
        if day is None or not tonnes or day < FiscalYear(latest_fy).end:
            continue
        year = FiscalYear.of(day)
        share = exact.quotient(Decimal(days(day, year.end)), Decimal(days(year.start, year.end)))
        steps.append(Step(year.number, -tonnes, row["name"], share))
    return steps


def frozen(other: Decimal, electricity: Decimal, factors: Sequence[Assumed], steps: Iterable[Step] = ()) -> list[Span]:
    """Today's use for ever, with the electricity factors of a path.

    Parameters
    ----------
    other : Decimal
        Emission of everything but bought electricity. [t-CO2e]
    electricity : Decimal
        Bought electricity. [kWh]
    factors : sequence of Assumed
        For each fiscal year asked for. [t-CO2/kWh]
    """
    steps = list(steps)
    return [
        _stepped(
            factor.fiscal_year, [exact.total((other, exact.product(electricity, f))) for f in factor.spread], steps,
            "frozen",
        )
        for factor in factors
    ]  # fmt: skip


def driven(
    tonnes: Decimal, now: Assumed, future: Sequence[Assumed], steps: Iterable[Step] = (), driver: str = ""
) -> list[Span]:
    """Emission that grows with a driver such as population or floor area.

    Raises
    ------
    PlanError
        TG-30 if today's driver is not positive, or a future one is negative: it names the driver, year and value.
    """
    wrong = [(now, now.value)] if now.value <= 0 else []
    wrong += [(assumed, min(assumed.spread)) for assumed in future if min(assumed.spread) < 0]
    for assumed, value in wrong[:1]:
        raise PlanError("TG-30", driver=driver, fiscal_year=assumed.fiscal_year, value=plain(value))
    steps = list(steps)
    return [
        _stepped(
            assumed.fiscal_year,
            [exact.quotient(exact.product(tonnes, value), now.value) for value in assumed.spread], steps, "driver",
        )
        for assumed in future
    ]  # fmt: skip


def trend(history: Sequence[Point], confidence: str = CONFIDENCE) -> Trend:
    """The Theil–Sen line: the median of the slopes between all pairs of years.

    The slope's interval is Sen's, from the normal approximation of Kendall's statistic: with n years there are
    N = n(n−1)/2 slopes and C = z √(n(n−1)(2n+5)/18); it runs from slope number (N−C)/2 rounded down to number
    (N+C)/2 + 1 rounded up in ascending order, within the slopes there are. P. K. Sen, Journal of the American
    Statistical Association 63 (1968) 1379–1389; H. Theil (1950).

    Raises
    ------
    PlanError
        TG-31 with fewer than `FEWEST_YEARS` years, TG-32 if a year stands twice.
    """
    if len(history) < FEWEST_YEARS:
        raise PlanError("TG-31", years=len(history), fewest=FEWEST_YEARS)
    if len({point.fiscal_year for point in history}) < len(history):
        raise PlanError("TG-32")
    slopes = sorted(_slope(one, other) for one, other in combinations(history, 2))
    low, high = _ranks(len(history), len(slopes), confidence)
    return Trend(median(slopes), slopes[low], slopes[high], tuple(history), Decimal(confidence))


def together(spans: Iterable[Span]) -> list[Span]:
    """The range of several projections by fiscal year: lowest low, median of the middles, highest high."""
    by_year: dict[int, list[Span]] = {}
    for span in spans:
        by_year.setdefault(span.fiscal_year, []).append(span)
    return [
        Span(
            fy, min(span.low for span in found), median(span.middle for span in found),
            max(span.high for span in found), "all",
        )
        for fy, found in sorted(by_year.items())
    ]  # fmt: skip


def with_steps(span: Span, steps: Iterable[Step]) -> Span:
    """A projection with known openings and closures on top."""
    return _stepped(span.fiscal_year, (span.low, span.middle, span.high), list(steps), span.method)


def _stepped(fy: int, values: Sequence[Decimal], steps: Sequence[Step], method: str) -> Span:
    change = exact.total(step.by(fy) for step in steps)
    low, middle, high = sorted(max(ZERO, exact.total((value, change))) for value in values)
    return Span(fy, low, middle, high, method)


def _slope(one: Point, other: Point) -> Decimal:
    years = Decimal(other.fiscal_year - one.fiscal_year)
    return exact.quotient(exact.difference(other.tonnes, one.tonnes), years)


def _ranks(years: int, slopes: int, confidence: str) -> tuple[int, int]:
    """Indices of the interval's ends among the slopes in ascending order."""
    z = Decimal(str(NormalDist().inv_cdf((1 + float(confidence)) / 2)))
    spread = z * (Decimal(years * (years - 1) * (2 * years + 5)) / 18).sqrt()
    low = int(((slopes - spread) / 2).to_integral_value(ROUND_FLOOR)) - 1
    high = int(((slopes + spread) / 2).to_integral_value(ROUND_CEILING))
    return max(0, low), min(slopes - 1, high)
