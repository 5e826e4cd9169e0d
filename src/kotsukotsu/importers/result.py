"""What an import would do: every row's fate, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu.findings import Finding
from kotsukotsu.importers.fates import Fate, counts
from kotsukotsu.importers.model import Book, Table
from kotsukotsu.importers.profile import Profile
from kotsukotsu.importers.readability import Check
from kotsukotsu.schema import Row


@dataclass(frozen=True)
class ImportResult:
    """The outcome of reading one file.

    Attributes
    ----------
    sha256 : str
        Of the bytes received.
    profile : Profile
        The one given, or the one proposed.
    checks : tuple of Check
        Rules of machine readability.
    """

    file: str
    sha256: str
    book: Book
    tables: tuple[Table, ...]
    profile: Profile
    fates: tuple[Fate, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]

    @property
    def layouts(self) -> tuple[str, ...]:
        """The forms of table found."""
        return tuple(dict.fromkeys(table.layout for table in self.tables))

    @property
    def counts(self) -> dict[str, int]:
        """Rows by fate."""
        return counts(self.fates)

    @property
    def rejected(self) -> list[Fate]:
        """Rows that cannot be taken over, each with its reason."""
        return [fate for fate in self.fates if fate.kind == "rejected"]

    @property
    def changes(self) -> list[tuple[Row, str]]:
        """Rows to post, each with the number of the row that it replaces, empty if it is new."""
        return [
            (fate.row, fate.replaces if fate.kind == "corrects" else "")
            for fate in self.fates
            if fate.kind in ("new", "corrects") and fate.row is not None
        ]
