"""What a document of an analysis is made from: the report, and what people call its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.analysis.more import More
from kotsukotsu.analysis.report import Report
from kotsukotsu.catalogue.model import Item
from kotsukotsu.findings import Finding


@dataclass(frozen=True, slots=True)
class View:
    """An analysis, and what people call its parts.

    Attributes
    ----------
    more : More
        What was asked for beside the report.
    city : str
        Name of the city; `invented` if there is no such place.
    head : mapping
        City, year, policy and catalogue, as every document begins.
    findings : tuple of Finding
        Of the analysis and on the completeness of its two years.
    names : mapping
        For each column of the inventory, what to write for a code of it.
    made : date
        Day on which the document is made.
    """

    report: Report
    more: More
    city: str
    invented: bool
    head: Mapping[str, Any]
    findings: tuple[Finding, ...]
    names: Mapping[str, Callable[[str], str]]
    items: Mapping[str, Item]
    made: date

    @property
    def complete(self) -> bool:
        """Whether no quantity is missing in the two years."""
        return is_complete(self.findings)
