"""From a city's inventories to one sheet for each facility."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.analysis.intensity import Intensity
from kotsukotsu.documents import sentences
from kotsukotsu.documents.facilities import tables
from kotsukotsu.documents.facilities.model import MonthOf, Peers, Review, Sheet, Sheets, YearOf
from kotsukotsu.documents.facilities.sources import Sources
from kotsukotsu.documents.model import Part
from kotsukotsu.documents.printing import Figure, Printer, decimals
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.schema import Row

ZERO = Decimal(0)
INTENSITY = "kg-CO2e/m2"


def sheets(sources: Sources, only: str = "") -> Sheets:
    """Every facility of the city, in the order of the table of facilities; or only one, by its code."""
    found, fy = sources.found, sources.fy
    parts = {part.code: (rank, part) for rank, part in enumerate(found.facilities, 1)}
    printer = Printer(found.rounding)
    wanted = [row for row in sources.city.table("facilities") if only in ("", row["facility_id"])]
    made = [_sheet(sources, row, parts.get(row["facility_id"]), printer) for row in wanted]
    return Sheets(
        city=found.city, title=texts.label("sheet.title"), year=found.year.label, before=FiscalYear(fy - 1).name,
        month_years=tuple(FiscalYear(year).name for year in sources.month_years), base=found.base_label,
        unit=found.unit, footer=sentences.footer(found), invented=found.invented, groups=found.groups_named,
        sheets=tuple(made),
    )  # fmt: skip


def _sheet(sources: Sources, row: Row, part: tuple[int, Part] | None, printer: Printer) -> Sheet:
    code = row["facility_id"]
    years, months = tuple(_years(sources, code, printer)), tuple(_months(sources, code, printer))
    by_year = {year.fy: year.total for year in years}
    none = printer.emission(None)
    now, before = by_year.get(sources.fy, none), by_year.get(sources.fy - 1, none)
    base = by_year.get(sources.found.base_fy, none)
    intensity = sources.intensities.get(code)
    return Sheet(
        code=code, name=row["name"], facts=tuple(_facts(sources, row)),
        rank=str(part[0]) if part and now.exact is not None else "", share=part[1].share if part else none,
        total=now, before=before, base=base, rate_before=printer.rate(now.exact, before.exact),
        rate_base=printer.rate(now.exact, base.exact), intensity=_per_area(intensity.value if intensity else None),
        peers=_peers(sources, intensity), causes=sources.sentences(code), explained=tuple(_explained(sources, code)),
        reviews=tuple(_reviews(sources, code)), year_list=years, month_list=months,
        items=tables.items(sources, code, printer), years=tables.years(sources, years),
        months=tables.months(sources, months, _unplaced(sources, code, printer)),
        measures=tables.measures(sources, code), countermeasures=tables.countermeasures(sources, code),
        rise=exact.difference(now.exact or ZERO, before.exact or ZERO),
        largest_month=_largest(months),
    )  # fmt: skip


def _facts(sources: Sources, row: Row) -> Iterator[tuple[str, str]]:
    """What the register says; what it does not say is left out."""
    area = decimals(row["floor_area_m2"], 0).text if row["floor_area_m2"] is not None else ""
    told = {
        "department": sources.names["department"](sources.results[sources.fy].department_of(row["facility_id"])),
        "use": row["use"] or "",
        "area": f"{area} m2" if area else "",
        "management": row["management"] or "",
        "opened": day_name(row["opened_on"]),
        "closed": day_name(row["closed_on"]),
        "note": row["note"] or "",
    }
    return ((texts.label(f"sheet.fact.{name}"), text) for name, text in told.items() if text)


def _years(sources: Sources, code: str, printer: Printer) -> Iterator[YearOf]:
    """Every year of the series; one without rows of the facility has no total."""
    for year in sources.found.years:
        rows = [row for (place, _), row in sources.rows.get(year.fy, {}).items() if place == code]
        groups: dict[str, Decimal] = {}
        for row in rows:
            group = sources.group_of(row.keys["item"])
            groups[group] = exact.total((groups.get(group, ZERO), row.tonnes_co2e))
        total = exact.total(row.tonnes_co2e for row in rows) if rows else None
        yield YearOf(year.fy, year.label, _short(year.fy), printer.emission(total), groups)


def _short(fy: int) -> str:
    """The year as there is room for under a column."""
    return f"{fy % 100:02d}"


def _months(sources: Sources, code: str, printer: Printer) -> Iterator[MonthOf]:
    for same in zip(*(FiscalYear(fy).months() for fy in sources.month_years), strict=True):
        yield _month(sources, code, printer, texts.label("sheet.month", month=same[0].month), map(str, same))


def _unplaced(sources: Sources, code: str, printer: Printer) -> MonthOf:
    """What lies in the year but in no month, such as a yearly row."""
    return _month(sources, code, printer, texts.label("month.none"), [""] * len(sources.month_years))


def _month(sources: Sources, code: str, printer: Printer, label: str, keys: Iterable[str]) -> MonthOf:
    """The months under these keys, one of each year."""
    years = (sources.months[fy].get(code, {}) for fy in sources.month_years)
    return MonthOf(label, tuple(_one(year.get(key), printer) for year, key in zip(years, keys, strict=True)))


def _one(tonnes: Decimal | None, printer: Printer) -> Figure:
    """A month of a facility is small: one decimal more than the policy's."""
    return decimals(
        None if tonnes is None else exact.product(tonnes, printer.scale), printer.rounding.digits + 1, printer.unit
    )


def _largest(months: Sequence[MonthOf]) -> str:
    known = [figure for month in months for figure in month.tonnes if figure.exact is not None]
    return max(known, key=lambda figure: figure.exact or ZERO).text if known else ""


def _per_area(value: Decimal | None) -> Figure:
    return decimals(value, 1, INTENSITY)


def _peers(sources: Sources, own: Intensity | None) -> Peers | None:
    if own is None or own.peers is None or own.quarter is None:
        return None
    values = [one.value for one in sources.intensities.values() if one.use == own.use]
    return Peers(
        own.use, own.peers.count, own.quarter, _per_area(own.value), _per_area(own.peers.lower),
        _per_area(own.peers.median), _per_area(own.peers.upper), _per_area(min(values)), _per_area(max(values)),
    )  # fmt: skip


def _explained(sources: Sources, code: str) -> Iterator[str]:
    for row in sources.of("explanations", code):
        if row["fiscal_year"] in (sources.fy, sources.fy - 1):
            yield texts.label(
                "sheet.explained", year=FiscalYear(row["fiscal_year"]).short_name, text=row["text"],
                author=row["author"] or texts.label("none"),
            )  # fmt: skip


def _reviews(sources: Sources, code: str) -> Iterator[Review]:
    for row in sources.of("reviews", code):
        if row["kind"] == "review" and row["fiscal_year"] == sources.fy:
            told = [row["person"] or "", day_name(row["date"])]
            yield Review(row["text"], texts.label("sign.part").join(part for part in told if part))
