"""What the pages of the site are made from, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.facilities.model import Sheets
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.yearly.goals import Goals

PAGES = ("index", "emissions", "targets", "measures", "facilities/index", "data", "method", "corrections")


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be taken away.

    Attributes
    ----------
    path : str
        Below the root of the site.
    kind : str
        Key of the words that say what it is (``site.file.<kind>``).
    size : int
        [byte]
    """

    path: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Site:
    """One language of the site.

    Attributes
    ----------
    mark : str
        Stands on every page until the publication is approved, such as 案; empty afterwards.
    why : tuple of str
        Sentences on the change since the year before and since the base year.
    files : mapping
        Code of a facility to the name of its page, without ending.
    tables : mapping
        ``kinds``, ``each``, ``kpis``, ``factors``, ``opinions``, ``errata``, ``statements``.
    fingerprint : str
        SHA-256 of the proof's manifest.
    licence : str
        Terms of use as the city states them; empty if it states none.
    """

    found: Overview
    drawn: tuple[Chart, ...]
    goals: Goals | None
    sheets: Sheets
    files: Mapping[str, str]
    why: tuple[str, ...]
    tables: Mapping[str, Table]
    downloads: tuple[Download, ...]
    fingerprint: str
    licence: str
    mark: str
