"""Time: one row answers for each day, and a year without one is declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from kotsukotsu.catalogue.checks import fault
from kotsukotsu.catalogue.model import Catalogue, Factor, Gap, Located
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear

SERVED_BY_ANY = ("any", "basic", "adjusted")
FOREVER = date.max


def periods(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-15: a row that ends before it begins; CA-16: one that begins where its edition does not answer."""
    for row in _dated(catalogue):
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            yield fault("CA-15", row)
        edition = catalogue.editions.get(row.edition)
        first = FiscalYear.of(row.valid_from).number
        if edition and not edition.covers_from <= first <= edition.covers_to:
            yield fault("CA-16", row, edition=row.edition, fy=first)


def _dated(catalogue: Catalogue) -> Iterable[Any]:
    return (*catalogue.factors, *catalogue.heat_values, *catalogue.carbon, *catalogue.gwps)


def overlaps(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-20: two rows that answer the same question for the same day."""
    for rows in _groups(catalogue.factors, _place).values():
        for one, other in combinations(rows, 2):
            if _same_question(one, other) and _meet(one, other):
                yield fault("CA-20", other, id=other.factor_id, first=f"{one.file}:{one.line}")
    for rows in _other_series(catalogue).values():
        for one, other in combinations(rows, 2):
            if _meet(one, other):
                yield fault("CA-20", other, id="", first=f"{one.file}:{one.line}")


def _place(factor: Factor) -> tuple[object, ...]:
    return factor.item, factor.gas, factor.supplier, factor.menu, factor.source_fy


def _same_question(one: Factor, other: Factor) -> bool:
    """Whether a regime, a kind and a family exist for which both rows apply."""
    return (
        (one.regime == other.regime or "both" in (one.regime, other.regime))
        and (one.kind == other.kind or _any_serves(one.kind, other.kind))
        and (one.family == other.family or "" in (one.family, other.family))
    )


def _any_serves(one: str, other: str) -> bool:
    return "any" in (one, other) and one in SERVED_BY_ANY and other in SERVED_BY_ANY


def _meet(one: Any, other: Any) -> bool:
    return bool(one.valid_from < (other.valid_to or FOREVER) and other.valid_from < (one.valid_to or FOREVER))


def _other_series(catalogue: Catalogue) -> dict[tuple[object, ...], list[Any]]:
    found: dict[tuple[object, ...], list[Any]] = defaultdict(list)
    for heat in catalogue.heat_values:
        found["heat value", heat.item, heat.regime, heat.kind].append(heat)
    for carbon in catalogue.carbon:
        found["carbon", carbon.item, carbon.regime, carbon.supplier].append(carbon)
    for gwp in catalogue.gwps:
        found["gwp", gwp.regime, gwp.gas].append(gwp)
    return found


def undeclared_gaps(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-21: years between the first and the last row of a series for which there is none and no line says so."""
    declared = _declared(catalogue.gaps)
    for key, factors in _groups(catalogue.factors, lambda factor: _series(catalogue, factor)).items():
        missing = _missing(catalogue, factors)
        unsaid = [fy for fy in missing if not _is_declared(declared, key, fy)]
        if unsaid:
            place = " ".join(str(part) for part in key if part)
            yield fault("CA-21", _after(catalogue, factors, unsaid[0]), series=place, years=_years(unsaid))
    for key, rows in _other_series(catalogue).items():
        unsaid = _missing(catalogue, rows)
        if unsaid:
            yield fault(
                "CA-21", _after(catalogue, rows, unsaid[0]), series=" ".join(map(str, key)), years=_years(unsaid)
            )


def _series(catalogue: Catalogue, factor: Factor) -> tuple[str, ...]:
    """Item, supplier, series of menus and kind first, as a gap names them; then what else sets a series apart."""
    menu = catalogue.series_of(factor.menu)
    if factor.source_fy is not None:
        return factor.item, factor.supplier, menu, factor.kind
    return factor.item, factor.supplier, menu, factor.kind, factor.regime, factor.family, factor.gas


def _groups(factors: Iterable[Factor], key: Any) -> dict[Any, list[Factor]]:
    found: dict[Any, list[Factor]] = defaultdict(list)
    for factor in factors:
        found[key(factor)].append(factor)
    return found


def _missing(catalogue: Catalogue, rows: Sequence[Any]) -> list[int]:
    """Fiscal years between the first and the last row that no row covers."""
    if len(rows) == 1:
        return []
    spans = sorted(_span(catalogue, row) for row in rows)
    found: list[int] = []
    reached = spans[0][1]
    for first, last in spans[1:]:
        found += range(reached + 1, first)
        reached = max(reached, last)
    return found


def _span(catalogue: Catalogue, row: Any) -> tuple[int, int]:
    """First and last fiscal year of a row; of electricity, its results year."""
    results: int | None = getattr(row, "source_fy", None)
    if results is not None and catalogue.by_results(row.item):
        return results, results
    end = FiscalYear.of(row.valid_to).number - 1 if row.valid_to else FOREVER.year
    return FiscalYear.of(row.valid_from).number, end


def _after(catalogue: Catalogue, rows: Sequence[Any], fy: int) -> Located:
    """The first row after a gap."""
    starts = [(_span(catalogue, row)[0], number) for number, row in enumerate(rows)]
    later: Located = rows[min(start for start in starts if start[0] > fy)[1]]
    return later


def _declared(gaps: Iterable[Gap]) -> dict[tuple[str, str, str], list[Gap]]:
    found: dict[tuple[str, str, str], list[Gap]] = defaultdict(list)
    for gap in gaps:
        found[gap.item, gap.supplier, gap.menu].append(gap)
    return found


def _is_declared(declared: dict[tuple[str, str, str], list[Gap]], key: Sequence[str], fy: int) -> bool:
    item, supplier, menu, kind = key[:4]
    gaps = declared.get((item, supplier, menu), ())
    return any(gap.kind in ("", kind) and gap.from_fy <= fy <= gap.to_fy for gap in gaps)


def _years(years: Sequence[int]) -> str:
    """``2008, 2022-2023``."""
    runs = [[years[0], years[0]]]
    for before, year in pairwise(years):
        if year == before + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def gaps_that_are_none(catalogue: Catalogue) -> Iterator[Finding]:
    """CA-22: a gap that is declared although a row answers for one of its years."""
    series = _groups(catalogue.factors, lambda factor: _series(catalogue, factor)[:3])
    for gap in catalogue.gaps:
        years = _answered(catalogue, gap, series.get((gap.item, gap.supplier, gap.menu), ()))
        if years:
            yield fault("CA-22", gap, years=_years(years), item=gap.item, supplier=gap.supplier)


def _answered(catalogue: Catalogue, gap: Gap, factors: Iterable[Factor]) -> list[int]:
    fitting = [
        factor
        for factor in factors
        if gap.kind in ("", factor.kind) and (not gap.regime or factor.regime in (gap.regime, "both"))
    ]
    spans = [_span(catalogue, factor) for factor in fitting]
    return [fy for fy in range(gap.from_fy, gap.to_fy + 1) if any(first <= fy <= last for first, last in spans)]
