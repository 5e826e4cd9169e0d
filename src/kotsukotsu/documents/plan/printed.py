"""Chapters 2 and 3 of a plan of which only the printed figures are known: nothing is filled in that was not printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.by_hand import by_hand
from kotsukotsu.documents.groups import colours
from kotsukotsu.documents.plan.document import Made
from kotsukotsu.documents.plan.goals import COLOURS
from kotsukotsu.documents.plan.setting import Plan
from kotsukotsu.documents.plan.tables import heads
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.prose import filled, parts, unused
from kotsukotsu.documents.registry import Number, Picture, Registry
from kotsukotsu.documents.render.model import Block, Bullets, Document, Text
from kotsukotsu.documents.sketch import bars
from kotsukotsu.documents.sketch.columns import Column, columns
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.findings import Finding
from kotsukotsu.periods import day_name
from kotsukotsu.planning.verify_print import Print, number
from kotsukotsu.planning.verify_print import Table as PrintedTable
from kotsukotsu.rounding import printed
from kotsukotsu.schema.city import City

PRINTED, UNIT = "printed", "t-CO2"
ABSENT = (
    *("trend", "energy.trend", "energy.index", "energy.shares", "energy.changes", "facility", "others.trend"),
    *("waste", "goals.path"),
)
NAMES = {"total": "total", "energy_co2": "energy", "non_energy": "others"}


@dataclass(frozen=True)
class PrintedSource:
    """The printed figures of a plan, and what checking them found."""

    plan: Plan
    city: City
    print_: Print
    made: date
    contradictions: tuple[Finding, ...]
    unchecked: tuple[Finding, ...] = ()

    @property
    def base_fy(self) -> int:
        """The base year."""
        return self.city.base_fy

    @property
    def fy(self) -> int:
        """The latest year printed."""
        years = self.print_.years_of("total")
        said = self.print_.said("period", "latest_fy")
        return int(said.value) if said else max(year for year in years if year <= self.made.year)


def registry_of_print(source: PrintedSource) -> Registry:
    """Everything printed, under the names that a computed plan uses."""
    registry = Registry()
    plan = source.plan
    words = {"city": source.city.name, "unit": UNIT, "source": _origin(source)}
    years = {"year.base": source.base_fy, "year.latest": source.fy, "goal.1.year": plan.last_fy}
    registry.say({**words, **{key: plan.year(fy) for key, fy in years.items()}})
    registry.add(_numbers(source))
    for key in ABSENT:
        registry.pictures[key] = Picture(_caption(key, source), "", "", texts.label("pd.absent"), _origin(source))
    registry.pictures["facilities.items"] = _facilities(source)
    registry.pictures["goals"] = _goals(source)
    registry.tables["facilities.main"] = _main(source)
    registry.tables["sectors"] = _sectors(source)
    registry.tables["renewables"] = _renewables(source, ("installed_kw", "planned_kw"))
    registry.tables["renewables.studied"] = _renewables(source, ("studied_kw",))
    registry.blocks["contradictions"] = _contradictions(source)
    return registry


def printed_document(source: PrintedSource, registry: Registry, own: Mapping[str, str]) -> Made:
    """Chapters 2 and 3 with the published figures."""
    made = parts(PRINTED, own)
    title = texts.label("pd.title", city=source.city.name)
    shown = title.removeprefix(source.city.name).strip()
    footer = texts.label("pd.printed.footer", city=source.city.name, title=shown, made=day_name(source.made))
    lines = (texts.label("pd.printed.cover"), source.city.name)
    document = Document(
        title, texts.label("pd.printed.subtitle"), source.city.name, source.made, filled(made, registry), footer, lines,
        texts.label("render.draft"), chapters=True, contents=True, first_chapter=2,
    )  # fmt: skip
    findings = (*source.contradictions, *source.unchecked, *by_hand(made, registry), *unused(own))
    return Made(document, findings)


def _origin(source: PrintedSource) -> str:
    return next((row["source"] for row in source.city.printed if row["source"]), "").partition(" 第")[0]


def _caption(key: str, source: PrintedSource) -> str:
    years = {"base": source.plan.year(source.base_fy), "latest": source.plan.year(source.fy)}
    return texts.label(f"pd.fig.{key}", unit=UNIT, facility=texts.label("pd.printed.facility"), **years)


def _said(source: PrintedSource, *keys: str, unit: str = UNIT) -> Figure:
    found = source.print_.said(*keys)
    return _figure(found.value if found else None, unit)


def _figure(value: Decimal | None, unit: str = UNIT) -> Figure:
    if value is None:
        return Figure(None, None, texts.none(), unit)
    digits = max(-int(value.as_tuple().exponent), 0)
    return Figure(value, value, printed(value, digits), unit)


def _numbers(source: PrintedSource) -> Iterator[Number]:
    rule = texts.label("pd.rule.printed")
    base, fy, goal = f"fy{source.base_fy}", f"fy{source.fy}", f"fy{source.plan.last_fy}"
    for section, name in NAMES.items():
        for part, key in (("latest", fy), ("base", base)):
            yield Number(f"{name}.{part}", texts.label(f"pd.n.{name}.{part}"), _said(source, section, key), rule)
        rate = _said(source, section, f"reduction_pct_{fy}", unit="%")
        yield Number(f"{name}.moved", texts.label(f"pd.n.{name}.moved"), rate, rule)
    for key, column in (("facilities.count", "facilities_in_scope"), ("facilities.main", "facilities_making_90_pct")):
        yield Number(key, texts.label(f"pd.n.{key}"), _said(source, "energy_co2", column, unit=""), rule)
    yield Number("goal.1.pct", texts.label("pd.n.goal.pct", year=""), _said(source, "target_pct", goal, unit="%"), rule)
    yield Number(
        "goal.1.level", texts.label("pd.n.goal.level", year=""), _said(source, "total", f"target_{goal}"), rule
    )
    yield Number("bau.middle", texts.label("pd.n.bau.middle"), _said(source, "total", f"bau_{goal}"), rule)


def _value(row: Mapping[str, str], column: str) -> Decimal | None:
    return number(row.get(column, ""))


def _rows(source: PrintedSource, name: str) -> PrintedTable:
    return source.print_.table(name)


def _main(source: PrintedSource) -> Table:
    """Figure 9 as printed."""
    base, fy = f"fy{source.base_fy}_tco2", f"fy{source.fy}_tco2"
    found: tuple[Row, ...] = tuple(
        (plain(row["rank"]), row["facility"], *(_figure(_value(row, column)) for column in
         (base, fy, "share_pct", "cumulative_share_pct", "change_tco2")))
        for row in _rows(source, "main_facilities").rows
    )  # fmt: skip
    title = texts.label("pd.t.main", base=source.plan.year(source.base_fy), latest=source.plan.year(source.fy))
    names = ("rank", "facility", "base", "latest", "share", "cumulative", "change")
    note = texts.label("render.source", source=_origin(source))
    return Table(title, texts.label("doc.unit", unit=UNIT), heads(*names), found, note=note)


def _facilities(source: PrintedSource) -> Picture:
    """Figure 8: only the totals of the facilities were printed, not their items."""
    rows = []
    for row in _rows(source, "main_facilities").rows:
        value = _value(row, f"fy{source.fy}_tco2")
        if value is not None:
            rows.append(bars.Row(row["facility"], _figure(value).text, {"other": value}))
    found = _caption("facilities.items", source)
    svg = bars.rows_of(rows, {"other": colours()["electricity"]}, {}, "pd-facilities", found, found)
    return Picture(found, svg, found, texts.label("pd.printed.no_items"), _origin(source))


def _sectors(source: PrintedSource) -> Table:
    """Figure 20 as printed."""
    goal, fy = source.plan.last_fy, source.fy
    own = (f"fy{source.base_fy}_tco2", f"fy{fy}_reduction_tco2", f"fy{fy}_reduction_pct", "national_reduction_pct",
           f"fy{goal}_reduction_at_national_rate_tco2", f"fy{goal}_pct_at_national_rate",
           f"fy{goal}_reduction_own_tco2", f"fy{goal}_pct_own")  # fmt: skip
    rows: list[Row] = [
        (row["sector_ja"], *(_figure(_value(row, column)) for column in own))
        for row in _rows(source, "sector_targets").rows
    ]
    totals = [row for row, printed_row in zip(rows, _rows(source, "sector_targets").rows, strict=True)
              if printed_row.get("sector_key") == "total"]  # fmt: skip
    body = tuple(row for row in rows if row not in totals)
    title = texts.label("pd.t.sectors", goal=source.plan.year(goal))
    names = ("sector", "base", "saved", "saved.pct", "national.rate", "national", "national.pct", "own", "own.pct")
    note = "\n".join((texts.label("doc.rounding.note"), texts.label("render.source", source=_origin(source))))
    return Table(title, texts.label("doc.unit", unit=UNIT), heads(*names), body, tuple(totals), note)


def _renewables(source: PrintedSource, wanted: tuple[str, ...]) -> Table:
    rows: list[Row] = []
    for row in _rows(source, "renewables").rows:
        if any(row.get(column) for column in wanted):
            name = texts.label(f"pd.renewable.{row['kind']}")
            rows.append((name, row["facility"], *(plain(row.get(column) or texts.none()) for column in wanted)))
    key = "renewables" if len(wanted) > 1 else "renewables.studied"
    note = texts.label("render.source", source=_origin(source))
    return Table(texts.label(f"pd.t.{key}"), texts.label("doc.unit", unit="kW"),
                 heads("kind", "facility", *wanted), tuple(rows), note=note)  # fmt: skip


def _goals(source: PrintedSource) -> Picture:
    """Figure 19 from the printed base, latest year and percentages."""
    plan, base = source.plan, _said(source, "total", f"fy{source.base_fy}")
    latest = _said(source, "total", f"fy{source.fy}")
    rows = [
        Column(
            (*plan.short(year), word), figure.text, {"past": figure.exact or Decimal(0)}, strong=year == source.base_fy
        )
        for year, figure, word in ((source.base_fy, base, texts.label("pd.base")), (source.fy, latest, ""))
    ]
    for year in source.print_.years_of("target_pct"):
        pct = _said(source, "target_pct", f"fy{year}", unit="%")
        level = _said(source, "total", f"target_fy{year}")
        aim = texts.label("pd.minus", pct=pct)
        known = level.exact if level.exact is not None else _level(base, pct)
        rows.append(Column((*plan.short(year), aim), level.text if level.exact is not None else "", {"aim": known}))
    found = _caption("goals", source)
    names = {"past": texts.label("pd.line.past"), "aim": texts.label("pd.line.aim")}
    svg = columns(rows, COLOURS, names, "pd-goals", found, found)
    return Picture(found, svg, found, texts.label("pd.printed.goals"), _origin(source))


def _level(base: Figure, pct: Figure) -> Decimal:
    """The height of a column whose level was printed only as a percentage: a place on paper, no printed figure."""
    return (base.exact or Decimal(0)) * (100 - (pct.exact or Decimal(0))) / 100


def _contradictions(source: PrintedSource) -> tuple[Block, ...]:
    """What checking the print found, one line each."""
    if not source.contradictions:
        return ()
    items = tuple(
        (Text(f"{finding.where}{texts.label('sign.colon')}" if finding.where else ""), Text(finding.message()))
        for finding in source.contradictions
    )
    return (Bullets(items),)
