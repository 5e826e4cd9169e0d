"""Figures 3 to 15 of a plan: how much, of what, where, and how it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.analysis.past import ENERGY
from kotsukotsu.documents.groups import colours
from kotsukotsu.documents.plan.energy import (
    Ranked,
    by_facility,
    main_facilities,
    outstanding,
)
from kotsukotsu.documents.plan.source import Source, Tonnes, whole
from kotsukotsu.documents.registry import NOTHING, Picture, Registry
from kotsukotsu.documents.sketch import bars
from kotsukotsu.documents.sketch.columns import Column, columns
from kotsukotsu.documents.sketch.trends import Trend, trends

KINDS: Mapping[str, str] = {
    "energy": "#0072B2",
    "non_energy_co2": "#767676",
    "ch4": "#E69F00",
    "n2o": "#CC79A7",
    "rest": "#B8B8B8",
}
GASES = ("non_energy_co2", "ch4", "n2o")
WASTE = ("plastic", "other_waste")
WASTE_COLOURS = {"plastic": "#D55E00", "other_waste": "#B8B8B8"}
LINES, MOST = 5, 36
HUNDRED = Decimal(100)


def state(source: Source, registry: Registry) -> None:
    """Fill in the pictures of chapter 2."""
    registry.pictures["trend"] = _trend(source)
    registry.pictures["energy.trend"] = _energy_trend(source)
    registry.pictures["energy.index"] = _index(source)
    registry.pictures["energy.shares"] = _shares(source)
    registry.pictures["energy.changes"] = _changes(source)
    registry.pictures["facilities.items"] = _facilities(source)
    registry.pictures["others.trend"] = _others(source)
    registry.pictures["waste"] = _waste(source)


def caption(key: str, source: Source, **data: object) -> str:
    """What a picture shows, from the table of texts."""
    return texts.label(f"pd.fig.{key}", unit=source.overview.unit, base=source.plan.year(source.base_fy),
                       latest=source.plan.year(source.fy), **data)  # fmt: skip


def kinds(source: Source, fy: int) -> Tonnes:
    """A year's emission by the kinds of figure 3. [t-CO2e]"""
    sectors = source.sectors(fy)
    found = {code: tonnes for code, tonnes in sectors.items() if code in GASES}
    energy = [sectors[code] for code in ENERGY if code in sectors]
    rest = [tonnes for code, tonnes in sectors.items() if code not in (*ENERGY, *GASES)]
    if energy:
        found["energy"] = exact.total(energy)
    if rest:
        found["rest"] = exact.total(rest)
    return found


def kind_names() -> dict[str, str]:
    """Names of the kinds."""
    return {code: texts.label(f"pd.kind.{code}") for code in KINDS}


def by_year(source: Source, parts: Mapping[int, Tonnes]) -> list[Column]:
    """A column for each year; the base year strong."""
    return [
        Column(source.plan.short(fy), source.printer.emission(whole(parts[fy])).text if parts[fy] else "", parts[fy],
               strong=fy == source.base_fy)
        for fy in source.years
    ]  # fmt: skip


def _trend(source: Source) -> Picture:
    found = caption("trend", source)
    rows = by_year(source, {fy: kinds(source, fy) for fy in source.years})
    return Picture(found, columns(rows, KINDS, kind_names(), "pd-trend", found, found), _told(source, found))


def _told(source: Source, found: str) -> str:
    """What a column chart of the total says aloud."""
    totals = source.overview.totals
    return texts.label("pd.alt", caption=found, base=totals.base, latest=totals.total, rate=totals.rate)


def group_names() -> dict[str, str]:
    """Names of the chart groups."""
    return {code: texts.label(f"doc.group.{code}") for code in colours()}


def _energy_trend(source: Source) -> Picture:
    found = caption("energy.trend", source)
    rows = by_year(source, {fy: source.energy(fy) for fy in source.years})
    return Picture(found, columns(rows, colours(), group_names(), "pd-energy-trend", found, found), found)


def _index(source: Source) -> Picture:
    found = caption("energy.index", source)
    series = {fy: source.energy(fy) for fy in source.years}
    rows = _lines(source, series, [code for code in colours() if series[source.base_fy].get(code)])
    return Picture(found, _drawn(source, rows, "pd-energy-index", found), found, texts.label("pd.index.note"))


def _lines(source: Source, series: Mapping[int, Tonnes], codes: Sequence[str]) -> list[Trend]:
    names, base = group_names(), series[source.base_fy]
    return [
        Trend(names[code], colours()[code], {fy: _hundredth(series[fy].get(code), base[code]) for fy in source.years})
        for code in codes
    ]


