"""KPIs with numerator, denominator and current value: the aims of 政府実行計画, and effects by stated assumptions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.findings import Finding
from kotsukotsu.planning.portfolio import PlanningError
from kotsukotsu.planning.registers import Count, Reach, Registers, count
from kotsukotsu.rounding import printed
from kotsukotsu.schema import Row

DATA = Path(__file__).parent / "data"
HALF, HUNDRED = Decimal("0.5"), Decimal(100)
SHOWN = 5  # names in a finding
COUNTS = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim of one year, and what is counted of what, both in one unit. [%]"""

    kpi: str
    name_ja: str
    name_en: str
    numerator_ja: str
    numerator_en: str
    denominator_ja: str
    denominator_en: str
    unit_ja: str
    unit_en: str
    aim_fy: int
    aim_pct: Decimal
    source: str
    status: str

    @property
    def name(self) -> str:
        """Name in the language of the interface."""
        return self.name_ja if texts.language() == "ja" else self.name_en

    @property
    def numerator(self) -> str:
        """What is counted, in the language of the interface."""
        return self.numerator_ja if texts.language() == "ja" else self.numerator_en

    @property
    def denominator(self) -> str:
        """Of what, in the language of the interface."""
        return self.denominator_ja if texts.language() == "ja" else self.denominator_en

    @property
    def unit(self) -> str:
        """Unit of numerator and denominator, in the language of the interface."""
        return self.unit_ja if texts.language() == "ja" else self.unit_en


@cache
def aims() -> tuple[Aim, ...]:
    """Numeric aims of 政府実行計画, in the order of the table."""
    with (DATA / "kpis.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Aim(aim_fy=int(row["aim_fy"]), aim_pct=Decimal(row["aim_pct"]), **{name: row[name] for name in TEXTS})
            for row in csv.DictReader(file)
        )


TEXTS = (
    *("kpi", "name_ja", "name_en", "numerator_ja", "numerator_en", "denominator_ja", "denominator_en"),
    *("unit_ja", "unit_en", "source", "status"),
)


@dataclass(frozen=True, slots=True)
class Kpi:
    """An aim beside today's value.

    Attributes
    ----------
    numerator, denominator : Decimal or None
        None where the registers do not tell; never zero in its place.
    origin : str
        The register or the city's statement that the counts come from.
    reach : Reach or None
        How far the register goes; None for a statement of the city and for purchases.
    """

    aim: Aim
    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    reach: Reach | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the register lacks some of what should be counted."""
        return self.reach is not None and bool(self.reach.unasked)

    @property
    def counted_in(self) -> str:
        """Where the counts come from, and for how many of how many where that is not all."""
        return self.limited(self.origin)

    def limited(self, text: str) -> str:
        """A text about the counts, with how many of how many they are where that is not all."""
        if self.reach is None or not self.is_partial:
            return text
        return texts.label("kpi.limited", text=text, reach=_words(self.reach))

    @property
    def pct(self) -> Decimal | None:
        """Today's value, None if a count is missing or the denominator is zero. [%]"""
        if self.numerator is None or not self.denominator:
            return None
        return exact.quotient(exact.product(self.numerator, HUNDRED), self.denominator)

    @property
    def missing(self) -> Decimal | None:
        """How many of the denominator still have to be reached, None if not known. [unit of the denominator]"""
        if self.numerator is None or self.denominator is None:
            return None
        wanted = exact.product(self.denominator, self.aim.aim_pct, Decimal("0.01"))
        return max(Decimal(0), exact.difference(wanted, self.numerator))


def current(registers: Registers, stated: Iterable[Row]) -> tuple[list[Kpi], list[Finding]]:
    """Every aim with today's value.

    Parameters
    ----------
    stated : iterable of rows
        The city's kpis.csv: kpi, fiscal_year, numerator, denominator, source; it goes before the registers.

    Returns
    -------
    list of Kpi
        In the order of the aims.
    list of Finding
        KP-01 for each aim that nothing tells; KP-03 for what a register leaves open; KP-04 where the city's own count
        and its registers differ; KP-05 where a register lacks facilities; KP-06 to KP-08 for lines of kpis.csv that
        cannot be used.
    """
    stated = list(stated)
    by_kpi, wrong = _usable(stated, registers.fiscal_year)
    counted = {aim.kpi: count(aim.kpi, registers) for aim in aims()}
    found = [_current(aim, by_kpi.get(aim.kpi), counted[aim.kpi]) for aim in aims()]
    first = {kpi.aim.kpi: kpi for kpi in reversed(found)}
    findings = [
        finding
        for kpi in reversed(first.values())
        for finding in _doubts(kpi, by_kpi.get(kpi.aim.kpi), counted[kpi.aim.kpi], registers.fiscal_year)
    ]
    return found, [*wrong, *findings]


