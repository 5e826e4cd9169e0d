"""The forms in which an inventory leaves the command line; one module each, read only if it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.findings import Finding

FORMATS = ("table", "json", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class View:
    """An inventory, the columns asked for, and what people call their values."""

    result: Inventory
    columns: tuple[str, ...]
    findings: tuple[Finding, ...]
    names: Mapping[str, Callable[[str], str]]
    out: Path | None

    @property
    def complete(self) -> bool:
        """Whether no quantity is missing."""
        return is_complete(self.findings)
