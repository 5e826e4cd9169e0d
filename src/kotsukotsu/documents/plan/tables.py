"""The tables of a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.gwp import gwp_in_force
from kotsukotsu.documents.plan.energy import main_facilities
from kotsukotsu.documents.plan.source import Source
from kotsukotsu.documents.printing import Figure, decimals
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.targets import SectorTarget
from kotsukotsu.rounding import printed

NEW = "＊"
GASES = ("CO2", "CH4", "N2O", "HFC", "PFC", "SF6", "NF3")
MILLION = Decimal(1_000_000)


def tables(source: Source, registry: Registry) -> None:
    """Fill in every table."""
    registry.tables["gases"] = gases(source)
    registry.tables["facilities.main"] = main(source)
    registry.tables["sectors"] = sectors(source)
    registry.tables["goals"] = goals(source)
    registry.tables["bau"] = bau(source)
    registry.tables["kpis"] = kpis(source)
    registry.tables["measures"] = measures(source)
    registry.tables["facilities"] = facilities(source)
    registry.tables["renewables"] = renewables(source, ("installed_kw", "planned_kw"))
    registry.tables["renewables.studied"] = renewables(source, ("studied_kw",))


def heads(*names: str, **data: object) -> tuple[str, ...]:
    """Headings from the table of texts."""
    return tuple(texts.label(f"pd.h.{name}", **data) for name in names)


def gases(source: Source) -> Table:
    """Gases of the law, where they come from, and their GWP in the latest year."""
    rows: list[Row] = []
    for gas in GASES:
        found = [row for row in source.catalogue.gwps if row.gas == gas or row.gas.startswith(f"{gas}-")]
        exact_one = gwp_in_force(source.catalogue, gas, source.latest.policy, source.fy)
        inside = sorted({row.value for row in found if _in_force(source, row.gas)})
        shown = f"{exact_one.value:,f}" if exact_one else _range(inside)
        rows.append((texts.label(f"pd.gas.{gas}"), texts.label(f"pd.gas.from.{gas}"), plain(shown)))
    title = texts.label("pd.t.gases", year=source.plan.year(source.fy))
    return Table(title, "", heads("gas", "from", "gwp"), tuple(rows), note=texts.label("pd.t.gases.note"))


def _in_force(source: Source, gas: str) -> bool:
    return gwp_in_force(source.catalogue, gas, source.latest.policy, source.fy) is not None


def _range(values: list[Decimal]) -> str:
    if not values:
        return texts.none()
    low, high = (f"{value:,f}" for value in (values[0], values[-1]))
    return low if low == high else f"{low}{texts.label('sign.to')}{high}"


def main(source: Source) -> Table:
    """Figure 9: the main facilities, base year and latest year; those opened since are marked by a sign."""
    rows: tuple[Row, ...] = tuple(
        (plain(str(rank)), f"{one.name}{NEW if one.is_new else ''}", one.base, one.latest, one.share, one.cumulative,
         one.change, one.rate)
        for rank, one in enumerate(main_facilities(source), 1)
    )  # fmt: skip
    base, latest = source.plan.year(source.base_fy), source.plan.year(source.fy)
    title = texts.label("pd.t.main", base=base, latest=latest)
    names = ("rank", "facility", "base", "latest", "share", "cumulative", "change", "rate")
    note = texts.label("pd.t.main.note", sign=NEW)
    return Table(title, texts.label("doc.unit", unit=source.overview.unit), heads(*names), rows, note=note)


def sectors(source: Source) -> Table:
    """Figure 20: by sector, what was, what is, and what is to be: at national rates and as the city sets it."""
    found = source.goals
    if not found.national or not found.own:
        return Table("", "", (), ())
    now = source.sectors(source.fy)
    own = {row.sector: row for row in found.own.sectors}
    rows = [_sector(source, row, own[row.sector], now.get(row.sector)) for row in found.national.sectors]
    total = _sector(source, found.national.total, found.own.total, source.latest.total, texts.label("total"))
    title = texts.label("pd.t.sectors", goal=source.plan.year(found.first.fiscal_year))
    names = ("sector", "base", "latest", "change", "rate", "national", "national.pct", "own", "own.pct", "level")
    note = "\n".join((texts.label("pd.t.sectors.note"), texts.label("doc.rounding.note")))
    return Table(title, texts.label("doc.unit", unit=source.overview.unit), heads(*names), tuple(rows), (total,), note)


def _sector(source: Source, national: SectorTarget, own: SectorTarget, now: Decimal | None, name: str = "") -> Row:
    printer, hundred = source.printer, Decimal(100)
    return (
        name or source.names["sector"](national.sector), printer.emission(national.base), printer.emission(now),
        printer.change(now, national.base), printer.rate(now, national.base), printer.emission(national.reduction),
        printer.share(national.pct, hundred), printer.emission(own.reduction), printer.share(own.pct, hundred),
        printer.emission(own.level),
    )  # fmt: skip


def goals(source: Source) -> Table:
    """The milestones."""
    found, printer = source.goals, source.printer
    rows: tuple[Row, ...] = tuple(
        (
            source.plan.year(goal.fiscal_year),
            Figure(goal.reduction_pct, goal.reduction_pct, f"{goal.reduction_pct:f}", "%"),
            printer.emission(goal.level(found.base_total)),
            printer.emission(exact.difference(found.base_total, goal.level(found.base_total))),
            goal.plan,
        )
        for goal in found.milestones
    )  # fmt: skip
    title = texts.label("pd.t.goals", base=source.plan.year(source.base_fy))
    unit = texts.label("doc.unit", unit=source.overview.unit)
    return Table(title, unit, heads("year", "pct", "level", "reduction", "grounds"), rows)


def bau(source: Source) -> Table:
    """Without further measures."""
    printer = source.printer
    rows: tuple[Row, ...] = tuple(
        (source.plan.year(span.fiscal_year), *(printer.emission(value) for value in (span.low, span.middle, span.high)))
        for span in source.goals.spans
    )
    unit = texts.label("doc.unit", unit=source.overview.unit)
    return Table(texts.label("pd.t.bau"), unit, heads("year", "low", "middle", "high"), rows)


def kpis(source: Source) -> Table:
    """Indicators with numerator, denominator and aim; what no register tells stays open."""
    rows = tuple(_kpi(source, kpi) for kpi in source.kpis)
    title = texts.label("pd.t.kpis", year=source.plan.year(source.fy))
    return Table(title, "", heads("kpi", "counted", "numerator", "denominator", "unit", "now", "aim"), rows,
                 note=texts.label("pd.t.kpis.note"))  # fmt: skip


def _kpi(source: Source, kpi: Kpi) -> Row:
    aim = texts.label("pd.aim", year=source.plan.year(kpi.aim.aim_fy), pct=f"{kpi.aim.aim_pct:f}")
    counted = texts.label("pd.counted", numerator=kpi.aim.numerator, denominator=kpi.aim.denominator)
    shown = source.printer.share(kpi.pct, Decimal(100))
    now = plain(texts.none() if kpi.pct is None else f"{shown}%")
    return (
        kpi.aim.name,
        kpi.limited(counted),
        _counted(kpi.numerator),
        _counted(kpi.denominator),
        kpi.aim.unit,
        now,
        aim,
    )


def _counted(value: Decimal | None) -> Figure:
    return decimals(value, 0)


def measures(source: Source) -> Table:
    """The city's measures by kind: how many, what they save together, what they cost."""
    printer = source.printer
    rows: tuple[Row, ...] = tuple(
        (one.name, plain(f"{one.count:,}"), printer.emission(one.tonnes), _millions(one.cost), one.assumption)
        for one in source.effects
    )
    if not rows:
        return Table("", "", (), ())
    total: Row = (
        texts.label("total"), plain(f"{sum(one.count for one in source.effects):,}"),
        printer.emission(exact.total(one.tonnes for one in source.effects)),
        _millions(exact.total(one.cost for one in source.effects)), "",
    )  # fmt: skip
    worked = texts.label("pd.t.measures.note", year=source.plan.year(source.fy))
    note = " ".join((worked, *(one.cost_note for one in source.effects if one.cost_note)))
    return Table(texts.label("pd.t.measures"), texts.label("pd.t.measures.unit", unit=source.overview.unit),
                 heads("measure", "count", "effect", "cost", "assumption"), rows, (total,), note)  # fmt: skip


