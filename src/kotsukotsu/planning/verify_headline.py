"""What the figures of a plan's text claim about each other and about its tables.

``headline.toml`` names them by section and key: ``[period] base_fy``; ``[total]``, ``[energy_co2]``, ``[non_energy]``
with ``fy2024`` (emission), ``reduction_pct_fy2024``, ``share_fy2024_pct``, ``target_fy2030``; ``[target_pct] fy2030``;
``facilities_in_scope`` and ``facilities_making_90_pct``; ``[kpi] pv_kw`` with its effect and assumptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from kotsukotsu.planning.verify_claims import Claim, Figure, claim
from kotsukotsu.planning.verify_interval import Interval, exactly, total
from kotsukotsu.planning.verify_print import FACILITIES, SECTORS, YEAR, Print, Table
from kotsukotsu.planning.verify_tables import percent

MAIN, RENEWABLES = "main_facilities", "renewables"
ENERGY = ("commercial", "transport")  # sectors whose CO2 comes from energy
PARTS = ("energy_co2", "non_energy")
MAKING = re.compile(r"facilities_making_(\d+)_pct")
KW_PER = exactly(Fraction(1, 1000))  # kWh in MWh


def claims_of(print_: Print) -> Iterator[Claim]:
    """Every claim of the text."""
    found: list[Claim | None] = [*_parts_of_total(print_), *_targets(print_), *_scope(print_), *_pv(print_)]
    for name, section in print_.sections():
        for year in _years(section):
            found += [_rate(print_, name, year), *_against_sectors(print_, name, year)]
    return (one for one in found if one is not None)


def whole_of_main(print_: Print) -> Figure | None:
    """What the shares of the main facilities are shares of: the section that counts those facilities."""
    section = next((name for name, part in print_.sections() if any(MAKING.fullmatch(key) for key in part)), None)
    years = print_.table(MAIN).year_columns("tco2")
    return print_.said(section, f"fy{years[-1].year}") if section and years else None


def _years(section: Mapping[str, object]) -> list[str]:
    return sorted(key for key in section if YEAR.fullmatch(key))


def _parts_of_total(print_: Print) -> Iterator[Claim | None]:
    for year in _years(print_.section("total")):
        whole, parts = print_.said("total", year), [print_.said(part, year) for part in PARTS]
        known = [part for part in parts if part]
        if whole and len(known) == len(PARTS):
            yield claim("sum", whole, total, known)


def _targets(print_: Print) -> Iterator[Claim | None]:
    """A target is the base year's total less a decided percentage."""
    base = print_.said("total", _base_year(print_))
    for year in _years(print_.section("target_pct")):
        printed, pct = print_.said("total", f"target_{year}"), print_.said("target_pct", year, exact=True)
        if base and printed and pct:
            yield claim("target", printed, lambda pair: pair[0] * _kept(pair[1]), [base, pct])
        column = f"{year}_reduction_own_tco2"
        if base and printed and (own := _of_total(print_.table(SECTORS), column)):
            yield claim("difference", own, lambda pair: pair[0] - pair[1], [base, printed])


def _kept(pct: Interval) -> Interval:
    return exactly(1) - pct * exactly(Fraction(1, 100))


def _rate(print_: Print, section: str, year: str) -> Claim | None:
    """A reduction in per cent of the base year, which the section or its sectors give."""
    printed, now = print_.said(section, f"reduction_pct_{year}"), print_.said(section, year)
    said = print_.said(section, _base_year(print_))
    bases = [said] if said else _column(print_, section, f"{_base_year(print_)}_tco2")
    if printed is None or now is None or not bases:
        return None
    return claim("rate", printed, lambda all_: percent(total(all_[1:]) - all_[0], total(all_[1:])), [now, *bases])


def _against_sectors(print_: Print, section: str, year: str) -> Iterator[Claim | None]:
    """A year's emission is what the sectors emitted in the base year, less what they have saved."""
    printed = print_.said(section, year)
    bases = _column(print_, section, f"{_base_year(print_)}_tco2")
    saved = _column(print_, section, f"{year}_reduction_tco2")
    if printed is None or not bases:
        return
    if year == _base_year(print_):
        yield claim("sum", printed, total, bases)
    elif len(saved) == len(bases):
        middle = len(bases)
        yield claim("sum", printed, lambda all_: total(all_[:middle]) - total(all_[middle:]), [*bases, *saved])


