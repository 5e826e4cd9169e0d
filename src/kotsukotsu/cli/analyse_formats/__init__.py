"""The forms in which an analysis leaves the command line; one module each, read only if it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.analysis.report import Report
from kotsukotsu.catalogue.model import Item
from kotsukotsu.findings import Finding

FORMATS = ("table", "json", "xlsx", "html")
TO_A_FILE = ("xlsx", "html")


@dataclass(frozen=True, slots=True)
class View:
    """An analysis, and what people call its parts.

    Attributes
    ----------
    head : mapping
        City, year, policy and catalogue, as every document begins.
    findings : tuple of Finding
        Of the analysis and on the completeness of its two years.
    """

    report: Report
    city: str
    invented: bool
    head: Mapping[str, Any]
    findings: tuple[Finding, ...]
    names: Mapping[str, Callable[[str], str]]
    items: Mapping[str, Item]
    made: date
    out: Path | None

    @property
    def complete(self) -> bool:
        """Whether no quantity is missing in the two years."""
        return is_complete(self.findings)
