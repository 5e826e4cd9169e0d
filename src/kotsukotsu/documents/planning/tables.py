"""Tables of targets and projections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.documents.planning import projections as projected
from kotsukotsu.documents.planning.figures import number, signed, told, year
from kotsukotsu.documents.planning.outlook import Aimed, Outlook
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.progress import Progress
from kotsukotsu.planning.targets import SectorTarget
from kotsukotsu.rounding import plain as whole

TONNES = "t-CO2e"
KPI_HEADS = ("kpi", "numerator", "denominator", "unit", "pct", "aim", "missing", "origin")


def title(found: Outlook) -> str:
    """Place and what the page is."""
    return f"{found.city}{texts.gap()}{texts.label('plan.title')}"


def sentences(found: Outlook) -> list[str]:
    """Base year and today; where the city stands on its path, and whose part the distance is."""
    now, part = found.now, found.progress
    rate = (now.tonnes - found.base) / found.base * 100 if found.base else None
    said = [
        texts.label(
            "pp.base", base=year(found.base_fy), tonnes=number(found.base), latest=year(now.fiscal_year),
            actual=number(now.tonnes), change=signed(rate, 1),
        ),
        texts.label("plan.progress", latest=year(now.fiscal_year), on_path=number(part.on_path), gap=signed(part.gap)),
    ]  # fmt: skip
    if not is_complete(found.findings):
        said.insert(1, texts.label("optimise.incomplete", year=year(now.fiscal_year)))
    if part.gap_of_factors is not None:
        said.append(texts.label("plan.parts", factors=signed(part.gap_of_factors), use=signed(part.gap_of_use)))
    if part.gap_outside is not None:
        own, contracts = signed(part.gap_own), signed(part.gap_of_contracts)
        said.append(texts.label("plan.outside", outside=signed(part.gap_outside), own=own, contracts=contracts))
    said += readings(part)
    said.append(behind(part, year(now.fiscal_year)))
    if found.overspent is not None:
        said.append(texts.label("plan.overspent", tonnes=signed(found.overspent)))
    return said


def readings(part: Progress) -> list[str]:
    """That the two figures on factors answer two questions; nothing where only one of them is known."""
    if part.gap_of_factors is None or part.gap_outside is None:
        return []
    return [texts.label("plan.readings", factors=signed(part.gap_of_factors), outside=signed(part.gap_outside))]


def behind(part: Progress, latest: str) -> str:
    """How far the city is behind its planned effects, or why that cannot be told."""
    if part.behind_plan is None:
        return texts.label("plan.no_planned", latest=latest)
    return texts.label("plan.behind", tonnes=signed(part.behind_plan))


def milestones(found: Outlook) -> Table:
    """Each aim, what may still be emitted until then, and when today's trend would meet it."""
    return _table(
        "milestones", ("year", "cut", "level", "carbon_budget", "carbon_left", "met"),
        [_aimed(found, one) for one in found.aims],
    )  # fmt: skip


def _aimed(found: Outlook, one: Aimed) -> Row:
    never = texts.label("plan.never") if found.has_trend else texts.none()
    met = year(one.met) if one.met else never
    pct = plain(f"{whole(one.milestone.reduction_pct)}%")
    tonnes = (number(value) for value in (one.level, one.budget, one.remaining))
    return (year(one.milestone.fiscal_year), pct, *tonnes, plain(met))


def history(found: Outlook) -> Table:
    """Every year that is known, beside the straight path."""
    rows = [
        (year(one.fiscal_year), number(one.tonnes), number(found.path.at(one.fiscal_year)),
         number(one.tonnes - found.path.at(one.fiscal_year)))
        for one in found.history
    ]  # fmt: skip
    return _table("history", ("year", "actual", "on_path", "gap"), rows)


def projections(found: Outlook) -> Table:
    """Without further measures, by every method, with openings and closures that are known."""
    rows = [
        (name, year(span.fiscal_year), number(span.low), number(span.middle), number(span.high))
        for name, span in projected.rows(found.methods, found.range)
    ]
    notes = [
        texts.label("plan.step", what=step.what, fiscal_year=step.fiscal_year, tonnes=number(step.tonnes))
        for step in found.steps
    ]
    said = " ".join((*projected.notes(found.methods, found.range), *notes))
    return _table("projections", ("method", "year", "low", "middle", "high"), rows, note=said)


