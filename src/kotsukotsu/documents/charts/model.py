"""A chart as a page places it."""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu.documents.table import Table


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with what stands around it.

    Attributes
    ----------
    title : str
        The finding, in one sentence.
    subtitle : str
        Measure, year and unit.
    pictures : tuple of str
        One SVG; or two, for a wide and for a narrow screen.
    table : Table
        The same figures as a table.
    note : str
        What a reader must know, such as a year that is not complete.
    """

    ident: str
    title: str
    subtitle: str
    pictures: tuple[str, ...]
    table: Table
    note: str = ""
