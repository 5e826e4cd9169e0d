"""A printed table of sector targets beside the computed one, with every difference named.

Table A has each sector at the national plan's rate, table B the gap to the city's goal on one sector. The print may
differ from the computation because it rounds, because its bases are rounded in print, or because it went on
computing with rounded figures; the last is a mistake of method, and so are differences that nothing explains.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.findings import Finding
from kotsukotsu.planning.targets import (
    WHOLE,
    NationalRate,
    Targets,
    by_sector,
    editions,
    milestones,
    national_rates,
    with_gap_on,
)
from kotsukotsu.planning.verify_claims import Figure
from kotsukotsu.planning.verify_interval import Interval, exactly, rounded_as, total
from kotsukotsu.planning.verify_print import SECTORS, Print, Table

SAME, FROM_ROUNDED, BASES, UNEXPLAINED = "same", "from_rounded", "bases", "unexplained"
GAP = "gap"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure, printed and computed.

    Attributes
    ----------
    sector : str
        A sector's key, ``total`` or ``gap``.
    column : str
        ``A`` or ``B`` [t-CO2e], ``A_pct`` or ``B_pct`` [%].
    name : str
        ``same`` at the printed digits; ``from_rounded`` if the print's own rounded figures give it; ``bases`` if the
        rounding of the printed bases explains it; ``unexplained``.
    """

    sector: str
    column: str
    printed: Decimal
    computed: Decimal
    name: str

    @property
    def difference(self) -> Decimal:
        """Printed minus computed. [unit of the column]"""
        return exact.difference(self.printed, self.computed)


