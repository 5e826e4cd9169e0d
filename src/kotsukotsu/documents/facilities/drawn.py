"""The three pictures of a facility: years, months, its place among its peers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.facilities.model import Peers, Sheet, Sheets
from kotsukotsu.documents.groups import colours
from kotsukotsu.documents.small_charts.months import months
from kotsukotsu.documents.small_charts.place import Among, place
from kotsukotsu.documents.small_charts.stacks import Stack, stacks


def pictures(sheet: Sheet, every: Sheets) -> dict[str, str]:
    """``years``, ``months`` and ``peers`` as SVG; a picture without figures is left out."""
    found: dict[str, str] = {}
    if any(year.groups for year in sheet.year_list):
        found["years"] = _years(sheet, every)
    if any(figure.exact is not None for month in sheet.month_list for figure in month.tonnes):
        found["months"] = _months(sheet, every)
    if sheet.peers:
        found["peers"] = _peers(sheet, sheet.peers)
    return found


def _years(sheet: Sheet, every: Sheets) -> str:
    rows = [Stack(year.short, year.total.text, year.groups) for year in sheet.year_list]
    painted: Mapping[str, str] = {code: colours()[code] for code in every.groups}
    text = texts.label("sheet.alt.years", name=sheet.name, year=every.year, total=sheet.total, unit=every.unit)
    return stacks(rows, painted, every.groups, f"{sheet.code}-years", texts.label("sheet.table.years"), text)


def _months(sheet: Sheet, every: Sheets) -> str:
    of_years = zip(*(month.tonnes for month in sheet.month_list), strict=True)
    years = [[figure.exact for figure in one] for one in of_years]
    labels = [month.label for month in sheet.month_list]
    text = texts.label("sheet.alt.months", name=sheet.name, years=texts.label("an.and").join(every.month_years))
    largest = texts.label("sheet.largest", value=sheet.largest_month, unit=every.unit)
    title = texts.label("sheet.table.months")
    return months(labels, years, every.month_years, f"{sheet.code}-months", title, text, largest)


def _peers(sheet: Sheet, peers: Peers) -> str:
    values = (peers.value, peers.lower, peers.median, peers.upper, peers.least, peers.most)
    own, lower, median, upper, least, most = (figure.exact or Decimal(0) for figure in values)
    shown = (peers.value.text, texts.label("sheet.median", value=peers.median), peers.most.text)
    text = peers_words(peers)
    return place(
        Among(own, lower, median, upper, least, most, shown), f"{sheet.code}-peers", texts.label("sheet.peers"), text
    )


def peers_words(peers: Peers) -> str:
    """Where the facility stands among its peers, in a sentence."""
    return texts.label(
        f"sheet.quarter.{peers.quarter}", value=peers.value, unit=peers.value.unit, use=peers.use, count=peers.count,
        median=peers.median,
    )  # fmt: skip