def _millions(yen: Decimal) -> Figure:
    value = exact.quotient(yen, MILLION)
    return Figure(value, value, printed(value, 1), "")


def facilities(source: Source) -> Table:
    """Every facility of the plan, with its department and its notes."""
    known = [row for row in source.city.table("facilities") if "plan" in (row["scopes"] or "plan")]
    rows: tuple[Row, ...] = tuple(
        (plain(str(number)), row["name"], source.names["department"](source.latest.department_of(row["facility_id"])),
         row["use"] or "", _remark(row))
        for number, row in enumerate(known, 1)
    )  # fmt: skip
    return Table(texts.label("pd.t.facilities"), "", heads("number", "facility", "department", "use", "note"), rows)


def _remark(row: dict[str, object]) -> str:
    """When a facility opened or closed within the years of the plan's figures, and the list's own note."""
    told = []
    for key in ("opened_on", "closed_on"):
        day = row[key]
        if day is not None:
            told.append(texts.label(f"pd.{key}", day=_month(day) if isinstance(day, date) else day))
    return texts.label("render.list").join([*told, *([str(row["note"])] if row["note"] else [])])


def _month(day: date) -> str:
    return f"{day:%Y}年{day.month}月" if texts.language() == "ja" else f"{day:%Y-%m}"


def renewables(source: Source, columns: tuple[str, ...]) -> Table:
    """Figures 16 and 17: equipment by kind and facility with subtotals; none where the city has no register."""
    rows: list[Row] = []
    register = source.city.table("renewables")
    for kind in dict.fromkeys(row["kind"] for row in register):
        own = [row for row in register if row["kind"] == kind and any(row[column] is not None for column in columns)]
        name = texts.label(f"pd.renewable.{kind}")
        rows += [(name, row["place"], *(_kw(row[column]) for column in columns)) for row in own]
        if own:
            sums = [exact.total(row[column] for row in own if row[column] is not None) for column in columns]
            rows.append((name, texts.label("pd.subtotal"), *(_kw(value or None) for value in sums)))
    key = "renewables" if len(columns) > 1 else "renewables.studied"
    return Table(texts.label(f"pd.t.{key}"), texts.label("doc.unit", unit="kW"),
                 heads("kind", "facility", *columns), tuple(rows))  # fmt: skip


def _kw(value: Decimal | None) -> Figure:
    return plain(texts.none() if value is None else f"{value:,f}")
