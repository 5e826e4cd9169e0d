"""The tables of an analysis, the same in the terminal, in the workbook and on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.analysis.causes import chained
from kotsukotsu.analysis.decomposition import EFFECTS, FACTOR, GWP, MIX, Effects
from kotsukotsu.analysis.intensity import Intensity
from kotsukotsu.analysis.where import Ranked, main_ones
from kotsukotsu.analysis.words import Sentence
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import Rounding, printed

PAGE_ROWS = 50  # of facilities on the page; the workbook has all
BLANK = Figure(None, None, "", "")


def title(view: View) -> str:
    """Place and the two years."""
    report = view.report
    years = {"year": FiscalYear(report.fy).name, "base": FiscalYear(report.against).name}
    return texts.label("an.page.title", place=report.place, **years)


def effects(view: View) -> Table:
    """Every cause that has an effect, and the whole change."""
    report, printer = view.report, printer_of(view)
    before, found = report.causes.before, report.causes.effects()
    rows = tuple(
        (texts.label(f"an.effect.{name}"), printer.emission(value), printer.share(value, before))
        for name, value in found.items()
        if value
    )
    change = report.causes.change
    total: Row = (texts.label("total"), printer.emission(change), printer.share(change, before))
    return _table(view, "effects", ("effect", "tonnes", "of_base"), rows, (total,), _effects_note(view))


def _effects_note(view: View) -> str:
    notes, found = [texts.label("an.note.effects")], view.report.causes.effects()
    if found[MIX]:
        notes.append(texts.label("an.note.mix", base=view.report.voice.base_short))
    if any(found[name] for name in (MIX, FACTOR, GWP)):
        notes.append(texts.label("an.note.readings"))
    if view.more.weather:
        used = sum(line.is_used for line in view.more.weather.lines)
        notes.append(texts.label("an.note.weather_effect", used=used))
    return " ".join(notes)


def ranked(view: View, kind: str, most: int | None = None) -> Table:
    """Facilities, items, departments, sectors or uses: two years, share, cumulative share, change."""
    rows = view.report.rankings[kind]
    shown = rows if most is None else rows[:most]
    cells = tuple(_ranked(view, kind, row) for row in shown)
    report, printer = view.report, printer_of(view)
    before, after = report.causes.before, report.causes.after
    hundred = Figure(Decimal(100), Decimal(100), "100.0", "%")
    total: Row = (BLANK, texts.label("total"), printer.emission(before), printer.emission(after), hundred, BLANK,
                  printer.change(after, before), printer.rate(after, before))  # fmt: skip
    notes = [texts.label("an.rest", count=len(rows) - len(shown))] if len(rows) > len(shown) else []
    if kind == "facility":
        notes.insert(0, main_note(view))
    heads = ("rank", kind, "base", "latest", "share", "cumulative", "change", "rate")
    return _table(view, PARTS[kind], heads, cells, (total,), " ".join(notes))


PARTS = {"facility": "facilities", "item": "items", "department": "departments", "sector": "sectors", "use": "uses"}


def main_note(view: View) -> str:
    """How many facilities make the share asked for."""
    rows = view.report.rankings["facility"]
    emitting = sum(row.latest is not None for row in rows)
    return texts.label("an.main", all=emitting, count=len(main_ones(rows)), reach=view.report.reach)


def main(view: View) -> Table:
    """The main facilities, which make the share asked for."""
    rows = main_ones(view.report.rankings["facility"])
    cells = tuple(_ranked(view, "facility", row) for row in rows)
    heads = ("rank", "facility", "base", "latest", "share", "cumulative", "change", "rate")
    return _table(view, "main", heads, cells, (), main_note(view))


def _ranked(view: View, kind: str, row: Ranked) -> Row:
    printer = printer_of(view)
    return (
        number(Decimal(row.rank), 0), view.names[kind](row.key), printer.emission(row.base),
        printer.emission(row.latest), number(row.share, 1), number(row.cumulative, 1), printer.emission(row.change),
        number(row.rate, 1),
    )  # fmt: skip


def by(view: View, kind: str) -> Table:
    """Causes of every item or facility, with the effects that occur at all; in the order of the ranking."""
    printer, whole = printer_of(view), view.report.causes
    parts = whole.by(lambda cause: cause.item if kind == "item" else cause.facility)
    effects = {key: causes.effects() for key, causes in parts.items()}
    names = [name for name in EFFECTS if any(found[name] for found in effects.values())]
    rows: tuple[Row, ...] = tuple(
        (view.names[kind](row.key), printer.emission(row.change), *_printed(printer, effects[row.key], names))
        for row in view.report.rankings[kind]
    )
    total: Row = (texts.label("total"), printer.emission(whole.change), *_printed(printer, whole.effects(), names))
    heads = (*heads_of(view, (kind, "change")), *(texts.label(f"an.effect.{name}") for name in names))
    title = texts.label(f"an.part.by_{kind}")
    return Table(title, unit_of(view), heads, rows, (total,), texts.label("rounding.note"))


def chain(view: View) -> Table:
    """Causes from each year to the next, and their sums, which are the whole change."""
    printer, steps = printer_of(view), view.report.chain
    whole = chained(steps)
    names = [name for name in EFFECTS if any(step.effects()[name] for step in steps)]
    rows: tuple[Row, ...] = tuple(
        (FiscalYear(step.fy).western_name, printer.emission(step.change), *_printed(printer, step.effects(), names))
        for step in steps
    )
    change = printer.emission(view.report.causes.change)
    total: Row = (texts.label("total"), change, *_printed(printer, whole, names))
    heads = (*heads_of(view, ("year", "change")), *(texts.label(f"an.effect.{name}") for name in names))
    return Table(texts.label("an.part.chain"), unit_of(view), heads, rows, (total,), texts.label("an.note.chain"))


def _printed(printer: Printer, effects: Effects, names: Iterable[str]) -> list[Figure]:
    return [printer.emission(effects[name]) for name in names]


def index(view: View) -> Table:
    """Index series of emission and use of every item."""
    years = view.report.years
    rows: tuple[Row, ...] = tuple(
        (
            view.names["item"](one.item),
            texts.label(f"an.head.{name}"),
            *(number(series.get(year), 1) for year in years),
        )
        for one in view.report.index
        for name, series in (("emission_index", one.emission_index), ("use_index", one.use_index))
    )
    heads = (*heads_of(view, ("item", "series")), *(FiscalYear(year).western_name for year in years))
    title = texts.label("an.part.index", base=view.report.voice.base)
    return Table(title, "", heads, rows)


def intensity(view: View) -> Table:
    """Emission per floor area of every building, beside the quartiles of its use."""
    rows = tuple(_intensity(view, one) for one in view.report.intensity)
    heads = ("facility", "use", "area", "intensity", "lower", "median", "upper", "quarter")
    title, note = texts.label("an.part.intensity"), texts.label("an.note.quartiles")
    return Table(title, "", heads_of(view, heads), rows, (), note)


def quartiles(view: View) -> Table:
    """Quartiles of emission per floor area, a line for each use of building that has enough of them."""
    peers = {one.use: one.peers for one in view.report.intensity if one.peers}
    rows: tuple[Row, ...] = tuple(
        (
            use, number(Decimal(found.count), 0), number(found.lower, 1), number(found.median, 1),
            number(found.upper, 1),
        )
        for use, found in peers.items()
    )  # fmt: skip
    heads = heads_of(view, ("use", "buildings", "lower", "median", "upper"))
    title, unit = texts.label("an.part.quartiles"), texts.label("an.unit.per_area")
    return Table(title, unit, heads, rows, (), texts.label("an.note.quartiles"))


def _intensity(view: View, one: Intensity) -> Row:
    peers = (one.peers.lower, one.peers.median, one.peers.upper) if one.peers else (None, None, None)
    quarter = None if one.quarter is None else Decimal(one.quarter)
    return (
        view.names["facility"](one.facility), one.use, number(one.area, 0), number(one.value, 1),
        *(number(value, 1) for value in peers), number(quarter, 0),
    )  # fmt: skip


def sentences(view: View, most: int | None = None) -> Table:
    """What is said of each facility."""
    told = list(view.report.facility_sentences.items())[:most]
    rows = tuple((view.names["facility"](key), joined(found)) for key, found in told)
    return Table(texts.label("an.part.facility_sentences"), "", heads_of(view, ("facility", "text")), rows)


def joined(found: Iterable[Sentence]) -> str:
    """Sentences as one paragraph."""
    return texts.label("an.join").join(sentence.text for sentence in found)


def findings(view: View) -> Table:
    """What is doubtful."""
    rows = tuple((finding.code, finding.where, finding.message()) for finding in view.findings)
    heads = (texts.label("an.head.code"), texts.label("an.head.where"), texts.label("an.head.finding"))
    return Table(texts.label("an.part.findings"), "", heads, rows)


def _table(
    view: View, part: str, heads: Sequence[str], rows: tuple[Row, ...], totals: tuple[Row, ...], note: str
) -> Table:
    return Table(texts.label(f"an.part.{part}"), unit_of(view), heads_of(view, heads), rows, totals, note)


def heads_of(view: View, names: Sequence[str]) -> tuple[str, ...]:
    """Headings, with the two years in them."""
    report = view.report
    data = {"base": FiscalYear(report.against).western_name, "year": FiscalYear(report.fy).western_name}
    return tuple(texts.label(f"an.head.{name}", **data) for name in names)


def unit_of(view: View) -> str:
    """The unit of emissions, as it stands above a table."""
    return texts.label("an.unit", unit=view.report.voice.unit)


def printer_of(view: View) -> Printer:
    """Prints by the rounding of the later year."""
    return Printer(view.report.voice.rounding)


def number(value: Decimal | None, digits: int) -> Figure:
    """A number with so many decimals."""
    rounding = Rounding(digits=digits)
    if value is None:
        return Figure(None, None, texts.label("an.none"), "")
    rounded = rounding.figure(value)
    return Figure(value, rounded, printed(rounded, digits), "")
