"""A finding says that the user's data are doubtful: data, not an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kotsukotsu import texts

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt, with its place and the figures it rests on.

    Parameters
    ----------
    code : str
        Key of its text and of its page in the docs, for example ``C-01``.
    where : str
        Place for people: ``庁舎.xlsx 入力!B4`` or ``activities.csv 12行目``.
    data
        What the text names; enough to find the doubt again.
    """

    code: str
    where: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``info``, from the table of texts."""
        return texts.entries()[self.code].severity

    def message(self, language: str | None = None) -> str:
        """What is doubtful."""
        return texts.statement(self.code, self.data, language)

    def advice(self, language: str | None = None) -> str:
        """What to do about it."""
        return texts.advice(self.code, self.data, language)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: plain values only."""
        return {
            "code": self.code,
            "severity": self.severity,
            "where": self.where,
            "message": self.message(),
            "advice": self.advice(),
            "data": self.plain_data(),
        }

    def plain_data(self) -> dict[str, int | str]:
        """Its data as JSON keeps them."""
        return {key: value if isinstance(value, int) else str(value) for key, value in self.data.items()}


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; the order within each is kept."""
    order = {name: index for index, name in enumerate(SEVERITIES)}
    return sorted(findings, key=lambda finding: order[finding.severity])  # type: ignore[index]


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether one of them forbids going on."""
    return any(finding.severity == "error" for finding in findings)
