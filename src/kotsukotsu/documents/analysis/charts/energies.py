"""Energies beside each other: their change over the years, their shares, and where they stand now."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.analysis import past, past_tables
from kotsukotsu.documents.analysis.past import Drill, Rate
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.lines import Series, lines
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.picture import LESS, MORE
from kotsukotsu.documents.groups import colours
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import printed, unsigned

ZERO, HUNDRED = Decimal(0), Decimal(100)
GREY = "#4d4d4d"
BASE = 100  # value of the base year
NAMES = ("emission_index", "use_index")


def rates(view: View) -> Chart | None:
    """Change of every energy since the base year, as lines (figure 5)."""
    found = [one for one in past.rates(view) if any(one.index.values())]
    if not found or len(view.report.past.years) < 2:
        return None
    title = _extremes(view, "rates", found)
    subtitle = texts.label("an.fig.rates.subtitle", base=FiscalYear(view.report.against).label("era"))
    series = [Series(one.name, f"{one.name} {_last(one.index)}", one.colour, one.index) for one in found]
    pictures = _both(series, view, "rates", title, subtitle)
    return Chart("rates", title, subtitle, pictures, past_tables.rates(view, found), _explained(view))


def shares(view: View) -> Chart | None:
    """Shares of the energies in the two years, as bars of equal length: no pie has so many parts (figure 6)."""
    found = past.rates(view)
    if not found:
        return None
    years = (FiscalYear(view.report.against).label(), FiscalYear(view.report.fy).label())
    rows = [_whole(name, found, number) for number, name in enumerate(years)]
    first = max(found, key=lambda one: one.shares[1].exact or ZERO)
    title = texts.label("an.fig.shares.title", energy=first.name, share=first.shares[1].text)
    subtitle = texts.label("an.fig.shares.subtitle")
    legend = [(one.colour, f"{one.name} {one.shares[0]}→{one.shares[1]}%") for one in found]
    picture = bars(rows, "shares-chart", title, subtitle, legend)
    return Chart("shares", title, subtitle, (picture,), past_tables.shares(view, found))


def _whole(name: str, found: list[Rate], number: int) -> Bar:
    segments, end = [], ZERO
    for one in found:
        value = one.shares[number].exact or ZERO
        segments.append(Segment(end, end + value, one.colour))
        end += value
    return Bar(name, "", tuple(segments))


def changes(view: View) -> Chart | None:
    """Where every energy stands beside the base year (figure 7)."""
    found = [one for one in past.rates(view) if one.index.get(view.report.fy) is not None]
    if not found:
        return None
    title = _extremes(view, "changes", found)
    subtitle = texts.label("an.fig.changes.subtitle", base=FiscalYear(view.report.against).label("era"))
    rows = [_change(one, one.index[view.report.fy] or ZERO) for one in found]
    picture = bars(rows, "changes-chart", title, subtitle)
    return Chart("changes", title, subtitle, (picture,), past_tables.changes(view, found))


def _change(one: Rate, value: Decimal) -> Bar:
    is_less = value < HUNDRED
    word = texts.label("an.fig.changes.less" if is_less else "an.fig.changes.more", index=printed(value, 0),
                       rate=unsigned(one.rate.text))  # fmt: skip
    return Bar(one.name, word, (Segment(ZERO, value, LESS if is_less else MORE),))


def electricity(view: View, drill: Drill) -> Chart | None:
    """Emission by electricity beside its use at one facility (the right half of figures 10 to 13)."""
    year = view.report.fy
    if drill.emission.get(year) is None or drill.use.get(year) is None:
        return None
    emission, use = _last(drill.emission), _last(drill.use)
    title = texts.label("an.fig.electricity.title", emission=emission, use=use)
    subtitle = texts.label("an.fig.electricity.subtitle", base=FiscalYear(view.report.against).label("era"))
    names = [f"{texts.label(f'an.head.{name}')} {end}" for name, end in zip(NAMES, (emission, use), strict=True)]
    series = [
        Series("emission", names[0], colours()["electricity"], drill.emission),
        Series("use", names[1], GREY, drill.use),
    ]
    ident = f"electricity-{drill.facility}"
    pictures = _both(series, view, ident, title, subtitle)
    return Chart(ident, title, subtitle, pictures, past_tables.electricity(view, drill))


def _both(series: list[Series], view: View, ident: str, title: str, subtitle: str) -> tuple[str, ...]:
    """The wide and the narrow picture."""
    years = view.report.past.years
    return tuple(
        lines(series, years, BASE, f"{ident}-{kind}", title, subtitle, wide=kind == "wide")
        for kind in ("wide", "narrow")
    )


def _extremes(view: View, chart: str, found: list[Rate]) -> str:
    """What fell most and what rose most, whichever there is."""
    known = [(one, one.index.get(view.report.fy)) for one in found]
    ordered = sorted(((one, value) for one, value in known if value is not None), key=lambda pair: pair[1])
    if not ordered:
        return texts.label(f"an.fig.{chart}.none")
    (low, least), (high, most) = ordered[0], ordered[-1]
    data = {"fallen": low.name, "risen": high.name, "low": printed(least, 0), "high": printed(most, 0)}
    kind = "both" if least < HUNDRED < most else "fallen" if least < HUNDRED else "risen" if most > HUNDRED else "none"
    return texts.label(f"an.fig.{chart}.{kind}", **data)


def _explained(view: View) -> str:
    """What explanations.csv says of unusual values, where they were searched for."""
    said = [
        (FiscalYear(one.fiscal_year).label("era"), view.names["item"](one.bill[1]), one.explanation)
        for one in view.more.unusual or ()
        if one.explanation
    ]
    return " ".join(texts.label("an.fig.explained", year=y, item=i, text=t) for y, i, t in dict.fromkeys(said))


def _last(values: past.Values) -> str:
    """The last year's value, as printed."""
    value = values[max(values)] if values else None
    return texts.label("an.none") if value is None else printed(value, 0)
