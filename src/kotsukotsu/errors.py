"""What can go wrong, as one tree.

KotsukotsuError            every error that a person is meant to read
├── CatalogueError         the law as data is broken (file, line)
│   └── UpdateError        an update file was refused; nothing changed
├── FolderError            a city folder cannot be read (file, line, column)
├── UnitError              a unit is unknown or of another dimension
├── PolicyError            municipality.toml asks for a policy that does not exist
├── FactorError            rows without exactly one factor; carries their findings
├── ScopeError             a facility, department or item was asked for that does not exist
├── ImportFileError        a received file cannot be read at all
├── LedgerError            a posting that would break the ledger
├── PublicationError       what is to be published contradicts itself or cannot be written
├── DocumentError          in `documents.render`: a template, font or output file stands in the way
├── WebError               in `web`: something that a person asked for cannot be done
│   └── ConflictError      somebody else was faster
├── DeviceError            in `devices`: a device is asked for what nobody could do
├── StudyError             in `energy`: a study of a site cannot be made from what was given
└── PlanError, PlanningError, EffectError   in `planning`: targets, portfolios, effects that cannot be computed

The text of every error stands in ``texts/*.csv`` under its code, in Japanese and English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kotsukotsu import texts


class KotsukotsuError(Exception):
    """An error with a code, the data it speaks of, and a text for people.

    Parameters
    ----------
    code : str
        Key of the text, for example ``F-03``.
    data
        What the text names: file, line, column, value.
    """

    def __init__(self, code: str, /, **data: Any) -> None:
        self.code = code
        self.data = data
        super().__init__(code)

    def text(self, language: str | None = None) -> str:
        """What is wrong, where, and what to do."""
        return texts.message(self.code, self.data, language)

    def __str__(self) -> str:
        return f"{self.text()} [{self.code}]"


class CatalogueError(KotsukotsuError):
    """The law as data is broken."""


class UpdateError(CatalogueError):
    """An update file was refused; nothing changed."""


class FolderError(KotsukotsuError):
    """A city folder cannot be read."""


class UnitError(KotsukotsuError):
    """A unit is unknown, or two units have different dimensions."""


class PolicyError(KotsukotsuError):
    """municipality.toml asks for a policy that does not exist."""


class FactorError(KotsukotsuError):
    """Rows without exactly one factor.

    Attributes
    ----------
    findings : sequence of Finding
        One for each group of rows that cannot be computed.
    """

    def __init__(self, code: str, findings: Sequence[Any], /, **data: Any) -> None:
        self.findings = tuple(findings)
        super().__init__(code, **data)
        self.args = (code, self.findings)  # what it is made of again in another process


class ScopeError(KotsukotsuError):
    """A facility, department or item was asked for that does not exist."""


class ImportFileError(KotsukotsuError):
    """A received file cannot be read at all."""


class LedgerError(KotsukotsuError):
    """A posting that would break the ledger."""


class PublicationError(KotsukotsuError):
    """What is to be published contradicts itself, or cannot be written."""
