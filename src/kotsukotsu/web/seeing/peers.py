"""Where a facility stands among those of its use, per floor area, this year and in the years before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.analysis.intensity import Intensity, per_area
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.facilities.drawn import peers_words, pictures
from kotsukotsu.documents.facilities.make import INTENSITY
from kotsukotsu.documents.facilities.model import Sheets
from kotsukotsu.documents.model import Year
from kotsukotsu.documents.printing import decimals
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities.figures import kept
from kotsukotsu.web.seeing import results

HEADS = ("year", "own", "lower", "median", "upper", "count")


def intensities(fy: int) -> Mapping[str, Intensity]:
    """Every facility of the city with a floor area and an emission in a year, by its code."""
    found: Mapping[str, Intensity] = kept("seeing.intensities", lambda session: _of_year(session, fy), fy)
    return found


def _of_year(session: Session, fy: int) -> dict[str, Intensity]:
    inventory = results.result(fy).inventory
    rows = inventory.rows(("facility",)) if inventory is not None else ()
    emissions = {row.keys["facility"]: row.tonnes_co2e for row in rows}
    return {one.facility: one for one in per_area(emissions, session.city.table("facilities"))[0]}


def chart(every: Sheets, years: Iterable[Year]) -> Chart | None:
    """A dot on the box of its kind, and the years as a table; None where it is compared with nobody."""
    (sheet,) = every.sheets
    drawn = pictures(sheet, every).get("peers")
    if drawn is None or sheet.peers is None:
        return None
    rows = tuple(_row(year, intensities(year.fy).get(sheet.code)) for year in years)
    heads = tuple(texts.label(f"see.peers.{name}") for name in HEADS)
    table = Table(texts.label("see.peers.table"), INTENSITY, heads, rows, (), texts.label("see.peers.note"))
    return Chart("peers", peers_words(sheet.peers), texts.label("sheet.part.peers"), (drawn,), table)


def _row(year: Year, own: Intensity | None) -> Row:
    peers = own.peers if own else None
    quarters = (peers.lower, peers.median, peers.upper) if peers else (None, None, None)
    values = (decimals(value, 1) for value in (own.value if own else None, *quarters))
    return (year.label, *values, decimals(Decimal(peers.count) if peers else None, 0))
