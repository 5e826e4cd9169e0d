"""Which series answer for which fiscal years, and which are not at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kotsukotsu.catalogue.model import Catalogue, Factor, Gap
from kotsukotsu.periods import FiscalYear

EVERY_SUPPLIER = "*"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A series: the years that have a factor, the years that are declared as not at hand, where it breaks.

    Attributes
    ----------
    years : tuple of int
        Results years for electricity (`by_results`), else fiscal years of use, up to `covers_to`.
    gaps : tuple of Gap
        Lines that say what is not at hand; those for every supplier stand in rows of their own.
    covers_to : int
        Last fiscal year of use for which the newest edition of the series answers, 0 if there is none.
    breaks : tuple of int
        Results years from which the series means something else.
    """

    item: str
    regime: str
    supplier: str
    menu: str
    kind: str
    gas: str
    by_results: bool
    years: tuple[int, ...]
    gaps: tuple[Gap, ...]
    covers_to: int
    breaks: tuple[int, ...]
    statuses: tuple[str, ...]


def coverage(catalogue: Catalogue) -> list[CoverageRow]:
    """One row per series, in the order of the items; then the gaps that have no series here."""
    series: dict[tuple[str, ...], list[Factor]] = defaultdict(list)
    for factor in catalogue.factors:
        series[_series(catalogue, factor)].append(factor)
    rows = [_row(catalogue, key, factors) for key, factors in series.items()]
    said = {gap for row in rows for gap in row.gaps}
    rows += [_absent(catalogue, gap) for gap in catalogue.gaps if gap not in said]
    return sorted(rows, key=lambda row: (catalogue.items[row.item].order, row.supplier, row.menu, row.kind))


@dataclass(frozen=True, slots=True)
class Question:
    """What was looked for and not found; `year` is the results year for electricity, else the fiscal year."""

    item: str
    regime: str
    supplier: str
    menu: str
    kind: str
    year: int


def declared_gap(catalogue: Catalogue, question: Question) -> Gap | None:
    """Why no factor was found, in the supplier's own line or else in the one for every supplier; asked only then."""
    menu = catalogue.series_of(question.menu)
    for supplier, series in ((question.supplier, menu), (EVERY_SUPPLIER, "")):
        key = (question.item, question.regime, supplier, series, question.kind, "")
        for gap in catalogue.gaps:
            if gap.from_fy <= question.year <= gap.to_fy and _speaks_of(gap, key):
                return gap
    return None


def _series(catalogue: Catalogue, factor: Factor) -> tuple[str, ...]:
    menu = catalogue.series_of(factor.menu)
    return factor.item, factor.regime, factor.supplier, menu, factor.kind, factor.gas


def _row(catalogue: Catalogue, key: tuple[str, ...], factors: list[Factor]) -> CoverageRow:
    item, regime, supplier, menu, kind, gas = key
    years = {year for factor in factors for year in _years(catalogue, factor)}
    order = catalogue.statuses
    return CoverageRow(
        item=item,
        regime=regime,
        supplier=supplier,
        menu=menu,
        kind=kind,
        gas=gas,
        by_results=catalogue.by_results(item),
        years=tuple(sorted(years)),
        gaps=tuple(gap for gap in catalogue.gaps if _speaks_of(gap, key)),
        covers_to=max(catalogue.editions[factor.edition].covers_to for factor in factors),
        breaks=tuple(_breaks(catalogue, f"{item}.{kind}", years)),
        statuses=tuple(sorted({factor.status for factor in factors}, key=lambda name: order[name].order)),
    )


def _years(catalogue: Catalogue, factor: Factor) -> Iterable[int]:
    if factor.source_fy is not None and catalogue.by_results(factor.item):
        return (factor.source_fy,)
    last = catalogue.editions[factor.edition].covers_to
    if factor.valid_to is not None:
        last = min(last, FiscalYear.of(factor.valid_to).number - 1)
    return range(FiscalYear.of(factor.valid_from).number, last + 1)


def _speaks_of(gap: Gap, key: tuple[str, ...]) -> bool:
    item, regime, supplier, menu, kind, _ = key
    return (
        (gap.item, gap.supplier, gap.menu) == (item, supplier, menu)
        and gap.kind in ("", kind)
        and (not gap.regime or regime in (gap.regime, "both"))
    )


def _breaks(catalogue: Catalogue, series: str, years: Iterable[int]) -> Iterator[int]:
    """Breaks that lie between two years of the series."""
    known = sorted(years)
    for row in catalogue.breaks:
        if row.series == series and known[0] < row.from_fy <= known[-1]:
            yield row.from_fy


def _absent(catalogue: Catalogue, gap: Gap) -> CoverageRow:
    return CoverageRow(
        item=gap.item,
        regime=gap.regime,
        supplier=gap.supplier,
        menu=gap.menu,
        kind=gap.kind,
        gas="",
        by_results=catalogue.by_results(gap.item),
        years=(),
        gaps=(gap,),
        covers_to=0,
        breaks=(),
        statuses=(),
    )
