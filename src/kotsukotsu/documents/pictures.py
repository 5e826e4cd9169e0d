"""Charts of the page as pictures of a document."""

from __future__ import annotations

from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.registry import Picture


def picture_of(chart: Chart, caption: str, note: str = "", source: str = "") -> Picture:
    """The wide drawing of a chart; its title, which says what was found, becomes what is read aloud.

    Parameters
    ----------
    caption : str
        What the picture shows, without its number; the unit belongs into it.
    """
    notes = "\n".join(filter(None, (chart.note, note)))
    return Picture(caption, chart.pictures[0], f"{chart.title} {chart.subtitle}", notes, source)