def sectors(found: Outlook) -> Table:
    """Figure 20 of a plan: A by national rates, B with the gap on one sector."""
    made = found.sectors
    if made is None:
        return _table("sectors", ("sector", "base", "a", "a_pct", "b", "b_pct"), [])
    parts = zip(made.table_a.sectors, made.table_b.sectors, strict=True)
    note = texts.label("plan.edition", plan=made.plan)
    if made.gap > 0:
        note += texts.label("pp.gap", gap=number(made.gap, 1), sector=texts.label(f"sector.{made.gap_on}"))
    totals = [_sector(made.table_a.total, made.table_b.total)]
    return _table(
        "sectors", ("sector", "base", "a", "a_pct", "b", "b_pct"), [_sector(a, b) for a, b in parts], totals, note
    )


def _sector(one: SectorTarget, other: SectorTarget) -> Row:
    numbers = (one.base, one.reduction, one.pct, other.reduction, other.pct)
    return (texts.label(f"sector.{one.sector}"), *(number(value, 1) for value in numbers))


def compared(found: Outlook) -> Table:
    """Printed and computed side by side, every difference named."""
    rows = [] if found.compared is None else [
        (
            texts.label(f"sector.{row.sector}" if row.sector != "gap" else "plan.sector.gap"),
            texts.label(f"pp.printed.{row.column}"), number(row.printed, 1 if row.column.endswith("_pct") else 0),
            number(row.computed, 2 if row.column.endswith("_pct") else 1),
            number(row.difference, 2 if row.column.endswith("_pct") else 1), texts.label(f"plan.name.{row.name}"),
        )
        for row in found.compared.rows
    ]  # fmt: skip
    note = "" if found.compared is None else texts.label("plan.edition", plan=found.compared.plan)
    return _table("compared", ("sector", "column", "printed", "computed", "difference", "reason"), rows, note=note)


def facilities(found: Outlook, most: int | None = None) -> Table:
    """A target for every facility; they add up to the city's."""
    rows = [
        (found.facility_name(one.facility_id), number(one.tonnes, 1), number(one.reduction, 1), number(one.level, 1),
         texts.label(f"plan.ground.{one.ground}"))
        for one in sorted(found.facilities, key=lambda one: (-one.reduction, one.facility_id))
    ]  # fmt: skip
    parts = [(one.tonnes, one.reduction, one.level) for one in found.facilities]
    sums = [sum((part[place] for part in parts), Decimal(0)) for place in range(3)]
    total: Row = (texts.label("total"), *(number(value, 1) for value in sums), "")
    shown = rows if most is None else rows[:most]
    note = texts.label(f"pp.way.{found.way}") if found.way else ""
    if len(shown) < len(rows):
        note += texts.label("pp.rest", count=len(rows) - len(shown))
    return _table("facilities", ("facility", "now", "reduction", "level", "ground"), shown, [total], note)


def kpis(given: Sequence[Kpi]) -> Table:
    """Indicators with numerator, denominator, today's value and aim."""
    return _table("kpis", KPI_HEADS, list(_kpis(given)))


def _kpis(given: Sequence[Kpi]) -> Iterator[Row]:
    for one in given:
        aim = texts.label("pp.aim", pct=whole(one.aim.aim_pct), year=one.aim.aim_fy)
        counts = (number(one.numerator), number(one.denominator), one.aim.unit, number(one.pct, 1))
        yield (one.aim.name, *counts, plain(aim), number(one.missing), one.counted_in or texts.none())


def printed_kpis(found: Outlook) -> Table:
    """Effects that a plan prints, beside what its own assumptions give."""
    rows = [
        (
            texts.label(f"pp.printed_kpi.{one.kpi}"), number(one.before, 1), number(one.after, 1),
            number(one.effect.printed), number(one.effect.tonnes, 1), one.assumption,
            texts.label(f"pp.agrees.{one.verdict}"),
        )
        for one in found.printed_kpis
    ]  # fmt: skip
    return _table("printed_kpis", ("kpi", "before", "after", "printed", "computed", "assumption", "verdict"), rows)


def findings(found: Outlook) -> Table:
    """What to know of the figures."""
    rows = [(one.code, told(one), one.advice()) for one in found.findings]
    return _table("findings", ("code", "message", "advice"), rows, unit="")


def _table(
    name: str, headings: Sequence[str], rows: Sequence[Row], totals: Sequence[Row] = (), note: str = "",
    unit: str = TONNES,
) -> Table:  # fmt: skip
    heads = tuple(texts.label(f"pp.column.{heading}") for heading in headings)
    unit = "" if name in ("kpis", "findings") else unit
    return Table(texts.label(f"pp.table.{name}"), unit, heads, tuple(rows), tuple(totals), note)
