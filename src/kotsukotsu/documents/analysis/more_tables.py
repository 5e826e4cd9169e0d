"""Tables of what an analysis says beside its report: weather, unusual values, proposals, saving, 原単位."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kotsukotsu import schema, texts, units
from kotsukotsu.accounting import exact
from kotsukotsu.analysis.anomaly import Unusual
from kotsukotsu.analysis.bases import Unit
from kotsukotsu.analysis.more import Measured
from kotsukotsu.analysis.weather_use import Weathered, WeatherLine
from kotsukotsu.documents.analysis.tables import heads_of, number
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.periods import FiscalYear, day_name, last_day
from kotsukotsu.rounding import Rounding, printed

HUNDRED = Decimal(100)
WEATHER_HEADS = (
    "facility", "item", "form", "balance", "r2", "cv", "actual", "normalised", "of_weather", "unit", "verdict",
)  # fmt: skip


def weather(view: View, found: Weathered, most: int | None = None) -> Table:
    """Every facility's item beside the weather, in the order of the emissions."""
    order = {row.key: row.rank for row in view.report.rankings["facility"]}
    lines = sorted(found.lines, key=lambda line: (order.get(line.facility, len(order) + 1), line.item))
    rows = tuple(_weather(view, line) for line in lines[:most])
    stations = "・".join(dict.fromkeys(line.weather.station for line in found.lines))
    first, last = found.normal[:1], found.normal[-1:]
    note = texts.label(
        "an.note.weather", first=found.model[0], last=found.model[1], stations=stations,
        normal_first=first[0] if first else texts.none(), normal_last=last[0] if last else texts.none(),
    )  # fmt: skip
    forms = texts.label("an.note.forms")
    rest = [texts.label("an.rest", count=len(lines) - len(rows))] if len(rows) < len(lines) else []
    return Table(
        texts.label("an.part.weather"), "", heads_of(view, WEATHER_HEADS), rows, (), " ".join([note, forms, *rest])
    )


def _weather(view: View, line: WeatherLine) -> Row:
    fit, normal = line.baseline.fit, line.normal
    error = fit.cv_rmse * 100 if fit and fit.cv_rmse is not None else None
    verdict = "used" if line.is_used else "unfit" if fit is None else "flat"
    return (
        view.names["facility"](line.facility), view.names["item"](line.item),
        plain(fit.form.name if fit else texts.none()),
        plain("・".join(f"{balance:.1f}" for balance in fit.balances) if fit and fit.balances else texts.none()),
        _real(fit.r2 if fit and fit.form.terms else None, 2), _real(error, 0),
        number(line.actual, 0), number(normal.normalised if normal else None, 0),
        number(normal.expected - normal.normal if normal else None, 0),
        units.find(line.unit).name_ja if line.unit else texts.none(), texts.label(f"an.weather.{verdict}"),
    )  # fmt: skip


def _real(value: float | None, digits: int) -> Figure:
    return number(None if value is None else Decimal(repr(value)), digits)


def unusual(view: View, found: tuple[Unusual, ...]) -> Table:
    """Outliers and shifts, the latest first; what is not explained before what is.

    Outliers of one facility's item in one year that have the same explanation stand in one line.
    """
    groups: dict[tuple[object, ...], list[Unusual]] = {}
    for one in sorted(found, key=lambda one: one.month.index):
        kept_apart = one.month if one.kind == "shift" else one.fiscal_year
        groups.setdefault((one.bill, one.kind, one.explanation, kept_apart), []).append(one)
    ordered = sorted(groups.values(), key=lambda ones: (ones[0].explanation is not None, -ones[-1].month.index))
    rows = tuple(_unusual(view, ones) for ones in ordered)
    heads = ("facility", "item", "month", "kind", "value", "expected", "explanation")
    note = texts.label("an.no_unusual") if not rows else ""
    return Table(texts.label("an.part.unusual"), "", heads_of(view, heads), rows, (), note)


def _unusual(view: View, ones: list[Unusual]) -> Row:
    first, last = ones[0], ones[-1]
    months = str(first.month) if first is last else f"{first.month}{texts.label('sign.to')}{last.month}"
    return (
        view.names["facility"](first.bill[0]), view.names["item"](first.bill[1]), months,
        texts.label(f"an.kind.{first.kind}"), _range(first.kind, [one.value for one in ones]),
        _range(first.kind, [one.expected for one in ones]), first.explanation or texts.label("an.unexplained"),
    )  # fmt: skip


def _range(kind: str, values: list[float]) -> Figure:
    """The lowest and the highest; a shift's are shares of the usual value."""
    scale, sign = (HUNDRED, "%") if kind == "shift" else (Decimal(1), "")
    shown = [f"{printed(Decimal(repr(value)) * scale, 0)}{sign}" for value in (min(values), max(values))]
    return plain(texts.label("sign.to").join(dict.fromkeys(shown)))


