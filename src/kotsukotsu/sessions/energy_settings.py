"""Numbers of ``site.toml``: read with their range, told with source and status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kotsukotsu.documents.energy.given import Given, kinds
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.site import SETTINGS
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store.folder import text_of

OTHERS = "others"  # of a table of sources: all that it does not name


@dataclass(frozen=True)
class Settings:
    """The settings of an opened site."""

    opened: EnergySite

    def number(self, section: str, key: str) -> float:
        """A setting that the study needs.

        Raises
        ------
        StudyError
            ED-10 if it is missing or no number, ED-14 if it is out of its range.
        """
        value = self.section(section).get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.missing(section, key)
        kind = kinds(section).get(key)
        if kind is not None and not kind.holds(value):
            raise self.outside(section, key, kind.least, kind.most)
        return float(value)

    def missing(self, section: str, key: str) -> StudyError:
        """ED-10 for a setting that is not there."""
        return StudyError("ED-10", section=section, key=key, line=self._line(section))

    def outside(self, section: str, key: str, least: float, most: float) -> StudyError:
        """ED-14 for a value that is not between these."""
        return StudyError("ED-14", section=section, key=key, value=self.section(section)[key], least=f"{least:,.9g}",
                          most=f"{most:,.9g}", line=self._line(section, key))  # fmt: skip

    def optional(self, section: str, key: str) -> float | None:
        """A setting that a study can do without, and says so."""
        return self.number(section, key) if key in self.section(section) else None

    def given(self, *sections: str) -> tuple[Given, ...]:
        """The numbers of these sections, with what ``site.toml`` says of where they come from."""
        return tuple(
            Given(section, key, float(value), self.told(section, "source", key), self.told(section, "status", key))
            for section in sections for key in kinds(section)
            if isinstance(value := self.section(section).get(key), int | float)
        )  # fmt: skip

    def told(self, section: str, what: str, key: str) -> str:
        """Of one setting, else of the others or of the whole section; empty where nothing is said."""
        found = self.section(section).get(what, "")
        return str(found.get(key, found.get(OTHERS, "")) if isinstance(found, dict) else found)

    def section(self, name: str) -> Mapping[str, Any]:
        """A section; empty where there is none."""
        found: Mapping[str, Any] = self.opened.site.settings.get(name, {})
        return found

    def _line(self, section: str, key: str = "") -> int:
        """The line of a setting, else of its section's heading, else the last."""
        lines = text_of(self.opened.path / SETTINGS).splitlines()
        heading = next((number for number, line in enumerate(lines, 1) if line.split("#")[0].strip() == f"[{section}]"),
                       len(lines))  # fmt: skip
        return next((number for number, line in enumerate(lines[heading:], heading + 1)
                     if key and line.split("=")[0].strip() == key), heading)  # fmt: skip