@dataclass(frozen=True, slots=True)
class PrintedTargets:
    """The figures of the printed table: by sector key, `total` among them. [t-CO2e, %]"""

    base: Mapping[str, Figure]
    national: Mapping[str, Figure]
    national_pct: Mapping[str, Figure]
    own: Mapping[str, Figure]
    own_pct: Mapping[str, Figure]

    @property
    def bases(self) -> dict[str, Decimal]:
        """Printed emissions of the base year, without the total. [t-CO2e]"""
        return {key: figure.value for key, figure in self.base.items() if key != WHOLE}

    @property
    def gap(self) -> Decimal:
        """Own target minus the one at national rates, as printed. [t-CO2e]"""
        return self.own[WHOLE].value - self.national[WHOLE].value

    def gap_sector(self) -> str | None:
        """The one sector whose own reduction differs from the one at the national rate; None if not just one."""
        found = [key for key in self.bases if self.own[key].value != self.national[key].value]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Tables A and B, and the edition of the national plan that gives most of the print."""

    goal_fy: int
    plan: str
    gap_sector: str
    rows: tuple[Compared, ...]

    def findings(self) -> list[Finding]:
        """V-06 for each difference that nothing explains."""
        return [
            Finding(
                "V-06", f"{SECTORS}.csv", {
                    "sector": _sector(row.sector), "column": row.column, "printed": row.printed,
                    "computed": rounded_as(Fraction(row.computed), row.printed), "plan": self.plan,
                },
            )
            for row in self.rows if row.name == UNEXPLAINED
        ]  # fmt: skip


def _sector(sector: str) -> str:
    return texts.label(f"sector.{sector}" if sector != GAP else "plan.sector.gap")


def side_by_side(print_: Print, catalogue: Catalogue) -> SideBySide | None:
    """The printed sector targets beside the computed ones; None if the plan prints no such tables."""
    base = print_.said("period", "base_fy")
    for milestone in milestones(catalogue):
        base_fy, goal_fy = int(base.value) if base else 0, milestone.fiscal_year
        printed = printed_targets(print_.table(SECTORS), base_fy, goal_fy)
        rates = {plan: national_rates(catalogue, plan, base_fy, goal_fy)
                 for plan in editions(catalogue, base_fy, goal_fy)}  # fmt: skip
        goal = print_.said("target_pct", f"fy{goal_fy}", exact=True)
        plan = best_edition(printed, rates) if printed else None
        if printed and plan and goal and (sector := printed.gap_sector()):
            rows = compare(printed, rates[plan], goal.value, sector)
            return SideBySide(goal_fy, plan, sector, tuple(rows))
    return None


def printed_targets(table: Table, base_fy: int, goal_fy: int) -> PrintedTargets | None:
    """The printed table; None if it lacks a column or a figure."""
    goal = f"fy{goal_fy}"
    names = (
        f"fy{base_fy}_tco2", f"{goal}_reduction_at_national_rate_tco2", f"{goal}_pct_at_national_rate",
        f"{goal}_reduction_own_tco2", f"{goal}_pct_own",
    )  # fmt: skip
    columns = [
        {row.get("sector_key", ""): figure for i, row in enumerate(table.rows) if (figure := table.figure(i, name))}
        for name in names
    ]
    complete = all(column.keys() == columns[0].keys() and WHOLE in column for column in columns)
    return PrintedTargets(*columns) if complete else None


def best_edition(printed: PrintedTargets, editions: Mapping[str, Mapping[str, NationalRate]]) -> str | None:
    """The edition of the national plan that gives most of the printed reductions; the newest of equals."""

    def hits(plan: str) -> int:
        parts = by_sector(printed.bases, editions[plan]).sectors
        return sum(_same(printed.national[part.sector].value, part.reduction) for part in parts)

    return max(sorted(editions, reverse=True), key=hits, default=None)


def compare(
    printed: PrintedTargets, rates: Mapping[str, NationalRate], goal_pct: Decimal, gap_sector: str
) -> list[Compared]:
    """Tables A and B, printed and computed from the printed bases and unrounded national values."""
    table_a = by_sector(printed.bases, rates, printed.base[WHOLE].value)
    table_b = with_gap_on(table_a, gap_sector, goal_pct)
    possible = _possible(printed, rates, goal_pct, gap_sector)
    found = _column("A", printed.national, printed.national_pct, table_a, possible, {})
    gap = table_a.gap(goal_pct)
    found.append(Compared(GAP, "B", printed.gap, gap, _name(printed.gap, gap, possible["B", GAP], printed.gap)))
    added = {gap_sector: printed.national[gap_sector].value + printed.gap}
    return found + _column("B", printed.own, printed.own_pct, table_b, possible, added)


def _column(
    letter: str, figures: Mapping[str, Figure], rates: Mapping[str, Figure], targets: Targets,
    possible: Mapping[tuple[str, str], Interval], from_rounded: Mapping[str, Decimal],
) -> list[Compared]:  # fmt: skip
    found = []
    for part in (*targets.sectors, targets.total):
        printed, pct = figures[part.sector].value, rates[part.sector].value
        name = _name(printed, part.reduction, possible[letter, part.sector], from_rounded.get(part.sector))
        found.append(Compared(part.sector, letter, printed, part.reduction, name))
        if part.pct is not None:
            share = possible[letter, part.sector] * exactly(Fraction(100) / Fraction(part.base))
            found.append(Compared(part.sector, f"{letter}_pct", pct, part.pct, _name(pct, part.pct, share, None)))
    return found


def _possible(
    printed: PrintedTargets, rates: Mapping[str, NationalRate], goal_pct: Decimal, gap_sector: str
) -> dict[tuple[str, str], Interval]:
    """What the reductions may be with all bases that the printed ones stand for."""
    parts = {key: printed.base[key].interval * exactly(_share(rates[key])) for key in printed.bases}
    goal = printed.base[WHOLE].interval * exactly(Fraction(goal_pct) / 100)
    gap = goal - total(parts.values())
    others = total(part for key, part in parts.items() if key != gap_sector)
    table_b = {**parts, gap_sector: goal - others, WHOLE: goal, GAP: gap}
    return {
        **{("A", key): part for key, part in {**parts, WHOLE: total(parts.values())}.items()},
        **{("B", key): part for key, part in table_b.items()},
    }


def _share(rate: NationalRate) -> Fraction:
    return 1 - Fraction(rate.goal) / Fraction(rate.base)


def _name(printed: Decimal, computed: Decimal, possible: Interval, from_rounded: Decimal | None) -> str:
    if _same(printed, computed):
        return SAME
    if from_rounded == printed:
        return FROM_ROUNDED
    return BASES if Figure(printed, "").interval.meets(possible) else UNEXPLAINED


def _same(printed: Decimal, computed: Decimal) -> bool:
    return rounded_as(Fraction(computed), printed) == printed