def proposals(view: View, found: tuple[schema.Row, ...], most: int | None = None) -> Table:
    """Rows that could be entered as estimates."""
    rows = tuple(_proposal(view, row) for row in found[:most])
    heads = ("facility", "item", "from", "to", "quantity", "unit", "method")
    rest = texts.label("an.rest", count=len(found) - len(rows)) if len(rows) < len(found) else ""
    note = rest if rows else texts.label("an.no_proposals")
    return Table(texts.label("an.part.proposals"), "", heads_of(view, heads), rows, (), note)


def _proposal(view: View, row: schema.Row) -> Row:
    quantity: Decimal = row["quantity"]
    digits = max(0, -int(quantity.as_tuple().exponent))
    return (
        view.names["facility"](row["facility_id"]), view.names["item"](row["item"]), day_name(row["start"]),
        day_name(last_day(row["end"])), number(quantity, digits), units.find(row["unit"]).name_ja, row["note"],
    )  # fmt: skip


def measured(view: View, found: Measured) -> Table:
    """Expected and actual use after the measure, the saving and its interval."""
    saving, fit = found.saving, found.baseline.fit
    if saving is None or fit is None:
        return Table(texts.label("an.part.measured"), "", heads_of(view, ("what", "value")), (), (), _no_saving())
    unit = units.find(found.unit).name_ja
    certain = "yes" if saving.margin is not None and abs(saving.saving) > saving.margin else "no"
    values = (
        ("expected", saving.expected), ("actual", saving.actual), ("saving", saving.saving), ("margin", saving.margin),
    )  # fmt: skip
    rows: tuple[Row, ...] = tuple(
        (texts.label(f"an.saving.{name}"), number(None if value is None else value / found.ratio, 0), unit)
        for name, value in values
    )
    rate = saving.saving / saving.expected * HUNDRED if saving.expected else None
    rows += (
        (texts.label("an.saving.rate"), number(rate, 1), "%"),
        (texts.label("an.saving.periods"), number(Decimal(len(saving.periods)), 0), ""),
        (texts.label("an.saving.form"), plain(texts.label(f"we.form.{fit.form.name}")), ""),
    )
    note = texts.label("an.note.saving", confidence=printed(saving.confidence * HUNDRED, 0))
    said = f"{texts.label(f'an.saving.certain.{certain}')} {note}"
    return Table(texts.label("an.part.measured"), "", heads_of(view, ("what", "value", "unit")), rows, (), said)


def _no_saving() -> str:
    return texts.label("an.no_saving")


def energy_units(view: View, found: Unit) -> Table:
    """原単位 of the five years with one denominator, and its average change."""
    base = found.base or texts.label("an.unit.floor_area")
    years = range(view.report.fy - 4, view.report.fy + 1)
    rows: tuple[Row, ...] = tuple(_year(found, year) for year in years)
    notes = [
        texts.label("an.note.units.break", year=year, before=year - 1, energy=printed(energy, 1))
        for year, energy in found.linked.items()
        if energy is not None
    ]
    if found.found is None:
        notes.insert(0, texts.label("an.note.units.none"))
    else:
        average = found.found.printed
        way = "same" if average == HUNDRED else "less" if average < HUNDRED else "more"
        shown = printed(average, 1)
        notes.insert(0, texts.label("an.note.units", average=shown, way=texts.label(f"an.way.{way}")))
    title = f"{texts.label('an.part.units')}{texts.gap()}{base}"
    heads = heads_of(view, ("year", "energy", "denominator", "per", "ratio"))
    unit = found.unit
    return Table(title, unit and f"{base}{texts.label('sign.colon')}{unit}", heads, rows, (), " ".join(notes))


def _year(found: Unit, year: int) -> Row:
    per, before = _per(found.energy, found, year), _per(found.energy, found, year - 1)
    compared = _per({**found.energy, **found.linked}, found, year)
    ratio = exact.quotient(compared * HUNDRED, before) if compared and before else None
    return (
        FiscalYear(year).label("western"), number(found.energy.get(year), 1), number(found.denominator.get(year), 0),
        _significant(per), number(ratio, 1),
    )  # fmt: skip


def _per(used: Mapping[int, Decimal | None], found: Unit, year: int) -> Decimal | None:
    energy, denominator = used.get(year), found.denominator.get(year)
    return exact.quotient(energy, denominator) if energy is not None and denominator else None


def _significant(value: Decimal | None) -> Figure:
    """Four significant digits, as the form's own decimals are not said."""
    if value is None or not value:
        return number(value, 0)
    digits = max(0, 3 - value.adjusted())
    return Figure(value, Rounding(digits=digits).figure(value), printed(value, digits), "")