def _column(print_: Print, section: str, column: str) -> list[Figure]:
    """The figures of the section's sectors; of the total's row for the total."""
    table = print_.table(SECTORS)
    if section == "total":
        found = _of_total(table, column)
        return [found] if found else []
    if section not in PARTS:
        return []
    wanted = [i for i in table.parts() if (table.rows[i].get("sector_key") in ENERGY) == (section == PARTS[0])]
    return [figure for index in wanted if (figure := table.figure(index, column))]


def _of_total(table: Table, column: str) -> Figure | None:
    at = table.total()
    return None if at is None else table.figure(at, column)


def _base_year(print_: Print) -> str:
    base = print_.said("period", "base_fy")
    return f"fy{base.value}" if base else ""


def _scope(print_: Print) -> Iterator[Claim]:
    for name, section in print_.sections():
        if printed := print_.said(name, "facilities_in_scope", exact=True):
            yield from _counted(printed, len(print_.table(FACILITIES).rows))
        for key in section:
            making, printed = MAKING.fullmatch(key), print_.said(name, key, exact=True)
            if making and printed:
                yield from _counted(printed, len(print_.table(MAIN).rows))
                yield from _reaching(print_.table(MAIN), printed, Fraction(making[1]))


def _counted(printed: Figure, rows: int) -> Iterator[Claim]:
    if rows:
        yield Claim("count", printed, Fraction(rows), exactly(rows), ())


def _reaching(table: Table, printed: Figure, pct: Fraction) -> Iterator[Claim]:
    """The number of facilities that make a share: the first row where the cumulative share may, and must, reach it."""
    shares = [table.figure(index, "cumulative_share_pct") for index in range(len(table.rows))]
    known = [figure for figure in shares if figure]
    may = next((n for n, figure in enumerate(known, start=1) if figure.interval.high > pct), None)
    must = next((n for n, figure in enumerate(known, start=1) if figure.interval.low >= pct), may)
    if may is not None and must is not None:
        computed = next((n for n, figure in enumerate(known, start=1) if figure.value >= pct), must)
        yield Claim("count", printed, Fraction(computed), Interval(Fraction(may), Fraction(must)), ())


def _pv(print_: Print) -> Iterator[Claim | None]:
    """Capacity now and at the end from the table of installations; effect = added kW x yield x factor."""
    for name in (key for key in print_.section("kpi") if key.endswith("_kw")):
        years = _years(print_.section("kpi", name))
        figures = [figure for year in years if (figure := print_.said("kpi", name, year))]
        if len(figures) > 1:
            kind = name.removesuffix("_kw")
            installed, planned = (_capacity(print_.table(RENEWABLES), kind, f"{what}_kw") for what in _STATES)
            yield claim("sum", figures[0], total, installed) if installed else None
            yield claim("sum", figures[-1], total, [*installed, *planned]) if installed or planned else None
            yield _effect(print_, name, figures[0], figures[-1])


_STATES = ("installed", "planned")


def _capacity(table: Table, kind: str, column: str) -> list[Figure]:
    rows = (index for index, cells in enumerate(table.rows) if cells.get("kind") == kind)
    return [figure for index in rows if (figure := table.figure(index, column))]


def _effect(print_: Print, name: str, before: Figure, after: Figure) -> Claim | None:
    printed, kpi = print_.said("kpi", name, "effect_tco2"), print_.section("kpi")
    pv_yield = print_.said("kpi", f"{name.removesuffix('_kw')}_yield_kwh_per_kw", exact=True)
    factor_key = next((key for key in kpi if re.fullmatch(r"grid_factor_fy\d{4}_t_per_mwh", key)), "")
    factor = print_.said("kpi", factor_key, exact=True)
    if not (printed and pv_yield and factor):
        return None
    return claim("effect", printed, lambda v: (v[1] - v[0]) * v[2] * v[3] * KW_PER, [before, after, pv_yield, factor])