def _usable(stated: Sequence[Row], fy: int) -> tuple[dict[str, Row], list[Finding]]:
    """The lines of a year by their KPI, without those that nobody could use, and why (KP-06 to KP-08)."""
    known = [aim.kpi for aim in aims()]
    found: dict[str, Row] = {}
    wrong = [
        Finding("KP-06", "kpis.csv", {"kpi": kpi, "known": texts.listed(dict.fromkeys(known))})
        for kpi in dict.fromkeys(row["kpi"] for row in stated) if kpi not in known
    ]  # fmt: skip
    for row in stated:
        place = {"kpi": row["kpi"], "fy": row["fiscal_year"]}
        if row["fiscal_year"] != fy or row["kpi"] not in known:
            continue
        if row["kpi"] in found:
            wrong.append(Finding("KP-07", "kpis.csv", place))
        elif _cannot_be(row):
            said = {name: texts.label("measures.empty") if row[name] is None else printed(row[name]) for name in COUNTS}
            wrong.append(Finding("KP-08", "kpis.csv", {**place, **said}))
        else:
            found[row["kpi"]] = row
    return found, wrong


def _cannot_be(row: Row) -> bool:
    """A part that is negative or more than its whole; nothing of nothing may be, such as where nothing was built."""
    part, whole = (row[name] for name in COUNTS)
    return (part is not None and part < 0) or (whole is not None and (part or 0) > whole)


def _current(aim: Aim, stated: Row | None, counted: Count | None) -> Kpi:
    if stated is not None:
        return Kpi(aim, stated["numerator"], stated["denominator"], stated["source"] or "kpis.csv")
    if counted is not None:
        return Kpi(aim, counted.numerator, counted.denominator, counted.origin, counted.reach)
    return Kpi(aim, None, None, "")


def _doubts(kpi: Kpi, stated: Row | None, counted: Count | None, fy: int) -> Iterator[Finding]:
    aim = kpi.aim
    if stated is None and counted is not None and counted.lacking:
        shown = texts.listed(counted.lacking[:SHOWN])
        told = {"name": aim.name, "count": len(counted.lacking), "shown": shown, "register": counted.origin}
        yield Finding("KP-03", data=told)
    elif kpi.pct is None and kpi.denominator != 0:
        told = {"numerator": aim.numerator, "denominator": aim.denominator}
        yield Finding("KP-01", data={"name": aim.name, "kpi": aim.kpi, "fy": fy, **told})
    if kpi.reach is not None and kpi.is_partial:
        yield Finding("KP-05", data={"name": aim.name, **_beyond(kpi.reach)})
    if stated is not None and counted is not None and counted.numerator is not None:
        said = (stated["numerator"], stated["denominator"])
        if said != (counted.numerator, counted.denominator):
            numbers = [printed(value) if value is not None else texts.none() for value in said]
            own = [
                printed(value) if value is not None else texts.none()
                for value in (counted.numerator, counted.denominator)
            ]
            told = {"said": "/".join(numbers), "counted": "/".join(own), "register": counted.origin}
            yield Finding("KP-04", data={"name": aim.name, **told})


def _beyond(reach: Reach) -> dict[str, object]:
    """What a count does not reach."""
    shown = texts.listed(reach.unasked[:SHOWN])
    return {"register": reach.register, "reach": _words(reach), "count": len(reach.unasked), "shown": shown}


def _words(reach: Reach) -> str:
    of = texts.label(f"kpi.reach.{reach.register}")
    return texts.label("kpi.reach", of=of, asked=reach.asked, counted=reach.counted)


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A printed effect beside what its stated assumptions give.

    Attributes
    ----------
    tonnes : Decimal or None
        From the assumptions; None where a quantity is not printed. [t-CO2e]
    implied : tuple of Decimal
        The quantities that would round to the printed figure, from and to. [unit of the quantity]
    agrees : bool or None
        Whether the printed figure is the rounded one; None if it cannot be computed.
    """

    printed: Decimal
    tonnes: Decimal | None
    implied: tuple[Decimal, Decimal]
    agrees: bool | None


def reproduced(printed: Decimal, factor: Decimal, quantity: Decimal | None, per: Decimal = Decimal(1)) -> Reproduced:
    """A printed effect = quantity x yield x factor, or the quantity that it must rest on.

    Parameters
    ----------
    printed : Decimal
        Whole tonnes. [t-CO2e]
    factor : Decimal
        Factor of electricity taken for granted. [t-CO2e/MWh]
    quantity : Decimal or None
        Such as kW, or the electricity moved; None if the plan does not print it.
    per : Decimal
        Electricity of one unit of the quantity. [MWh/unit]

    Raises
    ------
    PlanningError
        KP-02 a factor or yield that is not above zero.

    Examples
    --------
    >>> reproduced(Decimal(127), Decimal("0.25"), Decimal("508.8"), Decimal(1)).tonnes
    Decimal('127.200')
    """
    each = exact.product(per, factor)
    if each <= 0:
        raise PlanningError("KP-02", value=each)
    implied = exact.quotient(printed - HALF, each), exact.quotient(printed + HALF, each)
    if quantity is None:
        return Reproduced(printed, None, implied, None)
    tonnes = exact.product(quantity, each)
    return Reproduced(printed, tonnes, implied, printed - HALF <= tonnes < printed + HALF)