def _hundredth(value: Decimal | None, base: Decimal | None) -> Decimal | None:
    """A value as a part of a hundred of the base."""
    return None if value is None or not base else exact.quotient(exact.product(value, HUNDRED), base)


def _drawn(source: Source, rows: Sequence[Trend], ident: str, found: str) -> str:
    labels = {fy: source.plan.short(fy)[0] for fy in source.years}
    reference = (100.0, texts.label("pd.index.base", year=source.plan.year(source.base_fy)))
    return trends(rows, labels, ident, found, found, reference)


def _shares(source: Source) -> Picture:
    found = caption("energy.shares", source)
    rows = []
    for fy in (source.base_fy, source.fy):
        parts = source.energy(fy)
        total = whole(parts)
        shares = {code: source.printer.share(tonnes, total) for code, tonnes in parts.items()}
        name = texts.label("pd.shares.row", year=source.plan.year(fy), total=source.printer.emission(total),
                           unit=source.overview.unit)  # fmt: skip
        rows.append(
            bars.Shares(
                name, {code: (share.exact, share.text) for code, share in shares.items() if share.exact is not None}
            )
        )
    return Picture(found, bars.shares(rows, colours(), group_names(), "pd-shares", found, found), found)


def _changes(source: Source) -> Picture:
    found, printer, names = caption("energy.changes", source), source.printer, group_names()
    now, base = source.energy(source.fy), source.energy(source.base_fy)
    rows = []
    for code in colours():
        change = printer.change(now.get(code), base.get(code))
        if change.exact:
            rate = printer.rate(now.get(code), base.get(code))
            rows.append(bars.Change(names[code], change.exact, texts.label("pd.change.told", change=change, rate=rate)))
    return Picture(found, bars.changes(rows, "pd-changes", found, found), found)


def _facilities(source: Source) -> Picture:
    """The largest of the main facilities that one page holds, and the others together."""
    found = caption("facilities.items", source)
    main = main_facilities(source)
    rows = [bars.Row(one.name, one.latest.text, one.groups) for one in main[:MOST]]
    note = texts.label("pd.facilities.left", shown=MOST, left=len(main) - MOST) if len(main) > MOST else ""
    svg = bars.rows_of(rows, colours(), group_names(), "pd-facilities", found, found)
    return Picture(found, svg, found, note)


def _others(source: Source) -> Picture:
    found = caption("others.trend", source)
    parts = {fy: {code: t for code, t in kinds(source, fy).items() if code != "energy"} for fy in source.years}
    if not any(parts.values()):
        return NOTHING
    rows = by_year(source, parts)
    return Picture(found, columns(rows, KINDS, kind_names(), "pd-others", found, found), found)


def _waste(source: Source) -> Picture:
    """Waste burnt, and the plastic in it, in tonnes of waste; nothing where the city burns none."""
    rows = []
    for fy in source.years:
        burnt = source.past.burnt()[fy]
        if burnt is None:
            rows.append(Column(source.plan.short(fy), "", {}))
            continue
        whole_waste, plastic = burnt
        share = source.printer.share(plastic, whole_waste)
        parts = {"plastic": plastic, "other_waste": exact.difference(whole_waste, plastic)}
        rows.append(
            Column((*source.plan.short(fy), f"{share}%"), source.printer.quantity(whole_waste, "t").text, parts)
        )
    if not any(row.segments for row in rows):
        return NOTHING
    found = caption("waste", source)
    names = {code: texts.label(f"pd.kind.{code}") for code in WASTE}
    return Picture(
        found, columns(rows, WASTE_COLOURS, names, "pd-waste", found, found), found, texts.label("pd.waste.note")
    )


def drill_downs(source: Source) -> list[tuple[Ranked, Picture]]:
    """Figures 10 to 13: the main facilities that rose most and fell most, each with its lines."""
    risen, fallen = outstanding(source)
    return [(one, _facility(source, one)) for one in (*risen, *fallen)]


def _facility(source: Source, one: Ranked) -> Picture:
    found = caption("facility", source, facility=one.name)
    series = {fy: by_facility(source, fy).get(one.facility, {}) for fy in source.years}
    base = series[source.base_fy]
    largest = sorted(base, key=lambda code: -max(parts.get(code, Decimal(0)) for parts in series.values()))[:LINES]
    rows = _lines(source, series, [code for code in colours() if code in largest and base.get(code)])
    used = source.past.use(one.facility, "electricity")
    if used[source.base_fy]:
        values = {fy: _hundredth(value, used[source.base_fy]) for fy, value in used.items()}
        rows.append(Trend(texts.label("pd.use.electricity"), colours()["electricity"], values, dashed=True))
    return Picture(
        found, _drawn(source, rows, f"pd-facility-{one.facility}", found), found, texts.label("pd.index.note")
    )
